"""When a document speaks: the dates that metadata, its head, its headings and its run of years give it."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from datetime import date
from itertools import chain, takewhile
from operator import attrgetter

from indicators.language.date_expression import DateExpression
from indicators.language.date_roles import role
from indicators.language.intervals import Interval, resolve
from indicators.language.sections import Section
from indicators.language.sentences import Sentences

_METADATA = re.compile(r"\s*(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?月?)?年?(?:[ T].*)?\s*")
_DATELINE_WORDS = re.compile(
    "来源|时间|日期|发布|发表|更新|编辑|作者|记者|字号|浏览|点击|日[电讯]|^[-—]|[日晚晨早时]报|新闻网|政府网|融媒体|电视台"
)
_HAN = re.compile("[一-鿿]")
_DECEMBER = 12
_HEAD_LINES = 12
_HEAD_CHARACTERS = 1200
_TITLE_CHARACTERS = 120  # in which a title with the day of a speech stands
_HEADING_LENGTH = 60
_RANKS = tuple(
    re.compile(form)
    for form in (
        r"第[一二三四五六七八九十]+[部章篇]",
        r"[一二三四五六七八九十]+、",
        r"\([一二三四五六七八九十]+\)",
        r"\d+[.、]",
    )
)
_PLAIN = re.compile(
    r"(?:回顾|展望)?20\d\d年度?[\u4e00-\u9fff]{0,6}"
    r"(?:回顾|总结|成果|成绩|目标|打算|安排|任务|思路|计划|展望|情况|重点工作|主要工作)\W*"
)
_PLAIN_LENGTH = 24
_START = attrgetter("start")
_RANK_FIRST = frozenset("第(一二三四五六七八九十")


def read_date(written: str) -> Interval | None:
    """The days of a metadata date: YYYY, YYYY-MM or YYYY-MM-DD; None where it is empty or no date.

    >>> read_date("2015-12").end
    datetime.date(2015, 12, 31)
    """
    match = _METADATA.fullmatch(written)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        start = date(year, month or 1, day or 1)
        last_month = month or 12
        return Interval(start, date(year, last_month, day or calendar.monthrange(year, last_month)[1]))
    except (ValueError, IndexError):
        return None


def dateline(text: str, sentences: Sentences, dates: list[DateExpression]) -> tuple[Interval, DateExpression] | None:
    """The day a text's head or foot is dated: a full date in a short line beside 来源, 时间, a clock time, or alone."""
    last = sentences.paragraph_start[max(0, len(sentences.paragraph_start) - 4)] if sentences.paragraph_start else 0
    head = head_dates(sentences, dates)
    for expression in chain(head, dates[max(len(head), bisect_left(dates, last, key=_START)) :]):
        interval = resolve(expression, None) if is_dateline(text, sentences, expression) else None
        if interval is not None:
            return interval, expression
    return None


def cut_off(dates: list[DateExpression]) -> tuple[Interval, DateExpression] | None:
    """The last month that a text without any date counts up to (截至2021年10月底): it was written soon after.

    None where it counts up to a December (a text of the new year does), and where it tells of a later year as past.
    """
    closed = [each for each in dates if each.relation == "until" and each.year and each.month and each.kind == "point"]
    if not closed:
        return None
    last = max(closed, key=lambda each: (each.year or 0, each.month or 0))
    later = any((each.year or 0) > (last.year or 0) and each.relation not in ("to", "by") for each in dates)
    interval = None if later or last.month == _DECEMBER else resolve(last, None)
    return (interval, last) if interval else None


