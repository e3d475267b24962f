"""Which period a number of a document speaks of.

The nearest time expression that governs the clause; else the sentence's, the paragraph's, the heading's, the
document's date. An expression that is only compared with (比2005年) governs nothing; one end of a from-to governs its
own value. Relative words resolve against the day of writing: as given, else the day of publication, else a dateline
in the text. In a detected repost, and in a text without any date, relative words stay without a period.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date
from functools import cached_property

from indicators.language.cues import Cues, Role, role
from indicators.language.dates import DateExpression, number
from indicators.language.datelines import FinishedYear, Section, dateline, finished_year, headings, read_date
from indicators.language.folding import fold
from indicators.language.intervals import Interval, resolve, year_interval
from indicators.language.reposts import Repost, find_repost
from indicators.language.sentences import Sentences
from indicators.model import Period, ReadFrom

_NOTHING = Period(None, None, exact=False, read_from="none")
_DIGIT = re.compile("[0-9]")
_TERM = re.compile(
    r"(?:计划|力争|预计|争取|拟|规划)(?:通过|利用|用|在|花)?"
    r"(\d{1,2}|[一二两三四五六七八九十]{1,2})(?:[到至~-](\d{1,2}|[一二两三四五六七八九十]{1,2}))?年(?!度)"
)
_OPEN, _CLOSE = "([【", ")]】"


class Timeline:
    """Periods of a folded text. `published` and `written` are metadata dates (YYYY, YYYY-MM, YYYY-MM-DD or "");
    a year in `title` (2025年统计公报) dates what the text leaves undated."""

    def __init__(
        self,
        text: str,
        sentences: Sentences,
        dates: list[DateExpression],
        published: str = "",
        written: str = "",
        title: str = "",
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._cues = Cues(text)
        self._dates = dates
        self._starts = [expression.start for expression in dates]
        self._published = published
        self._written = written
        self._title = title

    @cached_property
    def repost(self) -> Repost | None:
        """Why the text was written long before it was published; None where nothing says so, or `written` is given."""
        published = read_date(self._published)
        if published is None or read_date(self._written) is not None:
            return None
        return find_repost(self._cues, self._sentences, self._dates, self._published, published)

    @cached_property
    def _document(self) -> tuple[Interval, ReadFrom, str] | None:
        """The day or days the text was written, where that was read, and the words."""
        if written := read_date(self._written):
            return written, "metadata", self._written
        if self.repost is not None:
            return None
        if published := read_date(self._published):
            return published, "metadata", self._published
        if found := dateline(self._text, self._sentences, self._dates):
            return found[0], "document", found[1].surface
        return None

    @cached_property
    def reference(self) -> date | None:
        """The day that 今年 and 目前 are counted from: the last day of what is known of it; None where nothing is."""
        return self._document[0].end if self._document else None

    @cached_property
    def _sections(self) -> tuple[Section, ...]:
        return headings(self._text, self._sentences, self._dates, self.reference)

    @cached_property
    def _finished(self) -> FinishedYear | None:
        return finished_year(self._cues, self._sentences, self._dates, self.reference, fold(self._title).text)

    @cached_property
    def _roles(self) -> list[Role]:
        return [role(self._text, expression) for expression in self._dates]

    def at(self, start: int, end: int) -> Period:
        """The period that `[start, end)` of the folded text speaks of; both days None where it has none."""
        sentence_start, sentence_end = self._sentences.span(start)
        clause_start, clause_end = self._cues.clause(start, end)
        clause_start, clause_end = max(clause_start, sentence_start), min(clause_end, sentence_end)
        own = self._governing(sentence_start, clause_start, start)
        if own is not None:
            if self._roles[own] == "reset":
                return self._default(start, end, own)
            period = self._read(own, "clause" if self._dates[own].start >= clause_start else "sentence")
            return self._since_base(period, clause_start, start)
        if self._cues.is_from_value(clause_start, start, end):
            return _NOTHING
        following = self._following(end, clause_end)
        if following is not None:
            return self._read(following, "clause")
        if term := self._term(sentence_start, sentence_end):
            return term
        return self._since_base(self._default(start, end), clause_start, start)

    def _governing(self, sentence: int, clause: int, start: int) -> int | None:
        """Index of the nearest expression before `start` in the sentence that governs it, None where there is none."""
        for index in range(bisect_left(self._starts, start) - 1, -1, -1):
            expression = self._dates[index]
            if expression.start < sentence:
                return None
            if self._governs(self._roles[index], expression, clause, start):
                return index
        return None

    def _governs(self, kind: Role, expression: DateExpression, clause: int, start: int) -> bool:
        text, end = self._text, expression.end
        if kind in ("base", "none") or self._bracket_closed(expression, start):
            return False
        if kind in ("frame", "reset"):
            return True
        if expression.start < clause:
            return False
        if kind == "first":
            return _DIGIT.search(text, end, start) is None
        if kind == "own":
            return not self._cues.has("towards", end, start)
        return True

    def _bracket_closed(self, expression: DateExpression, start: int) -> bool:
        """Whether the expression stands in brackets that close before `start`."""
        between = self._text[expression.end : start]
        closed = min((i for i in (between.find(mark) for mark in _CLOSE) if i >= 0), default=-1)
        return closed >= 0 and not any(mark in between[:closed] for mark in _OPEN)

    def _following(self, end: int, clause_end: int) -> int | None:
        """An expression after the number in its clause: 投资60万元的办公楼今年12月5日开建; 5.3亿元(2013年)."""
        for index in range(bisect_left(self._starts, end), len(self._dates)):
            expression = self._dates[index]
            if expression.end > clause_end:
                return None
            if self._roles[index] == "frame" and expression.kind in ("point", "plan", "decade"):
                between = self._text[end : expression.start]
                return None if _DIGIT.search(between) else index
        return None

    def _term(self, start: int, end: int) -> Period | None:
        """计划用3到5年: from this year on, for a plan's numbers."""
        match = _TERM.search(self._text, start, end)
        if match is None or self.reference is None:
            return None
        interval = year_interval(self.reference.year, self.reference.year + number(match[2] or match[1]), exact=False)
        return self._period(interval, "sentence", match.group()) if interval else None

    def _read(self, index: int, read_from: ReadFrom) -> Period:
        """The period of an expression that governs a number."""
        expression = self._dates[index]
        interval = self._interval(index)
        if interval is None:
            return Period(None, None, exact=False, read_from="none", surface=expression.surface)
        return self._period(interval, read_from, expression.surface)

    @staticmethod
    def _period(interval: Interval, read_from: ReadFrom, surface: str) -> Period:
        return Period(interval.start, interval.end, interval.exact, read_from, surface)

    def _interval(self, index: int) -> Interval | None:
        """The days of an expression here: words for now mean no more than the year, a bare month its context's year."""
        expression = self._dates[index]
        document = self._document
        if expression.kind in ("now", "recent"):
            if document is None:
                return None
            days = document[0]
            if expression.relation == "until" or expression.surface in ("目前为止", "至今", "迄今", "迄今为止"):
                return replace(days, exact=False)
            return year_interval(days.start.year, days.end.year, exact=False)
        needs_day = expression.kind in ("week", "day") or expression.month_offset is not None or expression.unit in ("day", "month")
        if needs_day and document is not None and document[0].end.toordinal() - document[0].start.toordinal() > 31:
            return None
        if expression.kind == "span" and expression.direction == "run" and expression.unit == "year":
            return self._run(index)
        context = self._context(index) if expression.context else None
        try:
            interval = resolve(expression, self.reference, context)
        except OverflowError:
            return None
        return self._not_ahead(index, interval, context)

    def _not_ahead(self, index: int, interval: Interval | None, context: int | None) -> Interval | None:
        """A bare 12月20日 in a text of February, told as past, is of the year before."""
        expression, document = self._dates[index], self._document
        if interval is None or document is None or not expression.context or context is not None or expression.month is None:
            return interval
        if interval.start <= document[0].end or self._cues.has("plan", *self._sentences.span(expression.start)):
            return interval
        return resolve(expression, self.reference, document[0].end.year - 1)

    def _run(self, index: int) -> Interval | None:
        """自2010年以来连续5年: five years from 2010; 连续5年 alone: up to the year spoken of."""
        expression = self._dates[index]
        if index and self._dates[index - 1].relation == "since" and self._dates[index - 1].end + 6 >= expression.start:
            since = self._interval(index - 1)
            if since is not None:
                return year_interval(since.start.year, since.start.year + expression.count - 1, exact=False)
        year = self._context(index) or (self.reference.year if self.reference else None)
        return None if year is None else year_interval(year - expression.count + 1, year, exact=False)

    def _context(self, index: int) -> int | None:
        """The year spoken of before an expression: of its paragraph, its section, or the report's."""
        offset = self._dates[index].start
        floor = self._paragraph_start(offset)
        for before in range(index - 1, -1, -1):
            expression = self._dates[before]
            if expression.start < floor:
                break
            dated = expression.year is not None or expression.year_offset is not None
            if expression.kind == "point" and dated and self._roles[before] in ("frame", "own") and not expression.context:
                interval = resolve(replace(expression, relation=""), self.reference)
                return interval.end.year if interval else None
            if expression.kind in ("now", "trend", "recent"):
                break
        if section := self._section(offset):
            return section.interval.end.year
        return self._finished.year if self._finished else None

    def _paragraph_start(self, offset: int) -> int:
        sentences = self._sentences
        if not sentences.paragraph:
            return 0
        return sentences.paragraph_start[sentences.paragraph[sentences.at(offset)]]

    def _section(self, offset: int) -> Section | None:
        inner = [section for section in self._sections if section.start <= offset < section.end]
        return inner[-1] if inner else None

    def _default(self, start: int, end: int, reset: int | None = None) -> Period:
        """The paragraph's period, else the heading's, the report's, the document's."""
        if reset is None and (carried := self._carried(start)):
            return carried
        if section := self._section(start):
            return self._period(replace(section.interval, exact=False), "heading", section.surface)
        if self._undatable(start, end):
            return _NOTHING
        if self._finished:
            interval = year_interval(self._finished.year, exact=False)
            return self._period(interval, "document", self._finished.surface) if interval else _NOTHING
        if self._document is None:
            return _NOTHING
        days, read_from, surface = self._document
        interval = year_interval(days.start.year, days.end.year, exact=False)
        return self._period(interval, read_from, surface) if interval else _NOTHING

    def _undatable(self, start: int, end: int) -> bool:
        """A plan, condition, standing fact or scattered events: the document's day is not their period."""
        has = self._cues.has
        sentence = self._sentences.span(start)
        clause = self._cues.clause(start, end)
        if has("standing", *sentence) or has("scattered", *clause) or has("condition", sentence[0], start):
            return True
        if has("plan", sentence[0], clause[1]):
            return True
        return has("plan", clause[1], sentence[1]) and not has("happened", *clause)

    def _carried(self, start: int) -> Period | None:
        """What the paragraph's earlier sentences leave in force: their last frame; an event's day counts as its year."""
        sentence_start, _ = self._sentences.span(start)
        floor = self._paragraph_start(start)
        for index in range(bisect_left(self._starts, sentence_start) - 1, -1, -1):
            expression, kind = self._dates[index], self._roles[index]
            if expression.start < floor:
                return None
            if kind == "reset" or (kind == "frame" and expression.kind in ("now", "recent", "span")):
                return None
            if kind != "frame" or expression.kind == "former" or expression.relation == "by":
                continue
            if expression.relation == "since" and expression.year_offset != 0:
                return None
            interval = self._interval(index)
            if interval is None:
                return None
            if expression.relation != "until" and interval.start.year == interval.end.year and not expression.part:
                interval = year_interval(interval.start.year, exact=False) or interval
            return self._period(replace(interval, exact=False), "paragraph", expression.surface)
        return None

    def _since_base(self, period: Period, clause: int, start: int) -> Period:
        """A change against a base years ago (比2005年增加59.4亿斤) covers the years between."""
        for index in range(bisect_left(self._starts, start) - 1, -1, -1):
            expression = self._dates[index]
            if expression.start < clause or period.end is None:
                return period
            if self._roles[index] == "base" and not _DIGIT.search(self._text, expression.end, start):
                interval = self._interval(index)
                if interval is not None and interval.end.year < period.end.year - 1:
                    return replace(period, start=interval.start, exact=False)
                return period
        return period
