"""A draft's keys beside its pattern: names, what is counted, topic, kind, time, of and basis, read off the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indicators.language.reader import Reading
from indicators.rules.generalising import Surroundings
from indicators.rules.matches import MatchResult
from indicators.rules.named_groups import meaning
from indicators.rules.ruleset import Indicator, RuleSet

NO_UNIT = "1"  # the unit of a number without one
LOW_PRIORITY = -2  # of a draft that would take numbers from other rules


@dataclass(frozen=True)
class EntryWriter:
    """Writes the entry of the quantity `row` of `reading`; `result` says what other rules captured there."""

    ruleset: RuleSet
    reading: Reading
    row: int
    id: str
    around: Surroundings
    result: MatchResult

    @property
    def unit(self) -> str:
        """The unit of the number."""
        return self.reading.quantities.unit[self.row] or NO_UNIT

    def entry(
        self, pattern: str, example: dict[str, Any] | None = None, reject: str = "", priority: bool = False
    ) -> dict[str, Any]:
        """The entry with that pattern, in the order in which config.yaml writes its keys."""
        clause = self.reading.folded.text[slice(*self.around.clause)]
        kind, more = self._kind(clause)
        name = self._name()
        entry: dict[str, Any] = {"name": {"zh": name, "en": self.id.replace("_", " ").capitalize()}}
        if kind in ("count", "amount"):
            shown = (example or {}).get("text", clause)[:60]
            entry["counts"] = {"zh": f"{name}, 以{self.unit}计, 如: {shown}", "en": f"as in: {shown}"}
            entry["not_counts"] = {"zh": f"别的数, 如: {reject[:60]}", "en": f"other numbers, as in: {reject[:60]}"}
        topic = next((one.topic for one in self._neighbours() if one.topic), "")
        if topic:
            entry["topic"] = topic
        entry |= {"kind": kind, **more, "unit": self.unit, "patterns": [pattern]}
        if priority:
            entry["priority"] = LOW_PRIORITY
        if example:
            entry |= {"examples": [example], "rejects": [reject]}
        return entry

    def notes(self, entry: dict[str, Any]) -> tuple[str, ...]:
        """What the sentence does not tell and a person must decide."""
        if self.reading.quantities.kind[self.row] == "change" and entry["kind"] != "change":
            return ("变化的是哪个指标？ a change: write kind: change, of: (its id), basis: yoy | from_to | ...",)
        return ()

    def _name(self) -> str:
        """The noun after the number with the verb before it, or what stands before it."""
        noun, verb = self.around.noun, self.around.verb
        name = f"{verb[-4:]}{noun}" if len(noun) >= 2 else verb or noun or self.unit
        known = {indicator.name.zh for indicator in self.ruleset.indicators}
        return f"{name}({self.id})" if name in known else name

    def _kind(self, clause: str) -> tuple[str, dict[str, str]]:
        """Kind, and the keys that it asks for: time; of and basis. A change of nothing known is kept as a ratio."""
        kind = self.reading.quantities.kind[self.row] or "measure"
        if kind in ("count", "amount"):
            return kind, {"time": meaning("time", clause, "stock" if kind == "count" else "flow")}
        if kind != "change":
            return kind, {}
        of = next((one.id for one in self._neighbours() if one.kind != "change"), "")
        if not of:
            return "ratio" if self.unit in ("%", "百分点") else "measure", {}
        return kind, {"of": of, "basis": meaning("basis", clause, "unstated")}

    def _neighbours(self) -> list[Indicator]:
        """Indicators that other numbers of the sentence belong to, those before the number first, the nearest first."""
        starts = self.reading.quantities.start
        low, high = self.around.sentence
        near = [found for found in self.result if low <= starts[found.quantity] < high]
        near.sort(key=lambda found: (found.quantity > self.row, abs(found.quantity - self.row)))
        return [found.indicator for found in near]
