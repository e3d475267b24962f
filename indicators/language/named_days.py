"""Days that have names: festivals, seasons, events that reports count from; the days stand in data tables."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from indicators.language.calendar_days import Interval, month_interval, year_interval
from indicators.language.date_expression import DateExpression
from indicators.language.lexicon import lexicon


def festival_interval(e: DateExpression, year: int | None) -> Interval | None:
    """The days of a festival in a year, with those that reports count to it."""
    row = _festivals()[e.word]
    if year is None or year_interval(year) is None:
        return None
    base = row["base"] if row["base"][0].isdigit() else _lunar().get(year, {}).get(row["base"])
    if base is None:
        return None
    day = date(year, int(base[:2]), int(base[3:]))
    return Interval(day - timedelta(days=int(row["before"])), day + timedelta(days=int(row["after"])), exact=False)


def event_interval(e: DateExpression) -> Interval | None:
    """The day an event began."""
    row = next(row for row in lexicon("events") if row["word"] == e.word)
    day = date.fromisoformat(row["date"])
    return Interval(day, day)


def season_interval(e: DateExpression, reference: date | None) -> Interval | None:
    """The months of 去冬今春, 今秋; 今冬 in a text of January is the winter that began the year before."""
    if reference is None:
        return None
    row = next(row for row in lexicon("seasons") if row["word"] == e.word)
    now = reference.year - (e.word[1] == "冬" and e.word[0] == "今" and reference.month < 4)
    first, last = (now + int(row["first_year"]), now + int(row["last_year"]))
    return month_interval(first, int(row["first_month"]), last, int(row["last_month"]), exact=False)


@cache
def _festivals() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in lexicon("festivals")}


@cache
def _lunar() -> dict[int, dict[str, str]]:
    return {int(row["year"]): row for row in lexicon("lunar_festivals")}
