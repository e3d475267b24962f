"""Texts published again long after they were written: what gives them away.

A page headed 2021-07-02 that says 截至2015年11月底, 今年 and 今年12月5日 was not written in 2021. Two kinds of
evidence: a cut-off (截至) two years or more before publication in a text that speaks of 今年 or 目前 and names no later
year, and a day of "this year" told as past that lies after the day of publication.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from indicators.language.cues import Cues
from indicators.language.date_expression import DateExpression
from indicators.language.intervals import Interval, resolve
from indicators.language.sentences import Sentences
from indicators.model import Period

_STALE = timedelta(days=730)
_PRESENT_DAYS = 31  # 今年12月5日 in a text of 12月1日 may be an announcement; five weeks after is another year


@dataclass(frozen=True, slots=True)
class Repost:
    """A text written long before its publication.

    `published` as given; `estimated` the year it was written, where its words tell; `start`, `end` span the words
    that give it away, in folded offsets.
    """

    published: str
    estimated: Period | None
    start: int
    end: int
    surface: str


def find_repost(
    cues: Cues, sentences: Sentences, dates: list[DateExpression], published: str, days: Interval
) -> Repost | None:
    """The repost that a text betrays, None where nothing speaks for one; `days` are those of `published`."""
    stale = _stale_cutoff(cues, sentences, dates, days.start)
    if stale is not None:
        expression, estimated = stale
        return Repost(published, estimated, expression.start, expression.end, expression.surface)
    ahead = _past_future(cues, sentences, dates, days.end)
    if ahead is None:
        return None
    return Repost(published, None, ahead.start, ahead.end, ahead.surface)


def _planned(cues: Cues, sentences: Sentences, expression: DateExpression) -> bool:
    return cues.has("plan", *sentences.span(expression.start)) or expression.relation == "by"


def _stale_cutoff(
    cues: Cues, sentences: Sentences, dates: list[DateExpression], first: date
) -> tuple[DateExpression, Period] | None:
    if not any(cues.text.startswith("截", e.frame_start) for e in dates):
        return None
    present = any(e.kind == "now" or (e.year_offset in (0, -1) and not e.context) for e in dates)
    if not present:
        return None
    latest_year = 0
    cutoff: tuple[date, DateExpression] | None = None
    for expression in dates:
        if expression.year is None or expression.kind != "point" or _planned(cues, sentences, expression):
            continue
        interval = resolve(expression, None)
        if interval is None or (expression.day is not None and not expression.relation):
            continue  # a dateline, an event, a page's own date: no cut-off
        latest_year = max(latest_year, interval.end.year)
        if cues.text.startswith("截", expression.frame_start) and (cutoff is None or interval.end > cutoff[0]):
            cutoff = (interval.end, expression)
    if cutoff is None or latest_year > cutoff[0].year or first - cutoff[0] < _STALE:
        return None
    day, expression = cutoff
    return expression, Period(date(day.year, 1, 1), date(day.year, 12, 31), exact=False, surface=expression.surface)


def _past_future(cues: Cues, sentences: Sentences, dates: list[DateExpression], last: date) -> DateExpression | None:
    for expression in dates:
        if (
            expression.year_offset != 0
            or expression.context
            or expression.month is None
            or expression.relation == "since"
        ):
            continue
        interval = resolve(expression, last)
        told = interval is not None and interval.start - last > timedelta(days=_PRESENT_DAYS)
        if told and not _planned(cues, sentences, expression):
            return expression
    return None
