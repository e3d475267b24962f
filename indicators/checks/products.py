"""So many times so much: 146人 that each gain 3000元 against a total of 25万元; 亩 times a yield against an output."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indicators.checks.passages import Number, Passage, Relation, amount, relation

_EACH = {
    "人": re.compile(r"^[^,。;]{0,10},?(?:人均|每人)(?:[^,。;]{0,6})$"),
    "户": re.compile(r"^[^,。;]{0,10},?(?:户均|每户)(?:[^,。;]{0,6})$"),
    "亩": re.compile(r"^[^,。;]{0,10},?(?:亩产|平均亩产|亩均|每亩)(?:[^,。;]{0,6})$"),
}
_EARNED = re.compile(r"(?:收益|增收|收入|分红|盈利|创收|利润|发放|总产|总产量|产量)[^,;]{0,8}$")
_NOT = re.compile(r"投资|投入|筹|贷款|每|均")


def products(passage: Passage, numbers: Sequence[Number]) -> list[Relation]:
    """Totals of a sentence that equal number times rate, and those that are less than what was given out."""
    found = []
    for count, rate in pairwise(numbers):
        pattern = _EACH.get(count.unit)
        if pattern is None or not pattern.match(passage.between(count, rate)) or rate.unit in ("%", count.unit):
            continue
        totals = [
            number
            for number in numbers
            if number.unit == rate.unit
            and number is not rate
            and number.value > rate.value
            and _EARNED.search(words := passage.before(number))
            and not _NOT.search(words)
        ]
        if len(totals) != 1:
            continue
        harvest = count.unit == "亩" and "产量" in passage.before(totals[0])
        product = _judged(count, rate, totals[0], whole=harvest)
        if product:
            found.append(product)
    return found


def _judged(count: Number, rate: Number, total: Number, *, whole: bool) -> Relation | None:
    """`whole`: the product is all of the total, so that less is wrong too."""
    product = count.allowed * rate.allowed
    holds = product.meets(total.allowed)
    if not holds and not whole and product.low < total.allowed.high:
        return None  # what these few received may be a part of the total
    sum_, result = f"{count.text} × {rate.text}", amount(count.value * rate.value, total.unit)
    if holds:
        return relation((count, rate, total), sum_, result, total, holds=True)
    if product.low < total.allowed.high:
        return relation((count, rate, total), sum_, result, total, holds=False)
    zh, en = f"{sum_} = {result}，超过“{total.text}”", f"{sum_} = {result}, more than “{total.text}”"
    return Relation(False, (count, rate, total), zh, en)
