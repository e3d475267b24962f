"""Which county reports which indicator: the cells of the coverage map; and what became of every number. Pure."""

from __future__ import annotations

import pandas as pd

from indicators.app.selection import counties
from indicators.table import queries


def cells(claims: pd.DataFrame, numbers: pd.DataFrame, every: pd.DataFrame, most: int = 40) -> pd.DataFrame:
    """The rows of `queries.coverage` with county_code and county_label, for the `most` indicators most widely reported.

    `claims` and `numbers` are those selected; `every` is all quantities, whose counties form the columns: one of which
    the selection says nothing is no_document.
    """
    places = counties(every)
    table = queries.coverage(claims[claims["county_code"] != ""], numbers, places)
    if table.empty:
        return table.assign(county_code="", county_label="")
    named = places.rename(columns={"label": "county_label"})
    table = table.merge(named, on=["province", "city", "county"], how="inner")
    reached = (table["claims"] > 0).groupby(table["indicator"]).sum() * 1000
    reached += (table["finer"] > 0).groupby(table["indicator"]).sum()
    kept = list(reached.sort_values(ascending=False, kind="stable").index[:most])
    order = table["indicator"].map({indicator: position for position, indicator in enumerate(kept)})
    shown = table.assign(order=order)[order.notna()]
    return shown.sort_values(["order", "county_code"]).drop(columns="order").reset_index(drop=True)


def fates(numbers: pd.DataFrame) -> dict[str, int]:
    """What became of every number: captured, unclaimed, then the classes that are no claims, largest first."""
    claim, taken = numbers["class"] == "claim", numbers["indicator"] != ""
    others = numbers.loc[~claim, "class"].value_counts()
    return {
        "captured": int((claim & taken).sum()),
        "unclaimed": int((claim & ~taken).sum()),
        **{str(name): int(count) for name, count in others.items()},
    }
