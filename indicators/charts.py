"""Frames -> plotly figures, in one visual language; no Streamlit, nothing fetched, the frames are never changed.

Every chart function takes rows ready to draw and a `Look`. A point carries the id of its claim first in `customdata`,
so that whoever shows the figure can lead from a point to the sentence. Absent is a gap, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

FONT = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
# Twelve muted hues that keep 3:1 against both backgrounds; a county keeps its own whatever else is selected.
PALETTE = (
    "#2f8f86", "#c2703d", "#5479b8", "#a5843a", "#a65a86", "#5f8f4e",
    "#8668b5", "#c25b56", "#3f8fb0", "#8a7a5c", "#7c8b2f", "#b06a9c",
)  # fmt: skip
NEUTRAL = "#7d8a87"
STATES = ("reported", "finer", "not_reported", "no_document")


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a figure on a light or dark page, and whether large numbers are counted in 万 and 亿."""

    dark: bool = False
    chinese: bool = True

    @property
    def text(self) -> str:
        """Colour of words and of the interval drawn over a bar."""
        return "#e7ebe8" if self.dark else "#1d2629"

    @property
    def quiet(self) -> str:
        """Colour of grid lines."""
        return "#36413f" if self.dark else "#dfe4e1"

    @property
    def states(self) -> dict[str, str]:
        """Colours of the coverage map, by STATES."""
        colours = (
            ("#4da196", "#2c5a55", "#2a3335", "#14191b") if self.dark else ("#2f8f86", "#a5d3cd", "#e3e8e4", "#ffffff")
        )
        return dict(zip(STATES, colours, strict=True))

    @property
    def inks(self) -> dict[str, str]:
        """Colours of the counts in the cells of the coverage map, by STATES."""
        inks = ("#0c1614", "#e7ebe8") if self.dark else ("#ffffff", "#12332f")
        return dict(zip(STATES, (*inks, self.text, self.text), strict=True))


def fate_colours(fates: Sequence[str]) -> list[str]:
    """Colours of what became of numbers: captured and unclaimed stand out, the classes that are no claims recede."""
    known = {"captured": PALETTE[0], "unclaimed": PALETTE[1]}
    greys = ("#8a9794", "#a9b4b1", "#7b8784", "#c3ccc9", "#98a3a0")
    return [known.get(fate, greys[position % len(greys)]) for position, fate in enumerate(fates)]


def county_colours(counties: Sequence[str]) -> dict[str, str]:
    """One colour for each county (code or name) of the WHOLE corpus, so that no selection changes it.

    >>> county_colours(["b", "a", "b"])["a"] == PALETTE[0]
    True
    """
    return {county: PALETTE[index % len(PALETTE)] for index, county in enumerate(sorted(set(counties)))}


def scale(largest: float, chinese: bool) -> tuple[float, str]:
    """The divisor and its word for a chart whose largest absolute value is `largest`.

    >>> scale(1_051_411_200, True)
    (100000000.0, '亿')
    >>> scale(2239, True)
    (1.0, '')
    """
    steps = ((1e8, "亿"), (1e5, "万")) if chinese else ((1e9, "billion "), (1e6, "million "))
    for step, name in steps:
        if abs(largest) >= step:
            return (1e4 if name == "万" else step), name
    return 1.0, ""


def readable(value: float | None, unit: str, chinese: bool) -> str:
    """A value with its unit in words that fit a label; "" for no value.

    >>> readable(1_051_411_200.0, "元", True)
    '10.51亿元'
    >>> readable(53.0, "%", True)
    '53%'
    >>> readable(None, "元", True)
    ''
    """
    if value is None or pd.isna(value):
        return ""
    divisor, name = scale(value, chinese)
    number = f"{value / divisor:,.2f}".rstrip("0").rstrip(".")
    if chinese or unit == "%":
        return f"{number}{name}{unit}"
    return f"{number} {name}{unit}"


