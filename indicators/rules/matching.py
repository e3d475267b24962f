"""Which indicator captures which quantity.

Matching is defined per sentence and quantity: a pattern captures a claim quantity if it matches the folded sentence
with {value} on exactly that quantity. Members of a list or range that a pattern misses alone are tried with the whole
list in place of {value}. One quantity goes to one indicator (`owners`), unless an indicator shares (`also`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

import regex

from indicators.language.columns import Quantities
from indicators.language.folding import Folded
from indicators.language.sentences import Sentences, clause_span
from indicators.rules.candidates import Candidate, to_match
from indicators.rules.conversion import accepts
from indicators.rules.matches import MatchResult
from indicators.rules.owners import owners
from indicators.rules.ruleset import Indicator, Rule, RuleSet, compiled
from indicators.rules.windows import Span, Window, overlaps, window

TIME_LIMIT = 0.2  # seconds of one search; a pattern that needs more is a failed rule


MOST_PAST = 40  # numbers on either side of a value that are tried as its superseded value


class Read(Protocol):
    """What matching needs of a `language.reader.Reading`."""

    @property
    def folded(self) -> Folded: ...  # noqa: D102
    @property
    def sentences(self) -> Sentences: ...  # noqa: D102
    @property
    def quantities(self) -> Quantities: ...  # noqa: D102


def match(reading: Read, ruleset: RuleSet, skip: Collection[str] = ()) -> MatchResult:
    """All captures of a document, in order of the text, with what became of each rule's matches.

    `skip` names rules that are not to be run: those that have failed on a document before.
    """
    result = MatchResult()
    matcher = _Matcher(reading, ruleset, result, skip)
    found = [candidate for sentence in matcher.sentences() for candidate in matcher.sentence(sentence)]
    kept = owners(found, result)
    result.matches = [to_match(candidate, matcher.quantities, matcher.text, result) for candidate in kept]
    return result


class _Matcher:
    """Runs the rules over the sentences of one document."""

    def __init__(self, reading: Read, ruleset: RuleSet, result: MatchResult, skip: Collection[str]) -> None:
        self.skip = skip
        self.text = reading.folded.text
        self.quantities = reading.quantities
        self.reading_sentences = reading.sentences
        self.ruleset = ruleset
        self.hits = ruleset.prefilter.find(self.text)
        self.result = result
        self.windows: dict[tuple[Span, Span | None], Window] = {}
        self.refusals: dict[tuple[str, int], bool] = {}
        self.bounds: Span = (0, 0)  # the sentence at hand, its claims, and its lists and ranges
        self.claims: list[int] = []
        self.groups: dict[int, list[int]] = {}

    def sentences(self) -> Iterator[list[int]]:
        """The claim quantities of each sentence that holds any."""
        quantities = self.quantities
        open_: list[int] = []
        current = -1
        for index in range(len(quantities)):
            if quantities.cls[index] != "claim" or quantities.value[index] is None:
                continue
            sentence = self.reading_sentences.at(quantities.start[index])
            if sentence != current and open_:
                yield open_
                open_ = []
            current = sentence
            open_.append(index)
        if open_:
            yield open_

    def sentence(self, claims: list[int]) -> list[Candidate]:
        """Candidates of one sentence: for each quantity and indicator the first pattern that matches."""
        start, end = self.reading_sentences.span(self.quantities.start[claims[0]])
        self.bounds = (start, end)
        self.claims = claims
        self.groups = self._groups(claims)
        self.windows.clear()
        found: list[Candidate] = []
        taken: set[tuple[int, str]] = set()
        accepting = {index: self._accepting(self.quantities.unit[index]) for index in claims}
        for number in self.ruleset.prefilter.possible(self.hits, start, end):
            rule = self.ruleset.rules[number]
            if rule.id in self.result.failed or rule.id in self.skip:
                continue
            for index in claims:
                if number not in accepting[index] or (index, rule.indicator.id) in taken:
                    continue
                candidate = self._try(rule, index)
                if candidate is not None and self._allowed(candidate):
                    taken.add((index, rule.indicator.id))
                    found.append(candidate)
                    if candidate.past is not None:
                        found.append(candidate.of_past())
        return found

    def _accepting(self, unit: str) -> frozenset[int]:
        """Numbers of the rules with a {value} that takes a quantity of that unit."""
        known = self.ruleset.accepting
        if unit not in known:
            known[unit] = frozenset(
                number
                for number, rule in enumerate(self.ruleset.rules)
                for group, only in rule.expanded.units.items()
                if group[1] == "v" and accepts(rule.indicator, unit, only)
            )
        return known[unit]

    def _groups(self, claims: Iterable[int]) -> dict[int, list[int]]:
        groups: dict[int, list[int]] = {}
        for index in claims:
            if self.quantities.group[index] >= 0:
                groups.setdefault(self.quantities.group[index], []).append(index)
        return {group: members for group, members in groups.items() if len(members) > 1}

    def _try(self, rule: Rule, index: int) -> Candidate | None:
        """A rule on one quantity: alone, then with its whole list or range in its place."""
        members = self.groups.get(self.quantities.group[index], [index])
        alone = self._span(index)
        whole = (self.quantities.start[members[0]], self.quantities.end[members[-1]])
        for span, pinned in ((alone, [index]), (whole, members)) if len(members) > 1 else ((alone, [index]),):
            candidate = self._pin(rule, index, span, pinned)
            if candidate is not None:
                candidate.members = members
                return candidate
        return None

    def _pin(self, rule: Rule, index: int, span: Span, pinned: list[int]) -> Candidate | None:
        if rule.expanded.has_past:
            near = [row for row in self.claims if row not in pinned and abs(row - index) <= MOST_PAST]
            for past in sorted(near, key=lambda row: (row > index, abs(row - index))):
                candidate = self._search(rule, index, span, [*pinned, past], past)
                if candidate is not None:
                    return candidate
        return self._search(rule, index, span, pinned, None)

    def _search(self, rule: Rule, index: int, span: Span, pinned: list[int], past: int | None) -> Candidate | None:
        """The first match whose gaps hold no other claim; None where there is none or the rule ran out of time.

        The limit counts CPU time of the whole process: a second try tells a slow pattern from busy threads beside it.
        """
        view = self._window(span, None if past is None else self._span(past))
        first = bisect_left(self.claims, view.start, key=lambda row: self.quantities.end[row])
        last = bisect_left(self.claims, view.back(len(view.text)), key=lambda row: self.quantities.start[row])
        others = [self._span(row) for row in self.claims[first:last] if row not in pinned]
        for _ in range(2):
            try:
                hit = self._first(rule, view, others, index, past)
            except TimeoutError:
                continue
            alone = len(pinned) - (past is not None) == 1
            return None if hit is None else Candidate(index, rule, view, hit, past=past, alone=alone)
        where = f"characters {self.bounds[0]}-{self.bounds[1]}"
        self.result.failed[rule.id] = f"took longer than {TIME_LIMIT} s on one sentence ({where})"
        return None

    def _first(
        self, rule: Rule, view: Window, others: list[Span], index: int, past: int | None
    ) -> regex.Match[str] | None:
        has_gap = rule.expanded.has_gap
        for hit in rule.regex.finditer(view.text, overlapped=True, timeout=TIME_LIMIT):
            if not self._slots_fit(rule, hit, index, past):
                continue
            gaps = hit.spans("_gap") if has_gap else []
            if not any(overlaps(view.span(*gap), others) for gap in gaps if gap[1] > gap[0]):
                return hit
        return None

    def _span(self, row: int) -> Span:
        return self.quantities.start[row], self.quantities.end[row]

    def _window(self, span: Span, past: Span | None) -> Window:
        key = (span, past)
        if key not in self.windows:
            self.windows[key] = window(self.text, self.bounds, span, past)
        return self.windows[key]

    def _slots_fit(self, rule: Rule, hit: regex.Match[str], index: int, past: int | None) -> bool:
        """Whether the value, and the past value where one is tried, took part, each in a unit that its slot takes."""
        value = old = False
        for group, only in rule.expanded.units.items():
            if hit.start(group) < 0:
                continue
            if group[1] == "v":
                value = value or accepts(rule.indicator, self.quantities.unit[index], only)
            elif past is not None:
                old = old or accepts(rule.indicator, self.quantities.unit[past], only)
        return value and (past is None or old)

    def _allowed(self, candidate: Candidate) -> bool:
        """Counts a match; False where `unless` is found in the clause of its quantity."""
        self.result.counters(candidate.rule.id).matched += 1
        key = (candidate.indicator.id, candidate.quantity)
        if key not in self.refusals:
            self.refusals[key] = self._refused(candidate.indicator, candidate.quantity)
        if self.refusals[key]:
            self.result.counters(candidate.rule.id).refused += 1
        return not self.refusals[key]

    def _refused(self, indicator: Indicator, index: int) -> bool:
        exclusions = self.ruleset.unless.get(indicator.id, ())
        if not exclusions:
            return False
        span = self._span(index)
        clause = clause_span(self.text, *span)
        for expanded in exclusions:
            text = window(self.text, clause, span).text if expanded.has_value else self.text[clause[0] : clause[1]]
            try:
                if compiled(expanded.pattern).search(text, timeout=TIME_LIMIT):
                    return True
            except TimeoutError:
                name = f"{indicator.id}:unless"
                self.result.failed[name] = f"took longer than {TIME_LIMIT} s on one clause"
        return False
