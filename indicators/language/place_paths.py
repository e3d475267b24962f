"""Named places of a text: neighbouring names joined to paths (贺兰县|洪广镇|高荣村), with villages, zones and farms."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from indicators.language.gazetteer import CITY, COUNTY, TOWN, Gazetteer
from indicators.language.han import HAN
from indicators.language.place_names import Name, NameFinder
from indicators.language.place_sites import Sites
from indicators.language.villages import is_village, lone_villages, village_at

_ZONE = re.compile(
    rf"(?![的各一和与及等]|{HAN}{{1,5}}[的和与及等]){HAN}{{0,6}}?(?:经济技术开发区|高新技术产业开发区|经济开发区|高新技术开发区|"
    r"开发区|高新区|经开区|新区|示范区|管理区|园区|产业园|度假区|保税区|风景区|林场|农场)"
)
_TOWN_AS_WRITTEN = re.compile(rf"(?!{HAN}?[各个的一两几多全所该等]){HAN}{{2,3}}?(?:镇|乡(?!镇|村)|街道)")
_AFTER_TOWN = re.compile(r"[,、。;:()的党]|位于|地处|下?辖|现有|总面积|人大|政府|办事处|通过|以|在|积极|依托")
_AFTER_VILLAGE = re.compile(r"党支|党总支|党委|村民|村委|居民|居委|两委|第一书记|[,、。的]|位于")
# A page without line breaks runs from a heading into the name: 基本情况甲村位于...
_VILLAGE_IN = re.compile(
    rf"(?:(?<!{HAN})|(?<=[概情]况|简介))({HAN}{{1,4}}(?:村|社区|嘎查))(?:是|位于|地处|隶属于?|属于?|坐落[于在])$"
)
_SITE = re.compile(
    rf"(?![的了各一在是和与有建等将])({HAN}{{2,6}}?(?:经济合作社|合作社|小区|村民小组|养殖场|基地|小学|中学|自然村|屯))"
)
_ZONE_ENDS = re.compile("[区园场]")
_ZONE_REACH = 16
_TOWN_KINDS = frozenset("镇乡街")
_VILLAGE_IN_ENDS = frozenset("是于处属在")
_SITE_ENDS = re.compile("社|小区|小组|养殖场|基地|学|村|屯")
_SITE_REACH = 12


class Spot(NamedTuple):
    """A named place at `[start, end)`, folded offsets.

    `division` is the finest division of the gazetteer, -1 for a village of which more is not known yet. `town` is a
    town that the gazetteer lacks, as written. `weak`: only short names (云南, 台山), which govern less.
    """

    start: int
    end: int
    division: int
    town: str = ""
    village: str = ""
    zone: str = ""
    weak: bool = False


class PlacePaths:
    """The named places of one document; `context` are words about it (title, source, place)."""

    def __init__(self, text: str, gazetteer: Gazetteer, context: str = "") -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.finder = NameFinder(text, gazetteer, context)
        self._sites: dict[str, Spot] = {}
        self.spots = self._read(text, self.finder.find())

    def read(self, words: str) -> list[Spot]:
        """Named places of words about the document, such as its title."""
        return self._read(words, self.finder.find(words)) if words else []

    def _read(self, text: str, names: list[Name]) -> list[Spot]:
        joined = self._join(text, names)
        limits = [*(spot.start for spot in joined[1:]), len(text)]
        spots = [self._extend(text, spot, limit) for spot, limit in zip(joined, limits, strict=False)]
        return self._with_sites(text, spots)

    def _join(self, text: str, names: list[Name]) -> list[Spot]:
        """Neighbouring names, each within the one before, become one spot."""
        spots: list[Spot] = []
        for name in names:
            if name.division < 0:
                continue
            last = spots[-1] if spots and spots[-1].end == name.start else None
            if last is not None and self._is_other_town(last, name):
                spots[-1] = last._replace(end=name.end, town=text[name.start : name.end])
            elif last is None or not self.gazetteer.holds(last.division, name.division):
                spots.append(Spot(name.start, name.end, name.division, weak=name.weak))
            elif last.division != name.division:  # else 东汪镇|东汪三村: the village's name repeats the town's
                spots[-1] = last._replace(end=name.end, division=name.division, weak=last.weak and name.weak)
        return spots

    def _is_other_town(self, county: Spot, name: Name) -> bool:
        """裕华区|太行街道: a town right after a county is the county's, whatever else has that name."""
        levels = self.gazetteer.level[county.division], self.gazetteer.level[name.division]
        return levels == (COUNTY, TOWN) and not county.town and not self.gazetteer.holds(county.division, name.division)

    def _extend(self, text: str, spot: Spot, limit: int) -> Spot:
        """Add a zone, a town that the gazetteer lacks, and the village, where they follow directly."""
        level = self.gazetteer.level[spot.division]
        if level in (CITY, COUNTY) and not spot.weak:
            reach = min(limit, spot.end + _ZONE_REACH)
            if _ZONE_ENDS.search(text, spot.end, reach) and (zone := _ZONE.match(text, spot.end, reach)):
                return spot._replace(end=zone.end(), zone=zone.group())
            may = level == COUNTY and not _TOWN_KINDS.isdisjoint(text[spot.end + 2 : spot.end + 4])
            town = _TOWN_AS_WRITTEN.match(text, spot.end, limit) if may else None
            if town and (village_at(text, town.end()) or _AFTER_TOWN.match(text, town.end())):
                spot = spot._replace(end=town.end(), town=town.group())
        may = text[spot.start - 1 : spot.start] in _VILLAGE_IN_ENDS
        named = _VILLAGE_IN.search(text[max(0, spot.start - 16) : spot.start]) if may else None
        if named and level >= COUNTY and is_village(named[1]):
            return spot._replace(village=named[1])
        may = level == TOWN or bool(spot.town) or (level == COUNTY and not spot.weak)
        end = village_at(text, spot.end) if may else 0
        if not end or end > limit + 6 or not (level == TOWN or spot.town or self._village_of_county(text, spot, end)):
            return spot
        short = self.gazetteer.short_name(spot.division)
        numbered = level == TOWN and end - spot.end == 2 and text.endswith(short, 0, spot.end)  # 宁晋县|东汪三村
        begin = spot.end - len(short) if numbered else spot.end
        return spot._replace(end=end, village=text[begin:end])

    def _village_of_county(self, text: str, spot: Spot, end: int) -> bool:
        """Right after a county's full name a village needs a sign: 隆德县十八里村村民, not 隆德县做好乡村建设."""
        return not spot.weak and end - spot.end <= 5 and _AFTER_VILLAGE.match(text, end) is not None

    def _with_sites(self, text: str, spots: list[Spot]) -> list[Spot]:
        """Villages, and estates or farms within them, that were named with their town, wherever they stand again."""
        sites = self._sites
        for spot in spots:
            if spot.village:
                sites.setdefault(spot.village, spot)
            if spot.village or spot.zone or spot.town or self.gazetteer.level[spot.division] == TOWN:
                may = _SITE_ENDS.search(text, spot.end, spot.end + _SITE_REACH)
                if may and (within := _SITE.match(text, spot.end)):
                    sites.setdefault(within.group(1), spot)
        again: list[Spot] = []
        if sites:
            again += Sites(sites).find(text)
        if self.finder.counties:
            again += [Spot(start, end, -1, village=text[start:end]) for start, end in lone_villages(text)]
        return _disjoint([self._known_village(text, spot, sites) for spot in spots], again)

    def _known_village(self, text: str, spot: Spot, sites: dict[str, Spot]) -> Spot:
        """A village named after its town, which was named with it before: the 村 after a town's short name is its."""
        end = spot.end + 1
        known = sites.get(text[spot.start : end]) if spot.weak and text.startswith("村", spot.end) else None
        return (
            spot if known is None or village_at(text, spot.start) > end else known._replace(start=spot.start, end=end)
        )


def _disjoint(spots: list[Spot], again: list[Spot]) -> list[Spot]:
    """Spots and those of `again` that overlap none of them, in order."""
    starts = [spot.start for spot in spots]
    kept: list[Spot] = []
    for spot in sorted(again, key=lambda each: (each.start, -each.end)):
        before = bisect_right(starts, spot.start) - 1
        free = before < 0 or spots[before].end <= spot.start
        free = free and (before + 1 == len(spots) or starts[before + 1] >= spot.end)
        if free and (not kept or kept[-1].end <= spot.start):
            kept.append(spot)
    return sorted([*spots, *kept], key=lambda each: each.start)
