"""Dates as metadata and datelines write them -> YYYY, YYYY-MM or YYYY-MM-DD."""

from __future__ import annotations

import re
from datetime import date

_FIRST_YEAR, _LAST_YEAR = 1900, 2199

# 2021-07-02, 2015/12/3, 2018.12.14, 2014年09月28日, 2017 年 3 月, 2015-12, 2015年, 2015; a time of day may follow.
DATE = (
    r"(?P<year>(?:19|20|21)\d\d)"
    r"(?:\s?(?:(?P<mark>[-/.])|年)\s?(?P<month>1[0-2]|0?[1-9])(?!\d)"
    r"(?:\s?(?:(?P=mark)|月)\s?(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s?日?|\s?月)?|\s?年)?"
)
TIME_OF_DAY = r"(?:[T\s]*\d{1,2}\s?[:时]\s?\d{1,2}(?:\s?[:分]\s?\d{1,2}(?:\.\d+)?)?[分秒]?(?:Z|[+-]\d\d:?\d\d)?)?"
_WHOLE = re.compile(rf"\s*{DATE}{TIME_OF_DAY}\s*")
_WIDE = str.maketrans("０１２３４５６７８９：／．－〇", "0123456789:/.-0")


def iso_date(words: str) -> str:
    """The date in ISO form, as fine as it was written; "" where the words are no date or no such day exists.

    >>> iso_date("2015/12/3"), iso_date("2014年09月28日17:48"), iso_date("2015-12"), iso_date("2015-02-30")
    ('2015-12-03', '2014-09-28', '2015-12', '')
    """
    found = _WHOLE.fullmatch(words.translate(_WIDE))
    return iso_of(found) if found else ""


def iso_of(found: re.Match[str]) -> str:
    """The ISO form of a match of DATE; "" where no such day exists."""
    year, month, day = found["year"], found["month"], found["day"]
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return ""
    if not month:
        return year
    if not day:
        return f"{year}-{int(month):02d}"
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
