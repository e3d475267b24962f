"""Which rules can take which numbers: one pass over a text for the words of all rules, the rest in arrays.

Nothing here runs a pattern. What is left over is (rule, quantity) pairs of which a word that the rule needs stands near
enough to the quantity; all others cannot match (`reach`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from numpy.typing import NDArray

from indicators.rules.reach import NEVER, Anchor, Reach
from indicators.rules.stretches import Stretches

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hits:
    """Words of rules found in a text, sorted by where they end: `start`, `end`, `word` (its number)."""

    start: Ints
    end: Ints
    word: Ints

    def __len__(self) -> int:
        return len(self.start)

    def take(self, chosen: NDArray[np.bool_]) -> Hits:
        """Some of the hits."""
        return Hits(self.start[chosen], self.end[chosen], self.word[chosen])


@dataclass(frozen=True, slots=True)
class Claims:
    """Quantities that rules may take, sorted, as columns in folded offsets.

    `row`: which quantity of the text it is. `whole_start`, `whole_end` span the list or range that it is in
    (ascending), `sentence` is its number, `unit` that of its unit among some units.
    """

    row: Ints
    start: Ints
    end: Ints
    whole_start: Ints
    whole_end: Ints
    sentence: Ints
    unit: Ints


class Prefilter:
    """Finds the words that matches must hold; a rule without such words is possible everywhere."""

    def __init__(self, reaches: Sequence[Reach]) -> None:
        self._reaches = reaches
        self._stretches = Stretches(reaches)
        always = [rule for rule, reach in enumerate(reaches) if reach.anchor is None]
        self.always = np.array(always, dtype=np.int64)
        numbers: dict[str, int] = {}
        entries: list[tuple[int, int, int, int]] = []
        for rule, reach in enumerate(reaches):
            anchor = reach.anchor or Anchor(frozenset(), NEVER, NEVER)
            for word in sorted(anchor.words):
                number = numbers.setdefault(word, len(numbers))
                entries.append((number, rule, anchor.left, anchor.right))
        entries.sort()
        table = np.array(entries, dtype=np.int64).reshape(-1, 4)
        self._rule, self._left, self._right = (np.ascontiguousarray(table[:, column]) for column in (1, 2, 3))
        words = np.arange(len(numbers))
        self._first = np.searchsorted(table[:, 0], words, "left")
        self._count = np.searchsorted(table[:, 0], words, "right") - self._first
        edges = self._first if len(numbers) else np.zeros(0, dtype=np.int64)
        self.farthest_left = np.maximum.reduceat(self._left, edges) if len(edges) else edges
        self.farthest_right = np.maximum.reduceat(self._right, edges) if len(edges) else edges
        # Not the DFA: some ten times as large, it is faster only where nothing else uses the processor's cache.
        kind = Implementation.ContiguousNFA
        self._automaton = (
            AhoCorasick(list(numbers), matchkind=MatchKind.Standard, implementation=kind) if numbers else None
        )

    def of(self, text: str) -> Prefilter:
        """The prefilter that holds for a text: this one, or where words run on in the text one that knows no distances.

        Both find the same words.
        """
        return self._loosened if self._stretches.run_on(text) else self

    @cached_property
    def _loosened(self) -> Prefilter:
        return Prefilter([reach.loosened() for reach in self._reaches])

    def find(self, text: str) -> Hits:
        """Every occurrence of every word in a text."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True) if self._automaton else []
        table = np.fromiter(chain.from_iterable(found), np.int64, 3 * len(found)).reshape(-1, 3)
        return Hits(table[:, 1], table[:, 2], table[:, 0])

    def _entries(self, words: Ints) -> tuple[Ints, Ints]:
        """The rules that need words: for each rule of each word the place in `words`, and the row of the tables."""
        count = self._count[words]
        return np.arange(len(words)).repeat(count), _runs(self._first[words], count)

    def possible(self, hits: Hits, start: int, end: int) -> set[int]:
        """Numbers of the rules of which a word stands within `[start, end)`, wherever the numbers are."""
        within = hits.take((hits.start >= start) & (hits.end <= end))
        return {*self.always.tolist(), *self._rule[self._entries(within.word)[1]].tolist()}

    def pairs(self, hits: Hits, claims: Claims, sentences: Ints, takes: NDArray[np.bool_]) -> tuple[Ints, Ints, Ints]:
        """Sentence, rule and quantity (its place in `claims`) where the rule can match: in this order.

        `sentences` are the offsets where sentences begin. `takes[unit, rule]`: the rule takes quantities of that unit.

        A word before the quantity must begin at most `left` characters before it, or before its whole list: patterns
        are tried with the list in place of the quantity too. Behind it likewise.
        """
        sentence = sentences.searchsorted(hits.start, "right") - 1
        edges = claims.sentence.searchsorted(np.arange(len(sentences) + 1))
        first, last = edges[sentence], edges[sentence + 1]
        useful = np.flatnonzero(first < last)
        hit, entry = self._entries(hits.word[useful])
        hit = useful[hit]
        start, end, first, last = hits.start[hit], hits.end[hit], first[hit], last[hit]
        rule = self._rule[entry]
        low, high = _behind(claims, start, end, self._left[entry])
        low_before, high_before = _before(claims, start, end, self._right[entry])
        places, count = _spread(
            np.concatenate((low, low_before)),
            np.concatenate((high, high_before)),
            np.concatenate((first, first)),
            np.concatenate((last, last)),
        )
        rules = np.concatenate((rule, rule)).repeat(count)
        if len(self.always):
            every = np.arange(len(claims.start))
            places = np.concatenate((places, np.tile(every, len(self.always))))
            rules = np.concatenate((rules, self.always.repeat(len(every))))
        return _in_order(claims, rules, places, takes)


def _in_order(claims: Claims, rules: Ints, places: Ints, takes: NDArray[np.bool_]) -> tuple[Ints, Ints, Ints]:
    """The pairs that `takes` allows, each once, by sentence, then rule, then quantity."""
    allowed = takes[claims.unit[places], rules]
    rules, places = rules[allowed], places[allowed]
    many, size = takes.shape[1], len(claims.start)
    keys = np.sort((claims.sentence[places] * many + rules) * size + places)
    keys = keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys
    keys, places = np.divmod(keys, size)
    sentence, rules = np.divmod(keys, many)
    return sentence, rules, places


def _spread(low: Ints, high: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """The numbers of the part of each range that lies within another, one range after the other; how many of each."""
    low = np.maximum(low, first)
    count = np.maximum(np.minimum(high, last) - low, 0)
    return _runs(low, count), count


def _runs(first: Ints, count: Ints) -> Ints:
    """The numbers first[i], first[i] + 1, ... (count[i] of them) for every i, one after another."""
    total = count.cumsum()
    size = int(total[-1]) if len(total) else 0
    runs: Ints = np.arange(size) + (first - total + count).repeat(count)
    return runs


def _behind(claims: Claims, start: Ints, end: Ints, left: Ints) -> tuple[Ints, Ints]:
    """The range of quantities that words may stand before."""
    reached = claims.whole_start.searchsorted(start + left, "right")
    return claims.start.searchsorted(end, "left"), np.where(left == NEVER, 0, reached)


def _before(claims: Claims, start: Ints, end: Ints, right: Ints) -> tuple[Ints, Ints]:
    """The range of quantities that words may stand behind."""
    reached = claims.whole_end.searchsorted(end - right, "left")
    return np.where(right == NEVER, len(claims.start), reached), claims.end.searchsorted(start, "right")
