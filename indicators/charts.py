"""Frames -> plotly figures, in one visual language; no Streamlit, nothing fetched, the frames are never changed.

Every chart function takes rows ready to draw and a `Look`. A point carries the id of its claim first in `customdata`,
so that whoever shows the figure can lead from a point to the sentence. Absent is a gap, never 0. The rows are
what `indicators.app` prepares: values in the unit given, words ready to show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
    """The divisor and its word for numbers whose largest absolute value is `largest`; (1, "") below the first step.

    >>> scale(1_051_411_200, True)
    (100000000.0, '亿')
    >>> scale(2239, True)
    (1.0, '')
    """
    steps = ((1e8, "亿"), (1e4, "万")) if chinese else ((1e9, "billion "), (1e6, "million "))
    return next(((step, name) for step, name in steps if abs(largest) >= step), (1.0, ""))


def readable(value: float | None, unit: str, chinese: bool) -> str:
    """A value with its unit in words that fit a label, to four decimals of its step; "" for no value.

    >>> readable(1_051_411_200.0, "元", True)
    '10.5141亿元'
    >>> readable(53.0, "%", True)
    '53%'
    >>> readable(None, "元", True)
    ''
    """
    if value is None or pd.isna(value):
        return ""
    divisor, name = scale(value, chinese)
    number = f"{value / divisor:,.4f}".rstrip("0").rstrip(".")
    return f"{number}{name}{unit}" if chinese or unit == "%" else f"{number} {name}{unit}"


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


def _whiskers(rows: pd.DataFrame, divisor: float, colour: str | None = None) -> dict[str, Any]:
    """The interval that the words allow, as plotly error bars. A side that is exact, open or unknown has none."""
    plus = ((rows["value_high"] - rows["value"]) / divisor).where(rows["value_high"] > rows["value"])
    minus = ((rows["value"] - rows["value_low"]) / divisor).where(rows["value_low"] < rows["value"])
    drawn = {"type": "data", "symmetric": False, "array": plus, "arrayminus": minus, "thickness": 1.6, "width": 5}
    return {**drawn, "color": colour} if colour else drawn


def _titled(title: str, scale_name: str, unit: str) -> str:
    return f"{title} ({scale_name}{unit})" if scale_name or unit else title


def compare(rows: pd.DataFrame, title: str, unit: str, look: Look, dots: bool = False) -> go.Figure:
    """Places side by side: one horizontal bar (or dot) a row, with the interval that its words allow drawn over it.

    Rows: claim_id, place (unique), tick (its label, may hold <br>), value, value_low, value_high (NaN: open),
    qualifier, label (text at the end of the bar), hover, colour. An open interval (more than, less than) ends in an
    arrow, an exact value in no whisker.
    """
    drawn = rows.sort_values("value", kind="stable", na_position="first")
    divisor, name = scale(float(drawn["value"].abs().max()), look.chinese)
    common = {
        "x": drawn["value"] / divisor, "y": drawn["place"], "customdata": drawn[["claim_id"]].to_numpy(),
        "hovertext": drawn["hover"], "hoverinfo": "text", "error_x": _whiskers(drawn, divisor, look.text),
    }  # fmt: skip
    if dots:
        trace = go.Scatter(mode="markers", marker={"color": drawn["colour"], "size": 13}, **common)
    else:
        trace = go.Bar(orientation="h", marker={"color": drawn["colour"], "cornerradius": 3}, **common)
    figure = go.Figure(trace)
    far = drawn[["value", "value_high"]].max(axis=1) / divisor
    near = drawn[["value", "value_low"]].min(axis=1) / divisor
    _label_ends(figure, drawn.assign(end=far.where(drawn["value"] >= 0, near), at=drawn["value"] / divisor), look)
    dress(figure, look, 100 + 44 * len(drawn), _titled(title, name, unit))
    figure.update_yaxes(type="category", showgrid=False, tickvals=drawn["place"], ticktext=drawn["tick"])
    figure.update_yaxes(range=[-0.6, len(drawn) - 0.4])
    figure.update_xaxes(range=[min(0.0, float(near.min()) * 1.35), max(0.0, float(far.max()) * 1.35) or 1])
    if float(drawn["value"].abs().max()) < 8 and (drawn["value"] % 1 == 0).all():
        figure.update_xaxes(dtick=1, tickformat="d")
    return figure


def _label_ends(figure: go.Figure, drawn: pd.DataFrame, look: Look) -> None:
    """Write each label beyond its bar and whisker, and an arrow at the end where the interval is open."""
    arrows = drawn["qualifier"].map({"at_least": "triangle-right", "at_most": "triangle-left"})
    opened = drawn[arrows.notna() & (drawn["value_low"].isna() | drawn["value_high"].isna())]
    if len(opened):
        marker = {"symbol": arrows[opened.index], "size": 11, "color": look.text}
        ids = opened[["claim_id"]].to_numpy()
        figure.add_scatter(
            x=opened["at"], y=opened["place"], mode="markers", hoverinfo="skip", marker=marker, customdata=ids
        )
    # One trace for all labels: annotations cost 60 ms each where there are many. The spaces keep off the whisker's end.
    left = drawn["value"] < 0
    figure.add_scatter(
        x=drawn["end"],
        y=drawn["place"],
        mode="text",
        text=[
            f"<b>{label}</b>\u2003" if cut else f"\u2003<b>{label}</b>"
            for label, cut in zip(drawn["label"], left, strict=True)
        ],
        textposition=left.map({True: "middle left", False: "middle right"}),
        textfont={"size": 12, "color": look.text},
        hoverinfo="skip",
        customdata=drawn[["claim_id"]].to_numpy(),
        cliponaxis=False,
    )


def over_time(rows: pd.DataFrame, title: str, unit: str, look: Look) -> go.Figure:
    """One line a place over calendar years; a missing year is a gap in the line.

    Rows: claim_id, place, year (int), value, value_low, value_high, label, hover, colour.
    """
    divisor, name = scale(float(rows["value"].abs().max()), look.chinese)
    years = list(range(int(rows["year"].min()), int(rows["year"].max()) + 1))
    figure = go.Figure()
    for place, own in rows.groupby("place", sort=True):
        line = own.drop_duplicates("year", keep="last").set_index("year").reindex(years)
        figure.add_scatter(
            x=years,
            y=line["value"] / divisor,
            name=str(place),
            mode="lines+markers+text",
            connectgaps=False,
            line={"color": own["colour"].iloc[0], "width": 2},
            marker={"size": 9},
            error_y=_whiskers(line, divisor),
            text=line["label"].fillna(""),
            textposition="top center",
            textfont={"size": 11},
            customdata=line[["claim_id"]].to_numpy(),
            hovertext=line["hover"].fillna(""),
            hoverinfo="text",
        )
    dress(figure, look, 380, _titled(title, name, unit))
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": -0.12, "itemclick": False})
    figure.update_xaxes(dtick=1, tickformat="d", range=[years[0] - 0.5, years[-1] + 0.5])
    return figure


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
    dress(figure, look, 70 + 28 * max(len(rows), 1))
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


def shares(rows: pd.DataFrame, look: Look) -> go.Figure:
    """What became of every number, as one bar in parts. Rows: label, count_, colour, in the order to draw."""
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
            hovertext=[f"{row['label']}: {row['count_']:,}"],
            hoverinfo="text",
        )
    dress(figure, look, 64)
    figure.update_layout(barmode="stack", bargap=0)
    figure.update_xaxes(visible=False, range=[0, int(rows["count_"].sum())])
    figure.update_yaxes(visible=False)
    return figure
