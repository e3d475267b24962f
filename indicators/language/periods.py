"""What days words of time mean: `read_period` for an expression alone, `Timeline` for every number of a document."""

from __future__ import annotations

import re
from datetime import date

from indicators.language.dates import scan
from indicators.language.folding import fold
from indicators.language.intervals import resolve
from indicators.language.timeline import Timeline
from indicators.model import Period

__all__ = ["Timeline", "read_period"]

_PLAN_ALONE = re.compile("十[一二三四五六七]?五|[七八九]五")
_EDGES = " \n,。;:、的"


def read_period(surface: str, reference: date) -> Period:
    """The days that words of time mean to a text written on `reference`.

    Both ends are inclusive; they are None where the words name no days (近年来). `exact` is False where the words
    leave the days open (年初, 以来). ValueError where the words are no date.

    >>> period = read_period("去年11月底", date(2015, 12, 8))
    >>> str(period.start), str(period.end), period.exact
    ('2014-11-21', '2014-11-30', False)
    """
    text = fold(surface).text.strip(_EDGES)
    text = f"{text}期间" if _PLAN_ALONE.fullmatch(text) else text
    expressions = [e for e in scan(text) if e.kind not in ("clock", "former")]
    year = None
    if len(expressions) == 2 and expressions[0].end == expressions[1].start and expressions[1].context:
        named = resolve(expressions.pop(0), reference)  # 去年|全年
        year = named.end.year if named else None
    first = 0 if year is None else expressions[0].start
    if len(expressions) != 1 or (expressions[0].frame_start, expressions[0].frame_end) != (first, len(text)):
        raise ValueError(f"no date: {surface!r}")
    expression = expressions[0]
    try:
        interval = resolve(expression, reference, year)
    except OverflowError:  # 999年前 of a reference in the year 1
        interval = None
    if interval is None:
        if expression.kind == "trend":
            return Period(None, None, exact=False, surface=surface)
        raise ValueError(f"no date: {surface!r}")
    return Period(interval.start, interval.end, interval.exact, surface=surface)
