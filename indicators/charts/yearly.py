"""Values over calendar years: all places in one chart, or one small chart a place on the same axes."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.look import Look, dress
from indicators.charts.marks import inked, whiskers
from indicators.charts.steps import scale, titled


def over_time(rows: pd.DataFrame, title: str, unit: str, look: Look) -> go.Figure:
    """One line a place over calendar years; a missing year is a gap in the line.

    Rows: claim_id, place, year (int), value, value_low, value_high, label, hover, colour, reviewed.
    """
    divisor, name = scale(float(rows["value"].abs().max()), look.chinese)
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    figure = go.Figure()
    for place, own in rows.groupby("place", sort=True):
        last = own["year"] == own["year"].max()  # one label a line; the others stand in the hover
        figure.add_trace(_line(own.assign(label=own["label"].where(last, "")), str(place), years, divisor, look))
    dress(figure, look, 380, titled(title, name, unit))
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": -0.12, "itemclick": False})
    figure.update_xaxes(dtick=1, tickformat="d", range=[years[0] - 0.5, years[-1] + 0.5])
    figure.update_yaxes(rangemode="tozero")  # 288 beside 313 is no fall to nothing
    return figure


def place_over_time(rows: pd.DataFrame, every: pd.DataFrame, title: str, unit: str, look: Look) -> go.Figure:
    """The line of one place, on the years and the scale of `every` place's rows, so that charts compare.

    Rows as `over_time`; `every` holds `rows` and those of the charts beside it.
    """
    divisor, name = scale(float(every["value"].abs().max()), look.chinese)
    years = range(int(every["year"].min()), int(every["year"].max()) + 1)
    figure = go.Figure(_line(rows, title, years, divisor, look))
    low = min(0.0, float(every[["value", "value_low"]].min().min()) / divisor * 1.2)
    high = max(0.0, float(every[["value", "value_high"]].max().max()) / divisor * 1.2) or 1
    dress(figure, look, 230, titled(title, name, unit))
    figure.update_layout(title_font_size=13)
    figure.update_yaxes(range=[low, high], nticks=5)
    step = max(1, len(years) // 4)
    figure.update_xaxes(dtick=step, tickformat="d", range=[years[0] - 0.6, years[-1] + 0.6])
    return figure


def _line(own: pd.DataFrame, place: str, years: range, divisor: float, look: Look) -> go.Scatter:
    line = own.drop_duplicates("year", keep="last").set_index("year").reindex(years)
    colour = str(own["colour"].iloc[0])
    reviewed = [flag is True or flag == 1 for flag in line["reviewed"]]
    return go.Scatter(
        x=list(years),
        y=line["value"] / divisor,
        name=place,
        mode="lines+markers+text",
        connectgaps=False,
        line={"color": colour, "width": 2},
        marker={**inked([colour] * len(years), reviewed, look), "size": 9},
        error_y=whiskers(line, divisor, colour),
        text=line["label"].fillna(""),
        textposition="top center",
        textfont={"size": 11},
        cliponaxis=False,
        customdata=line[["claim_id"]].to_numpy(),
        hovertext=line["hover"].fillna(""),
        hoverinfo="text",
    )
