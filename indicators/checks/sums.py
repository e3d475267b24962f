"""A total and its parts within a sentence: 126人 of whom 8人 and 118人; 36个, namely four named ones and 32个."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indicators.checks.intervals import Interval
from indicators.checks.passages import Number, Passage, Relation, amount, relation

_TOTAL = re.compile(r"(?:共|总|合计|累计|全部|全[省市县区镇乡村]|占地|拥有|设有|下辖|辖)[^,;:、]{0,12}$")
_PARTS = re.compile(r"其中|分别|包括|包含|含|即|由")
_SUMMED = re.compile(r"(?:合计|共计|总计)(?:有|达|为|约)*$")
_ADDED = re.compile(r"(?:合计|共计|总计|[共计])(?:有|达|为|约)*$")
_ONE_BY_ONE = re.compile(r"^[,:]?(?:分别为|分别是)")
_LISTED = re.compile(r"^[^,。;:]{0,8}[,:](?:分别为|分别是|分别有|包括|即)")
_CHANGE = re.compile(r"(?:增|减|降|涨|提高|上升|比|率|每|平均|人均|户均|均|原|从|由|到|至)[^,;、]{0,4}$")
_OPEN = re.compile(r"等|以上|左右")
_BRACKETS = re.compile(r"[“\"(][^”\")]{0,40}[”\")]")
_MOST = 12  # parts of one total
_SMALL = 10


def sums(passage: Passage, numbers: Sequence[Number]) -> list[Relation]:
    """Totals that equal the sum of their parts, and totals said to be a sum that they are not."""
    found: list[Relation] = []
    taken: set[int] = set()
    for place, total in enumerate(numbers):
        if not _countable(total) or total.left in taken:
            continue
        sum_ = (
            _parts_after(passage, total, _alike(total, numbers[place + 1 :]))
            or _named_parts(passage, total, numbers[place + 1 :])
            or _parts_before(passage, total, _alike(total, numbers[:place]))
        )
        if sum_:
            found.append(sum_)
            taken.update(number.left for number in sum_.numbers)
    return found


def _countable(number: Number) -> bool:
    return number.exact and number.value > 0 and number.unit != "%" and number.kind not in ("ratio", "change")


def _alike(total: Number, numbers: Sequence[Number]) -> list[Number]:
    return [number for number in numbers if number.unit == total.unit and number.per in ("", total.per)]


def _parts_after(passage: Passage, total: Number, parts: list[Number]) -> Relation | None:
    """The total stands first. Without a word that says so, three parts or two of like predicate are needed."""
    if len(parts) < 2 or _CHANGE.search(passage.before(total)):
        return None
    link = passage.between(total, parts[0]).replace("。其中", "其中")
    if set(link) & set("。;") or len(link) > 60:
        return None
    chosen: list[Number] = []
    for part in parts[:_MOST]:
        if not _countable(part) or part.value >= total.value or _CHANGE.search(passage.before(part)):
            break
        chosen.append(part)
        if len(chosen) > 1 and _equal(total, chosen) and _meant(passage, total, chosen, link):
            return _relation(total, chosen, holds=True)
    said = len(chosen) > 1 and _ONE_BY_ONE.match(link) and len(chosen) == len(parts) and total.value != len(chosen)
    if said and not _OPEN.search(passage.after(chosen[-1])) and not _equal(total, chosen):
        return _relation(total, chosen, holds=False)
    return None


def _meant(passage: Passage, total: Number, parts: list[Number], link: str) -> bool:
    if _PARTS.search(link) or _TOTAL.search(passage.before(total)):
        return True
    if total.value < _SMALL:
        return False  # small counts add up by chance
    if "、" in link and not set(link) & set(",:有"):
        return False  # the total is one of the list
    if len(parts) > 2:
        return True
    ends = [re.sub(r"\W", "", passage.after(part))[:3] for part in parts]
    return len(ends[0]) == 3 and ends[0][:3] == ends[1][:3]


def _named_parts(passage: Passage, total: Number, later: Sequence[Number]) -> Relation | None:
    """A list of names after the total: each is one, but for items that bring their own number of the same unit."""
    _, end = passage.sentences.span(total.left)
    listed = _LISTED.match(passage.text[total.right : end])
    own = [number for number in _alike(total, later) if _countable(number)]
    if not listed or not own:
        return None
    begin = total.right + listed.end()
    words = _BRACKETS.sub(lambda found: "□" * len(found.group()), passage.text[begin:end])
    words = re.split(r"[。;]", words)[0]
    values, used, at = [], [], begin
    for item in re.split(r"[、和及,]", words):
        inside = [number for number in own if at <= number.left < at + len(item)]
        if len(inside) > 1 or len(item) < 2:
            return None
        values.append(inside[0].value if inside else 1.0)
        used += inside
        at += len(item) + 1
    if len(values) < 2 or not used or len(used) == len(values) or sum(values) != total.value:
        return None
    sum_ = " + ".join(f"{value:g}" for value in values)
    return relation((total, *used), sum_, amount(total.value, total.unit), total, holds=True)


def _parts_before(passage: Passage, total: Number, parts: list[Number]) -> Relation | None:
    """The total stands last, after 合计, 共计 or 总计; 共 alone says too little for a fault."""
    before = passage.before(total)
    if len(parts) < 2 or not _ADDED.search(before):
        return None
    run: list[Number] = []
    for part in reversed(parts[-_MOST:]):
        if not _countable(part) or _CHANGE.search(passage.before(part)):
            return None
        run.insert(0, part)
        if len(run) > 1 and _equal(total, run):
            return _relation(total, run, holds=True)
    said = _SUMMED.search(before) and len(run) == len(parts) and _whole_list(passage, run)
    open_ = _OPEN.search(passage.between(run[-1], total))
    return _relation(total, run, holds=False) if said and not open_ else None


def _whole_list(passage: Passage, parts: Sequence[Number]) -> bool:
    """Whether the parts stand side by side and the sentence, which begins after a full stop, adds nothing to them."""
    begin, _ = passage.sentences.span(parts[0].left)
    whole = not begin or passage.text[:begin].rstrip("\n")[-1:] in "。!?”"
    alone = not re.search(r"\d|加|另|连同|以及", passage.text[begin : parts[0].left])
    return whole and alone and all("、" in passage.between(a, b) for a, b in pairwise(parts))


def _equal(total: Number, parts: Sequence[Number]) -> bool:
    whole = Interval(0.0, 0.0)
    for part in parts:
        whole = whole + part.allowed
    smallest, slack = min(part.value for part in parts), whole.high - whole.low
    same = abs(sum(part.value for part in parts) - total.value) <= 1e-9 * total.value
    return same or (slack < smallest / 2 and whole.meets(total.allowed))


def _relation(total: Number, parts: Sequence[Number], *, holds: bool) -> Relation:
    sum_ = " + ".join(part.text for part in parts)
    return relation((total, *parts), sum_, amount(sum(part.value for part in parts), total.unit), total, holds=holds)
