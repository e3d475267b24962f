"""The tests inside the rules: examples must give exactly their values, rejects must not be captured."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from indicators.errors import Fault
from indicators.language.units import convert
from indicators.rules.conversion import accepts
from indicators.rules.linting import incomplete
from indicators.rules.matches import Match, MatchResult
from indicators.rules.matching import Read, match
from indicators.rules.messages import Message, say
from indicators.rules.ruleset import Indicator, RuleSet
from indicators.rules.schema import Example

ReadText = Callable[[str], Read]


def run_examples(ruleset: RuleSet, read_text: ReadText) -> list[Fault]:
    """Faults of all examples and rejects, run under all rules, and of indicators that lack what `check` asks for.

    `read_text` turns a text into a Reading. No fault: every example gives its values, no reject is captured.
    """
    faults = incomplete(ruleset)
    runner = _Runner(ruleset, read_text)
    for indicator in ruleset.indicators:
        for index, example in enumerate(indicator.examples):
            location = ruleset.location("indicators", indicator.id, "examples", index)
            faults += [words.at(location) for words in _run_example(runner, indicator, example)]
        for index, reject in enumerate(indicator.rejects):
            location = ruleset.location("indicators", indicator.id, "rejects", index)
            faults += [words.at(location) for words in _run_reject(runner, indicator, reject)]
    return faults


class _Runner:
    """Runs all rules on texts; a rule that fails on one text is not run on the next."""

    def __init__(self, ruleset: RuleSet, read_text: ReadText) -> None:
        self.ruleset = ruleset
        self.read_text = read_text
        self.failed: set[str] = set()

    def run(self, text: str) -> tuple[Read, MatchResult]:
        reading = self.read_text(text)
        result = match(reading, self.ruleset, self.failed)
        self.failed.update(result.failed)
        return reading, result


def _run_example(runner: _Runner, indicator: Indicator, example: Example) -> Iterator[Message]:
    reading, result = runner.run(example.text)
    yield from _failures(result)
    found = [capture for capture in result if capture.indicator.id == indicator.id]
    if not example.values and example.status != "past":
        found = [capture for capture in found if capture.role == "value"]
    expected = [_in_unit(number, example.unit, indicator) for number in example.expected]
    if len(found) != len(expected) or not all(_close(c.value, due) for c, due in zip(found, expected, strict=True)):
        yield _missed(runner, indicator, expected, found, reading, result)
        return
    for capture in found:
        yield from _attributes(example, capture, reading)


def _missed(
    runner: _Runner, indicator: Indicator, expected: list[float], found: list[Match], reading: Read, result: MatchResult
) -> Message:
    """What an example gave instead of its values, and why as far as it can be told."""
    words = {
        "id": indicator.id,
        "got": _numbers([capture.value for capture in found]) or "0 ×",
        "due": _numbers(expected),
    }
    others = [capture for capture in result if capture.indicator.id != indicator.id]
    takers = sorted({other.indicator.id for other in others if any(_close(other.value, due) for due in expected)})
    refused = [rule for rule, count in result.counts.items() if rule.startswith(f"{indicator.id}#") and count.refused]
    if takers and any(takers[0] in count.lost for rule, count in result.counts.items() if _is_of(rule, indicator)):
        return say("example_taken", taker=takers[0], **words)
    if refused:
        return say("example_refused", rule=refused[0], **words)
    needed = _lacking(indicator, reading, runner.ruleset)
    if needed and not found:
        return say("example_no_word", needed=needed, **words)
    return say("example_missed", read=_read_numbers(reading), **words)


def _lacking(indicator: Indicator, reading: Read, ruleset: RuleSet) -> str:
    """Words that the indicator's patterns need where none of them can match this text for want of them, else ""."""
    literals = [rule.literals for rule in ruleset.rules if rule.indicator.id == indicator.id]
    if any(words is None or any(word in reading.folded.text for word in words) for words in literals):
        return ""
    return ", ".join(sorted({word for words in literals for word in words or ()})[:8])


def _is_of(rule: str, indicator: Indicator) -> bool:
    return rule.rpartition("#")[0] == indicator.id


def _attributes(example: Example, capture: Match, reading: Read) -> Iterator[Message]:
    """What differs in an example's status, qualifier, part, time and basis, where it states them."""
    quantities = reading.quantities
    read = {
        "status": "past" if capture.role == "past" else quantities.status[capture.quantity],
        "qualifier": quantities.qualifier[capture.quantity],
        "part": capture.part,
        "time": capture.time,
        "basis": capture.basis,
    }
    if example.values:
        read = {name: read[name] for name in ("time", "basis")}  # several values may differ in the rest
    for name, got in read.items():
        due = getattr(example, name)
        if due is not None and due != got:
            yield say("example_attribute", id=capture.indicator.id, name=name, got=got, due=due)


def _run_reject(runner: _Runner, indicator: Indicator, reject: str) -> Iterator[Message]:
    reading, result = runner.run(reject)
    slots = {
        only
        for rule in runner.ruleset.rules
        if rule.indicator.id == indicator.id
        for only in rule.expanded.units.values()
    }
    units = [reading.quantities.unit[row] for row in _claims(reading)]
    if not any(accepts(indicator, unit, only) for unit in units for only in slots):
        yield say("reject_idle", id=indicator.id, unit=indicator.unit, read=", ".join(sorted(set(units))) or "0 ×")
    yield from _failures(result)
    for capture in result:
        if capture.indicator.id == indicator.id:
            yield say("reject_captured", id=indicator.id, got=_numbers([capture.value]), rule=capture.rule)


def _failures(result: MatchResult) -> Iterator[Message]:
    for rule, reason in result.failed.items():
        yield say("rule_failed", rule=rule, reason=reason)


def _claims(reading: Read) -> list[int]:
    """Rows of the quantities that a rule can capture."""
    quantities = reading.quantities
    return [
        row for row in range(len(quantities)) if quantities.cls[row] == "claim" and quantities.value[row] is not None
    ]


def _read_numbers(reading: Read) -> str:
    quantities = reading.quantities
    shown = [f"{quantities.value[row]:.12g} {quantities.unit[row]}".strip() for row in _claims(reading)]
    return ", ".join(shown) or "0 ×"


def _in_unit(number: float, unit: str, indicator: Indicator) -> float:
    if not unit or unit == indicator.unit:
        return number
    converted = convert(number, unit, indicator.unit)
    return number if converted is None else converted


def _close(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)


def _numbers(values: list[float]) -> str:
    return ", ".join(f"{value:.12g}" for value in values)
