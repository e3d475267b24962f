"""Which rules can match in a stretch of text at all: one pass over the text for the words of all rules."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind


@dataclass(frozen=True, slots=True)
class Hits:
    """Words of rules found in a text, sorted by where they begin: `start`, `end`, `word` (its number)."""

    start: list[int]
    end: list[int]
    word: list[int]


class Prefilter:
    """Finds the words that matches must hold (`Rule.literals`); a rule without such words is possible everywhere."""

    def __init__(self, literals: Sequence[frozenset[str] | None]) -> None:
        self.always = {rule for rule, words in enumerate(literals) if words is None}
        numbers: dict[str, int] = {}
        self.rules: list[list[int]] = []
        for rule, words in enumerate(literals):
            for word in sorted(words or ()):
                if word not in numbers:
                    numbers[word] = len(numbers)
                    self.rules.append([])
                self.rules[numbers[word]].append(rule)
        self._automaton = AhoCorasick(list(numbers), matchkind=MatchKind.Standard) if numbers else None

    def find(self, text: str) -> Hits:
        """Every occurrence of every word in a text."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True) if self._automaton else []
        found = sorted((start, end, word) for word, start, end in found)
        return Hits([hit[0] for hit in found], [hit[1] for hit in found], [hit[2] for hit in found])

    def possible(self, hits: Hits, start: int, end: int) -> list[int]:
        """Numbers of the rules that can match within `[start, end)`, ascending."""
        first, last = bisect_left(hits.start, start), bisect_left(hits.start, end)
        words = {hits.word[i] for i in range(first, last) if hits.end[i] <= end}
        rules = set(self.always)
        for word in words:
            rules.update(self.rules[word])
        return sorted(rules)
