"""Numbers as people write them: counted in 万 and 亿, with their unit."""

from __future__ import annotations

import pandas as pd


def scale(largest: float, chinese: bool) -> tuple[float, str]:
    """The divisor and its word for numbers whose largest absolute value is `largest`; (1, "") below the first step.

    >>> scale(1_051_411_200, True)
    (100000000.0, '亿')
    >>> scale(2239, True)
    (1.0, '')
    """
    steps = ((1e8, "亿"), (1e4, "万")) if chinese else ((1e9, "billion "), (1e6, "million "))
    return next(((step, name) for step, name in steps if abs(largest) >= step), (1.0, ""))


def readable(value: float | None, unit: str, chinese: bool) -> str:
    """A value with its unit in words that fit a label, to four decimals of its step; "" for no value.

    >>> readable(1_051_411_200.0, "元", True)
    '10.5141亿元'
    >>> readable(53.0, "%", True)
    '53%'
    >>> readable(None, "元", True)
    ''
    """
    if value is None or pd.isna(value):
        return ""
    divisor, name = scale(value, chinese)
    number = f"{value / divisor:,.4f}".rstrip("0").rstrip(".")
    return f"{number}{name}{unit}" if chinese or unit == "%" else f"{number} {name}{unit}"


def pixels(words: str, size: int) -> float:
    """About how wide words are drawn: a Han character is as wide as the type is high.

    >>> pixels("村 1", 10)
    22.4
    """
    return sum(size if ord(letter) > 0x2E80 else 0.62 * size for letter in words)


def titled(title: str, scale_name: str, unit: str) -> str:
    """A title with the step and unit of its axis behind it.

    >>> titled("投入", "亿", "元")
    '投入 (亿元)'
    """
    return f"{title} ({scale_name}{unit})" if scale_name or unit else title