def dress(figure: go.Figure, look: Look, height: int, title: str = "") -> go.Figure:
    """`figure` in the one visual language: fonts, quiet grid, the title (with its unit) on the left, no legend."""
    figure.update_layout(
        height=height,
        title={"text": title, "x": 0, "xanchor": "left", "font": {"size": 15}} if title else None,
        font={"family": FONT, "size": 13, "color": look.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 16, "t": 44 if title else 12, "b": 8},
        showlegend=False,
        hoverlabel={"font": {"family": FONT}, "align": "left"},
        dragmode=False,
        separators=".,",
        bargap=0.35,
    )
    figure.update_xaxes(gridcolor=look.quiet, zeroline=False, automargin=True, fixedrange=True)
    figure.update_yaxes(gridcolor=look.quiet, zeroline=False, automargin=True, fixedrange=True)
    return figure


def _open_ends(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with `plus` and `minus`, the lengths of the interval on each side; 0 where a side is open or unknown."""
    drawn = rows.copy()
    drawn["plus"] = (drawn["value_high"] - drawn["value"]).clip(lower=0).fillna(0.0)
    drawn["minus"] = (drawn["value"] - drawn["value_low"]).clip(lower=0).fillna(0.0)
    return drawn


def _drawn(lengths: pd.Series) -> list[float | None]:
    """Lengths of whiskers; None for 0, so that an exact value has no cap."""
    return [float(length) if length > 0 else None for length in lengths]


def compare(rows: pd.DataFrame, title: str, unit: str, look: Look, dots: bool = False) -> go.Figure:
    """Places side by side: one horizontal bar (or dot) a row, with the interval that its words allow drawn over it.

    Rows: claim_id, place (label, unique), value, value_low, value_high (None: open), qualifier, label (text at the end
    of the bar), hover, colour. An open interval (more than, less than) ends in an arrow, an exact value in no whisker.
    """
    drawn = _open_ends(rows.sort_values("value", kind="stable", na_position="first"))
    divisor, name = scale(float(drawn["value"].abs().max() or 0), look.chinese)
    drawn[["value", "plus", "minus"]] = drawn[["value", "plus", "minus"]] / divisor
    whisker = {
        "type": "data", "symmetric": False, "array": _drawn(drawn["plus"]), "arrayminus": _drawn(drawn["minus"]),
        "color": look.text, "thickness": 1.6, "width": 5,
    }  # fmt: skip
    common = {
        "x": drawn["value"], "y": drawn["place"], "customdata": drawn[["claim_id"]].to_numpy(),
        "hovertext": drawn["hover"], "hoverinfo": "text", "error_x": whisker,
    }  # fmt: skip
    if dots:
        trace = go.Scatter(mode="markers", marker={"color": drawn["colour"], "size": 13}, **common)
    else:
        trace = go.Bar(orientation="h", marker={"color": drawn["colour"], "cornerradius": 3}, **common)
    figure = go.Figure(trace)
    _label_ends(figure, drawn, look)
    height = 70 + (60 if title else 0) + 34 * max(len(drawn), 1)
    figure = dress(figure, look, height, f"{title} ({name}{unit})" if unit else title)
    figure.update_yaxes(type="category", showgrid=False)
    reach = float((drawn["value"] + drawn["plus"]).max() or 0)
    floor = float((drawn["value"] - drawn["minus"]).min() or 0)
    figure.update_xaxes(range=[min(0.0, floor * 1.25), max(0.0, reach * 1.3) or 1])
    return figure


def _label_ends(figure: go.Figure, drawn: pd.DataFrame, look: Look) -> None:
    """Write each row's label beyond its bar and whisker, and an arrow where the interval is open."""
    arrows = drawn["qualifier"].map({"at_least": "triangle-right", "at_most": "triangle-left"})
    is_open = arrows.notna() & (drawn["value_low"].isna() | drawn["value_high"].isna())
    if is_open.any():
        figure.add_trace(
            go.Scatter(
                x=drawn.loc[is_open, "value"],
                y=drawn.loc[is_open, "place"],
                mode="markers",
                hoverinfo="skip",
                marker={"symbol": arrows[is_open], "size": 12, "color": look.text},
                customdata=drawn.loc[is_open, ["claim_id"]].to_numpy(),
            )  # fmt: skip
        )
    for row in drawn.itertuples():
        negative = row.value < 0
        figure.add_annotation(
            x=row.value - row.minus if negative else row.value + row.plus, y=row.place, text=row.label,
            showarrow=False, xanchor="right" if negative else "left", xshift=-12 if negative else 12,
            font={"size": 12, "color": look.text},
        )  # fmt: skip


def over_time(rows: pd.DataFrame, title: str, unit: str, look: Look) -> go.Figure:
    """One line a place over calendar years; a missing year is a gap in the line.

    Rows: claim_id, place, year (int), value, value_low, value_high, label, hover, colour.
    """
    divisor, name = scale(float(rows["value"].abs().max() or 0), look.chinese)
    years = list(range(int(rows["year"].min()), int(rows["year"].max()) + 1))
    figure = go.Figure()
    for place, own in _open_ends(rows).groupby("place", sort=True):
        line = own.drop_duplicates("year", keep="last").set_index("year").reindex(years)
        figure.add_trace(
            go.Scatter(
                x=years,
                y=line["value"] / divisor,
                name=str(place),
                mode="lines+markers+text",
                connectgaps=False,
                line={"color": own["colour"].iloc[0], "width": 2},
                marker={"size": 9},
                error_y={
                    "type": "data",
                    "symmetric": False,
                    "array": _drawn(line["plus"] / divisor),
                    "arrayminus": _drawn(line["minus"] / divisor),
                    "thickness": 1.4,
                    "width": 4,
                },
                text=line["label"].fillna(""),
                textposition="top center",
                textfont={"size": 11},
                customdata=line[["claim_id"]].to_numpy(),
                hovertext=line["hover"],
                hoverinfo="text",
            )  # fmt: skip
        )
    dress(figure, look, 420, f"{title} ({name}{unit})" if unit else title)
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": -0.12})
    figure.update_xaxes(dtick=1, tickformat="d", range=[years[0] - 0.5, years[-1] + 0.5])
    return figure


def coverage(cells: pd.DataFrame, look: Look) -> go.Figure:
    """Indicator x county map of what is reported, a bar of length 1 a cell, so that a cell is chosen anywhere in it.

    A cell is reported (its count of claims), finer (only towns or villages of the county report it, their count),
    not_reported (documents speak of the county, none reports the indicator) or no_document: none of them is 0. Cells:
    indicator, indicator_name, county_code, county_label, state (of STATES), claims, finer, hover; every county for every
    indicator, in the order to draw. `customdata` of a point is [indicator, county_code].
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
    dress(figure, look, 70 + 28 * max(len(rows), 1))
    figure.update_layout(barmode="overlay", bargap=0.14)
    figure.update_xaxes(
        tickvals=[position + 0.5 for position in range(len(columns))],
        ticktext=columns,
        range=[0, len(columns)],
        side="top",
        showgrid=False,
        tickangle=-45 if len(columns) > 8 else 0,
    )
    figure.update_yaxes(categoryorder="array", categoryarray=rows[::-1], showgrid=False)
    return figure


def shares(rows: pd.DataFrame, look: Look) -> go.Figure:
    """What became of every number, as one bar in parts. Rows: label, count_, colour, in the order to draw."""
    figure = go.Figure()
    for row in rows.itertuples():
        figure.add_trace(
            go.Bar(
                x=[row.count_],
                y=[""],
                orientation="h",
                name=row.label,
                marker={"color": row.colour},
                text=[f"{row.count_:,}"],
                textposition="inside",
                insidetextanchor="middle",
                hovertext=[f"{row.label}: {row.count_:,}"],
                hoverinfo="text",
            )  # fmt: skip
        )
    dress(figure, look, 120)
    figure.update_layout(
        barmode="stack", showlegend=True, legend={"orientation": "h", "y": -0.3, "traceorder": "normal"}
    )
    figure.update_xaxes(visible=False)
    return figure
