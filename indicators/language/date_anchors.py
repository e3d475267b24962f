"""Where a calendar expression may begin: the few offsets of a text that the pattern is tried at.

Nearly all characters of a text begin none, and most numbers are no dates (2712宗, 12.5%): arrays find this out at
the speed of C. An expression in Arabic digits begins with a whole run of digits and goes on with a unit of time or a
link; any other begins with one of the pairs of characters that `indicators.language.date_patterns` names.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from indicators.language.code_points import CharacterSet, Codes, code_points
from indicators.language.date_patterns import AFTER_DIGITS, beginnings

_YEAR_DIGITS = 4
_CODES = 0x10001  # the basic plane; whatever lies beyond counts as its last row


def anchors(text: str) -> list[int]:
    """Offsets at which a calendar expression of a folded text may begin, in order."""
    codes = np.minimum(code_points(f"\0{text}\0\0"), _CODES - 1)
    tables = _tables()
    first = tables.first.holds(codes).nonzero()[0]
    pairs = (tables.kind[codes[first]] & tables.second[codes[first + 1]]) != 0
    words = [offset for offset in (first[pairs] - 1).tolist() if tables.begins(text[offset : offset + 3])]
    return sorted(words + _numbers(codes, tables))


def _numbers(codes: Codes, tables: _Tables) -> list[int]:
    """Offsets of the runs of digits that a unit of time or a link follows; `codes` are padded by one before."""
    digit = (codes >= ord("0")) & (codes <= ord("9"))
    edges = (digit[1:] != digit[:-1]).nonzero()[0]
    starts, ends = edges[::2], edges[1::2]  # offsets in the text
    after, then = codes[ends + 1], codes[ends + 2]
    follows = (tables.after[after] & tables.then[then]) != 0
    fraction = (after == ord(".")) | (after == ord("/"))  # 12.5; a date only after a year: 2015.3.1
    kept: list[int] = starts[follows & (~fraction | (ends - starts == _YEAR_DIGITS))].tolist()
    return kept


class _Tables:
    """What may begin an expression, by code point.

    `first`: its first character, if no digit; `kind` and `second`: bits that the two characters of a beginning share;
    `after` and `then`: bits of the rows of AFTER_DIGITS that a character stands in.
    """

    def __init__(self) -> None:
        self._heads = beginnings()
        self.kind, self.second = np.zeros(_CODES, np.uint64), np.zeros(_CODES, np.uint64)
        self.after, self.then = np.zeros(_CODES, np.uint8), np.zeros(_CODES, np.uint8)
        seconds: dict[str, str] = {}
        for head in sorted(self._heads):
            seconds[head[0]] = seconds.get(head[0], "") + head[1]
        self.first = CharacterSet(seconds)
        kinds = {followers: number for number, followers in enumerate(dict.fromkeys(seconds.values()))}
        for character, followers in seconds.items():
            bit = np.uint64(1 << kinds[followers] % 64)
            self.kind[ord(character)] |= bit
            self.second[[ord(follower) for follower in followers]] |= bit
        for row, (after, then) in enumerate(AFTER_DIGITS):
            for table, characters in ((self.after, after), (self.then, then)):
                table[[ord(character) for character in characters] or slice(None)] |= np.uint8(1 << row)

    def begins(self, head: str) -> bool:
        """Whether three characters of a text may begin an expression."""
        thirds = self._heads.get(head[:2])
        return thirds is not None and ("" in thirds or head[2:] in thirds)


@cache
def _tables() -> _Tables:
    return _Tables()
