"""Where words and signs stand in a text: found once, so that asking over long stretches costs nothing."""

from __future__ import annotations

import re
from bisect import bisect_left

from indicators.language.code_points import code_points
from indicators.language.lazily import lazily


class Occurrences:
    """Where the matches of a pattern begin, in order, asked for by stretches.

    >>> digits = NumberSigns("去年3个,今年15个").digits
    >>> digits.first(0, 9), digits.first(3, 7), digits.count(0, 9)
    (2, -1, 3)
    """

    def __init__(self, starts: list[int]) -> None:
        self._starts = starts

    def first(self, start: int, end: int) -> int:
        """Where the first match begins that begins in `[start, end)`; -1 where none does."""
        index = bisect_left(self._starts, start)
        return self._starts[index] if index < len(self._starts) and self._starts[index] < end else -1

    def count(self, start: int, end: int) -> int:
        """How many matches begin in `[start, end)`."""
        return max(0, bisect_left(self._starts, end) - bisect_left(self._starts, start))


class NumberSigns:
    """What pairs the numbers of a text with its dates, each kind looked for when it is first asked about."""

    def __init__(self, text: str) -> None:
        self._text = text

    @lazily
    def digits(self) -> Occurrences:
        """Arabic digits."""
        codes = code_points(self._text)
        return Occurrences(((codes >= ord("0")) & (codes <= ord("9"))).nonzero()[0].tolist())

    @lazily
    def numbers(self) -> Occurrences:
        """Numbers in Arabic digits."""
        return self._of(re.compile(r"\d[\d.,]*"))

    @lazily
    def respective(self) -> Occurrences:
        """分别, by which values pair with what is listed before them."""
        return self._of(re.compile("分别"))

    def _of(self, pattern: re.Pattern[str]) -> Occurrences:
        return Occurrences([match.start() for match in pattern.finditer(self._text)])
