"""Which rankings two claims tables order differently: the places of one level by the value of one indicator."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from indicators.app import comparing
from indicators.app.background.protocol import Move
from indicators.table.observations import observations
from indicators.table.queries import LEVELS

Order = tuple[tuple[str, str], ...]
Key = tuple[str, str, str, str, str]


def moves(before: Mapping[Key, Order], after: Mapping[Key, Order]) -> tuple[Move, ...]:
    """The rankings whose places, order or values differ between two `orders`, by indicator and level."""
    keys = sorted({*before, *after}, key=lambda key: (key[0], LEVELS.index(key[1]), key[2:]))
    found = [(key, before.get(key, ()), after.get(key, ())) for key in keys]
    return tuple(Move(*key, left, right) for key, left, right in found if left != right)


def orders(claims: pd.DataFrame, copies: Mapping[str, str] | None = None) -> dict[Key, Order]:
    """(indicator, level, unit, time, basis) -> its places with their values, the greatest first.

    Rankings are those of the Compare page: observations of actual claims, each place's latest period.
    """
    rows = observations(claims, copies=copies)
    rows = rows[rows["level"].isin(LEVELS) & rows["value"].notna()]
    found: dict[Key, Order] = {}
    pairs = rows[["indicator", "level"]].drop_duplicates().itertuples(index=False, name=None)
    for indicator, level in pairs:
        for ranking in comparing.rankings(rows, claims, indicator, level, "zh", {}):
            latest = ranking.latest.sort_values(["value", "place"], ascending=[False, True], kind="stable")
            places = tuple(zip(latest["place"].astype(str), latest["label"].astype(str), strict=True))
            found[indicator, level, ranking.unit, ranking.time, ranking.basis] = places
    return found
