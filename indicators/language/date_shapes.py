"""What the words of a match of `indicators.language.date_patterns` mean: one small reader for each shape."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from indicators.language.date_expression import number
from indicators.language.lexicon import lexicon

Fields = dict[str, Any]  # of a DateExpression, those that its words decide

_UNITS = {"年": "year", "个月": "month", "个季度": "quarter", "天": "day"}
_AHEAD = {"未来", "今后", "此后", "后"}


def _iso(v: re.Match[str]) -> Fields:
    return {"year": int(v["iy"]), "month": int(v["im"]), "day": int(v["id"])}


def _years(v: re.Match[str]) -> Fields:
    return {"year": number(v["ya"]), "last": (number(v["y2"]), 0, 0)}


def _year(v: re.Match[str]) -> Fields:
    """2015年11月底, 08年."""
    if v["y"]:
        return {"year": number(v["y"]), **_in_year(v)}
    short = int(v["yy"])
    return {"year": short + (1900 if short > 49 else 2000), **_in_year(v)}


def _year_word(v: re.Match[str]) -> Fields:
    """今年11月底, 上年."""
    row = _row(v["yw"])
    return {"year_offset": int(row["offset"]), "context": row["kind"] == "context_year", **_in_year(v)}


def _in_year(v: re.Match[str]) -> Fields:
    part = f"S{v['ys']}" if v["ys"] else v["yp"] or ""
    return {"part": part, **_narrowed(v, "y_")}


def _edge_of_year(v: re.Match[str]) -> Fields:
    """年底; 年内 is the whole year."""
    return {"part": "" if v["edge"] == "内" else v["edge"], "context": True}


def _month_word(v: re.Match[str]) -> Fields:
    """上月底, 当月5日."""
    row = _row(v["mw"])
    day = number(v["mwd"]) if v["mwd"] else None
    context = row["kind"] == "context_month"
    return {"month_offset": int(row["offset"]), "part": v["mwp"] or "", "day": day, "context": context}


def _part(v: re.Match[str]) -> Fields:
    """11月底, 前三季度, 春节: of the year spoken of."""
    return {"context": True, **_narrowed(v, "r_")}


def _narrowed(v: re.Match[str], prefix: str) -> Fields:
    """The part of a year that the groups which begin with `prefix` tell."""
    if month := v[prefix + "m"]:
        month2, day, day2 = v[prefix + "m2"], v[prefix + "d"], v[prefix + "d2"]
        return {
            "month": number(month),
            "day": number(day) if day else None,
            "part": v[prefix + "mp"] or "",
            "last": (0, number(month2) if month2 else 0, number(day2) if day2 else 0),
        }
    if quarter := v[prefix + "q"]:
        return {"part": f"Q{number(quarter)}{number(v[prefix + 'q2'] or quarter)}"}
    if v[prefix + "q1"] or v[prefix + "qs"]:
        return {"part": "Q11"}
    if quarters := v[prefix + "qf"]:
        return {"part": f"Q1{number(quarters)}"}
    if half := v[prefix + "half"]:
        return {"part": "H1" if half == "上" else "H2"}
    if months := v[prefix + "firstm"]:
        return {"month": 1, "last": (0, min(12, max(1, number(months))), 0)}
    if v[prefix + "festival"]:
        word = v[prefix + "bare"] or v[prefix + "quoted"] or v[prefix + "marked"]
        return {"kind": "festival", "word": word}
    return {}


def _day(v: re.Match[str]) -> Fields:
    return {"day": number(v["bd"] or v["bd2"] or v["bd3"] or v["bd4"]), "context": True}


def _plan(v: re.Match[str]) -> Fields:
    plan, surface = v["p5"], v.group()
    edge = "末" if "末" in surface else "初" if "初" in surface else ""
    return {"kind": "plan", "amount": number(plan[:-1]), "part": edge}


def _decade(v: re.Match[str]) -> Fields:
    """70年代 is 1970, 20世纪90年代 1990; 00, 10 年代 without a century are of this one."""
    groups = v.groupdict()
    decade, century = groups["dec"] or groups.get("dec2"), groups["century"] or ""
    tens = number(decade) if decade else -1
    if century in ("上世纪", "20世纪", "二十世纪"):
        start = 1900
    elif century == "19世纪":
        start = 1800
    else:
        start = 2000 if century or tens in (0, 10) else 1900
    part = (v["dp"] or "")[:1].replace("早", "初").replace("后", "末")
    return {"kind": "decade", "year": start + max(tens, 0), "amount": 10 if decade else 100, "part": part}


def _span(v: re.Match[str]) -> Fields:
    """近五年, 连续3个月, 未来三天."""
    before, after = v["pre"], v["suf"] or ""
    direction = "run" if before in ("连续", "持续") else "ahead" if before in _AHEAD else "back"
    return _time_span(v, direction, "more" if after.startswith("多") else "")


def _run(v: re.Match[str]) -> Fields:
    """十年前, 一年多以来, 五年(增长一倍)."""
    direction = {"前": "ago", "后": "after", "": "run"}.get(v["suf"][-1:], "back")
    return _time_span(v, direction, "more" if v["more"] or v["suf"].startswith("多") else "")


def _time_span(v: re.Match[str], direction: str, part: str) -> Fields:
    amount, unit = number(v["n"]), _UNITS[v["unit"]]
    return {"kind": "span", "amount": amount, "unit": unit, "direction": direction, "part": part}


def _within(v: re.Match[str]) -> Fields:
    return {"kind": "span", "amount": number(v["n3"]), "unit": "year", "direction": "back", "part": "within"}


def _weekday(v: re.Match[str]) -> Fields:
    offset = {"上": -1, "本": 0, "这": 0, "下": 1}.get(v["weekday"][0])
    return {"kind": "weekday" if offset is None else "week", "amount": offset or 0}


def _word(v: re.Match[str]) -> Fields:
    """The words of date_words.csv that are no year or month."""
    word = v.group()
    row = _row(word)
    context = row["kind"] == "context_day"
    return {"kind": row["kind"], "amount": int(row["offset"]), "word": word, "context": context, "has_number": False}


# The outer group of a pattern (`lastgroup`) -> what its words decide.
SHAPES: dict[str, Callable[[re.Match[str]], Fields]] = {
    "iso": _iso,
    "years": _years,
    "year": _year,
    "year_word": _year_word,
    "edge": _edge_of_year,
    "month": _month_word,
    "part": _part,
    "day": _day,
    "plan": _plan,
    "decade": _decade,
    "span": _span,
    "run": _run,
    "within": _within,
    "weekday": _weekday,
    "clock": lambda _: {"kind": "clock"},
    "event": lambda v: {"kind": "event", "word": v["event"], "has_number": False},
    "page": lambda _: {"kind": "page"},
    "same": _word,
    "word": _word,
}


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in lexicon("date_words")}


def _row(word: str) -> dict[str, str]:
    return _rows()[word]
