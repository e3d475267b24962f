"""Where the clauses of a text end: all marks, found in one look, so that a clause costs the same however long it is."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from indicators.language.code_points import CharacterSet, code_points
from indicators.language.sentences import CLAUSE_MARKS

_MARKS = CharacterSet(CLAUSE_MARKS)
_IN_NUMBERS = CharacterSet(",:")


@cache
def _digits() -> CharacterSet:
    return CharacterSet(character for character in map(chr, range(0x10000)) if character.isdigit())


class ClauseMarks:
    """The marks of a text between which clauses stand, as `sentences.clause_span` cuts them: 1,185 holds none.

    >>> marks = ClauseMarks("全县共有,成立党支部1,185个,覆盖率约53%")
    >>> marks.around(10, 16), marks.are_none_between(5, 10, 16), marks.are_none_between(2, 10, 16)
    ((5, 16), True, False)
    """

    def __init__(self, text: str) -> None:
        codes = code_points(text)
        self._size = len(text)
        marks = _MARKS.holds(codes).nonzero()[0]
        inside = _IN_NUMBERS.holds(codes[marks])
        for beside in (-1, 1):
            inside &= _digits().holds(codes.take(marks + beside, mode="clip"))
        self._offsets: list[int] = marks[~inside].tolist()

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The clause around `[start, end)`."""
        left, right = bisect_left(self._offsets, start), bisect_left(self._offsets, end)
        first = self._offsets[left - 1] + 1 if left else 0
        return first, self._offsets[right] if right < len(self._offsets) else self._size

    def are_none_between(self, offset: int, start: int, end: int) -> bool:
        """Whether an offset lies in the clause around `[start, end)`."""
        first, last = self.around(start, end)
        return first <= offset < last
