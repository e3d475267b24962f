"""What sort of value a claim states (count, amount, ratio, change, measure, price) and per what."""

from __future__ import annotations

import re

from indicators.language.hit import Hit
from indicators.language.surroundings import Around, trigger
from indicators.language.units import canonical

_EACH = re.compile(
    r"每(?:个|一个?|位|名)?(?P<each>十万人|[百千万][人名户](?!次)|平方米|平方公里|立方米|公斤|千克|工作日|学年|季度|小时|行政村|自然村|村民小组|乡镇|片区|网格|股(?![东民份])|月份"
    r"|[年月日天周季人户亩斤吨米家村镇名位次期栋间头只株棵台辆件单张份座处所班组届户社])"
    r"|单(?P<single>[户人次])|(?P<mean>千人|[人户亩村日月年周社单户镇家店])均|(?P<yield>亩)产"
    r"|(?<![去今前明本上同当近个多半全每\d])(?P<time>[月日]|(?<!均)年)(?=工资|租金|薪|收入|产|纯收入|净收入|租|营业|销售|育|接待|处理|加工|出栏|分红|利润)"
)
_BEHIND = re.compile(r"(?:钱)?一(?P<unit>[天个人斤亩年户次](?:月)?|平方米|公斤)(?![\u4e00-\u9fff])")
_BEHIND_FIRST = frozenset("钱一")
_STOP = re.compile(r"[,。;:!?\n、\d]")
_REACH = 22
_SYNONYMS = {"名": "人", "位": "人", "天": "日", "日": "日", "月份": "月", "季": "季度"}
_COUNTED = {"人", "户"}


def denominator(text: str, hit: Hit, around: Around) -> str:
    """The unit after 每, before 均 or after / that the number is per; "" where there is none.

    >>> _EACH.search("每平方米出租价钱")["each"]
    '平方米'
    """
    if hit.per:
        return _name(hit.per)
    if hit.unit is not None and hit.unit.dimension in ("share", "points", "times"):
        return ""
    behind = _BEHIND.match(text, hit.end, hit.end + 6) if text[hit.end : hit.end + 1] in _BEHIND_FIRST else None
    if behind and hit.unit is not None and hit.unit.kind == "amount":
        return _name(behind["unit"].replace("个月", "月"))
    if not around.near & trigger("each"):
        return ""
    left = _STOP.split(text[max(0, hit.start - _REACH) : hit.start])[-1]  # nothing beyond the number before
    every = list(_EACH.finditer(left))
    if not every:
        return ""
    found = every[-1]
    return _name(found["each"] or found["single"] or found["mean"] or found["yield"] or found["time"])


def _name(words: str) -> str:
    first = re.split(r"[·./]", words)[0]
    first = first.replace("名", "人") if len(first) > 1 else first
    return _SYNONYMS.get(first, canonical(first) if first not in ("月", "年") else first)


def kind_of(text: str, hit: Hit) -> str:
    """Kind of a claim, from its unit, its direction and its denominator."""
    if hit.unit is None:
        return "measure"
    if hit.direction or hit.unit.dimension == "points" or hit.unit.written in ("番", "位次"):
        return "change"
    if hit.low < 0 and hit.unit.dimension == "share":
        return "change"  # 能耗-3.3%
    if hit.unit.kind == "amount" and hit.per and hit.per != "年":
        return "amount" if f"{hit.per}均" in text[max(0, hit.start - _REACH) : hit.start] else "price"
    return hit.unit.kind
