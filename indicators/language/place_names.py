"""Named places of a text: names found, ambiguous ones decided, neighbours joined to paths (贺兰县|洪广镇|高荣村)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import ahocorasick_rs
import regex

from indicators.language.gazetteer import CITY, COUNTY, PROVINCE, TOWN, Gazetteer
from indicators.language.lexicon import lexicon
from indicators.language.villages import lone_villages, village_at

_COMMON = frozenset(row["word"] for row in lexicon("place_words") if row["use"] == "common")
_BEFORE_SHORT_COUNTY = regex.compile(r"(?:^|[^\p{Han}]|[在是到赴向与和由对为从、的])$")
_ZONE = regex.compile(
    r"\p{Han}{0,6}?(?:经济技术开发区|高新技术产业开发区|经济开发区|高新技术开发区|开发区|高新区|经开区|新区|示范区|"
    r"管理区|园区|产业园|度假区|保税区|风景区|林场|农场)"
)
_TOWN_AS_WRITTEN = regex.compile(r"(?!\p{Han}?[各个的一两几多全所该等])\p{Han}{2,3}?(?:镇|乡(?!镇|村)|街道)")
_AFTER_TOWN = regex.compile(r"[,、。;:()的党]|位于|人大|政府|办事处|通过|以|在|积极|依托")
_AFTER_VILLAGE = regex.compile(r"党支|党总支|党委|村民|村委|居民|居委|两委|第一书记|[,、。的]|位于")
_LANDFORM = regex.compile(r"[河山江湖溪岭路街桥站港坝峡水]|大道|水库|流域|铁路|高速")
_PLACE_WITHIN = regex.compile(r"(\p{Han}{2,6}?(?:经济合作社|合作社|小区|村民小组|养殖场|基地|小学|中学|自然村|屯))")


@dataclass(frozen=True, slots=True)
class Spot:
    """A named place in the text: `[start, end)` in folded offsets and what it names.

    `division` is the finest division of the gazetteer, -1 where there is none. `town` is a town that the gazetteer
    lacks, as written. `weak`: a short name (云南, 台山), which governs less.
    """

    start: int
    end: int
    division: int
    town: str = ""
    village: str = ""
    zone: str = ""
    weak: bool = False


@dataclass(slots=True)
class _Name:
    start: int
    end: int
    candidates: tuple[int, ...]
    weak: bool
    division: int = -1


class PlaceNames:
    """Finds the named places of one document. `context` are words about it (title, source, place)."""

    def __init__(self, text: str, gazetteer: Gazetteer, context: str = "") -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.counties: Counter[int] = Counter()
        self.local: dict[str, Spot] = {}
        hints = self._global_names(context)
        self._decide(hints, context, Counter())
        self._named = Counter(name.division for name in hints if name.division >= 0)
        names = self._global_names(text)
        self._decide(names, text, self._named)
        for name in [*hints, *names]:
            county = gazetteer.up(name.division, COUNTY) if name.division >= 0 else -1
            if county >= 0:
                self.counties[county] += 1
        self._names = names
        self._scoped = _scoped_names(gazetteer, self.counties)
        self.spots = self.read(text, names)

    def read(self, text: str, names: list[_Name] | None = None) -> list[Spot]:
        """Spots of the document's text, or of its title, in order and disjoint."""
        if names is None:
            names = self._global_names(text)
            self._decide(names, text, self._named)
        names = _merge(names, self._scoped_matches(text, names))
        spots = self._join(text, names)
        return self._with_villages(text, spots)

    def _global_names(self, text: str) -> list[_Name]:
        gazetteer, found = self.gazetteer, list[_Name]()
        for start, end, word in gazetteer.scan(text):
            if word in gazetteer.traps:
                continue
            full = gazetteer.names.get(word)
            name = _Name(start, end, full or gazetteer.shorts[word], weak=full is None)
            if len(word) == 2 and full and not self._stands_alone(text, found, start):
                continue
            found.append(name)
            if max(gazetteer.level[i] for i in name.candidates) <= CITY:
                found.extend(self._short_child(text, name))
        return _merge(found, [])

    def _stands_alone(self, text: str, found: list[_Name], start: int) -> bool:
        """Two characters like 和县 or 城区 are a county's name only after its prefecture or at a boundary."""
        if found and found[-1].end == start:
            return True
        return text[start : start + 2] not in _COMMON | {"城区", "郊区", "矿区", "东区", "西区"} and bool(
            _BEFORE_SHORT_COUNTY.search(text[max(0, start - 1) : start])
        )

    def _short_child(self, text: str, name: _Name) -> list[_Name]:
        """四川|犍为: a county's short name right after its province or prefecture."""
        for above in name.candidates:
            shorts = self.gazetteer.short_children.get(above, {})
            for length in (6, 5, 4, 3, 2):
                word = text[name.end : name.end + length]
                child = shorts.get(word)
                if child is None or (word in _COMMON and self.gazetteer.name[child] not in self.text):
                    continue
                if text[name.end + length : name.end + length + 1] not in "县市区旗州":
                    return [_Name(name.end, name.end + length, (child,), weak=True)]
        return []

    def _decide(self, names: list[_Name], text: str, context: Counter[int]) -> None:
        """Give every name its division; ambiguous ones by neighbours, then by what the document names."""
        gazetteer = self.gazetteer
        known = Counter(context)
        for name in names:
            if len(name.candidates) == 1 and gazetteer.level[name.candidates[0]] <= COUNTY:
                known[name.candidates[0]] += 1
        above = Counter[int]()
        for division, count in known.items():
            index = division
            while index >= 0:
                above[index] += count
                index = gazetteer.parent[index]
        towns = self._towns_by_county(names)
        recent = -1
        for position, name in enumerate(names):
            previous = names[position - 1] if position and names[position - 1].end == name.start else None
            following = (
                names[position + 1] if position + 1 < len(names) and names[position + 1].start == name.end else None
            )
            name.division = self._choose(name, previous, following, recent, above, towns)
            county = gazetteer.up(name.division, COUNTY) if name.division >= 0 else -1
            recent = county if county >= 0 else recent

    def _towns_by_county(self, names: list[_Name]) -> Counter[int]:
        gazetteer = self.gazetteer
        pairs = {
            (gazetteer.parent[i], text)
            for name in names
            for i in name.candidates
            for text in (gazetteer.name[i],)
            if gazetteer.level[i] == TOWN
        }
        return Counter(county for county, _ in pairs)

    def _choose(
        self,
        name: _Name,
        previous: _Name | None,
        following: _Name | None,
        recent: int,
        above: Counter[int],
        towns: Counter[int],
    ) -> int:
        gazetteer = self.gazetteer
        if previous is not None and previous.division >= 0:
            inside = [i for i in name.candidates if i != previous.division and gazetteer.holds(previous.division, i)]
            if inside:
                return inside[0]
        best, best_score = -1, 0.0
        for index in name.candidates:
            score = 0.0
            if following is not None and any(i != index and gazetteer.holds(index, i) for i in following.candidates):
                score += 6
            level = gazetteer.level[index]
            if level == TOWN:
                county = gazetteer.parent[index]
                score += 8 * (county == recent) + 4 * (above[county] > 0) + min(3, 0.1 * above[county])
                score += 0.5 * (towns[county] > 2) + (
                    above[gazetteer.parent[county]] > 0 if len(name.candidates) == 1 else 0
                )
                score += 0.5 * (len(name.candidates) == 1 and not above and name.end - name.start > 2)
            else:
                up = gazetteer.parent[index]
                score += 3 * (up >= 0 and above[up] > 0) + (
                    up >= 0 and gazetteer.parent[up] >= 0 and above[gazetteer.parent[up]] > 0
                )
                score += min(2, 0.5 * towns[index]) + (1 if len(name.candidates) == 1 else 0) + 0.5 * (above[index] > 0)
                score += 0.2 * (level == PROVINCE) + 0.1 * (level == CITY)
            if score > best_score:
                best, best_score = index, score
        return best

    def _scoped_matches(self, text: str, names: list[_Name]) -> list[_Name]:
        automaton, patterns = self._scoped
        if automaton is None:
            return []
        taken = {(name.start, name.end): name for name in names}
        found = []
        for pattern, start, end in automaton.find_matches_as_indexes(text):
            word = text[start:end]
            candidates = patterns[pattern]
            if (start, end) in taken and taken[start, end].division >= 0:
                continue
            recent = self._recent_county(names, start)
            division = next((i for i in candidates if self.gazetteer.up(i, COUNTY) == recent), candidates[0])
            weak = word == self.gazetteer.short[division]
            if weak and _LANDFORM.match(text, end):
                continue
            if weak and self.gazetteer.level[division] == TOWN and not self._short_town(text, end, division):
                continue
            found.append(_Name(start, end, candidates, weak, division))
        return found

    def _recent_county(self, names: list[_Name], start: int) -> int:
        recent = -1
        for name in names:
            if name.start >= start and recent >= 0:
                break
            county = self.gazetteer.up(name.division, COUNTY) if name.division >= 0 else -1
            recent = county if county >= 0 else recent
        return recent

    def _short_town(self, text: str, end: int, town: int) -> bool:
        """A town's short name (西樵) counts where the text has the full name too, or a village follows (高潭|中洞村)."""
        return self.gazetteer.name[town] in self.text or village_at(text, end) > 0

    def _join(self, text: str, names: list[_Name]) -> list[Spot]:
        """Neighbouring names, each within the one before, become one spot."""
        spots: list[Spot] = []
        for name in names:
            if name.division < 0:
                continue
            last = spots[-1] if spots else None
            if (
                last
                and last.end == name.start
                and not last.village
                and self.gazetteer.holds(last.division, name.division)
            ):
                spots[-1] = replace(last, end=name.end, division=name.division, weak=last.weak and name.weak)
            else:
                spots.append(Spot(name.start, name.end, name.division, weak=name.weak))
        return [self._extend(text, spot, spots, i) for i, spot in enumerate(spots)]

    def _extend(self, text: str, spot: Spot, spots: list[Spot], position: int) -> Spot:
        """Add a zone or a town that the gazetteer lacks, and the village, where they follow directly."""
        level = self.gazetteer.level[spot.division]
        limit = spots[position + 1].start if position + 1 < len(spots) else len(text)
        if level in (CITY, COUNTY) and not spot.weak:
            zone = _ZONE.match(text, spot.end, min(limit, spot.end + 16))
            if zone:
                return replace(spot, end=zone.end(), zone=zone.group())
            town = _TOWN_AS_WRITTEN.match(text, spot.end, limit) if level == COUNTY else None
            if town and (village_at(text, town.end()) or _AFTER_TOWN.match(text, town.end())):
                spot = replace(spot, end=town.end(), town=town.group())
        if level >= COUNTY or spot.town:
            end = village_at(text, spot.end)
            if end and end <= limit + 6 and (level == TOWN or spot.town or self._village_of_county(text, spot, end)):
                return replace(spot, end=end, village=text[spot.end : end])
        return spot

    def _village_of_county(self, text: str, spot: Spot, end: int) -> bool:
        """Right after a county's full name a village needs a sign: 隆德县十八里村村民, not 茅箭区做好乡村建设."""
        return not spot.weak and end - spot.end <= 5 and _AFTER_VILLAGE.match(text, end) is not None

    def _with_villages(self, text: str, spots: list[Spot]) -> list[Spot]:
        """Villages and places within villages that were named with their town before, wherever they stand again."""
        named: dict[str, Spot] = dict(self.local)
        for spot in spots:
            if spot.village:
                named.setdefault(spot.village, spot)
            if spot.village or spot.zone or spot.town or self.gazetteer.level[spot.division] == TOWN:
                within = _PLACE_WITHIN.match(text, spot.end)
                if within:
                    named.setdefault(within.group(1), spot)
        new: list[Spot] = []
        if named:
            found = regex.finditer("|".join(map(regex.escape, sorted(named, key=len, reverse=True))), text)
            new = [replace(named[match.group()], start=match.start(), end=match.end(), weak=False) for match in found]
        self.local = named
        if self.counties:
            new += [Spot(start, end, -1, village=text[start:end]) for start, end in lone_villages(text)]
        return _disjoint(spots, new)


