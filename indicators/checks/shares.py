"""A percent and its two numbers: 1185 of 2239 are 52.9 %, the text says 约53%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.checks.intervals import Interval
from indicators.checks.passages import Number, Passage, Relation, relation

_GROWTH = re.compile(r"(?:增|减|降|涨|提高|上升|同比|环比|超额|完成|利率|速)[^,;]{0,8}$")
_SHARE = re.compile(r"(?:占|率|比例|比重)")
_OF = re.compile(r"^[^,。;]{0,10},?占(?P<whole>[^,。;占]{2,16}?)(?:的|总数的|总量的|比重|比例)+(?:达到|达|约|近|为)*$")
_OWN_SHARE = re.compile(r"^[^,。;]{0,24},?(?:占比|占总数的?|占全[镇县市区村]的?|覆盖率)(?:达到|达|约|近|为)*$")
_WITHIN = re.compile(r"^[^。;]{0,14}其中[^,。;]{0,14}$")
_NOUN = re.compile(r"^[一-鿿]{1,4}")
_LABEL = re.compile(r"(?:达到|达|为|约|共有|共|有|是|近)*$")
_PLACE = re.compile(r"^(?:其中|年末|现|共|拥?有|[全我本该][省市州县区旗镇乡村]的?)*")
_HUNDRED = Interval(100.0, 100.0)


def shares(passage: Passage, numbers: Sequence[Number]) -> list[Relation]:
    """Each percent of a sentence whose two numbers are found, and whether they agree."""
    found = []
    for place, percent in enumerate(numbers):
        before = passage.before(percent)
        if percent.unit != "%" or percent.kind == "change" or not 0 < percent.value <= 100 or _GROWTH.search(before):
            continue
        earlier = [number for number in numbers[:place] if number.unit != "%" and number.value > 0]
        if not earlier:
            continue
        share = (
            _of_the_whole(passage, percent, earlier[-1], numbers[place - 1])
            or _pair(passage, percent, earlier)
            or _elsewhere(passage, percent, earlier[-1], numbers[place - 1])
        )
        if share:
            found.append(share)
    return found


def _of_the_whole(passage: Passage, percent: Number, part: Number, last: Number) -> Relation | None:
    """512万亩,占粮食种植面积的近50%: the whole is the number of the paragraph that 粮食种植面积 stands before."""
    words = _OF.match(passage.between(part, percent))
    if part is not last or not words:
        return None
    name = _PLACE.sub("", words["whole"])
    named: dict[bool, dict[float, Number]] = {True: {}, False: {}}
    for other in passage.paragraph(percent):
        label = _PLACE.sub("", _LABEL.sub("", passage.before(other, 24)))
        if name and other is not part and other.unit == part.unit and other.value >= part.value:
            named[label == name] |= {other.value: other} if label.endswith(name) else {}
    wholes = named[True] or named[False]
    if len(wholes) != 1:
        return None
    whole = next(iter(wholes.values()))
    return _judged(percent, part, whole, may_fail=bool(named[True]) and part.exact and whole.exact)


def _pair(passage: Passage, percent: Number, earlier: Sequence[Number]) -> Relation | None:
    """Two numbers of one unit before the percent; wrong only where the text itself says part and whole (其中)."""
    if not _SHARE.search(passage.text[earlier[-1].right : percent.left]):
        return None
    near = earlier[-4:]
    pairs = [(part, whole) for whole in near for part in near if part.unit == whole.unit and part.value < whole.value]
    for part, whole in sorted(pairs, key=lambda pair: -pair[1].value):
        found = _judged(percent, part, whole, may_fail=False) if part.exact and whole.exact else None
        if found:
            return found
    part, alike = near[-1], [number for number in near[:-1] if number.unit == near[-1].unit]
    if not alike or not part.exact or not alike[-1].exact or part.value >= alike[-1].value:
        return None
    link, said = passage.between(part, percent), _WITHIN.match(passage.between(alike[-1], part))
    if said and _OWN_SHARE.match(link) and "占全" not in link:
        return _judged(percent, part, alike[-1], may_fail=True)
    return None


def _elsewhere(passage: Passage, percent: Number, part: Number, last: Number) -> Relation | None:
    """The whole stands in another sentence, before the same noun (11个村(社区)…占比34%; 32个村居)."""
    noun = _NOUN.match(passage.after(part, 4))
    if part is not last or not part.exact or not noun or not _OWN_SHARE.match(passage.between(part, percent)):
        return None
    fitting = [
        other
        for other in passage.numbers
        if other.unit == part.unit
        and other.exact
        and other.value > part.value
        and (name := _NOUN.match(passage.after(other, 4)))
        and name.group()[0] == noun.group()[0]
        and _judged(percent, part, other, may_fail=False)
    ]
    if len({whole.value for whole in fitting}) != 1:
        return None
    return _judged(percent, part, fitting[0], may_fail=False)


def _judged(percent: Number, part: Number, whole: Number, *, may_fail: bool) -> Relation | None:
    """The relation where it holds, or where it does not and `may_fail`."""
    if whole.allowed.low <= 0:
        return None
    share = _HUNDRED * part.allowed / whole.allowed
    holds = share.meets(percent.allowed)
    if not holds and not may_fail:
        return None
    value = f"{100 * part.value / whole.value:.3g}%"
    return relation((part, whole, percent), f"{part.text} / {whole.text}", value, percent, holds=holds)
