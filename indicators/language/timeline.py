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
from indicators.language.datelines import FinishedYear, Section, dateline, finished_year, headings, read_date
from indicators.language.date_expression import DateExpression
from indicators.language.folding import fold
from indicators.language.intervals import Interval, year_interval
from indicators.language.moments import Moments
from indicators.language.reposts import Repost, find_repost
from indicators.language.sentences import Sentences
from indicators.model import Period, ReadFrom

_NOTHING = Period(None, None, exact=False, read_from="none")
_LOOK_BACK = 64  # expressions; keeps hostile texts linear
_DIGIT = re.compile("[0-9]")
_NUMBER = re.compile(r"\d[\d.,]*")
_LISTED = {"、", "和", "及", "与", ",", "以及"}


class Timeline:
    """Periods of a folded text. `published` and `written` are metadata dates (YYYY, YYYY-MM, YYYY-MM-DD or "").

    A year in `title` (2025年统计公报) dates what the text leaves undated.
    """

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
        """Why the text was written long before it was published; None if nothing says so; `written` decides."""
        published = read_date(self._published)
        if published is None:
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

    @cached_property
    def _moments(self) -> Moments:
        return Moments(
            self._cues,
            self._sentences,
            self._dates,
            self._roles,
            self._document[0] if self._document else None,
            self._year_around,
        )

    def at(self, start: int, end: int) -> Period:
        """The period that `[start, end)` of the folded text speaks of; both days None where it has none."""
        if not self._sentences.start:
            return _NOTHING
        sentence, _ = self._sentences.span(start)
        clause_start, clause_end = self._cues.clause(start, end)
        clause_start = max(clause_start, sentence)
        own = self._governing(sentence, clause_start, start)
        if own is not None:
            if self._roles[own] == "reset":
                return self._default(start, end, carry=False)
            period = self._read(own, start, "clause" if self._dates[own].start >= clause_start else "sentence")
            return self._since_base(period, clause_start, start)
        if self._cues.is_from_value(clause_start, start, end):
            return _NOTHING
        following = self._following(end, clause_end)
        if following is not None:
            return self._read(following, start, "clause")
        return self._since_base(self._default(start, end), clause_start, start)

    def _governing(self, sentence: int, clause: int, start: int) -> int | None:
        """Index of the nearest expression before `start` in the sentence that governs it, None where there is none."""
        last = bisect_left(self._starts, start) - 1
        for index in range(last, max(-1, last - _LOOK_BACK), -1):
            expression = self._dates[index]
            if expression.start < sentence:
                return None
            if self._governs(self._roles[index], expression, clause, start):
                return index
        return None

    def _governs(self, kind: Role, expression: DateExpression, clause: int, start: int) -> bool:
        text, end = self._text, expression.end
        if kind == "none" or self._bracket_closed(expression, start):
            return False
        if kind in ("frame", "reset"):
            return True
        if expression.start < clause:
            return False
        if kind == "base":  # 比2012年的5800元增加600元: the value right after it is the base's own
            return text.startswith("的", end) and start - end <= 2
        if kind == "first":
            return _DIGIT.search(text, end, start) is None
        if kind == "own":
            return not self._cues.has("towards", end, start)
        return True

    def _bracket_closed(self, expression: DateExpression, start: int) -> bool:
        """Whether the expression stands in brackets that close before `start`."""
        between = self._text[expression.end : min(start, expression.end + 60)]
        closed = between.find(")")
        return closed >= 0 and "(" not in between[:closed]

    def _following(self, end: int, clause_end: int) -> int | None:
        """An expression after the number in its clause: 投资60万元的办公楼今年12月5日开建; 5.3亿元(2013年)."""
        first = bisect_left(self._starts, end)
        for index in range(first, min(len(self._dates), first + _LOOK_BACK)):
            expression = self._dates[index]
            if expression.end > clause_end:
                return None
            if self._roles[index] == "frame" and expression.kind in ("point", "plan", "decade"):
                return None if _DIGIT.search(self._text, end, expression.start) else index
        return None

    def _read(self, index: int, start: int, read_from: ReadFrom) -> Period:
        """The period of the expression that governs the number at `start`, or of the list it ends."""
        expression = self._dates[index]
        interval = self._listed(index, start) or self._moments.interval(index)
        if interval is None:
            return Period(None, None, exact=False, read_from="none", surface=expression.surface)
        return _period(interval, read_from, expression.surface)

    def _listed(self, index: int, start: int) -> Interval | None:
        """2017年、2018年分别投入300万元、500万元: each its own; without 分别 the years together."""
        first = index
        while first and index - first < 12 and self._links(first - 1, first):
            first -= 1
        if first == index:
            return None
        between = self._text[self._dates[index].end : start]
        together = [self._moments.interval(i) for i in range(first, index + 1)]
        days = [interval for interval in together if interval is not None]
        if len(days) != len(together):
            return None
        if (respective := between.find("分别")) >= 0:
            position = len(_NUMBER.findall(between, respective))
            return days[position] if position < len(days) else days[-1]
        return Interval(min(day.start for day in days), max(day.end for day in days), exact=False)

    def _links(self, first: int, second: int) -> bool:
        one, two = self._dates[first], self._dates[second]
        return (
            one.kind == two.kind == "point"
            and self._roles[first] == self._roles[second] == "frame"
            and self._text[one.end : two.start] in _LISTED
        )

    def _year_around(self, offset: int) -> int | None:
        """The year that an offset's section or report speaks of."""
        if section := self._section(offset):
            return section.interval.end.year
        return self._finished.year if self._finished else None

    def _section(self, offset: int) -> Section | None:
        inner = [section for section in self._sections if section.start <= offset < section.end]
        return inner[-1] if inner else None

    def _default(self, start: int, end: int, carry: bool = True) -> Period:
        """The paragraph's period, else the plan's term, the heading's, the report's, the document's."""
        if carry and (carried := self._carried(start)):
            return carried
        if term := self._moments.term(start):
            return _period(term[0], "sentence", term[1])
        if section := self._section(start):
            return _period(section.interval, "heading", section.surface)
        if self._undatable(start, end):
            return _NOTHING
        if self._finished:
            interval = year_interval(self._finished.year)
            return _period(interval, "document", self._finished.surface) if interval else _NOTHING
        if self._document is None:
            return _NOTHING
        days, read_from, surface = self._document
        interval = year_interval(days.start.year, days.end.year)
        return _period(interval, read_from, surface) if interval else _NOTHING

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
        """What the paragraph's earlier sentences leave in force: their last frame.

        A day or month of an event speaks for the next sentence, then for its year only; a cut-off (截至) stays.
        """
        sentence = self._sentences.at(start)
        if not sentence or self._sentences.paragraph[sentence - 1] != self._sentences.paragraph[sentence]:
            return None
        floor = self._sentences.paragraph_start[self._sentences.paragraph[sentence]]
        last = bisect_left(self._starts, self._sentences.start[sentence]) - 1
        for index in range(last, max(-1, last - _LOOK_BACK), -1):
            expression, kind = self._dates[index], self._roles[index]
            if expression.start < floor:
                return None
            if kind == "reset" or (kind == "frame" and expression.kind in ("now", "recent", "span", "event")):
                return None
            if kind != "frame" or expression.kind == "former" or expression.relation == "by":
                continue
            if expression.relation == "since" and expression.year_offset != 0:
                return None
            interval = self._moments.interval(index)
            if interval is None:
                return None
            adjacent = expression.start >= self._sentences.start[sentence - 1]
            if not adjacent and expression.relation != "until" and interval.start.year == interval.end.year:
                interval = year_interval(interval.start.year) or interval
            return _period(interval, "paragraph", expression.surface)
        return None

    def _since_base(self, period: Period, clause: int, start: int) -> Period:
        """A change against a base years ago (比2005年增加59.4亿斤) covers the years between."""
        if period.end is None:
            return period
        last = bisect_left(self._starts, start) - 1
        for index in range(last, max(-1, last - _LOOK_BACK), -1):
            expression = self._dates[index]
            if expression.start < clause:
                return period
            if self._roles[index] == "base" and not _DIGIT.search(self._text, expression.end, start):
                interval = self._moments.interval(index)
                if interval is not None and interval.end.year < period.end.year - 1:
                    return replace(period, start=interval.start, exact=False)
                return period
        return period


def _period(interval: Interval, read_from: ReadFrom, surface: str) -> Period:
    """A period of the table; only the clause's and sentence's own words can name its very days."""
    exact = interval.exact and read_from in ("clause", "sentence")
    return Period(interval.start, interval.end, exact, read_from, surface)
