"""Calendar expression -> interval of days, against the day a text was written.

Conventions: 底 of a month is its last ten days (from the 21st), 初 its first ten, 上旬/中旬/下旬 exact; 年初 is the
first quarter, 年底/年末 December, 年中 June and July. A "since" reaches to the end of the reference's year. 近三年
counts the reference's year, as does 未来十年; 未来三天 begins with the next day. Five-year plans begin in
1966 + 5 * (n - 3). None: the words need a reference that is not there, or name no days (近年来). In a document
`indicators.language.moments` widens the vague ones (初, 中, 底, 末, seasons) to the month or year they belong to.
"""

from __future__ import annotations

from datetime import date, timedelta

from indicators.language.calendar_days import Interval, month_interval, year_interval
from indicators.language.date_expression import DateExpression
from indicators.language.named_days import event_interval, festival_interval, season_interval

__all__ = ["Interval", "month_interval", "resolve", "year_interval"]


def resolve(expression: DateExpression, reference: date | None, year: int | None = None) -> Interval | None:
    """The days of an expression. `year` is the year spoken of, for words without one (11月15日, 年末, 当年)."""
    reader = _READERS.get(expression.kind)
    interval = reader(expression, reference, year) if reader else None
    if interval is None:
        return None
    if expression.relation == "since" and expression.kind in ("point", "festival", "plan", "event"):
        if expression.part[:1] in ("H", "Q") and (reference is None or interval.start.year == reference.year):
            return interval  # 今年上半年以来: the half-year itself
        end = date(reference.year, 12, 31) if reference else interval.end
        return Interval(interval.start, end if end >= interval.start else interval.end, exact=False)
    return interval


def _year_of(expression: DateExpression, reference: date | None, year: int | None) -> int | None:
    if expression.year is not None:
        return expression.year
    base = year if expression.context and year is not None else reference.year if reference else None
    return None if base is None else base + (expression.year_offset or 0)


def _point(e: DateExpression, reference: date | None, context: int | None) -> Interval | None:
    if e.month_offset is not None:
        return _relative_month(e, reference)
    year = _year_of(e, reference, context)
    if year is None or year_interval(year) is None:
        return None
    last_year, last_month, last_day = e.last
    if e.month is None:
        if e.day is not None:
            month = reference.month if reference else 0
            return _days(year, month, e.day, year, month, e.day)
        return _part_of_year(e.part, year, last_year or year)
    if e.day is not None:
        end_year = last_year or (year + 1 if 0 < last_month < e.month else year)
        return _days(year, e.month, e.day, end_year, last_month or e.month, last_day or e.day)
    if e.part:
        return _part_of_month(e.part, year, e.month)
    end_year = last_year or (year + 1 if 0 < last_month < e.month else year)
    return month_interval(year, e.month, end_year, last_month or e.month)


def _days(year: int, month: int, day: int, year2: int, month2: int, day2: int) -> Interval | None:
    try:
        start, end = date(year, month, day), date(year2, month2, day2)
    except ValueError:
        return None
    return Interval(start, end) if start <= end else None


def _relative_month(e: DateExpression, reference: date | None) -> Interval | None:
    if reference is None:
        return None
    index = reference.year * 12 + reference.month - 1 + (e.month_offset or 0)
    year, month = divmod(index, 12)
    if e.day is not None:
        return _days(year, month + 1, e.day, year, month + 1, e.day)
    return _part_of_month(e.part, year, month + 1) if e.part else month_interval(year, month + 1, year, month + 1)


def _part_of_year(part: str, year: int, last: int) -> Interval | None:
    if not part:
        return year_interval(year, last)
    if part[0] == "Q":
        return month_interval(year, 3 * int(part[1]) - 2, year, 3 * int(part[2]))
    if part[0] == "S":
        first = {"春": 3, "夏": 6, "秋": 9, "冬": 12}[part[1]]
        return month_interval(year, first, last + (first == 12), (first + 1) % 12 + 1, exact=False)
    first, end, exact = {
        "H1": (1, 6, True),
        "H2": (7, 12, True),
        "初": (1, 3, False),
        "中": (6, 7, False),
        "底": (12, 12, False),
        "末": (12, 12, False),
    }[part]
    return month_interval(year, first, year, end, exact)


