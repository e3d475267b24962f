"""Which way a change goes: 增长 and 提高 up, 下降 and 减少 down, 0 for a level."""

from __future__ import annotations

import re
from functools import lru_cache

from indicators.language.hit import Hit
from indicators.language.surroundings import NEAR, Around, trigger

_UP = (
    r"增长|增加|提高|提升|上升|上涨|增幅|涨幅|增速|增收|扩大|上浮|攀升|(?<!新)增|涨|多出|高出|高于|略高|稍高|快于|回升|增值"
    r"|[比较][^,。;]{1,10}快|同比|环比|同期[\d.]+[万亿]?[^,。;:\d]{1,3}多"
)
_DOWN = (
    r"下降|减少|降低|压减|压缩|缩减|回落|下调|缩小|缩短|下滑|下跌|降幅|跌幅|精简|低于|略低|稍低|慢于|收窄|(?<!少)减[收支]?|降|跌"
    r"|[比较][^,。;]{1,10}慢|同期[\d.]+[万亿]?[^,。;:\d]{1,3}少"
)
# 增幅达5%, 增幅2-5月分别为5%、4%
_NAMED = r"(?<=[幅率速])(?:可?达到?|为|是|均?在|控制在|[^,。;:]{1,10}分别[为是达])"
_CHANGE = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|率|幅度?|额|速度|(?:近|约|超过?)|{_NAMED}|达(?!到))*$")
_CHANGE_AFTER = re.compile(
    r"的?(?:年均|同比|快速|高速|较快|平稳|稳定|持续)?(?:速度)?(?P<up>增长|增速|增幅|涨幅|上涨)(?![到至为了])|的?(?P<down>降幅|跌幅)"
)
# 增长8.4%,比全省(7.7%)和全国平均水平(7.0%)分别高0.7、1.4个百分点; 增幅最大,分别为22.5%和21.6%
_BESIDE = re.compile(
    r"(?P<up>(?:增长|增速|增幅|下降)[^。;]{2,40}[比于较](?:[^,。;()]{1,12}\([^()]{1,12}\)[和、])?[^,。;()]{1,12}\($|[增涨]幅[^,。;\d]{1,6},分别[为是达]$)"
    r"|(?P<down>[降跌]幅[^,。;\d]{1,6},分别[为是达]$)"
)
_BESIDE_LAST = frozenset("(为是达")
_BESIDE_REACH = 64
_MARK = re.compile(r"[,。;:!?\n、(]")
_CLAUSE_MARK = re.compile(r"[,。;:!?\n(]")
# 改造提升1200亩, 转化提升14个: things made better are counted, they do not change by that number.
_COMPARED = re.compile("比|较|增幅|提升了")
_ANY_CHANGE = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")


def direction_of(text: str, hit: Hit, around: Around) -> int:
    """+1 after 增长, 提高 and the like, -1 after 下降, 减少; 0 where the number is a level (下降到40%)."""
    match = None
    dimension = hit.unit.dimension if hit.unit is not None else ""
    if around.near & trigger("change"):
        match = _change(_MARK.split(text[max(0, hit.start - 14) : hit.start])[-1])
        if match is None and dimension == "points":
            found = list(_ANY_CHANGE.finditer(_CLAUSE_MARK.split(text[max(0, hit.start - NEAR) : hit.start])[-1]))
            match = found[-1] if found else None
        if match is None and dimension == "share" and text[hit.start - 1 : hit.start] in _BESIDE_LAST:
            match = _BESIDE.search(text, max(0, hit.start - _BESIDE_REACH), hit.start)
    if match is None and dimension in ("share", "times"):
        match = _CHANGE_AFTER.match(text, hit.end)
    if match is None or _is_improved(hit, match):
        return 0
    return 1 if match["up"] else -1


@lru_cache(4096)
def _change(words: str) -> re.Match[str] | None:
    """The change that a few words right before a number end with; a corpus repeats them."""
    return _CHANGE.search(words)


def _is_improved(hit: Hit, change: re.Match[str]) -> bool:
    counted = hit.unit is not None and hit.unit.kind in ("count", "measure") and hit.unit.dimension != "points"
    return counted and change["up"] == "提升" and not _COMPARED.search(change.string, 0, change.end())
