"""Which indicator captures which quantity.

Matching is defined per sentence and quantity: a pattern captures a claim quantity if it matches the folded sentence
with {value} on exactly that quantity. Members of a list or range that a pattern misses alone are tried with the whole
list in place of {value}. One quantity goes to one indicator (`owners`), unless an indicator shares (`also`).

`prefilter` says which rules can match which quantities; patterns run only there. Each search has a time limit, given
to `regex` itself: it costs some 2 us a search, works in any thread, and stops every explosion.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from typing import Protocol

import numpy as np
import regex

from indicators.language.columns import Quantities
from indicators.language.folding import Folded
from indicators.language.sentences import Sentences, clause_span
from indicators.rules.candidates import Candidate, to_match
from indicators.rules.conversion import accepts
from indicators.rules.matches import MatchResult
from indicators.rules.owners import owners
from indicators.rules.plans import Plan
from indicators.rules.prefilter import Claims, Hits
from indicators.rules.ruleset import Indicator, RuleSet
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


def match(reading: Read, ruleset: RuleSet, skip: Collection[str] = (), hits: Hits | None = None) -> MatchResult:
    """All captures of a document, in order of the text, with what became of each rule's matches.

    `skip` names rules that are not to be run: those that have failed on a document before. `hits` are the words of
    rules in the text, where they have been looked for already.
    """
    result = MatchResult()
    matcher = Matcher(reading, ruleset, result, skip, hits)
    kept = owners(matcher.candidates(), result)
    result.matches = [to_match(candidate, matcher.quantities, matcher.text, result) for candidate in kept]
    return result


class Matcher:
    """Runs the rules over the sentences of one document."""

    def __init__(
        self, reading: Read, ruleset: RuleSet, result: MatchResult, skip: Collection[str] = (), hits: Hits | None = None
    ) -> None:
        self.text = reading.folded.text
        self.quantities = reading.quantities
        self.reading_sentences = reading.sentences
        self.ruleset = ruleset
        self.hits = ruleset.prefilter.find(self.text) if hits is None else hits
        self.result = result
        self.out = set(skip)  # rules that are not run
        self.windows: dict[tuple[Span, Span | None], Window] = {}
        self.refusals: dict[tuple[str, int], bool] = {}
        self.clauses: dict[int, Span] = {}
        self.bounds: Span = (0, 0)  # the sentence at hand, its claims, and its lists and ranges
        self.claims: list[int] = []
        self.groups: dict[int, list[int]] = {}

    def candidates(self, only: int | None = None) -> list[Candidate]:
        """For each quantity and indicator the first pattern that matches; `only`: in the sentence of that quantity."""
        quantities, plans = self.quantities, self.ruleset.plans
        by_sentence = self._by_sentence()
        if only is not None:
            by_sentence = {at: claims for at, claims in by_sentence.items() if only in claims}
        rows = [row for claims in by_sentence.values() for row in claims]
        found: list[Candidate] = []
        taken: set[tuple[int, str]] = set()
        current = -1
        for sentence, number, place in self._pairs(by_sentence, rows):
            plan, row = plans[number], rows[place]
            if number not in self.accepting(quantities.unit[row]) or (row, plan.indicator.id) in taken:
                continue
            if plan.rule.id in self.out:
                continue
            if sentence != current:
                current = sentence
                self.enter(by_sentence[sentence])
            candidate = self.attempt(plan, row)
            if candidate is not None and self._allowed(candidate):
                taken.add((row, plan.indicator.id))
                found.append(candidate)
                if candidate.past is not None:
                    found.append(candidate.of_past())
        return found

    def _by_sentence(self) -> dict[int, list[int]]:
        """The claim quantities of each sentence that holds any."""
        quantities, at = self.quantities, self.reading_sentences.at
        found: dict[int, list[int]] = {}
        for row, cls in enumerate(quantities.cls):
            if cls == "claim" and quantities.value[row] is not None:
                found.setdefault(at(quantities.start[row]), []).append(row)
        return found

    def _pairs(self, by_sentence: dict[int, list[int]], rows: list[int]) -> Iterator[tuple[int, int, int]]:
        """Sentence, rule and place in `rows` where a rule can match."""
        if not rows or not (len(self.hits) or len(self.ruleset.prefilter.always)):
            return iter(())
        start, end = self.quantities.start, self.quantities.end
        whole = {row: span for claims in by_sentence.values() for row, span in self._wholes(claims)}
        first = [whole[row][0] if row in whole else start[row] for row in rows]
        last = [whole[row][1] if row in whole else end[row] for row in rows]
        claims = Claims(
            np.array([start[row] for row in rows]),
            np.array([end[row] for row in rows]),
            np.minimum.accumulate(np.array(first)[::-1])[::-1],
            np.maximum.accumulate(np.array(last)),
            np.repeat(np.array(list(by_sentence)), [len(claims) for claims in by_sentence.values()]),
        )
        return self.ruleset.prefilter.pairs(self.hits, claims, np.asarray(self.reading_sentences.start))

    def _wholes(self, claims: list[int]) -> Iterator[tuple[int, Span]]:
        """The members of lists and ranges in a sentence, and the span of the whole that each is in."""
        for members in self._groups(claims).values():
            span = self.quantities.start[members[0]], self.quantities.end[members[-1]]
            yield from ((row, span) for row in members)

    def beside(self, row: int) -> list[int]:
        """The claims of a quantity's sentence, itself included."""
        return next((claims for claims in self._by_sentence().values() if row in claims), [])

    def enter(self, claims: list[int]) -> None:
        """Turn to a sentence, given as its claims."""
        self.bounds = self.reading_sentences.span(self.quantities.start[claims[0]])
        self.claims = claims
        self.groups = self._groups(claims)
        self.windows.clear()

    def accepting(self, unit: str) -> frozenset[int]:
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

    def _groups(self, claims: list[int]) -> dict[int, list[int]]:
        group = self.quantities.group
        groups: dict[int, list[int]] = {}
        for row in claims:
            if group[row] >= 0:
                groups.setdefault(group[row], []).append(row)
        return {number: members for number, members in groups.items() if len(members) > 1}

    def attempt(self, plan: Plan, index: int) -> Candidate | None:
        """A rule on one quantity: alone, then with its whole list or range in its place."""
        alone = self.span(index)
        members = self.groups.get(self.quantities.group[index])
        if members is None:
            members = [index]
            candidate = self._pin(plan, index, alone, members)
        else:
            whole = (self.quantities.start[members[0]], self.quantities.end[members[-1]])
            candidate = self._pin(plan, index, alone, [index]) or self._pin(plan, index, whole, members)
        if candidate is not None:
            candidate.members = members
        return candidate

    def _pin(self, plan: Plan, index: int, span: Span, pinned: list[int]) -> Candidate | None:
        if plan.has_past:
            near = [row for row in self.claims if row not in pinned and abs(row - index) <= MOST_PAST]
            for past in sorted(near, key=lambda row: (row > index, abs(row - index))):
                candidate = self._search(plan, index, span, [*pinned, past], past)
                if candidate is not None:
                    return candidate
        return self._search(plan, index, span, pinned, None)

    def _search(self, plan: Plan, index: int, span: Span, pinned: list[int], past: int | None) -> Candidate | None:
        """The first match whose gaps hold no other claim; None where there is none or the rule ran out of time.

        The limit counts CPU time of the whole process: a second try tells a slow pattern from busy threads beside it.
        """
        view = self.window(span, None if past is None else self.span(past))
        for _ in range(2):
            try:
                hit = self._first(plan, view, pinned, index, past)
            except TimeoutError:
                continue
            if hit is None:
                return None
            alone = len(pinned) - (past is not None) == 1
            return Candidate(index, plan, view, hit, past=past, alone=alone)
        where = f"characters {self.bounds[0]}-{self.bounds[1]}"
        self.result.failed[plan.rule.id] = f"took longer than {TIME_LIMIT} s on one sentence ({where})"
        self.out.add(plan.rule.id)
        return None

    def _first(
        self, plan: Plan, view: Window, pinned: list[int], index: int, past: int | None
    ) -> regex.Match[str] | None:
        """The first match that will do, from the earliest place where a match that holds the number can begin."""
        begin = max(0, view.pin - plan.before)
        end = min(len(view.text), view.pin + 1 + plan.after)
        hit = plan.pattern.search(view.text, begin, end, timeout=TIME_LIMIT)
        if hit is None or self.fits(plan, view, hit, pinned, index, past):
            return hit
        for hit in plan.pattern.finditer(view.text, begin, end, overlapped=True, timeout=TIME_LIMIT):
            if self.fits(plan, view, hit, pinned, index, past):
                return hit
        return None

    def fits(
        self, plan: Plan, view: Window, hit: regex.Match[str], pinned: list[int], index: int, past: int | None
    ) -> bool:
        """Whether a match holds the number, in a unit that its slot takes, and its gaps no other claim."""
        return (plan.certain or self.slots_fit(plan, hit, index, past)) and not self.crossed(plan, view, hit, pinned)

    def crossed(self, plan: Plan, view: Window, hit: regex.Match[str], pinned: list[int]) -> list[int]:
        """The claims that the gaps of a match hold, but for those that are pinned."""
        gaps = [view.span(*gap) for gap in hit.spans("_gap") if gap[1] > gap[0]] if plan.has_gap else []
        if not gaps:
            return []
        first = bisect_left(self.claims, gaps[0][0], key=self.quantities.end.__getitem__)
        others = (row for row in self.claims[max(0, first) :] if row not in pinned)
        return [row for row in others if overlaps(self.span(row), gaps)]

    def span(self, row: int) -> Span:
        """The folded span of a quantity."""
        return self.quantities.start[row], self.quantities.end[row]

    def window(self, span: Span, past: Span | None) -> Window:
        """The sentence at hand with a number, and a past one, pinned; each made once."""
        key = (span, past)
        if key not in self.windows:
            self.windows[key] = window(self.text, self.bounds, span, past)
        return self.windows[key]

    def slots_fit(self, plan: Plan, hit: regex.Match[str], index: int, past: int | None) -> bool:
        """Whether the value, and the past value where one is tried, took part, each in a unit that its slot takes."""
        value = old = False
        for group, only in plan.slots.items():
            if hit.start(group) < 0:
                continue
            if group[1] == "v":
                value = value or accepts(plan.indicator, self.quantities.unit[index], only)
            elif past is not None:
                old = old or accepts(plan.indicator, self.quantities.unit[past], only)
        return value and (past is None or old)

    def _allowed(self, candidate: Candidate) -> bool:
        """Counts a match; False where `unless` is found in the clause of its quantity."""
        counters = self.result.counters(candidate.rule.id)
        counters.matched += 1
        key = (candidate.indicator.id, candidate.quantity)
        if key not in self.refusals:
            self.refusals[key] = self.refused(candidate.indicator, candidate.quantity)
        if self.refusals[key]:
            counters.refused += 1
        return not self.refusals[key]

    def refused(self, indicator: Indicator, index: int) -> bool:
        """Whether `unless` of an indicator is found in the clause of a quantity."""
        exclusions = self.ruleset.exclusions.get(indicator.id, ())
        if not exclusions:
            return False
        span = self.span(index)
        clause = self.clauses.get(index) or clause_span(self.text, *span)
        self.clauses[index] = clause
        words = self.text[clause[0] : clause[1]]
        for exclusion in exclusions:
            if not exclusion.possible(words):
                continue
            text = window(self.text, clause, span).text if exclusion.expanded.has_value else words
            try:
                if exclusion.pattern.search(text, timeout=TIME_LIMIT):
                    return True
            except TimeoutError:
                name = f"{indicator.id}:unless"
                self.result.failed[name] = f"took longer than {TIME_LIMIT} s on one clause"
        return False
