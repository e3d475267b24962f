"""Lists of places: neighbours that are named side by side stand for the finest place that holds them all."""

from __future__ import annotations

from indicators.language.gazetteer import Gazetteer
from indicators.language.place_governing import side_by_side
from indicators.language.place_paths import Spot

LIST = "list"  # zone of a spot that stands for places which 分别 pairs with values


def listed(text: str, end: int, spots: list[Spot], gazetteer: Gazetteer) -> list[Spot]:
    """The spots of a sentence that ends at `end`, each list (A、B和C) as one: the place that holds all, or LIST."""
    groups: list[list[Spot]] = []
    for spot in spots:
        if groups and side_by_side(text, groups[-1][-1], spot, gazetteer):
            groups[-1].append(spot)
        else:
            groups.append([spot])
    return [group[0] if len(group) == 1 else _joint(text, end, group, gazetteer) for group in groups]


def _joint(text: str, end: int, group: list[Spot], gazetteer: Gazetteer) -> Spot:
    first, last = group[0], group[-1]
    if "分别" in text[last.end : end]:
        return Spot(first.start, last.end, -1, zone=LIST)
    return Spot(first.start, last.end, common(group, gazetteer))


def common(spots: list[Spot], gazetteer: Gazetteer) -> int:
    """The finest division that holds all spots, -1 where only the country does."""
    division = spots[0].division
    for spot in spots[1:]:
        division = gazetteer.common(division, spot.division) if division >= 0 else -1
    return division