def _scoped_names(
    gazetteer: Gazetteer, counties: Counter[int]
) -> tuple[ahocorasick_rs.AhoCorasick | None, list[tuple[int, ...]]]:
    """Names that count only where their county is named: its short name, its towns' other and short names."""
    found: dict[str, list[int]] = {}
    for county, _ in counties.most_common(40):
        short = gazetteer.short[county]
        if len(short) > 1 and short not in _COMMON:
            found.setdefault(short, []).append(county)
        for word, town in gazetteer.town_names(county).items():
            found.setdefault(word, []).append(town)
            stem = gazetteer.short[town]
            if len(stem) > 1 and stem not in _COMMON and stem != short:
                found.setdefault(stem, []).append(town)
    for trap in gazetteer.traps:
        found.pop(trap, None)
    if not found:
        return None, []
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(list(found), matchkind=kind), [tuple(dict.fromkeys(i)) for i in found.values()]


def _merge(left: list[_Name], right: list[_Name]) -> list[_Name]:
    """Names of both lists, leftmost-longest, disjoint; of equals the one of `right`."""
    merged: list[_Name] = []
    for name in sorted([*right, *left], key=lambda each: (each.start, -each.end)):
        if not merged or name.start >= merged[-1].end:
            merged.append(name)
    return merged


def _disjoint(spots: list[Spot], more: list[Spot]) -> list[Spot]:
    """Spots and those of `more` that overlap none of them, in order."""
    kept: list[Spot] = []
    for spot in sorted(
        [*((spot, 0) for spot in spots), *((spot, 1) for spot in more)],
        key=lambda each: (each[0].start, each[1], -each[0].end),
    ):
        if not kept or spot[0].start >= kept[-1].end:
            kept.append(spot[0])
        elif not spot[1] and kept[-1].end > spot[0].start and kept[-1].start < spot[0].start and not kept[-1].zone:
            kept[-1] = spot[0]
    return kept
