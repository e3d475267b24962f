"""A complete indicator drafted from one number: pattern, unit, kind, names, an example and a reject.

A draft is tested before it is given: its example holds under all rules, its reject is not captured, and it takes no
number of the corpus or of an example that another rule owns. What a person must still decide stands in its `notes`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from indicators.errors import ReadingError
from indicators.language.reader import Reading, read
from indicators.model import Document
from indicators.rules.addresses import place_of
from indicators.rules.conversion import accepts, into
from indicators.rules.entries import EntryWriter
from indicators.rules.excerpts import excerpts, look_alikes
from indicators.rules.generalising import Surroundings, candidates, surroundings, word_macros
from indicators.rules.literals import shape
from indicators.rules.macros import expand
from indicators.rules.matches import Match, MatchResult
from indicators.rules.matching import match
from indicators.rules.messages import Message, say
from indicators.rules.ruleset import Indicator, Rule, RuleSet
from indicators.rules.schema import ID_PATTERN
from indicators.rules.testing import run_examples


@dataclass(frozen=True, slots=True)
class Draft:
    """An indicator as it would stand in YAML. `captures`: numbers of the corpus that it captures.

    `failed`: rules that could not be run to their end, and why: the draft may take numbers that are theirs.
    """

    id: str
    entry: dict[str, Any]
    notes: tuple[str, ...]
    captures: int
    failed: dict[str, str]


class Corpus:
    """Readings of the corpus and of all examples under one rule set, each made and matched once."""

    def __init__(self, ruleset: RuleSet, readings: Sequence[Reading]) -> None:
        self.ruleset, self.readings = ruleset, list(readings)
        self._results: dict[int, MatchResult] = {}
        self.failed: dict[str, str] = {}

    def result(self, reading: Reading) -> MatchResult:
        """What all rules capture in a reading of this corpus."""
        if id(reading) not in self._results:
            self._results[id(reading)] = match(reading, self.ruleset, self.failed)
            self.failed.update(self._results[id(reading)].failed)
        return self._results[id(reading)]

    @cached_property
    def examples(self) -> list[Reading]:
        """The examples of all indicators, read."""
        texts = [example.text for indicator in self.ruleset.indicators for example in indicator.examples]
        return [_read(text) for text in dict.fromkeys(texts)]

    def owned(self, reading: Reading) -> set[int]:
        """Rows of the quantities that some rule has captured."""
        return {found.quantity for found in self.result(reading)}


def draft(corpus: Corpus, reading: Reading, row: int, id_: str, macros: Mapping[str, str]) -> Draft:
    """An indicator that captures a quantity (its row in `reading.quantities`) that no rule captures yet.

    `reading` is one of the corpus; `macros` are those of the file that the draft is for. Raises ReadingError where the
    number can become no indicator: it is no claim, has no unit, is captured already, or no pattern fits.
    """
    _refuse(corpus, reading, row, id_)
    around = surroundings(
        reading.folded.text, reading.quantities, row, reading.sentences.span(reading.quantities.start[row])
    )
    writer = EntryWriter(corpus.ruleset, reading, row, id_, around, corpus.result(reading))
    drafter = _Drafter(corpus, reading, row, id_, dict(macros), around, writer)
    for careful in (True, False):
        for pattern in candidates(around, word_macros(macros)):
            found = drafter.attempt(pattern, careful)
            if found is not None:
                return found
    raise _fault(say("draft_no_pattern"), reading, row)


def _refuse(corpus: Corpus, reading: Reading, row: int, id_: str) -> None:
    """Raise ReadingError where there is nothing to draft."""
    quantities = reading.quantities
    words = reading.folded.surface(quantities.start[row], quantities.end[row])
    owner = next((found.rule for found in corpus.result(reading) if found.quantity == row), "")
    if not re.fullmatch(ID_PATTERN, id_):
        raise _fault(say("draft_id", name=id_), reading, row)
    if id_ in corpus.ruleset:
        raise _fault(say("draft_taken_id", name=id_), reading, row)
    if quantities.cls[row] != "claim" or quantities.value[row] is None:
        raise _fault(say("draft_class", words=words, cls=quantities.cls[row]), reading, row)
    if owner:
        raise _fault(say("draft_owned", words=words, rule=owner), reading, row)


def _fault(words: Message, reading: Reading, row: int) -> ReadingError:
    return ReadingError(faults=(words.at(place_of(reading, reading.folded.start(reading.quantities.start[row]))),))


@dataclass
class _Drafter:
    """Tries patterns for one number."""

    corpus: Corpus
    reading: Reading
    row: int
    id: str
    macros: dict[str, str]
    around: Surroundings
    write: EntryWriter

    def attempt(self, pattern: str, careful: bool) -> Draft | None:
        """The draft with that pattern, None where it does not hold. `careful`: it may own nothing others own."""
        alone = self.alone(self.write.entry(pattern))
        if alone.rules[0].literals is None:
            return None
        captures = match(self.reading, alone)
        group = self.group()
        if captures.failed or self.row not in {found.quantity for found in captures}:
            return None
        if careful and self._steals(alone):
            return None
        for example in self._examples(alone, group, careful):
            for reject in look_alikes(self.corpus.readings, self.reading, self.around, self._takes, example["text"]):
                if not self._holds(alone, reject):
                    continue
                entry = self.write.entry(pattern, example, reject, priority=not careful)
                if not self._faults(entry):
                    return self._finished(entry, alone)
        return None

    def _holds(self, alone: RuleSet, reject: str) -> bool:
        """Whether a reject holds a number that could be captured, and none that is."""
        there = _read(reject)
        cells = there.quantities
        rows = [q for q in range(len(cells)) if cells.cls[q] == "claim" and cells.value[q] is not None]
        return any(self._takes(cells.unit[q]) for q in rows) and not match(there, alone)

    @cached_property
    def _any(self) -> Indicator:
        return _indicator(self.id, self.write.entry("{value}"))

    def _takes(self, unit: str) -> bool:
        return accepts(self._any, unit)

    def group(self) -> set[int]:
        """Rows of the number's list or range, itself included."""
        groups = self.reading.quantities.group
        return {q for q in range(len(groups)) if groups[self.row] >= 0 and groups[q] == groups[self.row]} | {self.row}

    def _steals(self, alone: RuleSet) -> bool:
        """Whether the rule by itself captures a number that another rule owns, in the corpus or an example."""
        for there in (*self.corpus.readings, *self.corpus.examples):
            taken = {found.quantity for found in match(there, alone)}
            if taken and taken & self.corpus.owned(there):
                return True
        return False

    def _examples(self, alone: RuleSet, group: set[int], careful: bool) -> Iterator[dict[str, Any]]:
        """Examples from the sentence, the shortest first; `careful`: they give values of this number's list alone."""
        quantities = self.reading.quantities
        indicator = alone.indicators[0]
        due = [abs(into(indicator, quantities.value[q], quantities.unit[q]) or 0.0) for q in sorted(group)]
        own = abs(into(indicator, quantities.value[self.row], quantities.unit[self.row]) or 0.0)
        for text in excerpts(self.reading, self.around):
            found = [capture.value for capture in match(_read(text), alone) if capture.role == "value"]
            strict = not careful or all(_among(abs(value), due) for value in found)
            if strict and any(_near(abs(value), own) for value in found):
                values = [int(value) if value == int(value) else value for value in found]
                yield {"text": text, "value": values[0]} if len(values) == 1 else {"text": text, "values": values}

    def _faults(self, entry: dict[str, Any]) -> bool:
        """Whether `check` would find a fault in the entry beside all other rules."""
        whole = self.beside(entry)
        mine = next(indicator for indicator in whole.indicators if indicator.id == self.id)
        return bool(run_examples(replace(whole, indicators=(mine,)), _read))

    def alone(self, entry: dict[str, Any]) -> RuleSet:
        """The entry as the only indicator."""
        indicator = _indicator(self.id, entry)
        return RuleSet((indicator,), (self._rule(indicator, 0),))

    def beside(self, entry: dict[str, Any]) -> RuleSet:
        """The entry after the file's own indicators, before those of packs."""
        rules = self.corpus.ruleset
        path = rules.location("indicators").path
        own = sum(rules.location("indicators", one.id).path == path for one in rules.indicators)
        indicator = _indicator(self.id, entry)
        moved = [rule if rule.order < own else replace(rule, order=rule.order + 1) for rule in rules.rules]
        first = [rule for rule in moved if rule.order < own]
        return replace(
            rules,
            indicators=(*rules.indicators[:own], indicator, *rules.indicators[own:]),
            rules=(*first, self._rule(indicator, own), *moved[len(first) :]),
        )

    def _rule(self, indicator: Indicator, order: int) -> Rule:
        source = indicator.patterns[0]
        expanded = expand(source, self.macros)
        return Rule(f"{self.id}#1", indicator, order, source, self.macros, expanded, shape(expanded.pattern).required)

    def _finished(self, entry: dict[str, Any], alone: RuleSet) -> Draft:
        start = self.reading.folded.start(self.reading.quantities.start[self.row])
        found: list[Match] = [one for there in self.corpus.readings for one in match(there, alone)]
        place = place_of(self.reading, start)
        notes = (
            f"草稿 draft from {place.path}:{place.line}:{place.column}, captures {len(found)} in the corpus;"
            " 请核对名称、counts、not_counts 与模式",
            *self.write.notes(entry),
        )
        return Draft(self.id, entry, notes, len(found), dict(self.corpus.failed))


def _indicator(id_: str, entry: dict[str, Any]) -> Indicator:
    return Indicator.model_validate({"id": id_, **entry})


def _read(text: str) -> Reading:
    return read(Document("example", text))


def _near(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)


def _among(value: float, due: Sequence[float]) -> bool:
    return any(_near(value, other) for other in due)