def is_dateline(text: str, sentences: Sentences, expression: DateExpression) -> bool:
    """Whether an expression dates the page: in a short line with a clock time or words like 来源, or alone.

    Alone in brackets in the first words of a text it does too: 在县十五届人大二次会议上(2013年2月22日)...
    """
    if expression.year is None or expression.month is None:
        return False
    start, end = _line(sentences, expression.start)
    if expression.day is None:  # 2018年3月 alone on its line
        return text[start:end].strip("()-— ") == expression.surface
    bracketed = text.startswith("(", expression.start - 1) and text.startswith(")", expression.end)
    if bracketed and 0 < expression.start < _TITLE_CHARACTERS:
        return True
    if end - start > _HEADING_LENGTH + len(expression.surface):
        return False
    rest = text[start : expression.start] + text[expression.end : end]
    return ":" in expression.surface or not _HAN.search(rest) or _DATELINE_WORDS.search(rest) is not None


def in_head(sentences: Sentences, offset: int) -> bool:
    """Whether an offset lies in the opening lines of a text."""
    return offset < _HEAD_CHARACTERS and sentences.paragraph[sentences.at(offset)] < _HEAD_LINES


def head_dates(sentences: Sentences, dates: list[DateExpression]) -> list[DateExpression]:
    """The expressions in the opening lines of a text."""
    return list(takewhile(lambda expression: in_head(sentences, expression.start), dates))


def _line(sentences: Sentences, offset: int) -> tuple[int, int]:
    paragraph = sentences.paragraph[sentences.at(offset)]
    return sentences.paragraph_start[paragraph], sentences.paragraph_end[paragraph]


def headings(text: str, sentences: Sentences, dates: list[DateExpression], reference: date | None) -> list[Section]:
    """Sections under numbered headings with a year (二、2022年预算安排), else under plain ones (2022年工作回顾)."""
    dated = [_line(sentences, expression.start) for expression in dates if _names_year(expression)]
    rank_of = next(
        (rank for rank in (_rank, _plain_rank) if any(rank(text, *line) is not None for line in dated)), None
    )
    if rank_of is None:
        return []
    sections: list[Section] = []
    open_ranks: list[tuple[int, int, Section | None]] = []
    bounds = zip(sentences.paragraph_start, sentences.paragraph_end, strict=True)
    for start, end in [*bounds, (len(text), len(text))]:
        rank = rank_of(text, start, end)
        if rank is None:
            continue
        while open_ranks and open_ranks[-1][0] >= rank:
            _, begin, section = open_ranks.pop()
            if section is not None:
                sections.append(Section(begin, start, section.interval, section.surface))
        open_ranks.append((rank, start, _dated(text, dates, reference, start, end)))
    return sections


def _dated(text: str, dates: list[DateExpression], reference: date | None, start: int, end: int) -> Section | None:
    """The year that the heading `[start, end)` names first; None where it names none."""
    for expression in dates[bisect_left(dates, start, key=_START) : bisect_left(dates, end, key=_START)]:
        interval = resolve(expression, reference) if _names_year(expression) else None
        if interval and interval.start.year == interval.end.year and role(text, expression) in ("frame", "own"):
            return Section(0, 0, interval, expression.surface)
    return None


def _names_year(expression: DateExpression) -> bool:
    named = expression.year is not None or expression.year_offset is not None
    return named and expression.kind == "point" and not expression.day and expression.relation != "by"


def _rank(text: str, start: int, end: int) -> int | None:
    """0.. headings by their enumeration, -1 the end of the text, None a paragraph."""
    if start == end:
        return -1 if start == len(text) else None
    if end - start > _HEADING_LENGTH or text[end - 1] in ";,:…" or "。" in text[start : end - 1]:
        return None
    if text[start] not in _RANK_FIRST and not text[start].isdecimal():
        return None
    return next((rank for rank, pattern in enumerate(_RANKS) if pattern.match(text, start)), None)


def _plain_rank(text: str, start: int, end: int) -> int | None:
    """0 for a heading without a number that names its year, -1 for the end of the text, None for a paragraph."""
    if start == end:
        return -1 if start == len(text) else None
    return 0 if end - start <= _PLAIN_LENGTH and _PLAIN.fullmatch(text, start, end) else None
