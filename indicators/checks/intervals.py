"""Intervals of what written numbers allow, and arithmetic with them: qualifiers and rounding are no disagreement."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from indicators.table.rounding import half_unit

_SHARES = ("%", "百分点", "倍")


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included; infinite where open."""

    low: float
    high: float

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        ends = [_product(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ZeroDivisionError where the divisor may be 0."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError
        return self * Interval(1 / other.high, 1 / other.low)

    def widened(self, by: float) -> Interval:
        """The interval with `by` added on both sides."""
        return Interval(self.low - by, self.high + by)

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both, up to the error of floating point."""
        slack = 1e-9 * max((abs(end) for end in (self.low, other.low) if math.isfinite(end)), default=0.0)
        return self.low <= other.high + slack and other.low <= self.high + slack


def _product(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b


@lru_cache(maxsize=65_536)
def rounding(text: str, value: float, unit: str) -> float:
    """What rounding may have taken from a number as written: half a unit of its last digit, 0 for plain whole counts.

    >>> rounding("34%", 34, "%"), rounding("126人", 126, "人"), rounding("2.1万人", 21000, "人")
    (0.5, 0.0, 500.0)
    """
    half = half_unit(text, value)
    return 0.0 if half == 0.5 and unit not in _SHARES else half


def allowed(text: str, value: float, low: float | None, high: float | None, unit: str) -> Interval:
    """What a number as written allows: its qualifier (`low`, `high`; None or NaN is open), widened by its rounding."""
    lower = -math.inf if low is None or math.isnan(low) else min(low, value)
    upper = math.inf if high is None or math.isnan(high) else max(high, value)
    return Interval(lower, upper).widened(rounding(text, value, unit))
