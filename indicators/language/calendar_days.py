"""Intervals of days: whole years, whole months."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_YEARS = (1000, 2999)


class Interval(NamedTuple):
    """Days, both ends inclusive; `exact` where the words name these very days."""

    start: date
    end: date
    exact: bool = True


@lru_cache(maxsize=4096)
def year_interval(first: int, last: int | None = None, exact: bool = True) -> Interval | None:
    """Whole calendar years; None outside 1000..2999."""
    last = first if last is None else last
    if not (_YEARS[0] <= first <= last <= _YEARS[1]):
        return None
    return Interval(date(first, 1, 1), date(last, 12, 31), exact)


@lru_cache(maxsize=4096)
def month_interval(year: int, first: int, last_year: int, last: int, exact: bool = True) -> Interval | None:
    """From the first day of one month to the last day of another."""
    if not (_YEARS[0] <= year <= last_year <= _YEARS[1] and 1 <= first <= 12 and 1 <= last <= 12):
        return None
    if (year, first) > (last_year, last):
        return None
    return Interval(date(year, first, 1), date(last_year, last, calendar.monthrange(last_year, last)[1]), exact)
