"""One number read with all that belongs to it: multipliers, unit, qualifier words, sign."""

from __future__ import annotations

import re
from functools import cache

from indicators.language import qualifiers
from indicators.language.hit import Hit
from indicators.language.hit_units import read_fraction, read_more, read_unit
from indicators.language.numeral_parser import Numeral
from indicators.language.units import find_unit

_MEASURED = ("time", "months", "length", "money:CNY", "age", "area", "mass")
FRACTION_MARKS = frozenset("半数分份/")
MORE_MARKS = frozenset("多余来几个")
_MINUS_AFTER = "(,:;为是达到至长降率了\n。、 "
_NO_DASH = re.compile(r"(?![成度分一二三四五六七八九十百千])[\u4e00-\u9fff)\]]")  # before a minus of a percentage
_INCLUSIVE = re.compile(r"\((?:含|不含|包括|包含)[^()。!?…\n]{0,6}\)(?=以上|以下|以内)")


@cache
def leading() -> frozenset[str]:
    """Characters that end what may belong to a number before it: most numbers have none there."""
    return qualifiers.edge("before") | frozenset("¥$-下")


@cache
def following() -> frozenset[str]:
    """Characters that begin what may belong to a number behind its unit."""
    return qualifiers.edge("after") | {"("}


def read_hit(text: str, start: int, numeral: Numeral, limit: int) -> Hit:
    """The number `numeral` at `start` with what belongs to it, never beyond `limit`."""
    hit = Hit(start, start + numeral.length, numeral)
    mark = text[hit.end : hit.end + 1]
    if mark not in FRACTION_MARKS or not read_fraction(text, hit, limit):
        if mark in MORE_MARKS:
            read_more(text, hit, limit)
        if hit.end < limit:
            read_unit(text, hit, limit)
    if text[hit.end : hit.end + 1] in following():
        _read_after(text, hit, limit)
    if hit.vague == "more":
        hit.qualifier = "at_least" if not hit.qualified_after else hit.qualifier
    elif hit.vague and not hit.qualified_after:
        hit.qualifier = "approx"
    if hit.start and text[hit.start - 1] in leading():
        read_before(text, hit)
    return hit


def _read_after(text: str, hit: Hit, limit: int) -> None:
    """Qualifier words behind the number."""
    inclusive = _INCLUSIVE.match(text, hit.end)
    offset = inclusive.end() if inclusive else hit.end
    measured = hit.unit is not None and hit.unit.dimension in _MEASURED
    word = qualifiers.after(text, offset, measured)
    if word is None or offset + len(word.word) > limit or (hit.unit is None and not hit.numeral.arabic):
        return
    hit.end = offset + len(word.word)
    if word.qualifier != "exact":
        hit.qualifier = word.qualifier
        hit.qualified_after = True


def _falls(text: str, hit: Hit) -> bool:
    """单位能耗-3.3%, 气温-1.5℃: a minus between a word and a share or a temperature, no dash behind another one."""
    share = hit.unit is not None and (hit.unit.dimension in ("share", "points") or hit.unit.written in ("℃", "摄氏度"))
    return share and _NO_DASH.match(text, hit.start - 2) is not None


def read_before(text: str, hit: Hit) -> None:
    """A sign, a currency mark and qualifier words before the number."""
    if text[hit.start - 1] in "¥$" and hit.unit is None:
        hit.unit = find_unit("元" if text[hit.start - 1] == "¥" else "美元")
        hit.start -= 1
        hit.marked = True
    if hit.start and text[hit.start - 1] == "-" and hit.numeral.arabic:
        if hit.start == 1 or text[hit.start - 2] in _MINUS_AFTER or _falls(text, hit):
            hit.low, hit.high = -hit.low, -hit.high
            hit.start -= 1
            hit.number_start = hit.start
    elif text.startswith("零下", hit.start - 2) and hit.start >= 2:
        hit.low, hit.high = -hit.low, -hit.high
        hit.start -= 2
    for _ in range(2):
        word = qualifiers.before(text, hit.start, hit.numeral.bare)
        if word is None:
            break
        if not hit.qualified_before:
            hit.qualifier = word.qualifier
        hit.start -= len(word.word)
        hit.qualified_before = True
