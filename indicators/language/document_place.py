"""The place a document is about, and places that words such as metadata name."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import takewhile

from indicators.language.folding import fold
from indicators.language.gazetteer import CITY, COUNTY, TOWN, Gazetteer
from indicators.language.han import HAN
from indicators.language.headings import is_heading
from indicators.language.place_governing import is_adjunct, words_before
from indicators.language.place_paths import PlacePaths, Spot

_MEDIA = re.compile(rf"{HAN}{{0,4}}(?:日报|晚报|时报|早报|晨报|电视台|广播|新闻网|网|客户端)")
_LOCAL_MEDIA = re.compile(
    rf"(?<!{HAN})(?P<name>{HAN}{{2,4}}?)[县市区旗]?(?:广播电视台|融媒体中心|融媒体?|电视台|报社|报(?![告道名表送导到刊]))"
)
_DAILIES = ("日报", "晚报", "时报", "早报", "晨报")
_OPENING = 60  # characters in which a portrait names its village
_OFTEN = 3  # times
_SEVERAL = 2  # towns that tell their county
_BYLINE = 120  # characters at either end of a text that may name who reports
_OURS = re.compile(r"[我全](县|市|区|旗|镇|乡|街道)(?![场域民])")
# The assembly that a report without a place in its title was given to: 在甲区第十届人民代表大会第三次会议上.
_ASSEMBLY = re.compile(r"在[^,。;\n]{2,20}第[一二三四五六七八九十]{1,3}届(?:人民代表大会|人大|委员会|政协)")
_REMEMBERED = 1024  # words of metadata and of rules, which name the same places again and again
_SHARE = 0.6  # share of all named places that makes one the document's own


@lru_cache(_REMEMBERED)
def find_place(words: str, gazetteer: Gazetteer) -> Spot | None:
    """The finest place that words name: a path, a name, a short name or a six-digit code; None where there is none."""
    words = fold(words).text.strip()
    if words in gazetteer.by_code:
        return Spot(0, len(words), gazetteer.by_code[words])
    spots = [spot for spot in PlacePaths(words, gazetteer).spots if spot.division >= 0]
    if spots:
        best = max(spots, key=lambda spot: (gazetteer.level[spot.division], spot.end))
        child = gazetteer.short_children.get(best.division, {}).get(words[best.end :])
        return best if child is None else Spot(best.start, len(words), child)  # 山东|莒南
    counties = gazetteer.by_short.get(words, []) if words else []
    return Spot(0, len(words), counties[0]) if len(counties) == 1 else None


def own_place(paths: PlacePaths, gazetteer: Gazetteer, title: str, source: str) -> Spot | None:
    """The place a document is about, None where it speaks of many.

    The title's county or town decides; a title that names only a province or city gives way to the county in it that
    the text names more often than the city itself. Else it is the county, and within it the town, that makes up
    most of what the text names; else the place of the source (a statistics office, no newspaper), else the city, else
    the one place that 我县 or 我镇 can mean.
    """
    titled = finest(paths.read(title or _headlines(paths.text)), gazetteer)
    if titled is None and (assembly := _ASSEMBLY.search(paths.text, 0, _BYLINE)):
        titled = finest(paths.read(assembly.group()), gazetteer)
    portrayed = _village_portrayed(paths, gazetteer)
    if portrayed is not None and (titled is None or gazetteer.holds(titled.division, portrayed.division)):
        return portrayed
    if titled is not None and gazetteer.level[titled.division] >= COUNTY:
        return titled
    named = [spot for spot in paths.spots if spot.division >= 0]
    cities = Counter(spot.division for spot in named if gazetteer.level[spot.division] == CITY)
    counties = Counter(gazetteer.up(spot.division, COUNTY) for spot in named)
    county = _dominant(counties)
    if titled is not None:
        if county >= 0 and gazetteer.holds(titled.division, county) and counties[county] > cities[titled.division]:
            return Spot(0, 0, county)
        if gazetteer.level[titled.division] == CITY or county < 0:
            return titled
    sources = [spot for spot in paths.read(source) if not _MEDIA.match(source, spot.end)]
    sourced = finest(sources, gazetteer)
    fits = sourced is None or gazetteer.level[sourced.division] < CITY or gazetteer.holds(sourced.division, county)
    if county >= 0 and fits:
        return _town_within(named, county, gazetteer) or Spot(0, 0, county)
    ours = _OURS.search(paths.text)
    if ours is not None and ours[1] in "县旗镇乡":  # no city's: a prefecture's paper tells of one of its counties
        if sourced is not None and gazetteer.level[sourced.division] >= COUNTY:
            return sourced
        return _spoken_of_as_ours(paths.text, ours[1], named, gazetteer)
    if sourced is not None and gazetteer.level[sourced.division] >= CITY:
        return sourced
    city = _dominant(Counter(gazetteer.up(spot.division, CITY) for spot in named))
    if cities[city] >= 2 or ours is None:
        return Spot(0, 0, city) if cities[city] >= 2 else None
    return _spoken_of_as_ours(paths.text, ours[1], named, gazetteer)


def _village_portrayed(paths: PlacePaths, gazetteer: Gazetteer) -> Spot | None:
    """The one village of a text that opens with it: 甲村位于乙县丙镇...; None where another is named."""
    first = next((spot for spot in paths.spots if spot.village or not spot.weak), None)
    if first is None or not first.village or first.start > _OPENING or gazetteer.up(first.division, COUNTY) < 0:
        return None
    villages = {spot.village for spot in paths.spots if spot.village}
    return first if len(villages) == 1 and paths.text.count(first.village) >= _OFTEN else None


def _spoken_of_as_ours(text: str, kind: str, spots: list[Spot], gazetteer: Gazetteer) -> Spot | None:
    """我镇, 全县: the only town, county or city of that kind that the text names; None where there are more.

    A place that ours is only measured by (首次超过甲县) is not ours. A county may be named by its towns alone.
    """
    strong = [spot for spot in spots if not spot.weak]
    named = [spot for spot in strong if gazetteer.name[spot.division].endswith(kind)]
    kinds = {spot.division for spot in named if not is_adjunct(words_before(text, 0, spot.start))}
    if not kinds:
        return _of_its_media(text, kind, gazetteer) or _of_its_towns(strong, kind, gazetteer)
    return Spot(0, 0, kinds.pop()) if len(kinds) == 1 else None


def _of_its_towns(spots: list[Spot], kind: str, gazetteer: Gazetteer) -> Spot | None:
    """我县 of a text that names two towns or more and no county: theirs; None where they are of several."""
    towns = {spot.division for spot in spots if gazetteer.level[spot.division] == TOWN}
    counties = {gazetteer.up(town, COUNTY) for town in towns}
    if len(towns) < _SEVERAL or len(counties) != 1:
        return None
    county = counties.pop()
    return Spot(0, 0, county) if county >= 0 and gazetteer.name[county].endswith(kind) else None


def _of_its_media(text: str, kind: str, gazetteer: Gazetteer) -> Spot | None:
    """我县 of a text that a county's own station reports: (青溪县融媒体中心记者...); None where it names no county."""
    for found in _LOCAL_MEDIA.finditer(text[:_BYLINE] + "\n" + text[-_BYLINE:]):
        counties = gazetteer.by_short.get(found["name"], [])
        if found.group().endswith(_DAILIES):
            continue  # most are a prefecture's
        if len(counties) == 1 and gazetteer.name[counties[0]].endswith(kind):
            return Spot(0, 0, counties[0])
    return None


