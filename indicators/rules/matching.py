"""Which indicator captures which quantity.

Matching is defined per sentence and quantity: a pattern captures a claim quantity if it matches the folded sentence
with {value} on exactly that quantity (`attempts`). One quantity goes to one indicator (`owners`), unless an indicator
shares (`also`). `pairing` says which rules can match which quantities; patterns run only there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from indicators.rules.attempts import Attempts
from indicators.rules.candidates import Candidate, to_match
from indicators.rules.matches import MatchResult
from indicators.rules.owners import owners
from indicators.rules.pairing import Pairing, Read, pairings
from indicators.rules.prefilter import Hits
from indicators.rules.refusals import Refusals
from indicators.rules.ruleset import RuleSet

__all__ = ["Matcher", "Read", "match", "match_all"]


def match(reading: Read, ruleset: RuleSet, skip: Collection[str] = ()) -> MatchResult:
    """All captures of a document, in order of the text, with what became of each rule's matches.

    `skip` names rules that are not to be run: those that have failed on a document before.
    """
    return next(match_all([reading], ruleset, skip))


def match_all(
    readings: Sequence[Read], ruleset: RuleSet, skip: Collection[str] = (), hits: Hits | None = None
) -> Iterator[MatchResult]:
    """The captures of some documents, one by one; `skip` is asked anew for each of them.

    `hits` are the words of rules in their joined texts (`pairing.joined`), where they have been looked for already.
    """
    for reading, pairing in zip(readings, pairings(readings, ruleset, hits), strict=True):
        result = MatchResult()
        if pairing.pairs:
            matcher = Matcher(reading, ruleset, pairing, result, skip)
            kept = owners(matcher.candidates(), result)
            text, quantities = reading.folded.text, reading.quantities
            result.matches = [to_match(candidate, quantities, text, result) for candidate in kept]
        yield result


class Matcher:
    """Runs the rules over the sentences of one document."""

    def __init__(
        self, reading: Read, ruleset: RuleSet, pairing: Pairing, result: MatchResult, skip: Collection[str] = ()
    ) -> None:
        text, quantities = reading.folded.text, reading.quantities
        self.result = result
        self.attempts = Attempts(text, quantities, result.failed, pairing.far)
        self.refusals = Refusals(text, quantities, ruleset, result.failed)
        self._sentences = reading.sentences
        self._plans = ruleset.plans
        self._pairing = pairing
        self._skip = skip

    def enter(self, sentence: int) -> None:
        """Turn to a sentence."""
        bounds = self._sentences.start[sentence], self._sentences.end[sentence]
        self.attempts.enter(bounds, self._pairing.claims(sentence))

    def candidates(self, only: int | None = None) -> list[Candidate]:
        """For each quantity and indicator the first pattern that matches; `only`: in that sentence."""
        found: list[Candidate] = []
        taken: set[tuple[int, int]] = set()
        current, tried, possible = -1, (-1, -1), False
        attempt, failed = self.attempts.attempt, self.result.failed
        for sentence, number, row in self._pairing.pairs:
            plan = self._plans[number]
            if only not in (None, sentence) or plan.rule.id in self._skip or plan.rule.id in failed:
                continue
            if sentence != current:
                current = sentence
                self.enter(sentence)
            if tried != (sentence, number):
                tried, possible = (sentence, number), plan.possible(self.attempts.words)
            key = (row, plan.rule.order)
            if not possible or key in taken:
                continue
            candidate = attempt(plan, row)
            if candidate is not None and self._allowed(candidate):
                taken.add(key)
                found.append(candidate)
                if candidate.past is not None:
                    found.append(candidate.of_past())
        return found

    def _allowed(self, candidate: Candidate) -> bool:
        """Counts a match; False where `unless` is found in the clause of its quantity."""
        counters = self.result.counters(candidate.rule.id)
        counters.matched += 1
        refused = self.refusals.refused(candidate.indicator, candidate.quantity)
        counters.refused += refused
        return not refused
