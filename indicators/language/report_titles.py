"""When a report without any date was written, as far as its title says: 2021年上半年工作总结, 2023年政府工作报告."""

from __future__ import annotations

import re
from datetime import date

from indicators.language.date_expression import DateExpression
from indicators.language.dates import scan
from indicators.language.intervals import Interval, resolve, year_interval

TITLE_LINES = 3
_LONGEST = 60  # characters of a title
_YEAR = re.compile("[12][0-9]{3}年")
_STOPS = re.compile("[,。;:!?]")
# What a span of time is the subject of, in the titles of all reports.
ACCOUNTS = "公报|决算|年报|(?:执行|运行|使用|工作)情况|公示|情况的?(?:报告|通报|说明)"
# Given in the first weeks of the year that its title names, on the year before.
_ADDRESS = re.compile(r"[^,。;!?\n0-9]{0,14}(?<!解读)政府工作报告")
_ACCOUNT = re.compile(rf"[^,。;!?\n]{{0,25}}?(?:{ACCOUNTS}|总结|汇报|完成情况|情况(?:统计|专项)(?:报告|通报|说明))")

# What a span of time in brackets may stand behind, on the title's line or alone on the next: 办案情况(2023年4季度).
_SUBJECT = re.compile(r"(?:情况|公报|总结|通报|简报|分析|数据|统计|指标|概况|(?<!工作)报告)\n?\($")
_SUBJECT_LENGTH = 8

# A page without line breaks runs from its title straight into the text: 2021年工作总结今年以来,...
_RUNS_ON = re.compile(
    r"[^,。;!?\n]{0,16}?(?:工作总结|总结|工作报告|情况汇报|汇报)(?=[今一近半本]年|年来|\(|[12]\d{3}年|各位|[一1][、.])"
)


def titled(title: str, text: str) -> tuple[Interval, str] | None:
    """The days that the title of a report dates it to, and the words; None where it names no year or several.

    `title` is folded metadata or ""; of the folded `text` the first short lines are read. A report on some months is
    taken as written in them, an address to the people's congress as of January.

    >>> titled("", "青石镇2021年上半年工作总结")[0].end
    datetime.date(2021, 6, 30)
    >>> titled("2023年政府工作报告", "")[0].end, titled("2022年预算执行情况和2023年预算草案的报告", "")
    (datetime.date(2023, 1, 31), None)
    """
    for line in (title, *text[: TITLE_LINES * _LONGEST].replace("\n(", "(").split("\n")[:TITLE_LINES]):
        line = line if len(line) <= _LONGEST else _head(line)
        if not _YEAR.search(line):
            continue
        dates = [expression for expression in scan(line) if expression.year is not None]
        if len({expression.year for expression in dates}) == 1 and (days := _days(line, dates[0])):
            return days, dates[0].surface
    return None


def is_subtitle(text: str, expression: DateExpression) -> bool:
    """Whether an expression stands in the brackets that close a title, and says when the report is of.

    >>> text = "办案情况\\n(2023年4季度)\\n一、总量"
    >>> is_subtitle(text, scan(text)[0])
    True
    """
    end = expression.end
    closes = text.startswith(")", end) and (end + 1 == len(text) or text[end + 1] == "\n")
    return closes and _SUBJECT.search(text[max(0, expression.start - _SUBJECT_LENGTH) : expression.start]) is not None


def _head(line: str) -> str:
    """The title that a long line begins with; "" where it begins with none.

    >>> _head("青石镇2017年度脱贫工作总结今年以来,全镇上下" + "齐心协力" * 12)
    '青石镇2017年度脱贫工作总结'
    """
    year = _YEAR.search(line, 0, _LONGEST // 2)
    title = _RUNS_ON.match(line, year.end()) if year and not _STOPS.search(line, 0, year.start()) else None
    return line[: title.end()] if title else ""


def _days(line: str, expression: DateExpression) -> Interval | None:
    if expression.kind != "point" or expression.day is not None or expression.relation in ("to", "by"):
        return None
    year = expression.year or 0
    if expression.month is None and not expression.part and _ADDRESS.match(line, expression.end):
        return Interval(date(year, 1, 1), date(year, 1, 31))
    if not _ACCOUNT.match(line, expression.end) and not is_subtitle(line, expression):
        return None
    return resolve(expression, None) if expression.month or expression.part else year_interval(year)
