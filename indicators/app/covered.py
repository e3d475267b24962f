"""Which county reports which indicator: the cells of the coverage map; and what became of every number."""

from __future__ import annotations

import pandas as pd

from indicators.app.selection import counties
from indicators.table import queries
from indicators.table.store import Rows

WIDEST = 60  # counties that a map of cells still shows


def cells(claims: Rows, numbers: Rows, every: Rows, most: int = 40) -> pd.DataFrame:
    """The rows of `queries.coverage` with county_code and county_label, for the `most` indicators most widely reported.

    `claims` and `numbers` are those selected; `every` tells the counties that form the columns: one of which the
    selection says nothing is no_document. Of more than WIDEST counties those with most claims are shown.
    """
    places = counties(every)
    if len(places) > WIDEST:
        places = places[places["county_code"].isin(claims.values("county_code")[:WIDEST])]
    table = queries.coverage(claims.where("county_code <> ''"), numbers, places, most)
    if table.empty:
        return table.assign(county_code="", county_label="")
    named = places.rename(columns={"label": "county_label"})
    table = table.merge(named, on=["province", "city", "county"], how="inner")
    order = {indicator: position for position, indicator in enumerate(dict.fromkeys(table["indicator"]))}
    shown = table.assign(order=table["indicator"].map(order))
    return shown.sort_values(["order", "county_code"]).drop(columns="order").reset_index(drop=True)


def fates(numbers: Rows) -> dict[str, int]:
    """What became of every number: captured, unclaimed, then the classes that are no claims, largest first."""
    found = numbers.query(
        "SELECT class, count(*) AS n, count(*) FILTER (indicator <> '') AS taken FROM {rows} "
        "GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    counts = {str(row["class"]): (int(row["n"]), int(row["taken"])) for row in found.to_dict("records")}
    claims, taken = counts.pop("claim", (0, 0))
    return {"captured": taken, "unclaimed": claims - taken, **{name: count for name, (count, _) in counts.items()}}
