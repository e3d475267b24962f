"""The period of a number that no time expression of its own sentence governs."""

from __future__ import annotations

from bisect import bisect_left

from indicators.language.cues import Cues, Role
from indicators.language.date_expression import DateExpression
from indicators.language.datelines import Section
from indicators.language.intervals import Interval, year_interval
from indicators.language.moments import Moments
from indicators.language.reports import Report
from indicators.language.sentences import Sentences
from indicators.model import Period, ReadFrom

NOTHING = Period(None, None, exact=False, read_from="none")
_LOOK_BACK = 64  # expressions; keeps hostile texts linear


def period_of(interval: Interval, read_from: ReadFrom, surface: str) -> Period:
    """A period of the table; only the clause's and sentence's own words can name its very days."""
    exact = interval.exact and read_from in ("clause", "sentence")
    return Period(interval.start, interval.end, exact, read_from, surface)


def section_at(sections: tuple[Section, ...], offset: int) -> Section | None:
    """The innermost dated section around an offset."""
    inner = [section for section in sections if section.start <= offset < section.end]
    return inner[-1] if inner else None


class Defaults:
    """What a text's paragraphs, headings, subject and day of writing say of a number without a date.

    `document` are the days the text was written, where that was read, and the words.
    """

    def __init__(
        self,
        cues: Cues,
        sentences: Sentences,
        dates: list[DateExpression],
        roles: list[Role],
        moments: Moments,
        sections: tuple[Section, ...],
        report: Report | None,
        document: tuple[Interval, ReadFrom, str] | None,
    ) -> None:
        self._cues = cues
        self._sentences = sentences
        self._dates = dates
        self._starts = [expression.start for expression in dates]
        self._roles = roles
        self._moments = moments
        self._sections = sections
        self._report = report
        self._document = document

    def period(self, start: int, end: int, carry: bool = True) -> Period:
        """The paragraph's period, else the plan's term, the heading's, the report's, the document's.

        Standing terms (每户最高补助2万元) are those of the document's day, whatever its earlier sentences told.
        """
        carry = carry and not self._cues.has("rule", *self._cues.clause(start, end))
        if carry and (carried := self._carried(start)):
            return carried
        if term := self._moments.term(start):
            return period_of(term[0], "sentence", term[1])
        if section := section_at(self._sections, start):
            return period_of(section.interval, "heading", section.surface)
        if self._undatable(start, end):
            return NOTHING
        if self._report:
            return period_of(self._report.interval, "document", self._report.surface)
        if self._document is None:
            return NOTHING
        days, read_from, surface = self._document
        interval = year_interval(days.start.year, days.end.year)
        return period_of(interval, read_from, surface) if interval else NOTHING

    def _undatable(self, start: int, end: int) -> bool:
        """A plan, condition, standing fact or scattered events: the document's day is not their period."""
        has = self._cues.has
        sentence = self._sentences.span(start)
        clause = self._cues.clause(start, end)
        if has("standing", *sentence) or has("scattered", *clause) or has("condition", sentence[0], start):
            return True
        if has("hardship", sentence[0], start):
            return True
        if has("background", *clause) or has("formerly", max(sentence[0], clause[0] - 6), clause[1]):
            return True
        if has("plan", sentence[0], clause[1]):
            return True
        return has("plan", clause[1], sentence[1]) and not has("happened", *clause)

    def _carried(self, start: int) -> Period | None:
        """What the paragraph's earlier sentences leave in force: their last frame.

        A day or month of an event speaks for the next sentence, then for its year only; a cut-off (截至) stays.
        """
        sentences = self._sentences
        sentence = sentences.at(start)
        if not sentence or sentences.paragraph[sentence - 1] != sentences.paragraph[sentence]:
            return None
        floor = sentences.paragraph_start[sentences.paragraph[sentence]]
        last = bisect_left(self._starts, sentences.start[sentence]) - 1
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
            if not self._stays(expression):
                continue
            interval = self._moments.interval(index)
            planned = self._cues.has("ahead", *sentences.span(start))
            if interval is not None and self._is_ahead(interval) and not planned:
                continue
            return None if interval is None else self._carry(expression, interval, sentence)
        return None

    def _is_ahead(self, interval: Interval) -> bool:
        """Whether days lie after the day of writing: what is not planned is not of them."""
        return self._document is not None and interval.start > self._document[0].end

    def _stays(self, expression: DateExpression) -> bool:
        """False of 当月, 当天, and of what a report on some months tells in passing (今年增长5%;9月增长2%)."""
        if expression.kind == "context_day" or (expression.month_offset is not None and expression.context):
            return False
        days = self._report.interval if self._report else None
        if days is None or (days.end - days.start).days >= 364:
            return True
        sentence, _ = self._sentences.span(expression.start)
        return not any(mark in self._cues.text[sentence : expression.frame_start] for mark in ",;")

    def _carry(self, expression: DateExpression, interval: Interval, sentence: int) -> Period:
        told, here = self._sentences.start[sentence - 1], self._sentences.start[sentence]
        adjacent = expression.start >= told
        if adjacent and expression.relation != "until":
            adjacent = not self._cues.has("visit", told, here) and not self._cues.has("whole", here, here + 3)
        if self._report is not None and interval == self._report.interval:
            adjacent = True  # 前三季度 of a report on them
        if not adjacent and expression.relation != "until" and interval.start.year == interval.end.year:
            interval = year_interval(interval.start.year) or interval
        return period_of(interval, "paragraph", expression.surface)
