"""How finely a number was written: half a unit of its last written digit."""

from __future__ import annotations

import re

from indicators.language.folding import fold

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def half_unit(text: str, value: float) -> float:
    """Half a unit of the last digit written, in the unit of `value`; 0 where no Arabic number stands in the text.

    The multiplier is the value over the number as written, so 万, 亿 and conversion of units need no table.

    >>> half_unit("10.5亿元", 1.05e9), half_unit("约53%", 53), half_unit("三成", 30)
    (5000000.0, 0.5, 0.0)
    """
    found = _NUMBER.search(fold(text).text)
    if not found:
        return 0.0
    words = found.group().replace(",", "")
    number = float(words)
    if not number:
        return 0.0
    decimals = len(words.partition(".")[2])
    return float(abs(value) / number * 10**-decimals / 2)
