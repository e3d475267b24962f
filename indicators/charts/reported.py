"""Which county reports which indicator, and what became of every number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.look import Look, dress, fate_colours
from indicators.charts.steps import pixels


def coverage(cells: pd.DataFrame, look: Look) -> go.Figure:
    """Indicator x county map of what is reported, a bar of length 1 a cell, so that a cell is chosen anywhere in it.

    A cell is reported (its count of claims), finer (only towns or villages of the county report it, their count),
    not_reported (documents speak of the county, none reports the indicator) or no_document: none of them is 0.
    Cells: indicator, indicator_name, county_code, county_label, state (of STATES), claims, finer, hover; every county
    for every indicator, in the order to draw. `customdata` of a point is [indicator, county_code].
    """
    rows = list(dict.fromkeys(cells["indicator_name"]))
    columns = list(dict.fromkeys(cells["county_label"]))
    count = cells["claims"].where(cells["state"] == "reported", cells["finer"])
    written = count.astype(str).where(cells["state"].isin(["reported", "finer"]), "")
    figure = go.Figure()
    for position, county in enumerate(columns):
        own = cells[cells["county_label"] == county]
        fill = {"color": own["state"].map(look.states), "line": {"width": 1, "color": look.quiet}, "cornerradius": 3}
        figure.add_trace(
            go.Bar(
                orientation="h",
                x=[0.92] * len(own),
                base=position + 0.04,
                y=own["indicator_name"],
                marker=fill,
                text=written[own.index],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                insidetextfont={"color": own["state"].map(look.inks), "size": 12},
                customdata=own[["indicator", "county_code"]].to_numpy(),
                hovertext=own["hover"],
                hoverinfo="text",
            )
        )
    dress(figure, look, 88 + 28 * max(len(rows), 1))
    figure.update_layout(barmode="overlay", bargap=0.14)
    figure.update_xaxes(
        tickvals=[position + 0.5 for position in range(len(columns))],
        ticktext=columns,
        range=[0, len(columns)],
        side="top",
        showgrid=False,
        autotickangles=[0, 45, 90],
    )
    figure.update_yaxes(categoryorder="array", categoryarray=rows[::-1], showgrid=False)
    return figure


def coverage_width(cells: pd.DataFrame) -> int:
    """Pixels that the map of `cells` needs at least, so that names and counts can be read."""
    names = max((pixels(name, 13) for name in cells["indicator_name"].unique()), default=0.0)
    return int(names + 36 * cells["county_label"].nunique() + 40)


def fate_rows(counts: Mapping[str, int], names: Sequence[str]) -> pd.DataFrame:
    """The rows of `shares`: how many numbers came to each fate (claimed, unclaimed, a class), and its name."""
    rows = pd.DataFrame({"label": names, "count_": list(counts.values()), "colour": fate_colours(list(counts))})
    return rows.assign(strong=[fate in ("claimed", "unclaimed") for fate in counts])


def shares(rows: pd.DataFrame, look: Look) -> go.Figure:
    """What became of every number, as one bar in parts.

    Rows in the order to draw: label, count_, colour, strong (whether the count stands in white).
    """
    figure = go.Figure()
    for row in rows.to_dict("records"):
        figure.add_bar(
            x=[row["count_"]],
            y=[""],
            orientation="h",
            name=row["label"],
            marker={"color": row["colour"]},
            text=[f"{row['count_']:,}"],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": "#ffffff" if row["strong"] else "#0c1614"},
            hovertext=[f"{row['label']}: {row['count_']:,}"],
            hoverinfo="text",
        )
    dress(figure, look, 82)
    figure.update_layout(barmode="stack", bargap=0)
    figure.update_xaxes(visible=False, range=[0, int(rows["count_"].sum())])
    figure.update_yaxes(visible=False)
    return figure
