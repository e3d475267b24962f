"""Where places lie, from the gazetteer: points of counties, prefectures and provinces. Pure."""

from __future__ import annotations

from functools import cache

import pandas as pd

from indicators.language import gazetteer


def points(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with lat and lon (degrees) of their place, NaN for towns, villages and places that nobody has located."""
    divisions = gazetteer.load()
    found = []
    for level, code, province, city in zip(
        rows["level"], rows["county_code"], rows["province"], rows["city"], strict=True
    ):
        index = divisions.by_code.get(code, -1) if level == "county" else _division(level, province, city)
        found.append(tuple(divisions.point[index].tolist()) if index >= 0 else (float("nan"), float("nan")))
    return rows.assign(lat=[lat for lat, _ in found], lon=[lon for _, lon in found])


@cache
def ground() -> pd.DataFrame:
    """Every province, prefecture and county of the country, to give a map its shape: name (short), level, lat, lon."""
    divisions = gazetteer.load()
    at = sorted(divisions.by_code.values())
    rows = pd.DataFrame(divisions.point[at], columns=["lat", "lon"])
    rows["name"] = [divisions.short[index] or divisions.name[index] for index in at]
    rows["level"] = [gazetteer.LEVELS[divisions.level[index]] for index in at]
    return rows.dropna()


def _division(level: str, province: str, city: str) -> int:
    """The province or prefecture of that name, -1 where there is none."""
    divisions = gazetteer.load()
    name = {"province": province, "city": city}.get(level, "")
    for index in divisions.named(name):
        above = divisions.up(index, gazetteer.PROVINCE)
        if above >= 0 and divisions.name[above] == province and divisions.name[index] == name:
            return index
    return -1
