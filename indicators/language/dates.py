"""Folded text -> calendar expressions: 2015年11月底, 今年以来, 前三季度, 近五年, "十四五"期间, 6月3日21时许.

Words stand in data/date_words.csv and data/festivals.csv, shapes in the one pattern below. What days an expression
means is `indicators.language.intervals`'s business; what it governs is `indicators.language.timeline`'s.
Durations that are claims (工期2年, 3到5年, 7天) are no expressions here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from indicators.language.date_expression import DateExpression, number
from indicators.language.date_patterns import date_pattern
from indicators.language.lexicon import lexicon

__all__ = ["DateExpression", "number", "scan"]

_NUMERAL = re.compile("[0-9零〇○一二两三四五六七八九十百]")

_BEFORE = re.compile(
    r"(?P<until>截至|截至到|截止到|截止)|(?P<to>到|至)|(?P<since>自从|自|从)|(?P<by>预计到|力争到)|(?P<at>在|于)"
)
_AFTER = re.compile(
    r"(?P<since>以来|开始|至今(?!年)|[至到](?:现在|目前|如今)|起(?![到来步草]))|(?P<after>之后|以后|后)|(?P<by>之前|以前|前(?!后))|(?P<during>期间)"
)
_SINCE_LATER = re.compile(r"[^,。;:!?\n]{1,20}?以来")  # 2019年实施该政策以来
_UNITS = {"年": "year", "个月": "month", "个季度": "quarter", "天": "day"}
_AHEAD = {"未来", "今后", "此后", "后"}


def scan(text: str) -> list[DateExpression]:
    """Calendar expressions of a folded text in order, disjoint; linear in its length.

    >>> [e.surface for e in scan("2013年初试点,截至今年11月底建成22个,近三年投入6年的资金")]
    ['2013年初', '今年11月底', '近三年']
    """
    found: list[DateExpression] = []
    for match in date_pattern().finditer(text):
        expression = _expression(match)
        if expression is None:
            continue
        before = found[-1] if found and found[-1].kind == "point" else None
        if before and expression.kind == "now" and text[before.end : expression.end] in _UP_TO_NOW:
            continue  # 2016年至今: one expression, the now a part of its frame
        if found and text[found[-1].end : match.start()] in _LINKS and (joined := _join(found[-1], expression, text)):
            expression = joined
            found.pop()
        found.append(expression)
    return [_framed(text, expression) for expression in found]


_UP_TO_NOW = {to + now for to in ("至", "到") for now in ("今", "现在", "目前", "如今")}
_LINKS = {"至", "到", "-", "—", "~", "——"}


def _join(first: DateExpression, second: DateExpression, text: str) -> DateExpression | None:
    """2015年3月至2016年2月: one range out of two points of the same grain, None where they are none."""
    if first.kind != "point" or second.kind != "point" or any(first.last) or any(second.last):
        return None
    if first.day and second.day and second.month is None and not first.part:
        last = (0, 0, second.day)  # 7月20日8时至21日8时
        return replace(first, end=second.end, surface=text[first.start : second.end], last=last)
    if first.part or second.part or bool(first.month) != bool(second.month):
        return None
    if second.year is None and not first.month:
        return None  # 2013年至今年: the far end is no point of the near end's calendar
    if second.year_offset is not None and not second.context and second.year_offset - (first.year_offset or 0) > 1:
        return None
    last = (second.year or 0, second.month or 0, second.day or 0)
    return replace(first, end=second.end, surface=text[first.start : second.end], last=last)


def _expression(match: re.Match[str]) -> DateExpression | None:
    """The expression of a match, None where its words cannot be a date (2月31日)."""
    base = DateExpression(
        match.start(), match.end(), match.group(), "point", has_number=bool(_NUMERAL.search(match.group()))
    )
    for shape in (_point, _named_span, _word):
        expression = shape(base, match)
        if expression is not None:
            return expression
    return None


def _point(base: DateExpression, v: re.Match[str]) -> DateExpression | None:
    """Year, month, day, or a part of a year."""
    if v["iso"]:
        return replace(base, year=int(v["iy"] or 0), month=int(v["im"] or 0), day=int(v["id"] or 0))
    if v["ya"] and v["y2"]:
        return replace(base, year=number(v["ya"]), last=(number(v["y2"]), 0, 0))
    if v["ap"]:
        return replace(base, part="" if v["ap"] == "内" else v["ap"], context=True)
    if v["mw"]:
        row = _row(v["mw"])
        day = number(v["mwd"]) if v["mwd"] else None
        context = row["kind"] == "context_month"
        return replace(base, month_offset=int(row["offset"]), part=v["mwp"] or "", day=day, context=context)
    if alone := v["bd"] or v["bd2"] or v["bd3"] or v["bd4"]:
        return replace(base, day=number(alone), context=True)
    part = f"S{v['ys']}" if v["ys"] else v["yp"] or ""
    if v["y"]:
        return _part(replace(base, year=number(v["y"]), part=part), v, "y_")
    if v["yy"]:
        short = int(v["yy"])
        return _part(replace(base, year=short + (1900 if short > 49 else 2000), part=part), v, "y_")
    if v["yw"]:
        row = _row(v["yw"])
        year = replace(base, year_offset=int(row["offset"]), part=part, context=row["kind"] == "context_year")
        return _part(year, v, "y_")
    narrowed = _part(replace(base, context=True), v, "r_")
    return None if narrowed.month is None and not narrowed.part and narrowed.kind == "point" else narrowed


def _part(base: DateExpression, v: re.Match[str], prefix: str) -> DateExpression:
    """`base` narrowed by the part of a year whose groups begin with `prefix`."""

    def get(name: str) -> str:
        return v[prefix + name] or ""

    if get("q") or get("q1"):
        quarter = number(get("q") or "1")
        return replace(base, part=f"Q{quarter}{number(get('q2')) if get('q2') else quarter}")
    if get("qf"):
        return replace(base, part=f"Q1{number(get('qf'))}")
    if get("half"):
        return replace(base, part="H1" if get("half") == "上" else "H2")
    if get("firstm"):
        return replace(base, month=1, last=(0, min(12, max(1, number(get("firstm")))), 0))
    if get("festival"):
        return replace(base, kind="festival", word=get("bare") or get("quoted") or get("marked"))
    if not get("m"):
        return base
    last = (0, number(get("m2")) if get("m2") else 0, number(get("d2")) if get("d2") else 0)
    day = number(get("d")) if get("d") else None
    return replace(base, month=number(get("m")), day=day, part=get("mp"), last=last)


def _named_span(base: DateExpression, v: re.Match[str]) -> DateExpression | None:
    """Five-year plans, decades, and spans of n years or months."""
    if plan := v["p5"] or v["p5b"]:
        return replace(base, kind="plan", count=number(plan[:-1] if len(plan) > 1 else plan), part=_edge(base.surface))
    if v["century"] or v["dec2"]:
        return _decade(base, v)
    if v["n3"]:
        return replace(base, kind="span", count=number(v["n3"]), unit="year", direction="back", part="within")
    if v["n"] or v["n2"]:
        before, after = v["pre"] or "", v["suf"] or v["suf2"] or ""
        direction = "run" if before in ("连续", "持续") else "ahead" if before in _AHEAD else "back"
        if not before:
            direction = {"前": "ago", "后": "after", "": "run"}.get(after[-1:], "back")
        part = "more" if v["more"] or after.startswith("多") else ""
        unit = _UNITS[v["unit"] or v["unit2"]]
        return replace(base, kind="span", count=number(v["n"] or v["n2"]), unit=unit, direction=direction, part=part)
    return None


def _edge(surface: str) -> str:
    return "末" if "末" in surface else "初" if "初" in surface else ""


def _decade(base: DateExpression, v: re.Match[str]) -> DateExpression:
    """70年代 is 1970, 20世纪90年代 1990; 00, 10 年代 without a century are of this one."""
    decade = v["dec"] or v["dec2"]
    century = v["century"] or ""
    tens = number(decade) if decade else -1
    if century in ("上世纪", "20世纪", "二十世纪"):
        start = 1900
    elif century == "19世纪":
        start = 1800
    else:
        start = 2000 if century or tens in (0, 10) else 1900
    part = (v["dp"] or "")[:1].replace("早", "初").replace("后", "末")
    return replace(base, kind="decade", year=start + max(tens, 0), count=10 if decade else 100, part=part)


def _word(base: DateExpression, v: re.Match[str]) -> DateExpression | None:
    """Clock times, weekdays and the words of date_words.csv that are no year or month."""
    if v["clock"]:
        return replace(base, kind="clock")
    if event := v["event"]:
        return replace(base, kind="event", word=event, has_number=False)
    if page := v["page"]:
        return replace(base, kind="page", start=base.end - len(page), surface=page)
    if v["weekday"]:
        offset = {"上": -1, "本": 0, "这": 0, "下": 1}.get(v["weekday"][0])
        return replace(base, kind="weekday" if offset is None else "week", count=offset or 0)
    if surface := v["same"] or v["word"]:
        row = _row(surface)
        context = row["kind"] == "context_day"
        return replace(
            base, kind=row["kind"], count=int(row["offset"]), word=surface, context=context, has_number=False
        )
    return None


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in lexicon("date_words")}


def _row(word: str) -> dict[str, str]:
    return _rows()[word]


def _framed(text: str, expression: DateExpression) -> DateExpression:
    """The expression with the words around it that relate it to a value."""
    start, end, relation = expression.start, expression.end, ""
    for width in (3, 2, 1):
        if start >= width and (before := _BEFORE.fullmatch(text, start - width, start)):
            start, relation = start - width, before.lastgroup or ""
            break
    if after := _AFTER.match(text, end):
        end = after.end()
        if after.lastgroup == "after":
            relation = "since" if expression.month is None and expression.kind in ("point", "event") else relation
        elif after.lastgroup != "during":
            relation = after.lastgroup or ""
    elif _SINCE_LATER.match(text, end) and expression.kind == "point":
        relation = "since"
    elif relation == "since":
        relation = "from"
    return replace(expression, frame_start=start, frame_end=end, relation=relation)
