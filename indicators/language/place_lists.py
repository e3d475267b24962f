"""Lists of places: neighbours that are named side by side stand for the finest place that holds them all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from indicators.language.gazetteer import Gazetteer
from indicators.language.place_governing import side_by_side
from indicators.language.place_paths import Spot

_DIGIT = re.compile(r"[\d.]")
_ITEM = re.compile(r"[\d.]+[^\d、,和。;]{0,8}")
LIST = "list"  # zone of a spot that stands for places which 分别 pairs with values


def listed(text: str, end: int, spots: list[Spot], gazetteer: Gazetteer) -> list[Spot]:
    """The spots of a sentence that ends at `end`, each list (A、B和C) as one: the place that holds all, or LIST."""
    groups = [[spots[0]]]
    for left, right in pairwise(spots):
        if side_by_side(text, left, right, gazetteer):
            groups[-1].append(right)
        else:
            groups.append([right])
    if len(groups) == len(spots):
        return spots
    respective = text.rfind("分别", spots[0].end, end)
    return [group[0] if len(group) == 1 else _joint(group, respective, gazetteer) for group in groups]


def _joint(group: list[Spot], respective: int, gazetteer: Gazetteer) -> Spot:
    first, last = group[0], group[-1]
    if respective >= last.end:
        return Spot(first.start, last.end, -1, zone=LIST)
    return Spot(first.start, last.end, common(group, gazetteer))


class PairedList:
    """甲县、乙县分别3个、5个: places and values pair by position where their counts agree.

    The values follow `begin`; each is read once, however many numbers ask.
    """

    def __init__(self, text: str, begin: int, spots: list[Spot], gazetteer: Gazetteer) -> None:
        self.division = common(spots, gazetteer)
        self._text = text
        self._spots = spots
        self._reached = begin
        self._starts: list[int] = []
        self._ends: list[int] = []

    def at(self, offset: int, sentence_end: int) -> Spot | None:
        """The place that the value at `offset` belongs to; its sentence ends at `sentence_end`."""
        self._read(sentence_end)
        if bisect_left(self._starts, sentence_end) < len(self._spots):
            return None
        index = bisect_right(self._starts, offset) - 1
        paired = index >= 0 and offset < min(self._ends[index], sentence_end)
        return self._spots[index] if paired else None

    def _read(self, end: int) -> None:
        """Read the values before `end`, each once."""
        while len(self._starts) < len(self._spots) and self._reached < end:
            found = _DIGIT.search(self._text, self._reached, end)
            value = _ITEM.match(self._text, found.start()) if found else None
            if value is not None:
                self._starts.append(value.start())
                self._ends.append(value.end())
            self._reached = value.end() if value is not None else end


def common(spots: list[Spot], gazetteer: Gazetteer) -> int:
    """The finest division that holds all spots, -1 where only the country does."""
    division = spots[0].division
    for spot in spots[1:]:
        division = gazetteer.common(division, spot.division) if division >= 0 else -1
    return division
