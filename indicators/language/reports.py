"""The span a report looks back on: 2019年统计公报, 前三季度经济运行情况; the default of all that it leaves undated."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date

from indicators.language.cues import Cues
from indicators.language.date_expression import DateExpression
from indicators.language.date_roles import Roles
from indicators.language.datelines import head_dates
from indicators.language.dates import scan
from indicators.language.intervals import resolve, year_interval
from indicators.language.report_titles import ACCOUNTS, TITLE_LINES, is_subtitle
from indicators.language.sections import Section
from indicators.language.sentences import Sentences
from indicators.language.told_spans import Report, dominant_year, is_short, only_year, opening_span

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
_AIMS = re.compile(r"[^,。;!?\n]{0,20}(?:预期|奋斗|主要)目标$")
_AHEAD_HEADING = re.compile(
    "下一?步(?:的?工作|打算|计划|安排)|(?:工作|任务)(?:的?(?:总体)?(?:安排|打算|思路|计划|要求))|(?:预期|奋斗|主要)目标|今后(?:工作|五年)"
)
_BACK = re.compile("回顾|总结|完成情况|执行情况|去年|上年")
_CENSUS_DATES = 12  # expressions, among which a census names its day
_PUBLISHED = re.compile(r"[^。;:\n]{0,40}(?:公布|公告|通报|发布)如下")
_TITLE_LENGTH = 45
_OPENING = 120  # characters of a paragraph that say what it is about
_NUMBERING = 8  # characters before the year of a heading: 第二部分, 各位代表:
_YEAR_DAYS = 364


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
        opening_span(cues, sentences, dates, roles, reference)
        or dominant_year(cues, sentences, dates, roles, reference)
        or (None if reference else only_year(cues, sentences, dates, roles))
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


def _named(source: str, expression: DateExpression, reference: date | None, in_title: bool) -> Report | None:
    """A span that a title or heading names as its subject."""
    if expression.kind == "span" and expression.unit == "year" and reference and _TERM.match(source, expression.end):
        last = reference.year - (reference.month <= _LAST_MONTH)
        days = year_interval(last - expression.amount + 1, last)
        return Report(days, expression.surface) if days and expression.amount > 1 else None
    if expression.kind != "point" or expression.day is not None:
        return None
    subject = _REPORT.match(source, expression.end) is not None or is_subtitle(source, expression)
    subject = subject or _is_of_aims(source, expression)
    if is_short(expression) and (subject or in_title) and expression.relation not in ("to", "by"):
        interval = resolve(expression, reference)
        if interval and (reference is None or interval.start <= reference):
            return Report(interval, expression.surface)
    if expression.year is not None and subject and (interval := year_interval(expression.year)):
        return Report(interval, expression.surface)
    return None


def _is_of_aims(source: str, expression: DateExpression) -> bool:
    """Whether an expression stands in a title on the aims of its year: 2010年经济社会发展预期目标."""
    end = source.find("\n", expression.end)
    end = end if end >= 0 else len(source)
    start = source.rfind("\n", 0, expression.start) + 1
    return end - start <= _TITLE_LENGTH and _AIMS.match(source, expression.end, end) is not None
