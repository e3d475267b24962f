"""What the corpus holds: its headline figures, what became of every number, which county reports which indicator.

Pure: the Overview and the report show the same.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indicators import charts
from indicators.app import rulebook
from indicators.app.selection import counties
from indicators.app.words import Language, word, word_of
from indicators.table import queries
from indicators.table.store import Rows

WIDEST = 60  # counties that a map of cells still shows


def headline(documents: Rows, numbers: Rows, claims: Rows) -> dict[str, int]:
    """Six figures, in the order to show: what there is, and how many indicators several counties report (shared)."""
    reported = claims.query(
        "SELECT indicator, count(DISTINCT nullif(county_code, '')) AS counties FROM {rows} GROUP BY indicator"
    )
    return {
        "documents": len(documents),
        "numbers": len(numbers),
        "claims": len(claims),
        "indicators": len(reported),
        "counties": len(claims.values("county_code")),
        "shared": int((reported["counties"] >= 2).sum()),
    }


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


def worded(found: pd.DataFrame, rules: Any, language: Language) -> pd.DataFrame:
    """`cells` with indicator_name and hover, ready for `charts.coverage`."""
    rows = found.assign(indicator_name=[rulebook.indicator_name(rules, name, language) for name in found["indicator"]])
    hover = [
        f"{row['county_label']} · {row['indicator_name']}<br>"
        + word(f"coverage.{row['state']}", language, claims=row["claims"], finer=row["finer"])
        for row in rows.to_dict("records")
    ]
    return rows.assign(hover=hover)


def states_legend(language: Language, look: charts.Look) -> list[tuple[str, str]]:
    """Colour and words of each state of a cell."""
    return [(look.states[name], word(f"coverage.legend.{name}", language)) for name in charts.STATES]


def fate_bar(numbers: Rows, language: Language, look: charts.Look) -> tuple[go.Figure, list[tuple[str, str]]] | None:
    """What became of every number as one bar, and its legend of (colour, words); None where there is no number."""
    counts = {name: count for name, count in fates(numbers).items() if count}
    if not counts:
        return None
    names = [word_of("fate", name, language) for name in counts]
    rows = charts.fate_rows(counts, names)
    words = [f"{name} {count:,}" for name, count in zip(names, counts.values(), strict=True)]
    return charts.shares(rows, look), list(zip(rows["colour"], words, strict=True))


def fates(numbers: Rows) -> dict[str, int]:
    """What became of every number: claimed, unclaimed, then the classes that are no claims, largest first."""
    found = numbers.query(
        "SELECT class, count(*) AS n, count(*) FILTER (indicator <> '') AS taken FROM {rows} "
        "GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    counts = {str(row["class"]): (int(row["n"]), int(row["taken"])) for row in found.to_dict("records")}
    claims, taken = counts.pop("claim", (0, 0))
    return {"claimed": taken, "unclaimed": claims - taken, **{name: count for name, (count, _) in counts.items()}}
