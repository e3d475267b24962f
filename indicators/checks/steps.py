"""From, change and to: 300元 raised by 200元 to 500元; 400户 to 500户, up 25 %; 120亿元, 20亿元 more, up 20 %."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.checks.intervals import Interval
from indicators.checks.passages import Number, Passage, Relation, amount, relation

_UP = "增加|提高|增长|上涨|上调|上升|扩大|新增"
_DOWN = "减少|下降|降低|下调|压减|缩减|缩小"
_BY = re.compile(rf"(?P<up>{_UP})?(?P<down>{_DOWN})?(?:幅度?|率)?(?:了|约|达|为)*$")
_TO = re.compile(r"^[^。;]{0,8}(?:到|至|达|为)了?$")
_MOVED_TO = re.compile(rf"^[^。;]{{0,16}}(?:{_UP}|{_DOWN}|发展|变)(?:到|至|为)了?[^,。;]{{0,10}}$")
_FROM = re.compile(r"(?:从|由|原来|原先|过去|原)[^,;]{0,16}$")
_OVER_TIME = re.compile(r"年均|平均|同比|环比|可比|名义|实际")
_HUNDRED = Interval(100.0, 100.0)


def steps(passage: Passage, numbers: Sequence[Number]) -> list[Relation]:
    """Three numbers that stand one after another in a sentence as from, change and to, in one of three orders."""
    found: list[Relation] = []
    for triple in zip(numbers, numbers[1:], numbers[2:], strict=False):
        step = _raised_by(passage, *triple) or _raised_to(passage, *triple) or _more_than_before(passage, *triple)
        if step:
            found.append(step)
    return found


def _sign(passage: Passage, change: Number) -> int:
    """+1 after 增加, -1 after 减少, 0 where neither stands right before the number."""
    words = _BY.search(passage.text[max(0, change.left - 8) : change.left])
    if not words or (words["up"] is None) == (words["down"] is None):
        return 0
    return 1 if words["up"] else -1


def _raised_by(passage: Passage, old: Number, change: Number, new: Number) -> Relation | None:
    """从300元增加200元,提高到500元."""
    sign = _sign(passage, change)
    if not sign or not _like(old, new) or not _TO.match(passage.between(change, new)) or old.right == change.left:
        return None
    if "。" in passage.between(old, change) or len(passage.between(old, change)) > 16:
        return None
    said = _FROM.search(passage.text[max(0, old.left - 20) : old.left]) is not None
    return _judged(old, change, new, sign, may_fail=said)


def _raised_to(passage: Passage, old: Number, new: Number, change: Number) -> Relation | None:
    """由400户增加到500户,增长25%."""
    sign, link = _sign(passage, change), passage.between(new, change)
    moved = _MOVED_TO.match(passage.between(old, new)) and _FROM.search(passage.text[max(0, old.left - 20) : old.left])
    if not sign or not moved or not _like(old, new) or len(link) > 8 or _OVER_TIME.search(link):
        return None
    return _judged(old, change, new, sign, may_fail=True)


def _more_than_before(passage: Passage, new: Number, change: Number, rate: Number) -> Relation | None:
    """达到120亿元,比上年增加20亿元,增长20%. Growth may be at constant prices: only agreement is told."""
    sign, same = _sign(passage, change), _sign(passage, rate)
    near = len(passage.between(new, change)) <= 14 and len(passage.between(change, rate)) <= 6
    if not sign or sign != same or rate.unit != "%" or not _like(new, change) or not near or not new.exact:
        return None
    old = new.allowed - change.allowed if sign > 0 else new.allowed + change.allowed
    if old.low <= 0 or not (_HUNDRED * change.allowed / old).meets(rate.allowed):
        return None
    before = new.value - sign * change.value
    sum_ = f"{change.text} / ({new.text} {'-' if sign > 0 else '+'} {change.text})"
    return relation((new, change, rate), sum_, f"{100 * change.value / before:.3g}%", rate, holds=True)


def _like(one: Number, other: Number) -> bool:
    return one.unit == other.unit and one.unit != "%" and (not one.per or not other.per or one.per == other.per)


def _judged(old: Number, change: Number, new: Number, sign: int, *, may_fail: bool) -> Relation | None:
    way = "+" if sign > 0 else "-"
    if change.unit == old.unit:
        step, value = change.allowed, old.value + sign * change.value
        sum_ = f"{old.text} {way} {change.text}"
    elif change.unit == "%":
        step = old.allowed * change.allowed / _HUNDRED
        value = old.value * (1 + sign * change.value / 100)
        sum_ = f"{old.text} × (1 {way} {change.text})"
    else:
        return None
    reached = old.allowed + step if sign > 0 else old.allowed - step
    exact = old.exact and change.exact and new.exact
    if exact and change.unit == old.unit and step.high - step.low > change.value / 10:
        holds = abs(value - new.value) <= 1e-9 * new.value  # 3万元 is written in full, not rounded by half
    else:
        holds = reached.meets(new.allowed)
    if not holds and not (may_fail and exact):
        return None
    return relation((old, change, new), sum_, amount(value, new.unit), new, holds=holds)
