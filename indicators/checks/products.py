"""So many times so much: 146人 that each gain 3000元 against a total of 25万元; 亩 times a yield against an output."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.checks.passages import Number, Passage, Relation, amount, relation

_EACH = {"人": re.compile(r"人均|每人"), "户": re.compile(r"户均|每户"), "亩": re.compile(r"亩产|亩均|每亩")}
_BEFORE = re.compile(r"(?:人均|每人|户均|每户|亩产|亩均|每亩)[^,;、]{0,6}$")
_EARNED = re.compile(r"(?:收益|增收|收入|分红|盈利|创收|利润|发放|总产|总产量|产量)[^,;]{0,8}$")
_GIVEN = re.compile(r"分红|发放")
_NOT = re.compile(r"投资|投入|筹|贷款|每|均")
_FAR = 24  # characters between the count and what each gets


def products(passage: Passage, numbers: Sequence[Number]) -> list[Relation]:
    """Totals of a sentence that equal number times rate, and those that are less than what was given out."""
    found = []
    for place, rate in enumerate(numbers):
        words = _BEFORE.search(passage.before(rate))
        units = [unit for unit, pattern in _EACH.items() if words and pattern.match(words.group())]
        counts = [number for number in numbers[:place] if number.unit in units]
        if not counts or rate.unit in ("%", counts[-1].unit):
            continue
        totals = [
            number
            for number in numbers
            if number.unit == rate.unit and number.value > rate.value and not _BEFORE.search(passage.before(number))
        ]
        product = _holding(counts[-1], rate, totals) or _failing(passage, counts[-1], rate, totals)
        if product:
            found.append(product)
    return found


def _holding(count: Number, rate: Number, totals: Sequence[Number]) -> Relation | None:
    product = count.allowed * rate.allowed
    for total in totals:
        if product.meets(total.allowed):
            result = amount(count.value * rate.value, total.unit)
            return relation((count, rate, total), f"{count.text} × {rate.text}", result, total, holds=True)
    return None


def _failing(passage: Passage, count: Number, rate: Number, totals: Sequence[Number]) -> Relation | None:
    """The one total that was earned or given out is less than these got; a harvest may not be more either."""
    earned = [
        total
        for total in totals
        if _EARNED.search(words := passage.before(total)) and not _NOT.search(words) and total.right < rate.left + 60
    ]
    between = passage.between(count, rate)
    if len(earned) != 1 or len(between) > _FAR or "。" in between:
        return None
    total, product = earned[0], count.allowed * rate.allowed
    given = _GIVEN.search(passage.before(total))
    if given and given.group() not in passage.before(rate):
        return None  # what was given out is but one of the ways in which they earned it
    sum_, result = f"{count.text} × {rate.text}", amount(count.value * rate.value, total.unit)
    if product.low > total.allowed.high:
        zh, en = f"{sum_} = {result}，超过“{total.text}”", f"{sum_} = {result}, more than “{total.text}”"
        return Relation(False, (count, rate, total), zh, en)
    if count.unit == "亩" and "产量" in passage.before(total):
        return relation((count, rate, total), sum_, result, total, holds=False)
    return None
