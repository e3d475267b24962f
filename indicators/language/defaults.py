"""The period of a number that no time expression of its own sentence governs."""

from __future__ import annotations

from bisect import bisect_left

from indicators.language.cues import Cues
from indicators.language.date_expression import DateExpression, is_history
from indicators.language.date_roles import Roles
from indicators.language.intervals import Interval, year_interval
from indicators.language.lazily import lazily
from indicators.language.moments import Moments
from indicators.language.sections import Sections
from indicators.language.sentences import Sentences
from indicators.language.told_spans import Report, is_short
from indicators.model import Period, ReadFrom

NOTHING = Period(None, None, exact=False, read_from="none")
_CAUSE = ("主要是", "由于", "因为", "主要因", "得益于")  # ...去年秋天少雨: what it brought about is of another time
_LOOK_BACK = 64  # expressions; keeps hostile texts linear


def period_of(interval: Interval, read_from: ReadFrom, surface: str) -> Period:
    """A period of the table; only the clause's and sentence's own words can name its very days."""
    exact = interval.exact and read_from in ("clause", "sentence")
    return Period(interval.start, interval.end, exact, read_from, surface)


class Defaults:
    """What a text's paragraphs, headings, subject and day of writing say of a number without a date.

    `document` are the days the text was written, where that was read, and the words.
    """

    def __init__(
        self,
        cues: Cues,
        sentences: Sentences,
        dates: list[DateExpression],
        roles: Roles,
        moments: Moments,
        sections: Sections,
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
        self._known_carried: dict[int, Period | None] = {}

    def period(self, start: int, end: int, carry: bool = True) -> Period:
        """The paragraph's period, else the plan's term, the heading's, the report's, the document's.

        Standing terms (每户最高补助2万元) are those of the document's day, whatever its earlier sentences told.
        """
        sentence = self._sentences.at(start)
        unsettled = self._cues.is_unsettled(sentence)
        if carry and not (unsettled and self._cues.has("rule", *self._cues.clause(sentence, start, end))):
            if sentence not in self._known_carried:
                self._known_carried[sentence] = self._carried(sentence)
            if carried := self._known_carried[sentence]:
                return carried
        if unsettled and (term := self._moments.term(start)):
            return period_of(term[0], "sentence", term[1])
        if section := self._sections.at(start):
            return period_of(section.interval, "heading", section.surface)
        if unsettled and self._undatable(sentence, start, end):
            return NOTHING
        return self._whole

    @lazily
    def _whole(self) -> Period:
        """What the document as a whole says: its report's days, or the year it was written."""
        if self._report:
            return period_of(self._report.interval, "document", self._report.surface)
        if self._document is None:
            return NOTHING
        days, read_from, surface = self._document
        interval = year_interval(days.start.year, days.end.year)
        return period_of(interval, read_from, surface) if interval else NOTHING

    def _undatable(self, index: int, start: int, end: int) -> bool:
        """A plan, condition, standing fact or scattered events: the document's day is not their period."""
        has = self._cues.has
        sentence = self._sentences.start[index], self._sentences.end[index]
        clause = self._cues.clause(index, start, end)
        if has("standing", *sentence) or has("scattered", *clause) or has("condition", sentence[0], start):
            return True
        if has("hardship", sentence[0], start):
            return True
        if has("background", *clause) or has("formerly", max(sentence[0], clause[0] - 6), clause[1]):
            return True
        if has("plan", sentence[0], clause[1]):
            return True
        semicolon = self._cues.text.find(";", clause[1], sentence[1])  # what is planned behind it is another matter
        return has("plan", clause[1], sentence[1] if semicolon < 0 else semicolon) and not has("happened", *clause)

    def _carried(self, sentence: int) -> Period | None:
        """What the paragraph's earlier sentences leave in force: their last frame.

        A day or month of an event speaks for the next sentence, then for its year only; a cut-off (截至) stays.
        """
        sentences = self._sentences
        floor = self._floor(sentences.paragraph[sentence])
        if not sentence or sentences.start[sentence - 1] < floor:
            return None
        last = bisect_left(self._starts, sentences.start[sentence]) - 1
        for index in range(last, max(-1, last - _LOOK_BACK), -1):
            expression, kind = self._dates[index], self._roles[index]
            if expression.start < floor:
                return None
            if kind == "reset" or (kind == "frame" and expression.kind in ("now", "recent", "span", "event")):
                return None
            if kind != "frame" or expression.kind == "former" or expression.relation == "by" or is_history(expression):
                continue
            if expression.relation == "since" and expression.year_offset != 0:
                return None
            if self._cues.text.endswith(_CAUSE, 0, expression.frame_start) or not self._stays(expression):
                continue
            interval = self._moments.interval(index)
            if interval is not None and self._is_ahead(interval) and not self._is_planned(sentence):
                continue
            return None if interval is None else self._carry(expression, interval, sentence)
        return None

    def _floor(self, paragraph: int) -> int:
        """Where a paragraph begins, with the one before that it goes on with (其中,...)."""
        starts, ends, first = self._sentences.paragraph_start, self._sentences.paragraph_end, paragraph
        while first and (
            self._cues.text.startswith("其中", starts[first]) or (first < paragraph and starts[first] == ends[first])
        ):
            first -= 1
        return starts[first]

    def _is_ahead(self, interval: Interval) -> bool:
        """Whether days lie after the day of writing: what is not planned is not of them."""
        return self._document is not None and interval.start > self._document[0].end

    def _is_planned(self, sentence: int) -> bool:
        return self._cues.has("ahead", self._sentences.start[sentence], self._sentences.end[sentence])

    def _stays(self, expression: DateExpression) -> bool:
        """False of 当月, 当天, and of what a report on some months tells in passing (今年增长5%;9月增长2%)."""
        if expression.kind == "context_day" or (expression.month_offset is not None and expression.context):
            return False
        days = self._report.interval if self._report else None
        if days is None or (days.end - days.start).days >= 364:
            return True
        sentence, _ = self._sentences.span(expression.start)
        return self._cues.signs.digits.first(sentence, expression.frame_start) < 0

    def _carry(self, expression: DateExpression, interval: Interval, sentence: int) -> Period:
        told, here = self._sentences.start[sentence - 1], self._sentences.start[sentence]
        adjacent = expression.start >= told
        if adjacent and expression.relation != "until":
            adjacent = not self._cues.has("visit", told, here) and not self._cues.has("whole", here, here + 3)
        if self._report is not None and interval == self._report.interval:
            adjacent = True  # 前三季度 of a report on them
        adjacent = adjacent or is_short(expression)
        if not adjacent and expression.relation != "until" and interval.start.year == interval.end.year:
            interval = year_interval(interval.start.year) or interval
        return period_of(interval, "paragraph", expression.surface)
