"""Finding the words of a table in a text, leftmost and longest first.

numpy looks at all pairs and triples of characters at once, through tables of hashes; Python sees only the few offsets
where a word may begin. A table of 36,000 names is ready in a few milliseconds, where an automaton takes 100.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Container, Iterable

import numpy as np
import numpy.typing as npt

from indicators.language.code_points import Codes, code_points

Offsets = npt.NDArray[np.intp]
_FACTORS = tuple(np.uint32(factor) for factor in (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35))  # odd: no bit is lost
_PAIR = 2


def mixed(columns: tuple[Codes, ...]) -> Codes:
    """Hashes of 32 bits, one a row: the first characters of all rows are `columns[0]`, the second `columns[1]`."""
    hashes = columns[0] * _FACTORS[0]
    for column, factor in zip(columns[1:], _FACTORS[1:], strict=False):
        hashes += column * factor
    return hashes


class HashedText:
    """A text with the hashes of its pairs of characters: made once for all tables that are looked for in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.points = code_points(text + "\n\n")
        self.pairs = mixed((self.points[:-2], self.points[1:-1]))  # of the pair that begins at each offset

    def triples(self, starts: Offsets) -> Codes:
        """The hashes of the three characters at some offsets."""
        return self.pairs[starts] + self.points[starts + 2] * _FACTORS[2]


Found = tuple[int, int, str]  # start, end, word


class FoundInLines:
    """What `scan` finds in a text, asked for by whole lines of it: no word that is looked for holds a line break."""

    def __init__(self, text: HashedText, scan: Callable[[HashedText], list[Found]]) -> None:
        self._text = text.text
        self._scan = scan
        self._found = scan(text)
        self._starts = [start for start, _, _ in self._found]

    def within(self, lines: str) -> list[Found]:
        """What is found in lines of the text, or in words that are none of them; offsets in `lines`."""
        at = self._offset(lines)
        if at < 0:
            return self._scan(HashedText(lines))
        found = self._found[bisect_left(self._starts, at) : bisect_left(self._starts, at + len(lines))]
        return [(start - at, end - at, word) for start, end, word in found] if at else found

    def _offset(self, lines: str) -> int:
        text, size = self._text, len(lines)
        last = len(text) - size
        if text.endswith(lines) and (not last or text[last - 1] == "\n"):
            return last
        if text.startswith(f"{lines}\n"):
            return 0
        before = text.find(f"\n{lines}\n")
        return before + 1 if before >= 0 else -1


class LongestMatch:
    """Words of two characters or more, found wherever they stand in a text."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = words
        self._shift = np.uint32(32 - min(21, max(12, (16 * len(words)).bit_length())))
        points = code_points("\n".join(words) + "\n\n")
        ends = np.flatnonzero(points == ord("\n"))[: len(words)]
        starts = np.concatenate(([0], ends[:-1] + 1))
        order = np.argsort(ends - starts, kind="stable")  # the longest word of a slot is written last
        starts, lengths = starts[order], (ends - starts)[order].astype(np.uint8)
        pairs = mixed((points[starts], points[starts + 1])) >> self._shift
        self._pairs = np.zeros(1 << (32 - int(self._shift)), np.uint8)
        self._pairs[pairs] = 1  # some word begins so; 2: such a pair is a word
        self._pairs[pairs[lengths == _PAIR]] = _PAIR
        long = starts[lengths > _PAIR]
        triples = mixed((points[long], points[long + 1], points[long + 2])) >> self._shift
        self._longest = np.zeros(len(self._pairs), np.uint8)  # length of the longest word that begins so
        self._longest[triples] = lengths[lengths > _PAIR]

    def find(self, text: HashedText) -> list[Found]:
        """The words in a text: (start, end, word), disjoint and in order; of those that start first, the longest.

        >>> LongestMatch({"清水", "清水县", "水口村"}).find(HashedText("清水县水口村"))
        [(0, 3, '清水县'), (3, 6, '水口村')]
        """
        return longest_of(self.beginnings(text), self._words, text.text)

    def beginnings(self, text: HashedText) -> Iterable[tuple[int, int]]:
        """Where words may begin, ascending, and how long the longest of them can be there."""
        kinds = self._pairs.take(text.pairs >> self._shift)
        starts = kinds.nonzero()[0]
        lengths = np.maximum(self._longest.take(text.triples(starts) >> self._shift), kinds.take(starts) & _PAIR)
        likely = lengths.nonzero()[0]
        return zip(starts[likely].tolist(), lengths[likely].tolist(), strict=True)


def longest_of(beginnings: Iterable[tuple[int, int]], words: Container[str], text: str) -> list[Found]:
    """The words at some offsets of a text, given with the longest length there: leftmost and longest, disjoint."""
    found: list[Found] = []
    free = 0
    for start, longest in beginnings:
        if start < free:
            continue
        for length in range(longest, 1, -1):
            word = text[start : start + length]
            if word in words:
                free = start + len(word)  # the text may end before the length does
                found.append((start, free, word))
                break
    return found


def all_beginnings(matches: Iterable[LongestMatch], text: HashedText) -> list[tuple[int, int]]:
    """`beginnings` of several tables of words together."""
    longest: dict[int, int] = {}
    for match in matches:
        for start, length in match.beginnings(text):
            longest[start] = max(length, longest.get(start, 0))
    return sorted(longest.items())
