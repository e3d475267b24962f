"""The gazetteer: China's divisions from province to town, their names, short names and former names.

Sources and licences: `data/NOTICE.md`. Loaded once, on first use, in about 100 ms: `load()`.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources

from indicators.language.lexicon import lexicon
from indicators.language.longest_match import LongestMatch

COUNTRY, PROVINCE, CITY, COUNTY, TOWN = range(5)
LEVELS = ("country", "province", "city", "county", "town")
_TOWN_SUFFIX = re.compile(r"(?:街道办事处|街道|办事处|苏木|地区|镇|乡)$")
_AUTONOMOUS = re.compile(r"自治([州县旗])$")
_MUNICIPALITIES = {"110000", "120000", "310000", "500000"}


@dataclass
class Gazetteer:
    """Divisions as columns, sorted by code, towns after all coarser ones.

    Division i has `name[i]`, `short[i]` ("" where it has none; read a town's with `short_name`), `level[i]`,
    `parent[i]` (-1: none), the six-digit `code[i]` ("" for towns) and `point[i]`, latitude and longitude or None.
    `zones` maps a division to the names of its development zones, `children` to the divisions right below it.
    """

    name: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    level: list[int] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    point: list[tuple[float, float] | None] = field(default_factory=list)
    children: dict[int, list[int]] = field(default_factory=dict)
    zones: dict[int, list[str]] = field(default_factory=dict)
    by_code: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, short: str, code: str, level: int, parent: int) -> int:
        """Append a division and return its index."""
        index = len(self.name)
        self.name.append(name)
        self.short.append(short)
        self.code.append(code)
        self.level.append(level)
        self.parent.append(parent)
        self.point.append(None)
        self.children.setdefault(parent, []).append(index)
        return index

    def add_towns(self, cells: list[str], parent: int) -> None:
        """Append the towns of a division, written as in `divisions.csv`: 台城街道, 八达营蒙古族乡/八达营."""
        first = len(self.name)
        if "/" in "".join(cells):
            split = [cell.partition("/") for cell in cells]
            self.name += [name for name, _, _ in split]
            self.short += [short for _, _, short in split]
        else:
            self.name += cells
            self.short += [""] * len(cells)
        count = len(cells)
        self.code += [""] * count
        self.level += [TOWN] * count
        self.parent += [parent] * count
        self.point += [None] * count
        self.children.setdefault(parent, []).extend(range(first, first + count))

    def short_name(self, index: int) -> str:
        """The short name of a division: 台山 of 台山市, 八达营 of 八达营蒙古族乡; "" where it has none."""
        if self.short[index] or self.level[index] != TOWN:
            return self.short[index]
        stem = town_stem(self.name[index])
        return stem if len(stem) > 1 else ""

    def up(self, index: int, level: int) -> int:
        """The division of `level` that holds (or is) division `index`, -1 where there is none or `index` is -1."""
        while index >= 0 and self.level[index] > level:
            index = self.parent[index]
        return index if index >= 0 and self.level[index] == level else -1

    def holds(self, ancestor: int, index: int) -> bool:
        """Whether a division lies in (or is) another."""
        while index >= 0 and index != ancestor:
            index = self.parent[index]
        return index >= 0

    def common(self, left: int, right: int) -> int:
        """The finest division that holds both, -1 where only the country does."""
        while left >= 0 and not self.holds(left, right):
            left = self.parent[left]
        return left

    def is_municipality(self, index: int) -> bool:
        """Whether a division is 北京, 天津, 上海 or 重庆: province and city in one."""
        return self.code[index] in _MUNICIPALITIES

    @cached_property
    def names(self) -> dict[str, tuple[int, ...]]:
        """Full names, usual abbreviations (围场县, 凉山州, 八达营乡) and former names -> divisions."""
        found: dict[str, tuple[int, ...]] = {}

        def mean(name: str, index: int) -> None:
            known = found.get(name, ())
            if index not in known:
                found[name] = (*known, index)

        for index, name in enumerate(self.name):
            found[name] = (*found[name], index) if name in found else (index,)
        for index, name in enumerate(self.name):
            if len(name) > 4 and name[-1] in "县州旗乡处":
                for alias in _abbreviations(name, self.short_name(index)):
                    mean(alias, index)
        for row in lexicon("place_aliases"):
            mean(row["name"], self.by_code[row["code"]])
        in_use = frozenset(found)
        for row in lexicon("renames"):
            index = self.by_code.get(row["successor"], self.by_code.get(row["code"][:4] + "00", -1))
            if index >= 0 and row["name"] not in in_use:
                mean(row["name"], index)
        return found

    @cached_property
    def shorts(self) -> dict[str, tuple[int, ...]]:
        """Short names of provinces and prefectures (云南, 丽江) -> divisions, provinces first."""
        found: dict[str, list[int]] = {}
        for index in range(len(self.name)):
            if self.level[index] in (PROVINCE, CITY) and self.short[index]:
                found.setdefault(self.short[index], []).append(index)
        return {name: tuple(indices) for name, indices in found.items()}

    @cached_property
    def traps(self) -> frozenset[str]:
        """Words that hide the name of a place: 合作社 hides none once it is matched whole."""
        return frozenset(row["word"] for row in lexicon("place_traps"))

    @cached_property
    def _matcher(self) -> LongestMatch:
        return LongestMatch({*self.names, *self.shorts, *self.traps})

    def scan(self, text: str) -> list[tuple[int, int, str]]:
        """Names and traps in a text, leftmost-longest: (start, end, name), disjoint and in order.

        >>> load().scan("走进贺兰县洪广镇的合作社")
        [(2, 5, '贺兰县'), (5, 8, '洪广镇'), (9, 12, '合作社')]
        """
        return self._matcher.find(text)

    @cached_property
    def short_children(self) -> dict[int, dict[str, int]]:
        """Province or prefecture -> short name of a county or prefecture below it -> division, where that is unique."""
        found: dict[int, dict[str, list[int]]] = {}
        for index in range(len(self.name)):
            if self.level[index] not in (CITY, COUNTY) or len(self.short[index]) < 2:
                continue
            above = self.parent[index]
            while above >= 0:
                found.setdefault(above, {}).setdefault(self.short[index], []).append(index)
                above = self.parent[above]
        return {
            above: {short: min(indices, key=lambda i: self.level[i]) for short, indices in shorts.items()}
            for above, shorts in found.items()
        }

    def town_names(self, county: int) -> dict[str, int]:
        """Every way to name a town of a county with its kind: 台城街道, 台城镇, 台城街道办事处 -> town."""
        found: dict[str, int] = {}
        for town in self.children.get(county, ()):
            if self.level[town] != TOWN:
                continue
            found[self.name[town]] = town
            stem = self.short_name(town) or town_stem(self.name[town])
            for suffix in ("镇", "乡", "街道", "办事处", "街道办"):
                found.setdefault(stem + suffix, town)
        return found


def town_stem(name: str) -> str:
    """A town's name without its kind: 台城街道 -> 台城."""
    return _TOWN_SUFFIX.sub("", name)


def _abbreviations(name: str, short: str) -> list[str]:
    autonomous = _AUTONOMOUS.search(name)
    if autonomous and short:
        return [short + autonomous.group(1), *([f"{short}自治{autonomous.group(1)}"])]
    if name.endswith("族乡") and short:
        return [short + "乡", short + "民族乡"]
    if name.endswith("办事处"):
        return [town_stem(name) + "街道"]
    return []


@cache
def load() -> Gazetteer:
    """The gazetteer shipped with the package, read once.

    >>> gazetteer = load()
    >>> index = gazetteer.by_code["130828"]
    >>> gazetteer.name[index], gazetteer.name[gazetteer.parent[index]]
    ('围场满族蒙古族自治县', '承德市')
    """
    text = resources.files("indicators.language").joinpath("data", "divisions.csv").read_text("utf-8")
    gazetteer = Gazetteer()
    rows = list(csv.reader(io.StringIO(text)))[1:]
    for code, name, short, latitude, longitude, _, zones in rows:
        level = PROVINCE if code.endswith("0000") else CITY if code.endswith("00") else COUNTY
        parent = -1 if level == PROVINCE else _parent(gazetteer, code, level)
        index = gazetteer.add(name, short or _short(name), code, level, parent)
        gazetteer.by_code[code] = index
        gazetteer.point[index] = (float(latitude), float(longitude)) if latitude and longitude else None
        if zones:
            gazetteer.zones[index] = zones.split(" ")
    for code, *_, towns, _zones in rows:
        if towns:
            gazetteer.add_towns(towns.split(" "), gazetteer.by_code[code])
    return gazetteer


def _parent(gazetteer: Gazetteer, code: str, level: int) -> int:
    above = code[:2] + "0000" if level == CITY else code[:4] + "00"
    return gazetteer.by_code.get(above, gazetteer.by_code.get(code[:2] + "0000", -1))


def _short(name: str) -> str:
    return name[:-1] if len(name) > 2 else ""
