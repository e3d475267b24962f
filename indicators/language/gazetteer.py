"""The gazetteer: China's divisions from province to town, their names, short names and former names.

Sources and licences: `data/NOTICE.md`. Loaded once, on first use, in about 15 ms: `load()` reads columns that
`tools/pack_gazetteer.py` made of the CSV tables.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources

import numpy as np
import numpy.typing as npt

from indicators.language.longest_match import Found, HashedText, LongestMatch

COUNTRY, PROVINCE, CITY, COUNTY, TOWN = range(5)
LEVELS = ("country", "province", "city", "county", "town")
_TOWN_SUFFIX = re.compile(r"(?:街道办事处|街道|办事处|苏木|地区|镇|乡)$")
_MUNICIPALITIES = {"110000", "120000", "310000", "500000"}


@dataclass(eq=False)
class Gazetteer:
    """Divisions as columns, sorted by code, towns after all coarser ones.

    Division i has `name[i]`, `short[i]` ("" where it has none; read a town's with `short_name`), `level[i]`,
    `parent[i]` (-1: none), the six-digit `code[i]` ("" for towns); for all but towns `point[i]`
    is its latitude and longitude, NaN where unknown.
    `zones` maps a division to the names of its development zones. `rows` maps each word that names a division or hides
    a name to its row: its meanings are `meanings[first[row] : first[row + 1]]`. Full names, abbreviations and former
    names have the rows before `kinds[0]`, short names of provinces and prefectures those before `kinds[1]`, the words
    that hide names (合作社 hides 合作市) the others.
    """

    name: list[str]
    short: list[str]
    code: list[str]
    level: bytes
    parent: list[int]
    point: npt.NDArray[np.float64]
    zones: dict[int, list[str]]
    rows: dict[str, int]
    first: npt.NDArray[np.int32]
    meanings: npt.NDArray[np.uint16]
    kinds: tuple[int, int]
    _known_paths: dict[int, tuple[str, str, str, str, str]] = field(default_factory=dict)
    _shorts: dict[int, str] = field(default_factory=dict)
    _meant: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def short_name(self, index: int) -> str:
        """The short name of a division: 台山 of 台山市, 八达营 of 八达营蒙古族乡; "" where it has none."""
        known = self._shorts.get(index)
        if known is None:
            known = self.short[index]
            if not known and self.level[index] == TOWN and len(stem := town_stem(self.name[index])) > 1:
                known = stem
            self._shorts[index] = known
        return known

    def path(self, index: int) -> tuple[str, str, str, str, str]:
        """The official names of the province, city, county and town that hold (or are) a division, and the county's
        code; "" where there is none. 北京, 天津, 上海 and 重庆 are cities of their own.
        """
        known = self._known_paths.get(index)
        if known is None:
            indices = [self.up(index, level) for level in (PROVINCE, CITY, COUNTY, TOWN)]
            province, city, county, town = (self.name[each] if each >= 0 else "" for each in indices)
            if indices[0] >= 0 and self.is_municipality(indices[0]):
                city = province
            known = province, city, county, town, self.code[indices[2]] if indices[2] >= 0 else ""
            self._known_paths[index] = known
        return known

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
    def by_code(self) -> dict[str, int]:
        """Six-digit code -> division."""
        return {code: index for index, code in enumerate(self.code) if code}

    @cached_property
    def by_short(self) -> dict[str, list[int]]:
        """Short name -> the counties that have it."""
        found: dict[str, list[int]] = {}
        for index in self.by_code.values():
            if self.level[index] == COUNTY:
                found.setdefault(self.short[index], []).append(index)
        return found

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Division -> the divisions right below it; -1: provinces."""
        found: dict[int, list[int]] = {}
        for index, parent in enumerate(self.parent):
            found.setdefault(parent, []).append(index)
        return found

    def named(self, word: str) -> tuple[int, ...]:
        """The divisions of which a word is the full name, a usual abbreviation (围场县, 凉山州) or a former name."""
        row = self.rows.get(word, -1)
        return self.meant(row) if 0 <= row < self.kinds[0] else ()

    def meant(self, row: int) -> tuple[int, ...]:
        """What the word of a row may mean, in the order of the divisions."""
        known = self._meant.get(row)
        if known is None:
            known = self._meant[row] = tuple(self.meanings[self.first[row] : self.first[row + 1]].tolist())
        return known

    def hides(self, word: str) -> bool:
        """Whether a word hides the name of a place: 合作社 hides 合作市 once it is matched whole."""
        return self.rows.get(word, -1) >= self.kinds[1]

    @cached_property
    def _matcher(self) -> LongestMatch:
        return LongestMatch(self.rows)

    def scan(self, text: HashedText) -> list[Found]:
        """Names and words that hide names in a text, leftmost-longest: (start, end, name), disjoint and in order.

        >>> load().scan(HashedText("走进贺兰县洪广镇的合作社"))
        [(2, 5, '贺兰县'), (5, 8, '洪广镇'), (9, 12, '合作社')]
        """
        return self._matcher.find(text)

    @cached_property
    def short_children(self) -> dict[int, dict[str, int]]:
        """Province or prefecture -> short name of a county or prefecture below it -> division, where that is unique."""
        found: dict[int, dict[str, list[int]]] = {}
        for index in self.by_code.values():
            if self.level[index] == PROVINCE or len(self.short[index]) < 2:
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


@cache
def load() -> Gazetteer:
    """The gazetteer shipped with the package, read once.

    >>> gazetteer = load()
    >>> index = gazetteer.by_code["130828"]
    >>> gazetteer.name[index], gazetteer.name[gazetteer.parent[index]]
    ('围场满族蒙古族自治县', '承德市')
    """
    columns = _columns(resources.files("indicators.language").joinpath("data", "gazetteer.bin").read_bytes())
    zones, code = enumerate(_lines(columns["zones"])), _lines(columns["code"])
    words = _lines(columns["words"])
    name = list(map(words.__getitem__, columns["name"].tolist()))
    return Gazetteer(
        name=name,
        short=_lines(columns["short"]),
        code=[*code, *[""] * (len(name) - len(code))],
        level=columns["level"].tobytes(),
        parent=columns["parent"].tolist(),
        point=columns["point"].reshape(-1, 2).astype(np.float64, copy=False),
        zones={index: names.split(" ") for index, names in zones if names},
        rows=dict(zip(words, range(len(words)), strict=True)),
        first=columns["first"].view(np.int32),
        meanings=columns["meanings"].view(np.uint16),
        kinds=(int(columns["kinds"][0]), int(columns["kinds"][1])),
    )


def _columns(packed: bytes) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of a packed file: one line of JSON, [name, dtype, bytes] a column, then the columns' bytes."""
    head, _, _ = packed.partition(b"\n")
    columns, start = {}, len(head) + 1
    for name, dtype, size in json.loads(head):
        columns[name] = np.frombuffer(packed[start : start + size], dtype)
        start += size
    return columns


def _lines(column: npt.NDArray[np.generic]) -> list[str]:
    return column.tobytes().decode().split("\n")
