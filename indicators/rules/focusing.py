"""Which sentences of many documents are worth reading numbers in: those in which a rule could match.

One pass of the automaton over some documents at once, the rest in arrays. Most sentences of a corpus hold a number, and
most hold a word of some rule; few hold a number within reach of a word that needs one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indicators.language.reader import Reading
from indicators.rules.pairing import joined
from indicators.rules.prefilter import Hits, Ints, Prefilter
from indicators.rules.reach import NEVER

# Characters of a quantity before its numeral (不少于) and behind it (个百分点): at most; measured 5 and 6.
AROUND = 32
_ALSO_NUMERALS = "半两兩"  # \d and Han numerals are numeric in Unicode, these are not; 几 and 数 stand beside one
_BREAKS = "。!?\n"


def focus(readings: Sequence[Reading], prefilter: Prefilter, every_number: bool) -> tuple[list[Reading], Hits]:
    """The readings, and the words of rules in their joined texts that stand near a number.

    Unless `every_number`, a reading is narrowed to the sentences of these words, to none where there are none. Numbers
    near no such word are in no match.
    """
    text, starts = joined([reading.folded.text for reading in readings])
    prefilter = prefilter.of(text)
    hits = prefilter.find(text)
    if not len(hits) and not len(prefilter.always):
        return list(readings) if every_number else [reading.within(()) for reading in readings], hits
    numerals = _Numerals(text)
    hits = hits.take(numerals.near(hits, prefilter))
    if every_number:
        return list(readings), hits
    narrowed = []
    edges = np.searchsorted(hits.end, starts, "right")
    for index, reading in enumerate(readings):
        first, last = (np.array(edge, np.int64) for edge in (reading.sentences.start, reading.sentences.end))
        if len(prefilter.always):
            chosen = np.flatnonzero(numerals.between(first + starts[index], last + starts[index]))
        else:
            mine = hits.start[edges[index] : edges[index + 1]] - starts[index]
            chosen = np.unique(np.searchsorted(first, mine, "right") - 1)
        narrowed.append(reading.within(tuple(zip(first[chosen].tolist(), last[chosen].tolist(), strict=True))))
    return narrowed, hits


class _Numerals:
    """Where in a text numerals stand, and where sentences may end."""

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        kinds = _kinds()[np.minimum(codes, 0xFFFF)]
        self._before = np.concatenate(([0], np.cumsum(kinds == _NUMERAL)))
        self._breaks = np.flatnonzero(kinds == _BREAK)
        self._size = len(codes)

    def between(self, start: Ints, end: Ints) -> NDArray[np.bool_]:
        """Whether a numeral stands in each of some spans."""
        found: NDArray[np.bool_] = self._before[np.maximum(end, start)] > self._before[start]
        return found

    def near(self, hits: Hits, prefilter: Prefilter) -> NDArray[np.bool_]:
        """Whether a numeral stands within reach of each of some words, in the same sentence."""
        place = np.searchsorted(self._breaks, hits.start)
        edges = np.concatenate(([0], self._breaks, [self._size]))
        begin, end = edges[place], edges[np.searchsorted(self._breaks, hits.end) + 1]
        left, right = prefilter.farthest_left[hits.word], prefilter.farthest_right[hits.word]
        behind = self.between(hits.end, np.minimum(end, hits.start + left + AROUND))
        before = self.between(np.maximum(begin, hits.end - right - AROUND), hits.start)
        found: NDArray[np.bool_] = (behind & (left != NEVER)) | (before & (right != NEVER))
        return found


_OTHER, _NUMERAL, _BREAK = 0, 1, 2


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each character of the basic plane is; those beyond count as numerals (the last entry)."""
    kinds = np.array([_NUMERAL if chr(code).isnumeric() else _OTHER for code in range(0x10000)], dtype=np.uint8)
    kinds[[ord(character) for character in _ALSO_NUMERALS]] = _NUMERAL
    kinds[[ord(character) for character in _BREAKS]] = _BREAK
    kinds[0xFFFF] = _NUMERAL
    return kinds
