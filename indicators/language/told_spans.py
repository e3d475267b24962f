"""The span that a text without a report's title looks back on: its opening tells it, or nearly all of its dates do."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from indicators.language.cues import Cues
from indicators.language.date_expression import DateExpression, is_history
from indicators.language.date_roles import Roles
from indicators.language.datelines import in_head, is_dateline
from indicators.language.intervals import Interval, resolve, year_interval
from indicators.language.sentences import Sentences

_SUPPORT = 5  # dates that must speak for the year a report looks back on
_LEAD_TIMES = 2  # how often a span shorter than a year is told in a text that reports on it
_LABEL = re.compile(r"[【\[(][^】\])\n]{1,20}[】\])]")  # 【经济概况】 before the words of an entry
# 本报讯, 昨日,记者从县统计局了解到: what stands before the span that a piece of news is on.
_HEARD_OF = re.compile(
    r"(?:本报讯)? ?(?:\([^)\n]{1,20}\))? ?(?:[^,。;\n]{0,8},?(?:记者|笔者)?从[^,。;\n]{2,20}(?:获悉|了解到|得知|悉),)?"
)


@dataclass(frozen=True, slots=True)
class Report:
    """The days that a report looks back on, and the words that say so."""

    interval: Interval
    surface: str


def is_short(expression: DateExpression) -> bool:
    """前三季度, 上半年, 1—8月: several months that stand for themselves."""
    months = expression.month is not None and expression.last[1] > 0 and expression.last[0] == 0
    return expression.kind == "point" and expression.day is None and (months or expression.part[:1] in ("Q", "H"))


def opening_span(
    cues: Cues, sentences: Sentences, dates: list[DateExpression], roles: Roles, reference: date | None
) -> Report | None:
    """A span of months that begins a sentence of the opening, and is told again or is the only time told."""
    lead: Report | None = None
    times = others = 0
    for index, expression in enumerate(dates):
        if roles[index] != "frame" or is_dateline(cues.text, sentences, expression):
            continue
        since = expression.relation == "since" and not expression.part
        if not is_short(expression) or expression.relation in ("to", "by") or since:
            others += lead is not None and expression.kind not in ("recent", "trend")
            continue
        sentence = sentences.span(expression.start)
        if cues.has("plan", *sentence):
            continue
        interval = resolve(expression, reference)
        if interval is None or (reference is not None and interval.end > reference):
            continue
        if lead is None:
            opening = _HEARD_OF.match(cues.text, sentence[0], expression.frame_start)
            opens = expression.frame_start in (sentence[0], opening.end() if opening else sentence[0])
            if not opens or not in_head(sentences, expression.start):
                return None
            lead = Report(interval, expression.surface)
        times += interval == lead.interval
    return lead if times >= _LEAD_TIMES or not others else None


def dominant_year(
    cues: Cues, sentences: Sentences, dates: list[DateExpression], roles: Roles, reference: date | None
) -> Report | None:
    """The first year the text speaks of, where it is over and few dates are of another."""
    years: Counter[int] = Counter()
    whole = 0
    first: tuple[int, str] | None = None
    for index, expression in enumerate(dates):
        if expression.kind == "now" and reference:
            years[reference.year] += 1
        if expression.kind != "point" or cues.has("plan", *sentences.span(expression.start)) or is_history(expression):
            continue
        if expression.context or expression.surface.startswith("上年"):
            whole += expression.month is None and expression.day is None  # 全年, 年末, 比上年: words of a yearly report
            continue
        interval = resolve(expression, reference)
        if interval is None or interval.start.year != interval.end.year or roles[index] != "frame":
            continue
        if is_dateline(cues.text, sentences, expression):
            continue
        years[interval.end.year] += 1
        first = first or (interval.end.year, expression.surface)
        if reference is not None and first[0] != reference.year - 1:
            return None
    if first is None:
        return None
    year = first[0]
    later = sum(count for other, count in years.items() if other > year)
    if years[year] + whole < _SUPPORT or years[year] + whole < 3 * later:
        return None
    days = year_interval(year)
    return Report(days, first[1]) if days else None


def only_year(cues: Cues, sentences: Sentences, dates: list[DateExpression], roles: Roles) -> Report | None:
    """The year that opens a text without any other date (2003年,全县...), where it speaks of a year's whole too."""
    opening: DateExpression | None = None
    whole = False
    for index, expression in enumerate(dates):
        if expression.kind in ("now", "recent") or (expression.year_offset is not None and not expression.context):
            whole = whole or expression.surface.startswith("上年")
            if not expression.surface.startswith("上年"):
                return None  # written in a year that is not known
        elif expression.context:
            whole = whole or (expression.month is None and expression.day is None and expression.kind == "point")
        elif expression.kind != "point" or roles[index] != "frame" or is_history(expression):
            continue
        elif opening is None:
            if not _opens(cues.text, sentences, expression):
                return None
            opening = expression
        elif expression.year != opening.year or any(expression.last):
            return None
    days = year_interval(opening.year or 0) if opening and whole else None
    return Report(days, opening.surface) if opening and days else None


def _opens(text: str, sentences: Sentences, expression: DateExpression) -> bool:
    """Whether a bare year begins a sentence of a text's head, a label aside."""
    if expression.year is None or expression.month or expression.part or any(expression.last):
        return False
    start, _ = sentences.span(expression.start)
    label = _LABEL.match(text, start)
    opens = expression.start in (start, label.end() if label else start)
    return opens and expression.relation == "" and in_head(sentences, expression.start)
