"""Dates told one after another: 2017年、2018年分别投入300万元、500万元."""

from __future__ import annotations

import re

from indicators.language.cues import Cues
from indicators.language.date_expression import DateExpression
from indicators.language.date_roles import Roles
from indicators.language.intervals import Interval, resolve, year_interval
from indicators.language.moments import Moments

_LINKS = {"、", "和", "及", "与", ",", "以及"}
_END = re.compile("[,。;:\n]")  # of the clause that tells a value a year
_LONGEST_LINK = 2
_MOST = 12  # dates of a list


def listed_interval(
    cues: Cues, dates: list[DateExpression], roles: Roles, moments: Moments, index: int, start: int
) -> Interval | None:
    """The days of the number at `start` that the list ending with date `index` governs; None where there is no list.

    With 分别 each number has its own date; without, the dates together.
    """
    first = index
    while first and index - first < _MOST and _links(cues.text, dates, roles, first - 1, first):
        first -= 1
    if first == index:
        return _year_of_span(cues, dates[index], start)
    together = [moments.interval(each) for each in range(first, index + 1)]
    days = [interval for interval in together if interval is not None]
    if len(days) != len(together):
        return None
    if (respective := cues.signs.respective.first(dates[index].end, start - 1)) >= 0:
        return days[min(cues.signs.numbers.count(respective, start), len(days) - 1)]
    return Interval(min(day.start for day in days), max(day.end for day in days), exact=False)


def _year_of_span(cues: Cues, expression: DateExpression, start: int) -> Interval | None:
    """2002-2004年分别为5万元、6万元、8万元: each number has its own year, where there are as many as years."""
    years = resolve(expression, None) if expression.kind == "point" and expression.year else None
    if years is None or years.start.year == years.end.year:
        return None
    respective = cues.signs.respective.first(expression.end, start - 1)
    if respective < 0 or _END.search(cues.text, expression.end, start):
        return None
    stop = _END.search(cues.text, start)
    told = cues.signs.numbers.count(respective, stop.start() if stop else len(cues.text))
    if told != years.end.year - years.start.year + 1:
        return None
    return year_interval(years.start.year + cues.signs.numbers.count(respective, start))


def _links(text: str, dates: list[DateExpression], roles: Roles, first: int, second: int) -> bool:
    one, two = dates[first], dates[second]
    return (
        one.kind == two.kind == "point"
        and two.start - one.end <= _LONGEST_LINK
        and text[one.end : two.start] in _LINKS
        and roles[first] == roles[second] == "frame"
    )