def finest(spots: list[Spot], gazetteer: Gazetteer) -> Spot | None:
    """The finest of spots that lie within one another; None where they do not."""
    best: Spot | None = None
    for spot in spots:
        if spot.division < 0:
            continue
        if best is None or gazetteer.holds(best.division, spot.division):
            best = spot
        elif not gazetteer.holds(spot.division, best.division):
            return None
    return best


def _headlines(text: str) -> str:
    """The headings that open a text, at most three lines of it."""
    lines = [line for line in text.split("\n", 12)[:12] if line.strip()][:3]
    return "\n".join(takewhile(lambda line: is_heading(line, opens=True), lines))


def _dominant(counts: Counter[int]) -> int:
    """The division that is counted three times or more and makes up most of all; -1 where there is none."""
    counted = {division: count for division, count in counts.items() if division >= 0}
    if not counted:
        return -1
    best = max(counted, key=lambda division: counted[division])
    return best if counted[best] >= 3 and counted[best] >= _SHARE * sum(counted.values()) else -1


def _town_within(spots: list[Spot], county: int, gazetteer: Gazetteer) -> Spot | None:
    """The town that a document is about: named more often than all else of its county together."""
    inside = [spot.division for spot in spots if gazetteer.holds(county, spot.division)]
    town, count = Counter(inside).most_common(1)[0]
    is_own = gazetteer.level[town] == TOWN and count >= 3 and count >= _SHARE * len(inside)
    return Spot(0, 0, town) if is_own else None
