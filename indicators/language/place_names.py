"""Names of places in a text: found by the gazetteer, the ambiguous ones decided by what stands around."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from indicators.language.gazetteer import CITY, COUNTY, PROVINCE, TOWN, Gazetteer
from indicators.language.han import RANGES
from indicators.language.local_names import COMMON, local_names
from indicators.language.longest_match import (
    Found,
    FoundInLines,
    HashedText,
    LongestMatch,
    all_beginnings,
    longest_of,
)
from indicators.language.villages import village_at

_BOUNDARY = re.compile(f"[^{RANGES}]|[在是到赴向与和由对为从据经、的]")
_PART_OF_TOWN = frozenset(("城区", "郊区", "矿区", "东区", "西区"))
_LANDFORM = re.compile(r"(?!水文站|水位站)[河山江湖溪岭路街桥港坝峡水]|大道|水库|流域|铁路|高速")
_SCOPED_COUNTIES = 40
_TWO = 2  # characters: names as short as this stand in many words


@dataclass(slots=True)
class Name:
    """A name at `[start, end)`, what it may mean and, once decided, its `division`; `weak`: a short name.

    `word` is the name as written where it is a full one.
    """

    start: int
    end: int
    candidates: tuple[int, ...]
    weak: bool
    division: int = -1
    word: str = ""


class NameFinder:
    """Finds and decides the names of one document. `context` are words about it (title, source, place).

    `counties` counts how often each county or one of its towns is named. Short names of counties, and short and former
    names of their towns, count only in documents that name the county in full or after its province.
    """

    def __init__(self, text: str, gazetteer: Gazetteer, context: str = "") -> None:
        self.text = text
        self.gazetteer = gazetteer
        self._mentioned: dict[str, bool] = {}
        self._paired = -1  # the only county that has two of the towns named, in a text that names no county
        hashed = HashedText(f"{context}\n{text}" if context else text)
        self._known = FoundInLines(hashed, gazetteer.scan)
        hints = self._listed(context)
        self._decide(hints, Counter())
        self._context = Counter(name.division for name in hints if name.division >= 0)
        self._names = self._listed(text)
        self._decide(self._names, self._context)
        found = (gazetteer.up(name.division, COUNTY) for name in [*hints, *self._names] if name.division >= 0)
        self.counties = Counter(county for county in found if county >= 0)
        self.called = self._called([*hints, *self._names])
        self._scoped_meanings, scan = self._scoped_names()
        self._scoped = FoundInLines(hashed, scan) if self._scoped_meanings else None

    def find(self, text: str = "") -> list[Name]:
        """Decided names, disjoint and in order: of the document's text, or of words about it such as its title."""
        names = self._names
        if text:
            names = self._listed(text)
            self._decide(names, self._context)
        scoped = self._scoped_matches(self._scoped, text or self.text, names) if self._scoped else []
        return leftmost_longest([*scoped, *names]) if scoped else names

    def _called(self, names: list[Name]) -> dict[int, str]:
        """County or city -> its former name, where only that is used: 章丘市 for what is a district today."""
        used: dict[int, set[str]] = {}
        for name in names:
            if name.division >= 0 and not name.weak and self.gazetteer.level[name.division] in (CITY, COUNTY):
                used.setdefault(name.division, set()).add(name.word or self.gazetteer.name[name.division])
        return {
            division: min(words)
            for division, words in used.items()
            if all(word[-1] != self.gazetteer.name[division][-1] for word in words)
        }

    def _listed(self, text: str) -> list[Name]:
        gazetteer, found, below = self.gazetteer, list[Name](), False
        full_names, any_names = gazetteer.kinds
        for start, end, word in self._known.within(text):
            row = gazetteer.rows[word]
            full = row < full_names
            if row >= any_names or (full and end - start == _TWO and not _stands_alone(text, found, start)):
                continue
            name = Name(start, end, gazetteer.meant(row), weak=not full, word=word if full else "")
            found.append(name)
            if all(gazetteer.level[i] <= CITY for i in name.candidates) and (child := self._short_child(text, name)):
                found.append(child)
                below = True
        return leftmost_longest(found) if below else found

    def _short_child(self, text: str, name: Name) -> Name | None:
        """山东|莒南: a county's short name right after its province or prefecture."""
        for above in name.candidates:
            shorts = self.gazetteer.short_children.get(above, {})
            for length in (6, 5, 4, 3, 2):
                end = name.end + length
                word = text[name.end : end]
                child = shorts.get(word)
                if child is None or (word in COMMON and not self._mentions(self.gazetteer.name[child])):
                    continue
                if text[end : end + 1] not in ("县", "市", "区", "旗", "州"):
                    return Name(name.end, end, (child,), weak=True)
        return None

    def _mentions(self, word: str) -> bool:
        """Whether the document's text holds a word; looked for once."""
        known = self._mentioned.get(word)
        if known is None:
            known = self._mentioned[word] = word in self.text
        return known

    def _decide(self, names: list[Name], context: Counter[int]) -> None:
        """Give every name its division: by neighbours, then by the county named last, then by what the text names."""
        gazetteer = self.gazetteer
        named = Counter(context)
        for name in names:
            if len(name.candidates) == 1 and gazetteer.level[name.candidates[0]] <= COUNTY:
                named[name.candidates[0]] += 1
        for index, count in list(named.items()):
            above = gazetteer.parent[index]
            while above >= 0:
                named[above] += count
                above = gazetteer.parent[above]
        towns = self._towns_by_county(names)
        paired = [county for county, count in towns.items() if count == _TWO] if not named else []
        self._paired = paired[0] if len(paired) == 1 and max(towns.values()) == _TWO else -1
        recent, before = -1, None
        for name, after in zip_longest(names, names[1:]):
            close = after if after is not None and after.start == name.end else None
            name.division = self._within(name, before) if before is not None and before.end == name.start else -1
            if name.division < 0:
                name.division = self._likeliest(name, close, recent, named, towns)
            county = gazetteer.up(name.division, COUNTY)
            recent, before = county if county >= 0 else recent, name

    def _towns_by_county(self, names: list[Name]) -> Counter[int]:
        """County -> distinct towns of it among all meanings of all names."""
        towns = {index for name in names for index in name.candidates if self.gazetteer.level[index] == TOWN}
        return Counter(self.gazetteer.parent[index] for index in towns)

    def _within(self, name: Name, before: Name) -> int:
        """The meaning that lies within the name right before: 福州市|鼓楼区."""
        if before.division < 0:
            return -1
        inside = (i for i in name.candidates if i != before.division and self.gazetteer.holds(before.division, i))
        return next(inside, -1)

    def _likeliest(self, name: Name, after: Name | None, recent: int, named: Counter[int], towns: Counter[int]) -> int:
        """The meaning with the most support; -1 where none has any (a town whose county the text never names)."""
        gazetteer, best, best_score = self.gazetteer, -1, 0.0
        alone = len(name.candidates) == 1
        if alone and gazetteer.level[name.candidates[0]] != TOWN:
            return name.candidates[0]
        for index in name.candidates:
            above = gazetteer.parent[index]
            higher = gazetteer.parent[above] if above >= 0 else -1
            score = 6.0 * (
                after is not None and any(i != index and gazetteer.holds(index, i) for i in after.candidates)
            )
            if gazetteer.level[index] == TOWN:
                score += 8 * (above == recent) + 4 * (named[above] > 0) + min(3, 0.1 * named[above])
                score += 0.5 * (towns[above] > 2 or above == self._paired) + (alone and named[higher] > 0)
                score += 0.5 * (alone and not named and name.end - name.start > 2)
            else:
                score += 3 * (above >= 0 and named[above] > 0) + (higher >= 0 and named[higher] > 0)
                score += min(2, 0.5 * towns[index]) + alone + 0.5 * (named[index] > 0)
                score += 0.2 * (gazetteer.level[index] == PROVINCE) + 0.1 * (gazetteer.level[index] == CITY)
            if score > best_score:
                best, best_score = index, score
        return best

    def _scoped_names(self) -> tuple[dict[str, tuple[int, ...]], Callable[[HashedText], list[Found]]]:
        """What the names that count only in this document may mean, and how they are found."""
        found: dict[str, tuple[int, ...]] = {}
        matches: list[LongestMatch] = []
        for county, _ in self.counties.most_common(_SCOPED_COUNTIES):
            local, match = local_names(self.gazetteer, county)
            matches.append(match)
            shared = {word: found[word] + local[word] for word in found.keys() & local.keys()}
            found.update(local)
            found.update(shared)
        return found, lambda text: longest_of(all_beginnings(matches, text), found, text.text)

    def _scoped_matches(self, scoped: FoundInLines, text: str, names: list[Name]) -> list[Name]:
        gazetteer, found = self.gazetteer, list[Name]()
        taken = {(name.start, name.end) for name in names if name.division >= 0}
        named = [(name.start, county) for name in names if (county := gazetteer.up(name.division, COUNTY)) >= 0]
        starts = [start for start, _ in named]
        for start, end, word in scoped.within(text):
            if (start, end) in taken:
                continue
            meanings = self._scoped_meanings[word]
            nearest = named[max(0, bisect_left(starts, start) - 1)][1] if named else -1
            division = next((i for i in meanings if gazetteer.up(i, COUNTY) == nearest), meanings[0])
            weak = word == gazetteer.short_name(division)
            if not weak or self._short_name_counts(text, end, division):
                found.append(Name(start, end, meanings, weak, division))
        return found

    def _short_name_counts(self, text: str, end: int, division: int) -> bool:
        """A short name is no river; a town's (西樵) needs its full name in the text or a village (高潭|中洞村)."""
        if _LANDFORM.match(text, end):
            return False
        if self.gazetteer.level[division] != TOWN:
            return True
        return self._mentions(self.gazetteer.name[division]) or village_at(text, end) > 0


def _stands_alone(text: str, found: list[Name], start: int) -> bool:
    """Two characters like 和县 or 城区 are a county's name only after its prefecture or at a boundary."""
    if found and found[-1].end == start:
        return True
    return text[start : start + 2] not in _PART_OF_TOWN and (not start or _BOUNDARY.match(text, start - 1) is not None)


def leftmost_longest(names: list[Name]) -> list[Name]:
    """Disjoint names, leftmost and longest first; of equals the first of the list."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda each: (each.start, -each.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept
