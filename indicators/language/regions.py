"""Stretches of a text that can be read for numbers by themselves: sentences, widened where an expression crosses them.

Nearly all numeric expressions end with their sentence. A few shapes do not: a web address (?id=3), a title with a mark
(《三问!》), a quoted name with an ellipsis, bids called out one after another (3800!4100!), a date and its time on two
lines; and a straight quotation mark opens or closes by its place in the line. They are read with their whole line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from indicators.language.dates import DateExpression

_TITLE_GOES_ON = re.compile(r"[^《》\n]{0,60}》")
_BROKEN = re.compile(r"[\d〕\])]\n[\d第]")  # a date and its time, 〔2015〕 and 第3号, on two lines
_QUOTED = 13  # a quoted name with its mark
_BID_END = 4  # the marks behind a bid and a digit before them
_NEAR = 2  # sentences so near are read together


def regions_of(text: str, spans: Iterable[tuple[int, int]], dates: Sequence[DateExpression]) -> list[tuple[int, int]]:
    """Disjoint stretches, in order, that hold the sentences `spans` (sorted, disjoint) and read by themselves as they
    read within the whole text.

    >>> regions_of("增收3万元。据《5问!10答》一书。完。", [(0, 6), (16, 18)], [])
    [(0, 6), (16, 18)]
    >>> regions_of("增收3万元。据《5问!10答》一书。完。", [(6, 11)], [])
    [(0, 20)]
    """
    starts = [date.start for date in dates]

    def crossed(bound: int) -> bool:
        date = bisect_left(starts, bound) - 1
        return _is_crossed(text, bound) or (date >= 0 and dates[date].end > bound)

    regions: list[tuple[int, int]] = []
    for start, end in spans:
        if regions and end <= regions[-1][1]:
            continue
        first, last = _line(text, start, end)
        if text.find('"', first, last) >= 0 or crossed(start) or crossed(end):
            start, end = first, last
            while crossed(start):
                start = _line(text, start - 1, start - 1)[0]
            while crossed(end):
                end = _line(text, end + 1, end + 1)[1]
        while regions and start - regions[-1][1] <= _NEAR:
            start = min(start, regions.pop()[0])
        regions.append((start, end))
    return regions


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The line or lines that hold the span."""
    last = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, last if last >= 0 else len(text)


def _is_crossed(text: str, bound: int) -> bool:
    """Whether an expression may reach over a bound between two sentences or lines; never False where one does."""
    if bound in (0, len(text)):
        return False
    before, after = text[bound - 1], text[bound]
    if before == "\n" or after == "\n":
        return _BROKEN.match(text, bound - 2 if before == "\n" else bound - 1) is not None
    if before in "!?" and after.isascii():
        return True  # a web address
    if after.isdecimal() and any(character.isdecimal() for character in text[max(0, bound - _BID_END) : bound]):
        return True
    return "…" in text[max(0, bound - _QUOTED) : bound] or _TITLE_GOES_ON.match(text, bound) is not None
