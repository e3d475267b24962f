"""Spans that a number covers beyond the date beside it: what has grown over years, what has accumulated since January.

由2012年的3亿元增加到2018年的9亿元,增长2倍: 2012 to 2018. 4月累计完成2亿元: January to April.
"""

from __future__ import annotations

import re

from indicators.language.date_expression import DateExpression
from indicators.language.date_roles import Roles
from indicators.language.intervals import Interval, year_interval
from indicators.language.moments import Moments

_GROWN = re.compile(r"(?:年均|平均每年|累计|净|共|约)*(?:增长|增加|下降|减少|提高|降低|上升|翻)[^,。;]{0,6}$")
_NUMBER = re.compile(r"\d[\d.,]*")
_MOST = 3  # numbers behind the later date: its own value, the growth and the yearly growth
# 4月,全县财政收入累计完成2.4亿元: since January.
_ACCUMULATED = re.compile("累计(?:完成|实现|入库|征收|收入|支出|执行)")


def year_to_month(text: str, expression: DateExpression, interval: Interval | None, start: int) -> Interval | None:
    """January to the month that is told, for a number at `start` that has accumulated up to it; None for any other."""
    if interval is None or not expression.month or expression.day or expression.relation or any(expression.last):
        return None
    if expression.kind != "point" or expression.part or not _ACCUMULATED.search(text, expression.end, start):
        return None
    return Interval(interval.start.replace(month=1), interval.end)


def growth_span(
    text: str, dates: list[DateExpression], roles: Roles, moments: Moments, last: int, clause: int, start: int
) -> Interval | None:
    """The years from the first to the second date of a from-to, for a growth at `start` in the clause behind it.

    `last` is the index of the nearest expression before `start` in its sentence, `clause` where its clause begins.
    None where it is no growth, or no from-to stands before it.
    """
    later = dates[last]
    if not last or later.end > clause or roles[last] != "own" or later.relation != "to":
        return None
    if not _GROWN.match(text, clause, start) or len(_NUMBER.findall(text, later.end, start)) > _MOST - 1:
        return None
    first, end = moments.interval(last - 1), moments.interval(last)
    if end is None or ";" in text[later.end : start] or "。" in text[later.end : start]:
        return None
    from_first = first is not None and roles[last - 1] == "own" and dates[last - 1].relation == "from"
    begin = first if from_first and first is not None and first.start < end.start else end
    return year_interval(begin.start.year, end.end.year, exact=False)
