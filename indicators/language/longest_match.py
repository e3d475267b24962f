"""Finding the words of a table in a text, leftmost and longest first.

numpy looks at all pairs and triples of characters at once, through tables of hashes; Python sees only the few offsets
where a word may begin. A table of 36,000 names is ready in a few milliseconds, where an automaton takes 100.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from indicators.language.code_points import Codes, code_points

Offsets = npt.NDArray[np.intp]
_FACTORS = tuple(np.uint32(factor) for factor in (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35))  # odd: no bit is lost
_PAIR = 2


def slots(columns: tuple[Codes, ...], bits: int) -> Codes:
    """Hashes of `bits` bits, one a row: the first characters of all rows are `columns[0]`, the second `columns[1]`."""
    mixed = columns[0] * _FACTORS[0]
    for column, factor in zip(columns[1:], _FACTORS[1:], strict=False):
        mixed += column * factor
    mixed >>= np.uint32(32 - bits)
    return mixed


class LongestMatch:
    """Words of two characters or more, found wherever they stand in a text."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = words
        self._bits = min(21, max(12, (16 * len(words)).bit_length()))
        points = code_points("\n".join(words) + "\n\n")
        ends = np.flatnonzero(points == ord("\n"))[: len(words)]
        starts = np.concatenate(([0], ends[:-1] + 1))
        order = np.argsort(ends - starts, kind="stable")  # the longest word of a slot is written last
        starts, lengths = starts[order], (ends - starts)[order].astype(np.uint8)
        pairs = slots((points[starts], points[starts + 1]), self._bits)
        self._pairs = np.zeros(1 << self._bits, np.uint8)  # 1: some word begins so, 2: such a pair is a word
        self._pairs[pairs] = 1
        self._pairs[pairs[lengths == _PAIR]] = _PAIR
        long = starts[lengths > _PAIR]
        triples = slots((points[long], points[long + 1], points[long + 2]), self._bits)
        self._longest = np.zeros(1 << self._bits, np.uint8)  # length of the longest word that begins so
        self._longest[triples] = lengths[lengths > _PAIR]

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """The words in a text: (start, end, word), disjoint and in order; of those that start first, the longest.

        >>> LongestMatch({"清水", "清水县", "水口村"}).find("清水县水口村")
        [(0, 3, '清水县'), (3, 6, '水口村')]
        """
        found: list[tuple[int, int, str]] = []
        words, free = self._words, 0
        starts, lengths = self._candidates(text)
        for start, longest in zip(starts.tolist(), lengths.tolist(), strict=True):
            if start < free:
                continue
            for length in range(longest, 1, -1):
                word = text[start : start + length]
                if word in words:
                    free = start + len(word)  # the text may end before the length does
                    found.append((start, free, word))
                    break
        return found

    def _candidates(self, text: str) -> tuple[Offsets, npt.NDArray[np.uint8]]:
        """Where words may begin, ascending, and how long the longest such word is."""
        points = code_points(text + "\n\n")
        hashes = slots((points[:-2], points[1:-1]), self._bits)
        kinds = self._pairs.take(hashes)
        starts = np.flatnonzero(kinds != 0)
        triples = slots((points[starts], points[starts + 1], points[starts + 2]), self._bits)
        lengths = np.maximum(self._longest[triples], kinds[starts] & _PAIR)
        likely = lengths > 0
        return starts[likely], lengths[likely]
