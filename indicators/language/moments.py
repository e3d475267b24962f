"""The days of each expression where it stands: its own words, the days spoken of around it, the day of writing.

Vague words (底, 末, 初, 中, seasons, 截至目前) stand for the month or year they belong to: in a table 5月末 is a figure
of May. `indicators.language.intervals` gives the narrower days that the words alone suggest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from indicators.language.cues import Cues
from indicators.language.date_expression import DateExpression, is_history, number
from indicators.language.date_roles import Roles
from indicators.language.intervals import Interval, month_interval, resolve, year_interval
from indicators.language.sentences import Sentences

_LOOK_BACK = 64
_HALF_MONTH = 15
_TERM_REACH = 200  # characters behind a number that still tell the term of its plan
_NUMERAL = r"(\d{1,2}|[一二两三四五六七八九十]{1,2})"
_TERM = re.compile(rf"(?:计划|力争|预计|争取|拟|规划)(?:通过|利用|用|在|花)?{_NUMERAL}(?:[到至~-]{_NUMERAL})?年(?!度)")
# Words of a year told before, be it in an earlier paragraph.
_BACKWARD = ("当年", "同年", "那", "这一年", "次年", "翌年", "第二年", "第三年")
_FIRST_MONTHS = 3  # of a year, in which addresses look back on the year before
_LAST_YEAR = ("过去一年", "过去的一年", "一年来")


class Moments:
    """Intervals of the expressions of one text. `written` are the days it was written, None where unknown.

    `around(offset)` are the days that the section or report around an offset speaks of.
    """

    def __init__(
        self,
        cues: Cues,
        sentences: Sentences,
        dates: list[DateExpression],
        roles: Roles,
        written: Interval | None,
        around: Callable[[int], Interval | None],
    ) -> None:
        self._cues = cues
        self._sentences = sentences
        self._dates = dates
        self._roles = roles
        self._written = written
        self._reference = written.end if written else None
        self._around = around
        self._known: dict[int, Interval | None] = {}
        self._terms: dict[int, re.Match[str] | None] = {}  # by the starts of sentences

    def interval(self, index: int) -> Interval | None:
        """The days of expression `index`; None where its words name none, or relate to a day that is not known."""
        if index not in self._known:
            try:
                interval = self._interval(index)
                self._known[index] = _whole(self._dates[index], interval) if interval else None
            except (OverflowError, ValueError):
                self._known[index] = None
        return self._known[index]

    def _interval(self, index: int) -> Interval | None:
        expression, written = self._dates[index], self._written
        if expression.kind in ("now", "recent"):  # no closer than the year of writing
            return year_interval(written.start.year, written.end.year, exact=False) if written else None
        if expression.kind == "same":
            return self._same(index)
        if expression.context and (expression.kind == "context_day" or expression.month_offset is not None):
            return self._told_before(index)
        if self._too_fine(expression):
            return None
        if expression.unit == "year" and expression.amount > 1 and expression.surface.startswith(("头", "首")):
            return None  # 头三年由村集体保底: of no day that is told
        if expression.day and expression.context and expression.month is None:
            return self._day_alone(index)
        if expression.kind == "span" and expression.direction == "run" and expression.unit == "year":
            return self._run(index)
        if expression.direction == "after" and expression.unit == "year":
            return self._later(index)
        context = self._context(index) if expression.context else None
        if context is None and expression.context and (expression.year_offset or 0) > 0:
            return None  # 第二年 of no year told before
        interval = resolve(expression, self._counted_from(index), context)
        own_year = written is not None and context in (None, written.end.year)
        if interval is None or written is None or interval.start <= written.end or not own_year:
            return interval
        told = not self._cues.has("plan", *self._sentences.span(expression.start))
        if told and expression.context and expression.month is not None and expression.relation not in ("to", "by"):
            # 12月20日 in a text of February, told as past, is of the year before.
            return resolve(expression, self._reference, written.end.year - 1)
        return interval

    def _counted_from(self, index: int) -> date | None:
        """五年来 ends with the year of a yearly report, 过去一年 told in the first months with the year before."""
        expression, reference = self._dates[index], self._reference
        if expression.kind == "span" and expression.direction == "back" and expression.unit == "year" and reference:
            around = self._around(expression.start)
            if around is not None and _is_year(around) and around.end.year == reference.year - 1:
                return around.end
            if around is None and expression.surface.startswith(_LAST_YEAR) and reference.month <= _FIRST_MONTHS:
                return date(reference.year - 1, 12, 31)
        return reference

    def _day_alone(self, index: int) -> Interval | None:
        """22日5时: of the month told before, else of writing; the next or last month where the days say so."""
        expression, day = self._dates[index], self._dates[index].day or 0
        for before in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            other = self._dates[before]
            dated = other.kind == "point" and other.month and other.day
            if dated and self._roles[before] in ("frame", "own", "clause") and (told := self.interval(before)):
                wraps = told.start.day - day > _HALF_MONTH
                return resolve(expression, told.end.replace(day=28) + timedelta(days=4) if wraps else told.end)
        last = self._reference
        if last and day > last.day and not self._cues.has("plan", *self._sentences.span(expression.start)):
            last = last.replace(day=1) - timedelta(days=1)
        return resolve(expression, last)

    def _too_fine(self, expression: DateExpression) -> bool:
        """上个月, 近三天 in a text of which only the year is known."""
        fine = expression.kind in ("week", "day", "quarter") or expression.month_offset is not None
        if not fine and expression.unit not in ("day", "month"):
            return False
        return self._written is not None and (self._written.end - self._written.start).days > 31

    def _told_before(self, index: int) -> Interval | None:
        """当月, 当天: of the last month or day told before; 当月 else of the report's last month, or of writing."""
        expression = self._dates[index]
        daily = expression.kind == "context_day"
        for before in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            other = self._dates[before]
            told = other.day is not None if daily else other.month is not None or other.part[:1] in ("Q", "H")
            if other.kind == "point" and told and self._roles[before] in ("frame", "own", "clause"):
                days = self.interval(before)
                last = self._end_of(other, days) if days else None
                return resolve(expression, last) if last else None
        if daily:
            return None
        around = self._around(expression.start)
        if around is not None and not _is_year(around):
            return resolve(expression, around.end)
        return None if self._too_fine(expression) else resolve(expression, self._reference)

    def _end_of(self, expression: DateExpression, days: Interval) -> date:
        """The last day told; that of the words alone where a since (3月以来) reaches to the end of the year."""
        if expression.relation != "since":
            return days.end
        return days.start

    def _same(self, index: int) -> Interval | None:
        """去年同期: the days spoken of, a year before; 2019年同期: in that year; 同期 alone: the same days."""
        expression = self._dates[index]
        sentence, _ = self._sentences.span(expression.start)
        year, shift, last = None, -1, index - 1
        if index and self._dates[last].end == expression.start and self._dates[last].kind == "point":
            named = self.interval(last)
            year, last = named.end.year if named else None, last - 1
        elif expression.surface == "同期" and self._roles[index] != "base":
            shift = 0
        base = None
        for before in range(last, max(-1, last - _LOOK_BACK), -1):
            if self._dates[before].start < sentence:
                break
            if self._dates[before].kind == "point" and self._roles[before] == "frame":
                base = self.interval(before)
                break
        base = base or self._around(expression.start)
        if base is None or base.start.year != base.end.year:
            spoken = self._reference.year + shift if self._reference else None
            year = year or (base.end.year + shift if base else spoken)
            return None if year is None else year_interval(year, exact=False)
        years = (year or base.start.year + shift) - base.start.year
        return Interval(_shifted(base.start, years), _shifted(base.end, years), exact=False)

    def _run(self, index: int) -> Interval | None:
        """自2016年以来连续4年: four years from 2016; 连续5年 alone: up to the year spoken of."""
        expression = self._dates[index]
        before = self._dates[index - 1] if index else None
        sentence, _ = self._sentences.span(expression.start)
        if before is not None and before.relation == "since" and before.start >= sentence:
            since = self.interval(index - 1)
            if since is not None:
                return year_interval(since.start.year, since.start.year + expression.amount - 1, exact=False)
        year = self._context(index) or (self._reference.year if self._reference else None)
        return None if year is None else year_interval(year - expression.amount + 1, year, exact=False)

    def _later(self, index: int) -> Interval | None:
        """两年后: after the year told before; from the day of writing on only in a plan."""
        expression = self._dates[index]
        year = self._context(index)
        if year is None and self._reference and self._cues.has("plan", *self._sentences.span(expression.start)):
            year = self._reference.year
        return year_interval(year + expression.amount, exact=False) if year is not None else None

    def _context(self, index: int) -> int | None:
        """The year spoken of before an expression: of its paragraph, else of its section or report."""
        expression, sentences = self._dates[index], self._sentences
        floor = sentences.paragraph_start[sentences.paragraph[sentences.at(expression.start)]] if sentences.start else 0
        year = self._year_before(index, floor)
        if year is not None:
            return year
        if around := self._around(expression.start):
            return around.end.year
        return self._year_before(index, 0) if expression.surface.startswith(_BACKWARD) else None

    def _year_before(self, index: int, floor: int) -> int | None:
        for before in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            expression = self._dates[before]
            if expression.start < floor or expression.kind in ("now", "trend", "recent"):
                return None
            if expression.relation == "since" and expression.month is None and self._dates[index].month is not None:
                return None  # 2011年以来, ...截至3月24日: of which year is not told
            if is_history(expression):
                continue
            dated = expression.year is not None or (expression.year_offset is not None and not expression.context)
            if expression.kind == "point" and dated and self._roles[before] in ("frame", "own"):
                interval = resolve(expression._replace(relation=""), self._reference)
                return interval.end.year if interval else None
        return None

    def term(self, offset: int) -> tuple[Interval, str] | None:
        """计划用3到5年: the years from the day of writing on, for the numbers of a plan; with the words."""
        if self._reference is None:
            return None
        start, end = self._sentences.span(offset)
        if not self._cues.has("plan", start, end):
            return None
        if start not in self._terms:
            self._terms[start] = _TERM.search(self._cues.text, start, end)
        match = self._terms[start]
        if match is None or match.end() > offset + _TERM_REACH:
            return None
        last = self._reference.year + number(match[2] or match[1])
        interval = year_interval(self._reference.year, last, exact=False)
        return (interval, match.group()) if interval else None


def _whole(expression: DateExpression, interval: Interval) -> Interval:
    """The month or years that a vague part belongs to."""
    vague = expression.part in ("初", "中", "底", "末") or expression.part.startswith("S")
    if expression.kind != "season" and not (expression.kind == "point" and vague):
        return interval
    first, last = interval.start, interval.end
    if expression.month is None and expression.month_offset is None:
        return year_interval(first.year, last.year, exact=False) or interval
    return month_interval(first.year, first.month, last.year, last.month, exact=False) or interval


def _is_year(interval: Interval) -> bool:
    return (interval.end - interval.start).days >= 364


def _shifted(day: date, years: int) -> date:
    """The same day of another year; the last of February for its 29th."""
    if (day.month, day.day) == (2, 29) or (day.month == 2 and day.day == 28):
        month = month_interval(day.year + years, 2, day.year + years, 2)
        return month.end if month else day
    return day.replace(year=day.year + years)
