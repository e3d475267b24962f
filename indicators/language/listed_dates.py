"""Dates told one after another: 2017年、2018年分别投入300万元、500万元."""

from __future__ import annotations

import re
from itertools import islice

from indicators.language.cues import Roles
from indicators.language.date_expression import DateExpression
from indicators.language.intervals import Interval
from indicators.language.moments import Moments

_NUMBER = re.compile(r"\d[\d.,]*")
_LINKS = {"、", "和", "及", "与", ",", "以及"}
_MOST = 12  # dates of a list


def listed_interval(
    text: str, dates: list[DateExpression], roles: Roles, moments: Moments, index: int, start: int
) -> Interval | None:
    """The days of the number at `start` that the list ending with date `index` governs; None where there is no list.

    With 分别 each number has its own date; without, the dates together.
    """
    first = index
    while first and index - first < _MOST and _links(text, dates, roles, first - 1, first):
        first -= 1
    if first == index:
        return None
    together = [moments.interval(each) for each in range(first, index + 1)]
    days = [interval for interval in together if interval is not None]
    if len(days) != len(together):
        return None
    if (respective := text.find("分别", dates[index].end, start)) >= 0:
        before = islice(_NUMBER.finditer(text, respective, start), len(days) - 1)
        return days[sum(1 for _ in before)]
    return Interval(min(day.start for day in days), max(day.end for day in days), exact=False)


def _links(text: str, dates: list[DateExpression], roles: Roles, first: int, second: int) -> bool:
    one, two = dates[first], dates[second]
    return (
        one.kind == two.kind == "point"
        and text[one.end : two.start] in _LINKS
        and roles[first] == roles[second] == "frame"
    )
