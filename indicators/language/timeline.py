"""Which period a number of a document speaks of.

The nearest time expression that governs the clause; else the sentence's, the paragraph's, the heading's, the
document's date. An expression that is only compared with (比2009年) governs nothing; one end of a from-to governs its
own value. Relative words resolve against the day of writing: as given, else the day of publication, else a dateline
in the text, else what a report's title dates it to, else the month the text counts up to. In a detected repost, and
in a text without any date, relative words stay without a period.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date

from indicators.language.cues import Cues
from indicators.language.date_expression import DateExpression
from indicators.language.date_roles import Roles, is_share
from indicators.language.datelines import cut_off, dateline, headings, read_date
from indicators.language.defaults import NOTHING, Defaults, period_of
from indicators.language.governing import Governing
from indicators.language.growth_spans import growth_span, year_to_month
from indicators.language.intervals import Interval, year_interval
from indicators.language.lazily import lazily
from indicators.language.listed_dates import listed_interval
from indicators.language.moments import Moments
from indicators.language.report_titles import titled
from indicators.language.reports import find_report, outlook
from indicators.language.reposts import Repost, find_repost
from indicators.language.sections import Sections
from indicators.language.sentences import Sentences
from indicators.language.told_spans import Report
from indicators.model import Period, ReadFrom

_LOOK_BACK = 64  # expressions; keeps hostile texts linear
_STARTED = re.compile(r"成立|创办|创建|组建|开办|建成")
_NAMED_WITHIN = 12  # characters behind a date in which it says what began
_WINDOW = 40  # characters over which 现有 speaks for a list
_LEADS = re.compile("[由从距]")  # what a from-to or a distance begins with


class Timeline:
    """Periods of a folded text. `published` and `written` are metadata dates (YYYY, YYYY-MM, YYYY-MM-DD or "").

    A year in `title`, folded too (2025年统计公报), dates what the text leaves undated.
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
        self._cues = Cues(text, sentences)
        self._dates = dates
        self._published = published
        self._written = written
        self._title = title
        self._plain: dict[int, Period | None] = {}
        self._single: dict[tuple[int, int], Period] = {}
        self._told: dict[tuple[int, ReadFrom], Period] = {}

    @lazily
    def _starts(self) -> list[int]:
        return [expression.start for expression in self._dates]

    @lazily
    def repost(self) -> Repost | None:
        """Why the text was written long before it was published; None if nothing says so; `written` decides."""
        published = read_date(self._published)
        if published is None:
            return None
        return find_repost(self._cues, self._sentences, self._dates, self._published, published)

    @lazily
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
        if named := titled(self._title, self._text):
            return named[0], "document", named[1]
        counted = cut_off(self._dates)
        return (counted[0], "document", counted[1].surface) if counted else None

    @lazily
    def reference(self) -> date | None:
        """The day that 今年 and 目前 are counted from: the last day of what is known of it; None where nothing is."""
        return self._document[0].end if self._document else None

    @lazily
    def _sections(self) -> Sections:
        """Dated headings, and what a yearly report says of the year to come."""
        sections = headings(self._text, self._sentences, self._dates, self.reference)
        ahead = outlook(self._cues, self._sentences, self._dates, self._report)
        return Sections([*sections, ahead] if ahead else sections)

    @lazily
    def _report(self) -> Report | None:
        return find_report(self._cues, self._sentences, self._dates, self._roles, self.reference, self._title)

    @lazily
    def _roles(self) -> Roles:
        return Roles(self._text, self._dates)

    @lazily
    def _moments(self) -> Moments:
        written = self._document[0] if self._document else None
        return Moments(self._cues, self._sentences, self._dates, self._roles, written, self._around)

    def _around(self, offset: int) -> Interval | None:
        """The days that an offset's section or report speaks of."""
        section = self._sections.at(offset)
        return section.interval if section else self._report.interval if self._report else None

    @lazily
    def _defaults(self) -> Defaults:
        return Defaults(
            self._cues,
            self._sentences,
            self._dates,
            self._roles,
            self._moments,
            self._sections,
            self._report,
            self._document,
        )

    @lazily
    def _governing(self) -> Governing:
        return Governing(self._cues, self._dates, self._roles, self._moments)

    def at(self, start: int, end: int) -> Period:
        """The period that `[start, end)` of the folded text speaks of; both days None where it has none."""
        if not self._sentences.start:
            return NOTHING
        index = self._sentences.at(start)
        if index not in self._plain:
            self._plain[index] = self._period_of_all(index)
        period = self._plain[index] or self._single.get((start, end))
        if period is None:
            period = self._single[start, end] = self._period(index, start, end)
        return period

    def _period_of_all(self, index: int) -> Period | None:
        """The period of every number of a sentence without dates, from-tos, distances and cues; else None."""
        start, end = self._sentences.start[index], self._sentences.end[index]
        first = bisect_left(self._starts, start)
        dated = first < len(self._starts) and self._starts[first] < end
        if dated or self._cues.is_unsettled(index) or _LEADS.search(self._text, start, end):
            return None
        return self._defaults.period(start, start)

    def _period(self, index: int, start: int, end: int) -> Period:
        """The period of one number of a sentence."""
        if self._cues.is_unsettled(index) and self._cues.covers("composition", start, end):
            return NOTHING
        if self._cues.is_distance(start):
            return self._defaults.period(start, end, carry=False)
        sentence = self._sentences.start[index]
        clause_start, clause_end = self._cues.clause(index, start, end)
        own = self._governing.before(sentence, clause_start, start)
        earlier = self._cues.is_from_value(clause_start, start, end)
        if own is not None:
            if self._roles[own] == "reset":
                return NOTHING if earlier else self._defaults.period(start, end, carry=False)
            read = self._read(own, start, "clause" if self._dates[own].start >= clause_start else "sentence")
            if self._is_outdated(self._dates[own], read, clause_start, start):
                return self._defaults.period(start, end, carry=False)
            if earlier and self._roles[own] in ("frame", "clause"):
                return self._before(self._dates[own], read)
            return self._since_base(read, clause_start, start)
        if earlier:
            return self._from_date(sentence, start)
        if grown := self._growth(sentence, clause_start, start):
            return grown
        following = self._governing.after(end, clause_end)
        if following is not None:
            return self._read(following, start, "clause")
        return self._since_base(self._defaults.period(start, end), clause_start, start)

    def _growth(self, sentence: int, clause: int, start: int) -> Period | None:
        """What a growth behind a from-to of the sentence covers; None for any other number."""
        last = bisect_left(self._starts, start) - 1
        if last < 1 or self._dates[last].start < sentence:
            return None
        interval = growth_span(self._text, self._dates, self._roles, self._moments, last, clause, start)
        return period_of(interval, "sentence", self._dates[last].surface) if interval else None

    def _from_date(self, sentence: int, start: int) -> Period:
        """The earlier value of a second from-to: of the day the first one named (从2015年的9户到30户,由2%提高到8%)."""
        index = bisect_left(self._starts, start) - 1
        expression = self._dates[index] if index >= 0 else None
        if expression is None or expression.start < sentence or self._roles[index] != "own":
            return NOTHING
        marked = expression.relation == "from" or self._text[expression.start - 1 : expression.start] == "由"
        return self._read(index, start, "sentence") if marked else NOTHING

    def _is_outdated(self, expression: DateExpression, read: Period, clause: int, start: int) -> bool:
        """Whether a clause says 现有 of a time years after the one told before it (2014年成立,现有社员86户)."""
        if expression.start >= clause or expression.relation == "until" or not read.end:
            return False
        if not self.reference:  # 2022年4月挂牌成立,注册资金200万元,现有
            started = _STARTED.search(self._text, expression.end, min(clause, expression.end + _NAMED_WITHIN))
            return started is not None and self._cues.has("present", max(expression.end, clause - _WINDOW), start)
        last_year = expression.year_offset == -1 and not expression.context  # 去年建成,现有教师78名
        if not last_year and read.end.year >= self.reference.year - 1:
            return False
        return self._cues.has("present", max(expression.end, clause - _WINDOW), start)

    def _before(self, expression: DateExpression, read: Period) -> Period:
        """The earlier value of a from-to: of the first year of 五年来 or 2012年以来, else of no time told."""
        spans = expression.kind in ("span", "plan") or self._text.startswith("以来", expression.frame_end - 2)
        if not spans or read.start is None:
            return NOTHING._replace(surface=expression.surface)
        first = year_interval(read.start.year, exact=False)
        return period_of(first, read.read_from, read.surface) if first else NOTHING

    def _read(self, index: int, start: int, read_from: ReadFrom) -> Period:
        """The period of the expression that governs the number at `start`, or of the list it ends."""
        surface = self._dates[index].surface
        if listed := listed_interval(self._cues, self._dates, self._roles, self._moments, index, start):
            return period_of(listed, read_from, surface)
        if accumulated := year_to_month(self._text, self._dates[index], self._moments.interval(index), start):
            return period_of(accumulated, read_from, surface)
        told = self._told.get((index, read_from))
        if told is None:
            interval = self._moments.interval(index)
            nothing = Period(None, None, exact=False, read_from="none", surface=surface)
            told = period_of(interval, read_from, surface) if interval else nothing
            self._told[index, read_from] = told
        return told

    def _since_base(self, period: Period, clause: int, start: int) -> Period:
        """A change against a base years ago (比2009年增加3100亩) covers the years between."""
        if period.end is None:
            return period
        last = bisect_left(self._starts, start) - 1
        for index in range(last, max(-1, last - _LOOK_BACK), -1):
            expression = self._dates[index]
            if expression.start < clause:
                return period
            last_year = expression.context and expression.year_offset == -1  # 比上年, of whatever year was told before
            if last_year or is_share(self._text, expression):
                return period
            if self._roles[index] == "base" and self._cues.signs.digits.first(expression.end, start) < 0:
                interval = self._moments.interval(index)
                if interval is not None and interval.end.year < period.end.year - 1:
                    return period._replace(start=interval.start, exact=False)
                return period
        return period
