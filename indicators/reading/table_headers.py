"""What the headers of a table say of the numbers below them: words, unit, and the time they are of.

    指标      单位  2012年  2011年  比上年±%
    粮食产量  万吨  12.3    11.8    4.2       ->  2012年 12.3 万吨,2011年 11.8 万吨,2012年比上年增长 4.2 %

A change (增长, ±) is of the latest time among the headers. 本年 and 上年 are of the year that the words above the table
name, not of the day on which it was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

IN_BRACKETS = re.compile(
    r"[（(﹙]\s*(?:(?:计量)?单位\s*[:：]\s*)?(?P<unit>[^()（）﹙﹚\d]{1,8})\s*[)）﹚]\s*$|(?P<sign>[%％‰])\s*$"
)
_UNIT_NAME = re.compile(r"(?:计量|计算|计价)?单位")
_CHANGE = re.compile(r"增长|增幅|增速|增减|涨幅|降幅|涨跌|同比|环比|±|[+＋/][-－—]|[比较](?:上|去|前|(?:19|20)\d\d)年")
_IN_PERCENT = re.compile(r"增长(?!.*[量额数])|增幅|增速|涨幅|降幅|(?:率|比重|占比|百分比)$")
_UP_OR_DOWN = re.compile(r"增减|涨跌|±|[+＋]/?[-－—]")
_POINTS = re.compile(r"[(（]?个?百分点[)）]?")
_YEAR = r"(?P<year>(?:19|20)\d\d)\s*年"
_TIME = re.compile(
    _YEAR + r"(?P<rest>(?:\d{1,2}\s*[-—–~～至]\s*)?(?P<month>\d{1,2})月(?:份|\d{1,2}日)?"
    r"|[上下]半年|前?[一二三四1-4]个?季度|第[一二三四1-4]季度)?(?P<edge>[底末初])?"
)
_LONGEST_CAPTION = 50  # characters
_NO_CAPTION = re.compile(r"[。;；]|发布|来源|日期|时间")
_THIS_MONTH = re.compile(r"(?:(?P<first>\d{1,2})\s*[-—–~～至]\s*)?本月(?P<so_far>止|累计)?")
_THIS_YEAR = re.compile(r"本年度?|今年|本期|报告期")
_LAST_YEAR = re.compile(r"(?<![比较])(?:上年|去年|上期)(?:同期|同月)?")


@dataclass(frozen=True, slots=True)
class Header:
    """A column: its words without the unit, its unit ("" where row or table give it), what kind of column it is."""

    words: str = ""
    unit: str = ""
    is_unit: bool = False  # the column that holds the units of the rows
    is_change: bool = False
    in_percent: bool = False  # of a change or share that names no unit


def read_headers(words: Iterable[str], above: Sequence[str]) -> list[Header]:
    """The headers of a table; `above` are the lines above it, the nearest first."""
    when = time_of(above)
    return [_header(_dated(header, when)) for header in words]


def time_of(lines: Iterable[str]) -> re.Match[str] | None:
    """The time that the first caption or title that names one is of; None where it names several or none does.

    >>> time_of(["单位:万元", "云溪县2013年8月主要指标"])[0]
    '2013年8月'
    """
    for line in lines:
        if len(line) > _LONGEST_CAPTION or _NO_CAPTION.search(line):
            continue
        found = list(_TIME.finditer(line))
        if found:
            return found[0] if len({time[0] for time in found}) == 1 else None
    return None


def current(headers: Sequence[Header]) -> str:
    """The latest time among the headers, that changes are of; "" where none names a time."""
    times = [time for header in headers if not header.is_change for time in [_TIME.search(header.words)] if time]
    latest = max((time["year"] for time in times), default="")
    return next((time[0] for time in times if time["year"] == latest), "")


def names_time(words: str) -> str:
    """The time that words name, "" for none."""
    found = _TIME.search(words)
    return found[0] if found else ""


def _header(words: str) -> Header:
    if _UNIT_NAME.fullmatch(words.replace(" ", "")):
        return Header(words, is_unit=True)
    inside = IN_BRACKETS.search(words)
    unit = (inside["unit"] or inside["sign"]) if inside else ""
    bare = words[: inside.start()].strip() if inside else words
    change = bool(_CHANGE.search(bare))
    if _POINTS.search(words):
        bare, unit = _POINTS.sub("", bare).strip(), "个百分点"
    if change:
        bare = _UP_OR_DOWN.sub("增长", bare)
    return Header(bare, unit, False, change, not unit and bool(_IN_PERCENT.search(words)))


def _dated(header: str, when: re.Match[str] | None) -> str:
    """A header with years for 本年, 本月 and 上年."""
    if when is None:
        return header
    year = int(when["year"])
    if when["month"]:
        header = _THIS_MONTH.sub(lambda month: f"{year}年{_months(month, when['month'])}", header)
    whole = f"年{when['rest'] or ''}{when['edge'] or ''}"
    header = _THIS_YEAR.sub(f"{year}{whole}", header)
    return _LAST_YEAR.sub(f"{year - 1}{whole}", header)


def _months(written: re.Match[str], month: str) -> str:
    first = written["first"] or ("1" if written["so_far"] else "")
    return f"{first}-{month}月" if first and first != month else f"{month}月"