def _part_of_month(part: str, year: int, month: int) -> Interval | None:
    whole = month_interval(year, month, year, month)
    if whole is None:
        return None
    first, last, exact = {
        "上旬": (1, 10, True),
        "初": (1, 10, False),
        "中旬": (11, 20, True),
        "上中旬": (1, 20, True),
        "中下旬": (11, whole.end.day, True),
        "中": (11, 20, False),
        "下旬": (21, whole.end.day, True),
        "底": (21, whole.end.day, False),
        "末": (21, whole.end.day, False),
    }[part]
    return Interval(date(year, month, first), date(year, month, last), exact)


def _span(e: DateExpression, reference: date | None, year: int | None) -> Interval | None:
    """近三年: this year and the two before; 一年多以来: from two years ago on; 十年前: that year; 近3个月: months."""
    if reference is None or not e.amount:
        return None
    if e.unit == "year":
        now = year if year is not None and e.direction == "run" else reference.year
        first, last = _reach(e.direction, now, e.amount)
        if e.direction == "back" and e.part == "more":
            first = now - e.amount - 1
        elif e.direction == "back" and e.amount > 1 and e.surface.endswith("来") and e.surface[0] not in "近最":
            first = now - e.amount
        return year_interval(first, last, exact=False)
    if e.unit == "day":
        tomorrow = e.direction == "ahead"  # 未来三天 begins with the day after
        first, last = _reach(e.direction, reference.toordinal() + tomorrow, e.amount)
        return Interval(date.fromordinal(first), date.fromordinal(last), exact=False) if first > 0 else None
    first, last = _reach(
        e.direction, reference.year * 12 + reference.month - 1, e.amount * (3 if e.unit == "quarter" else 1)
    )
    return month_interval(first // 12, first % 12 + 1, last // 12, last % 12 + 1, exact=False)


def _reach(direction: str, now: int, count: int) -> tuple[int, int]:
    """First and last year, month or day of a span of `amount` of them; `now` is one of them but for 前 and 后."""
    if direction == "ahead":
        return now, now + count - 1
    if direction == "ago":
        return now - count, now - count
    if direction == "after":
        return now + count, now + count
    return now - count + 1, now


def _plan(e: DateExpression, reference: date | None, year: int | None) -> Interval | None:
    first = {1: 1953, 2: 1958}.get(e.amount, 1951 + 5 * e.amount)
    if e.part:
        first = first if e.part == "初" else first + 4
        return year_interval(first, first, exact=False)
    return year_interval(first, first + 4)


def _decade(e: DateExpression, reference: date | None, year: int | None) -> Interval | None:
    first, length = e.year or 0, e.amount
    if length == 100 and e.part:  # 本世纪初
        return year_interval(
            first + (90 if e.part == "末" else 40 if e.part == "中" else 0),
            first + (99 if e.part == "末" else 59 if e.part == "中" else 9),
            False,
        )
    low, high = {
        "初": (0, length // 2 - 1),
        "中": (length * 3 // 10, length * 6 // 10),
        "末": (length // 2, length - 1),
    }.get(e.part, (0, length - 1))
    return year_interval(first + low, first + high, exact=not e.part)


def _festival(e: DateExpression, reference: date | None, context: int | None) -> Interval | None:
    return festival_interval(e, _year_of(e, reference, context))


def _event(e: DateExpression, reference: date | None, year: int | None) -> Interval | None:
    return event_interval(e)


def _season(e: DateExpression, reference: date | None, year: int | None) -> Interval | None:
    return season_interval(e, reference)


def _day(e: DateExpression, reference: date | None, year: int | None) -> Interval | None:
    if reference is None:
        return None
    day = reference + timedelta(days=e.amount if e.kind in ("day", "context_day") else 0)
    return Interval(day, day, exact=e.kind == "day")


def _quarter(e: DateExpression, reference: date | None, year: int | None) -> Interval | None:
    if reference is None:
        return None
    first = 3 * ((reference.year * 12 + reference.month - 1) // 3 + e.amount)
    return month_interval(first // 12, first % 12 + 1, first // 12, first % 12 + 3)


def _week(e: DateExpression, reference: date | None, year: int | None) -> Interval | None:
    if reference is None:
        return None
    monday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=e.amount)
    return Interval(monday, monday + timedelta(days=6), exact=True)


def _same(e: DateExpression, reference: date | None, year: int | None) -> Interval | None:
    base = year or (reference.year if reference else None)
    return None if base is None else year_interval(base - 1, exact=False)


_READERS = {
    "point": _point,
    "span": _span,
    "plan": _plan,
    "decade": _decade,
    "festival": _festival,
    "now": _day,
    "recent": _day,
    "day": _day,
    "context_day": _day,
    "season": _season,
    "quarter": _quarter,
    "week": _week,
    "same": _same,
    "event": _event,
}
