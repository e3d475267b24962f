"""Numbers that belong together: ranges (3至5万元, 二三十人), lists (4万件、16万件和19万件), ratios (5:1)."""

from __future__ import annotations

import re
from copy import copy
from decimal import Decimal
from itertools import pairwise

from indicators.language.hit import Hit
from indicators.language.units import find_unit

_RANGE = {"至", "到", "-", "—", "~", "——", "--", "至约", "到约"}
_LIST = {"、", "和", "及", "与", "以及", "或", "或者", ",", "/"}
JOINING = frozenset(words[0] for words in _RANGE | _LIST)  # of the words between two numbers
_TO_NOTHING = re.compile(r"(?:下降|降低|减少|压减|降|减)(?:到|至|为)")  # 由14%下降到0
_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_SHARES = re.compile(r"(?:结构|构成|比例|比重|比)[^,。;:\d]{0,8}$")


def split_pair(hit: Hit) -> list[Hit]:
    """二三十人 as two hits with disjoint spans, 二 and 三十人; any other hit alone."""
    numeral = hit.numeral
    if hit.vague != "pair" or numeral.split < 0 or hit.low == hit.high:
        return [hit]
    split = hit.numeral_start + numeral.split
    low, high = hit, copy(hit)
    low.end, low.number_end, low.high, low.part = split, split, hit.low, "low"
    high.start, high.number_start, high.low, high.part = split, split, high.high, "high"
    return [low, high]


def join(text: str, hits: list[Hit], group: int = 0) -> int:
    """Give ranges and lists their common unit, multiplier, part and group (`group` and the numbers after it), in place.

    Returns the first number that is still free.
    """
    _hand_on(text, hits)
    for left, right in pairwise(hits):
        between = text[left.end : right.start]
        if len(between) > 2:
            if right.unit is None and not right.high and _TO_NOTHING.fullmatch(between):
                right.unit, right.marked = left.unit, True
            continue
        if between == "" and left.part == "low" and right.part == "high" and left.numeral is right.numeral:
            left.group = right.group = group
            group += 1
        elif between in _RANGE and _range(left, right):
            left.part, right.part = "low", "high"
            left.group = right.group = group
            group += 1
        elif between in _LIST and _list(left, right, between):
            if left.group < 0 or left.part:
                left.group = group
                group += 1
            right.group = left.group
    return group


def _hand_on(text: str, hits: list[Hit]) -> None:
    """4272、2033、1311和729亩: the unit of the last of a list of bare numbers is that of all, in place."""
    for index in range(len(hits) - 2, 0, -1):
        left, right = hits[index], hits[index + 1]
        if left.unit is None and right.unit is not None and text[left.end : right.start] in _LIST:
            before = hits[index - 1]
            if before.unit is None and text[before.end : left.start] in ("、", "和"):
                _list(left, right, text[left.end : right.start])


def _range(left: Hit, right: Hit) -> bool:
    """Whether the two are ends of a range; hands unit and multiplier to the left end."""
    if right.unit is None or left.part or right.part or left.qualified_after:
        return False
    if left.unit is None:
        scale = right.numeral.scale
        if left.numeral.scale == _ONE and scale > _ONE and left.numeral.low <= right.numeral.mantissa:
            left.low, left.high = left.low * scale, left.high * scale
        unit_scale = Decimal(str(right.unit.scale))
        if right.unit.written != "折" or left.low <= 10:
            left.low, left.high = left.low * unit_scale, left.high * unit_scale
        left.unit, left.per = right.unit, right.per
    elif left.unit.canonical != right.unit.canonical or (
        left.unit.written == "元" and left.numeral.scale == right.numeral.scale == _ONE and left.low > right.low
    ):
        return False
    if left.low > right.low:
        return False
    if left.qualifier != "exact" and right.qualifier == "exact":
        right.qualifier = left.qualifier
    elif right.qualified_after and right.qualifier == "approx" and left.qualifier == "exact":
        left.qualifier = "approx"
    return True


def _list(left: Hit, right: Hit, between: str) -> bool:
    """Whether the two stand side by side in a list of one unit."""
    if right.unit is None or between == "/" or (left.unit is None and between == ","):
        return False
    if left.unit is None:
        if not left.numeral.arabic or left.cls not in ("", "name"):
            return False
        left.unit, left.per = right.unit, right.per
        return True
    return left.unit.canonical == right.unit.canonical and between != ","


_PARTS = re.compile("结构|比例|比重|占比")  # of two shares, which could be a score or a time


def ratio(text: str, numbers: list[Hit]) -> bool:
    """5:1 as 5 倍; 11.1:36.3:52.6 or 结构为43:57 as shares of a hundred where they add up. Hits change in place.

    False where the numbers are neither; the caller then makes one name of them.
    """
    total = sum((hit.low for hit in numbers), Decimal(0))
    whole = abs(total - _HUNDRED) <= Decimal("0.5")
    if whole and (len(numbers) > 2 or _PARTS.search(text, max(0, numbers[0].start - 24), numbers[0].start)):
        for hit in numbers:
            hit.unit, hit.cls, hit.group = find_unit("%"), "claim", -1
        return True
    if len(numbers) == 2 and numbers[1].low == _ONE and numbers[1].end - numbers[1].start == 1:
        first, second = numbers
        first.end = second.end
        first.unit, first.cls = find_unit("倍"), "claim"
        return True
    return False
