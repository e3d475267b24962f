"""The span a report looks back on: 2019年统计公报, 前三季度经济运行情况; the default of all that it leaves undated."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from indicators.language.cues import Cues, Role
from indicators.language.date_expression import DateExpression
from indicators.language.datelines import in_head, is_dateline
from indicators.language.dates import scan
from indicators.language.intervals import Interval, resolve, year_interval
from indicators.language.sentences import Sentences

_SUPPORT = 5  # dates that must speak for the year a report looks back on
_REPORT = re.compile(
    r"[^,。;!?\n]{0,25}?(?:公报|预算执行|执行情况|执行数|决算|年报|年鉴|工作总结|运行情况|经济运行|统计分析)"
)
_LEAD_TIMES = 2  # how often a span shorter than a year is told in a text that reports on it


@dataclass(frozen=True, slots=True)
class Report:
    """The days that a report looks back on, and the words that say so."""

    interval: Interval
    surface: str


def find_report(
    cues: Cues,
    sentences: Sentences,
    dates: list[DateExpression],
    roles: list[Role],
    reference: date | None,
    title: str = "",
) -> Report | None:
    """What a report looks back on: named by its title, or by its opening and nearly all its dates."""
    head = [expression for expression in dates if in_head(sentences, expression.start)]
    for source, expressions in ((title, scan(title)), (cues.text, head)):
        for expression in expressions:
            if found := _named(source, expression, reference, in_title=source is title):
                return found
    return _lead(cues, sentences, dates, roles, reference) or _dominant_year(cues, sentences, dates, roles, reference)


def _is_short(expression: DateExpression) -> bool:
    """前三季度, 上半年, 1—8月: several months that stand for themselves."""
    months = expression.month is not None and expression.last[1] > 0 and expression.last[0] == 0
    return expression.kind == "point" and expression.day is None and (months or expression.part[:1] in ("Q", "H"))


def _named(source: str, expression: DateExpression, reference: date | None, in_title: bool) -> Report | None:
    """A span that a title or heading names as its subject."""
    if expression.kind != "point" or expression.day is not None:
        return None
    subject = _REPORT.match(source, expression.end) is not None
    if _is_short(expression) and (subject or in_title) and expression.relation not in ("to", "by"):
        interval = resolve(expression, reference)
        if interval and (reference is None or interval.start <= reference):
            return Report(interval, expression.surface)
    if expression.year is not None and subject and (interval := year_interval(expression.year)):
        return Report(interval, expression.surface)
    return None


def _lead(
    cues: Cues, sentences: Sentences, dates: list[DateExpression], roles: list[Role], reference: date | None
) -> Report | None:
    """A span of months that begins a sentence of the opening, and is told again."""
    lead: Report | None = None
    times = 0
    for expression, kind in zip(dates, roles, strict=True):
        if kind != "frame" or not _is_short(expression) or expression.relation in ("to", "by", "since"):
            continue
        sentence = sentences.span(expression.start)
        if cues.has("plan", *sentence):
            continue
        interval = resolve(expression, reference)
        if interval is None or (reference is not None and interval.end > reference):
            continue
        if lead is None:
            if expression.frame_start != sentence[0] or not in_head(sentences, expression.start):
                return None
            lead = Report(interval, expression.surface)
        times += interval == lead.interval
    return lead if times >= _LEAD_TIMES else None


def _dominant_year(
    cues: Cues, sentences: Sentences, dates: list[DateExpression], roles: list[Role], reference: date | None
) -> Report | None:
    """The first year the text speaks of, where it is over and few dates are of another."""
    years: Counter[int] = Counter()
    whole = 0
    first: tuple[int, str] | None = None
    for expression, kind in zip(dates, roles, strict=True):
        if expression.kind == "now" and reference:
            years[reference.year] += 1
        if expression.kind != "point" or cues.has("plan", *sentences.span(expression.start)):
            continue
        if expression.context or expression.surface.startswith("上年"):
            whole += expression.month is None and expression.day is None  # 全年, 年末, 比上年: words of a yearly report
            continue
        interval = resolve(expression, reference)
        if kind != "frame" or interval is None or interval.start.year != interval.end.year:
            continue
        if is_dateline(cues.text, sentences, expression):
            continue
        years[interval.end.year] += 1
        first = first or (interval.end.year, expression.surface)
    if first is None or (reference is not None and first[0] != reference.year - 1):
        return None
    year = first[0]
    later = sum(count for other, count in years.items() if other > year)
    if years[year] + whole < _SUPPORT or years[year] + whole < 3 * later:
        return None
    days = year_interval(year)
    return Report(days, first[1]) if days else None
