"""The span a report looks back on: 2019年统计公报, 前三季度经济运行情况; the default of all that it leaves undated."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from datetime import date

from indicators.language.cues import Cues
from indicators.language.date_expression import DateExpression, is_history
from indicators.language.date_roles import Roles
from indicators.language.datelines import head_dates, in_head, is_dateline
from indicators.language.dates import scan
from indicators.language.intervals import Interval, resolve, year_interval
from indicators.language.report_titles import ACCOUNTS, TITLE_LINES, is_subtitle
from indicators.language.sections import Section
from indicators.language.sentences import Sentences

_SUPPORT = 5  # dates that must speak for the year a report looks back on
_REPORT = re.compile(rf"[^,。;!?\n]{{0,25}}?(?:{ACCOUNTS}|预算执行|执行数|年鉴|工作总结|工作回顾|经济运行|统计分析)")
# An address of the first months of a year looks back on the year before, then ahead on its own.
_ADDRESS = re.compile(
    r"(?:(?<!解读)工作报告|工作总结|工作回顾|年度总结|年终总结|述职(?:述廉)?报告|总结报告)(?:[\s(\[《》\"”_|—-]|摘[要编登]|全文|节选|$)",
    re.MULTILINE,
)
_GIVEN = re.compile(
    r"(?<!解读)(?:工作报告|述职(?:述廉)?报告)\((?=[12]\d{3}年\d{1,2}月)"
)  # on a page without line breaks
_TERM = re.compile(r"的?(?:政府|主要|检察|法院)?工作(?:的?(?:简要)?回顾|总结)")  # 过去五年工作回顾
_HEARD = re.compile(r"(?:会议|大会|全会)上|在[^,。;\n]{2,40}[会上]$", re.MULTILINE)
_TIME = re.compile("[年月季0-9零〇○O九八]")  # without one of these a title names no span
_LAST_MONTH = 4  # by which the addresses of a year are given
_AHEAD = re.compile(
    "目标|任务|安排|打算|总体要求|重点|思路|计划|预期|抓好|做好|推进|工作[^回总情完报]|要[^求素点闻,]|将|开局|关键"
)
# 本报讯, 昨日,记者从县统计局了解到: what stands before the span that a piece of news is on.
_HEARD_OF = re.compile(
    r"(?:本报讯)? ?(?:\([^)\n]{1,20}\))? ?(?:[^,。;\n]{0,8},?(?:记者|笔者)?从[^,。;\n]{2,20}(?:获悉|了解到|得知|悉),)?"
)
_AHEAD_HEADING = re.compile(
    "下一?步(?:的?工作|打算|计划|安排)|(?:工作|任务)(?:的?(?:总体)?(?:安排|打算|思路|计划|要求))|(?:预期|奋斗|主要)目标|今后(?:工作|五年)"
)
_BACK = re.compile("回顾|总结|完成情况|执行情况|去年|上年")
_CENSUS_DATES = 12  # expressions, among which a census names its day
_PUBLISHED = re.compile(r"[^。;:\n]{0,40}(?:公布|公告|通报|发布)如下")
_TITLE_LENGTH = 45
_LABEL = re.compile(r"[【\[(][^】\])\n]{1,20}[】\])]")  # 【经济概况】 before the words of an entry
_OPENING = 120  # characters of a paragraph that say what it is about
_NUMBERING = 8  # characters before the year of a heading: 第二部分, 各位代表:
_YEAR_DAYS = 364
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
    roles: Roles,
    reference: date | None,
    title: str = "",
) -> Report | None:
    """What a report looks back on: named by its title, or by its opening and nearly all its dates."""
    head = head_dates(sentences, dates)
    for source, expressions in ((title, scan(title) if _TIME.search(title) else []), (cues.text, head)):
        for expression in expressions:
            if found := _named(source, expression, reference, in_title=source is title):
                return found
    if address := _address(cues, sentences, head, reference, title):
        return address
    if counted := _counted(cues.text, dates):
        return counted
    return (
        _lead(cues, sentences, dates, roles, reference)
        or _dominant_year(cues, sentences, dates, roles, reference)
        or (None if reference else _only_year(cues, sentences, dates, roles))
    )


def _address(
    cues: Cues, sentences: Sentences, head: list[DateExpression], reference: date | None, title: str
) -> Report | None:
    """A yearly address (政府工作报告, 工作总结) of the first months of a year: its subject is the year before."""
    text = cues.text
    ends = sentences.paragraph_end[:TITLE_LINES]
    lines = [text[start:end] for start, end in zip(sentences.paragraph_start, ends, strict=False)]
    spoken = _GIVEN.search(text, 0, _OPENING) is not None
    if (
        not spoken
        and not _ADDRESS.search(title)
        and not any(len(line) <= _TITLE_LENGTH and _ADDRESS.search(line) for line in lines)
    ):
        return None
    for expression in head:
        end = sentences.paragraph_end[sentences.paragraph[sentences.at(expression.start)]]
        if expression.year and expression.month and expression.day and _HEARD.search(text, expression.end, end):
            given = resolve(expression, None)
            reference = given.end if given else reference
            break
    if reference is None or reference.month > _LAST_MONTH or reference.year < 2:
        return None
    days = year_interval(reference.year - 1)
    return Report(days, str(reference.year - 1)) if days else None


def _counted(text: str, dates: list[DateExpression]) -> Report | None:
    """The day of a census: 现将2020年11月1日零时全县人口的基本情况公布如下."""
    for expression in dates[:_CENSUS_DATES]:
        if expression.year and expression.day and _PUBLISHED.match(text, expression.end):
            day = resolve(expression, None) if text.endswith("将", 0, expression.frame_start) else None
            return Report(day, expression.surface) if day else None
    return None


def outlook(cues: Cues, sentences: Sentences, dates: list[DateExpression], report: Report | None) -> Section | None:
    """The last part of a yearly report, which speaks of the year to come; None where there is none.

    It begins with the paragraph that opens with that year and tells what is to be done (2019年,主要预期目标是), or
    with a heading that says so (下一步工作打算).
    """
    if report is None or (report.interval.end - report.interval.start).days < _YEAR_DAYS:
        return None
    last = report.interval.end
    days = year_interval(last.year + 1)
    starts = [expression.start for expression in dates]
    told = False  # whether anything has been told before
    for start, end in zip(sentences.paragraph_start, sentences.paragraph_end, strict=True):
        begun, told = told, told or "。" in cues.text[start:end]
        if not begun:
            continue
        opening = cues.text[start : min(end, start + _OPENING)]
        if days and end - start <= _TITLE_LENGTH and _AHEAD_HEADING.search(opening) and not _BACK.search(opening):
            return Section(start, len(cues.text), days, opening)
        first = bisect_left(starts, start)
        if not days or first == len(dates) or starts[first] - start > _NUMBERING:
            continue
        named = _names_year(dates[first], last.year + 1)
        if named and _AHEAD.search(cues.text, dates[first].end, start + len(opening)):
            return Section(start, len(cues.text), days, dates[first].surface)
    return None


def _names_year(expression: DateExpression, year: int) -> bool:
    """Whether an expression names this year (2019年, 今年) or those from it on (今后五年), to a text of its January."""
    if expression.context or expression.relation == "since":  # 全年, 今年以来
        return False
    if expression.month or (expression.kind != "point" and expression.direction != "ahead"):
        return False
    days = resolve(expression, date(year, 1, 31))
    return days is not None and days.start.year == year


def is_short(expression: DateExpression) -> bool:
    """前三季度, 上半年, 1—8月: several months that stand for themselves."""
    months = expression.month is not None and expression.last[1] > 0 and expression.last[0] == 0
    return expression.kind == "point" and expression.day is None and (months or expression.part[:1] in ("Q", "H"))


def _named(source: str, expression: DateExpression, reference: date | None, in_title: bool) -> Report | None:
    """A span that a title or heading names as its subject."""
    if expression.kind == "span" and expression.unit == "year" and reference and _TERM.match(source, expression.end):
        last = reference.year - (reference.month <= _LAST_MONTH)
        days = year_interval(last - expression.amount + 1, last)
        return Report(days, expression.surface) if days and expression.amount > 1 else None
    if expression.kind != "point" or expression.day is not None:
        return None
    subject = _REPORT.match(source, expression.end) is not None or is_subtitle(source, expression)
    if is_short(expression) and (subject or in_title) and expression.relation not in ("to", "by"):
        interval = resolve(expression, reference)
        if interval and (reference is None or interval.start <= reference):
            return Report(interval, expression.surface)
    if expression.year is not None and subject and (interval := year_interval(expression.year)):
        return Report(interval, expression.surface)
    return None


def _lead(
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


def _dominant_year(
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


def _only_year(cues: Cues, sentences: Sentences, dates: list[DateExpression], roles: Roles) -> Report | None:
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
