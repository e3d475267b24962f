"""Words that point back at a place: 全县, 该村, 我市, 村里, 各乡镇."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indicators.language.gazetteer import CITY, COUNTY, PROVINCE, TOWN, Gazetteer
from indicators.language.place_governing import at_opening, is_adjunct
from indicators.language.place_paths import Spot
from indicators.language.place_speech import SURNAME

REFERENCE = re.compile(
    r"(?<![安健周])全(?P<all>国|省|州|盟|市|县|区|旗|镇|乡|街道|村|社区)(?![场化性民际式运力域级管治面])"
    r"|(?:该|[我本](?!国)|这个)(?P<this>省|州|市|县|区|旗|镇|乡|街道|村|社区|小区)(?![场级里内])"
    r"|(?P<inside>村)里"
    r"|各(?P<every>镇|乡镇|乡|街道|乡\(镇\)|镇\(街)"
)
# Openings of a paragraph that goes on with the place before, and words that bring a person home.
CARRIES = re.compile(
    r"[“\"]|.{0,12}(?:该(?:村|社区|小区|镇|乡|街道|县|市|区|旗|基地|项目|公司|合作社|园)|村里|全村|本村|我们村|这个村|小区)"
    rf"|老?村(?:党总?支部|总?支部|委会)?(?:副?书记|支书|主任)[{SURNAME}]"
    r"|.{0,3}[他她]|此后|随后|接着|于是|后来"
)
HOME = re.compile(r"回到?了?(?:家乡|老家|故乡|故里|村里|村子)|[返回][乡村](?!村)")
_YARDSTICKS = (
    "占", "占到", "占据", "占了", "相当于", "高于", "低于", "居", "位居", "列", "位列", "超过", "比",
    "较", "跻身", "领跑", "为", "是", "被评为", "入选", "荣获", "获", "获得", "上升到", "走在", "处于",
)  # fmt: skip
_AFTER_YARDSTICK = re.compile(
    r"平均|第[一二三\d]|前[列茅\d十]|首|率先|领先|最|排[名第在]|居第|列第|位[居列]|总|重点|百强|十佳|先进|优秀|唯一|其他"
)
_LEVELS = {
    "省": (PROVINCE,),
    "州": (CITY,),
    "盟": (CITY,),
    "县": (COUNTY,),
    "旗": (COUNTY,),
    "": (COUNTY, CITY),
    "各县": (CITY, PROVINCE),
}
Called = Mapping[int, str]  # division -> the name that the document gives it
NO_NAMES: Called = {}
VILLAGE_KINDS = ("村", "社区", "小区")
TOWN_KINDS = ("镇", "乡", "街道")


def kind_of(match: re.Match[str], before: str) -> str | None:
    """What a reference points at: 县, 市, ... or "" (各乡镇: their county); None where it is only a yardstick.

    全省 and 全国 count only where they open a clause: 位居全省第3 speaks of no province.
    """
    if before.endswith(_YARDSTICKS) or _AFTER_YARDSTICK.match(match.string, match.end()):
        return None
    kind: str = match["all"] or match["this"] or match["inside"] or ""
    if kind in ("国", "省") and not at_opening(before):
        return None
    if match["all"] is None and is_adjunct(before):
        return None
    return kind


def refer(
    kind: str, topic: Spot | None, own: Spot | None, gazetteer: Gazetteer, called: Called = NO_NAMES
) -> tuple[Spot, bool] | None:
    """The county, city, district or province that a word of `kind` points at, and whether it is the document's own.

    `called` are the kinds that the document's own words give to divisions: 市 for a district that was a city then.
    """
    levels = _LEVELS.get(kind)
    if levels is not None:
        suffix = kind if kind in ("县", "旗") else ""
        asked = [(topic, False, levels, suffix, False), (own, True, levels, suffix, False)]
        return _first(asked, gazetteer, called)
    if kind == "市":
        below = (COUNTY, CITY, PROVINCE)
        asked = [(own, True, below, "市", True), (topic, False, below, "市", False), (own, True, below, "市", False)]
        return _first(asked, gazetteer, called)
    both = (COUNTY, PROVINCE)
    return _first([(topic, False, both, "区", False), (own, True, both, "区", False)], gazetteer, called)


def _first(
    asked: list[tuple[Spot | None, bool, tuple[int, ...], str, bool]], gazetteer: Gazetteer, called: Called
) -> tuple[Spot, bool] | None:
    for spot, is_own, levels, suffix, exact in asked:
        found = lift(spot, levels, gazetteer, suffix, exact, called)
        if found is not None:
            return found, is_own
    return None


def lift(
    spot: Spot | None,
    levels: tuple[int, ...],
    gazetteer: Gazetteer,
    suffix: str = "",
    exact: bool = False,
    called: Called = NO_NAMES,
) -> Spot | None:
    """A spot lifted to the first of `levels` whose name ends in `suffix`; `exact`: only if it is that already."""
    if spot is None or spot.division < 0:
        return None
    if suffix == "区" and spot.zone:
        return spot._replace(village="")
    for level in levels:
        if level == TOWN and spot.town:
            return spot._replace(village="")
        index = gazetteer.up(spot.division, level)
        if index < 0 or (exact and index != spot.division):
            continue
        if not called.get(index, gazetteer.name[index]).endswith(suffix):
            continue
        town = spot.town if level == TOWN else ""
        return spot._replace(division=index, town=town, village="", zone=spot.zone if index == spot.division else "")
    return None
