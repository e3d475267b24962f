"""Which indicator captures which quantity.

Matching is defined per sentence and quantity: a pattern captures a claim quantity if it matches the folded sentence
with {value} on exactly that quantity (`attempts`). One quantity goes to one indicator (`owners`), unless an indicator
shares (`also`). `prefilter` says which rules can match which quantities; patterns run only there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol

import numpy as np

from indicators.language.columns import Quantities
from indicators.language.folding import Folded
from indicators.language.sentences import Sentences
from indicators.rules.attempts import Attempts, wholes
from indicators.rules.candidates import Candidate, to_match
from indicators.rules.matches import MatchResult
from indicators.rules.owners import owners
from indicators.rules.prefilter import Claims, Hits
from indicators.rules.refusals import Refusals
from indicators.rules.ruleset import RuleSet


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
        self.result = result
        self.hits = ruleset.prefilter.find(self.text) if hits is None else hits
        self._sentences = reading.sentences
        self._ruleset = ruleset
        self._prefilter = ruleset.prefilter.of(self.text)
        self._skip = frozenset(skip)
        self.attempts = Attempts(
            self.text, self.quantities, result.failed, far=self._prefilter is not ruleset.prefilter
        )
        self.refusals = Refusals(self.text, self.quantities, ruleset, result.failed)
        self._by_sentence = self._claims()

    def _claims(self) -> dict[int, list[int]]:
        """The claim quantities of each sentence that holds any."""
        quantities, at = self.quantities, self._sentences.at
        found: dict[int, list[int]] = {}
        for row, (cls, value, start) in enumerate(
            zip(quantities.cls, quantities.value, quantities.start, strict=True)
        ):
            if cls == "claim" and value is not None:
                found.setdefault(at(start), []).append(row)
        return found

    def enter(self, sentence: int) -> None:
        """Turn to a sentence."""
        bounds = self._sentences.start[sentence], self._sentences.end[sentence]
        self.attempts.enter(bounds, self._by_sentence.get(sentence, []))

    def candidates(self, only: int | None = None) -> list[Candidate]:
        """For each quantity and indicator the first pattern that matches; `only`: in that sentence."""
        plans, attempt = self._ruleset.plans, self.attempts.attempt
        found: list[Candidate] = []
        taken: set[tuple[int, int]] = set()
        current = -1
        for sentence, number, row in self._pairs():
            plan = plans[number]
            key = (row, plan.rule.order)
            if key in taken or only not in (None, sentence) or plan.rule.id in self._skip or plan.rule.id in self.result.failed:
                continue
            if sentence != current:
                current = sentence
                self.enter(sentence)
            candidate = attempt(plan, row)
            if candidate is not None and self._allowed(candidate):
                taken.add(key)
                found.append(candidate)
                if candidate.past is not None:
                    found.append(candidate.of_past())
        return found

    def _pairs(self) -> Iterator[tuple[int, int, int]]:
        """Sentence, rule and quantity where a rule can match, in this order."""
        quantities, prefilter = self.quantities, self._prefilter
        rows = [row for claims in self._by_sentence.values() for row in claims]
        if not rows or not (len(self.hits) or len(prefilter.always)):
            return iter(())
        start = [quantities.start[row] for row in rows]
        end = [quantities.end[row] for row in rows]
        first, last = start, end
        if max(quantities.group) >= 0:
            whole = {
                row: span for claims in self._by_sentence.values() for row, span in wholes(quantities, claims)
            }
            first = [whole[row][0] if row in whole else begin for row, begin in zip(rows, start, strict=True)]
            last = [whole[row][1] if row in whole else stop for row, stop in zip(rows, end, strict=True)]
        units = list(dict.fromkeys(quantities.unit[row] for row in rows))
        number_of = {unit: number for number, unit in enumerate(units)}
        claims = Claims(
            np.array(rows),
            np.array(start),
            np.array(end),
            np.minimum.accumulate(np.array(first)[::-1])[::-1],
            np.maximum.accumulate(np.array(last)),
            np.repeat(list(self._by_sentence), [len(claims) for claims in self._by_sentence.values()]),
            np.array([number_of[quantities.unit[row]] for row in rows]),
        )
        takes = np.array([self._ruleset.accepting(unit) for unit in units])
        return prefilter.pairs(self.hits, claims, np.asarray(self._sentences.start), takes)

    def _allowed(self, candidate: Candidate) -> bool:
        """Counts a match; False where `unless` is found in the clause of its quantity."""
        counters = self.result.counters(candidate.rule.id)
        counters.matched += 1
        refused = self.refusals.refused(candidate.indicator, candidate.quantity)
        counters.refused += refused
        return not refused
