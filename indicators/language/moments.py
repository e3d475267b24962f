"""The days of each expression where it stands: its own words, the year spoken of around it, the day of writing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from indicators.language.cues import Cues, Role
from indicators.language.date_expression import DateExpression, number
from indicators.language.intervals import Interval, resolve, year_interval
from indicators.language.sentences import Sentences

_LOOK_BACK = 64
_NUMERAL = r"(\d{1,2}|[一二两三四五六七八九十]{1,2})"
_TERM = re.compile(rf"(?:计划|力争|预计|争取|拟|规划)(?:通过|利用|用|在|花)?{_NUMERAL}(?:[到至~-]{_NUMERAL})?年(?!度)")
_UP_TO_NOW = {"目前为止", "至今", "迄今", "迄今为止"}


class Moments:
    """Intervals of the expressions of one text. `written` are the days it was written, None where unknown.

    `year_around(offset)` is the year that the section or report around an offset speaks of.
    """

    def __init__(
        self,
        cues: Cues,
        sentences: Sentences,
        dates: list[DateExpression],
        roles: list[Role],
        written: Interval | None,
        year_around: Callable[[int], int | None],
    ) -> None:
        self._cues = cues
        self._sentences = sentences
        self._dates = dates
        self._roles = roles
        self._written = written
        self._reference = written.end if written else None
        self._year_around = year_around
        self._known: dict[int, Interval | None] = {}

    def interval(self, index: int) -> Interval | None:
        """The days of expression `index`; None where its words name none, or relate to a day that is not known."""
        if index not in self._known:
            try:
                self._known[index] = self._interval(index)
            except (OverflowError, ValueError):
                self._known[index] = None
        return self._known[index]

    def _interval(self, index: int) -> Interval | None:
        expression, written = self._dates[index], self._written
        if expression.kind in ("now", "recent"):
            return self._now(expression)
        if self._too_fine(expression):
            return None
        if expression.kind == "span" and expression.direction == "run" and expression.unit == "year":
            return self._run(index)
        if expression.direction == "after" and expression.unit == "year":
            return self._later(index)
        context = self._context(index) if expression.context else None
        interval = resolve(expression, self._reference, context)
        if interval is None or written is None or interval.start <= written.end or context is not None:
            return interval
        told = not self._cues.has("plan", *self._sentences.span(expression.start))
        if told and expression.context and expression.month is not None and expression.relation not in ("to", "by"):
            # 12月20日 in a text of February, told as past, is of the year before.
            return resolve(expression, self._reference, written.end.year - 1)
        return interval

    def _too_fine(self, expression: DateExpression) -> bool:
        """上个月, 近三天 in a text of which only the year is known."""
        fine = expression.kind in ("week", "day") or expression.month_offset is not None
        if not fine and expression.unit not in ("day", "month"):
            return False
        return self._written is not None and (self._written.end - self._written.start).days > 31

    def _now(self, expression: DateExpression) -> Interval | None:
        """截至目前: the day of writing; 目前, 近日: no closer than its year."""
        if self._written is None:
            return None
        if expression.relation == "until" or expression.surface in _UP_TO_NOW:
            return replace(self._written, exact=False)
        return year_interval(self._written.start.year, self._written.end.year, exact=False)

    def _run(self, index: int) -> Interval | None:
        """自2010年以来连续5年: five years from 2010; 连续5年 alone: up to the year spoken of."""
        expression = self._dates[index]
        before = self._dates[index - 1] if index else None
        if before is not None and before.relation == "since" and before.end + 6 >= expression.start:
            since = self.interval(index - 1)
            if since is not None:
                return year_interval(since.start.year, since.start.year + expression.count - 1, exact=False)
        year = self._context(index) or (self._reference.year if self._reference else None)
        return None if year is None else year_interval(year - expression.count + 1, year, exact=False)

    def _later(self, index: int) -> Interval | None:
        """两年后: after the year told before; from the day of writing on only in a plan."""
        expression = self._dates[index]
        year = self._context(index)
        if year is None and self._reference and self._cues.has("plan", *self._sentences.span(expression.start)):
            year = self._reference.year
        return year_interval(year + expression.count, exact=False) if year is not None else None

    def _context(self, index: int) -> int | None:
        """The year spoken of before an expression: of its paragraph, else of its section or report."""
        offset = self._dates[index].start
        sentences = self._sentences
        floor = sentences.paragraph_start[sentences.paragraph[sentences.at(offset)]] if sentences.start else 0
        for before in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            expression = self._dates[before]
            if expression.start < floor or expression.kind in ("now", "trend", "recent"):
                break
            dated = expression.year is not None or (expression.year_offset is not None and not expression.context)
            if expression.kind == "point" and dated and self._roles[before] in ("frame", "own"):
                interval = resolve(replace(expression, relation=""), self._reference)
                return interval.end.year if interval else None
        return self._year_around(offset)

    def term(self, offset: int) -> tuple[Interval, str] | None:
        """计划用3到5年: the years from the day of writing on, for the numbers of a plan; with the words."""
        start, end = self._sentences.span(offset)
        if self._reference is None or not self._cues.has("plan", start, end):
            return None
        match = _TERM.search(self._cues.text, start, min(end, offset + 200))
        if match is None:
            return None
        last = self._reference.year + number(match[2] or match[1])
        interval = year_interval(self._reference.year, last, exact=False)
        return (interval, match.group()) if interval else None
