"""Places where they lie: a map of points that needs no base map, so that nothing is fetched.

The shape of the country is given by its counties, one faint dot each, and names of divisions; outlines are not drawn,
because the data sets at hand are cut from commercial map services, whatever licence their packages name.
"""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.look import Look, dress
from indicators.charts.steps import scale, titled

SIZES = (14, 42)  # pixels of the smallest and the greatest value
NARROWEST = 3.0  # degrees that the map shows at least
HEIGHT = 560
EDGE = 0.03  # share of an axis in which a name would be cut
WIDE = 7.0  # degrees from which provinces are named, not prefectures


def mapped(rows: pd.DataFrame, ground: pd.DataFrame, title: str, unit: str, look: Look) -> go.Figure:
    """One dot a place, larger and stronger with its value, its name and value beside it.

    Rows: claim_id, place, lat, lon (degrees), value, label, hover, reviewed. `ground`: lat, lon, name and level
    (province, city, county) of the divisions that give orientation. Degrees keep the proportions of the middle of the
    map.
    """
    drawn = rows.sort_values("value", key=abs, ascending=False, kind="stable")  # small dots over large ones
    divisor, name = scale(float(drawn["value"].abs().max()), look.chinese)
    west, east, south, north = _frame(drawn)
    level = "province" if max(east - west, north - south) > WIDE else "city"
    named = ground["lon"].between(*_inside(west, east)) & ground["lat"].between(*_inside(south, north))
    figure = go.Figure(_ground(ground, (ground["level"] == level) & named, look))
    figure.add_scatter(
        x=drawn["lon"],
        y=drawn["lat"],
        mode="markers+text",
        marker=_marker(drawn, divisor, look),
        text=[f"{place}<br><b>{label}</b>" for place, label in zip(drawn["place"], drawn["label"], strict=True)],
        textposition=_beside(drawn),
        textfont={"size": 12},
        cliponaxis=False,
        customdata=drawn[["claim_id"]].to_numpy(),
        hovertext=drawn["hover"],
        hoverinfo="text",
    )
    dress(figure, look, HEIGHT, titled(title, name, unit))
    figure.update_xaxes(range=[west, east], ticksuffix="°E", nticks=6)
    across = 1 / math.cos(math.radians((south + north) / 2))
    figure.update_yaxes(range=[south, north], ticksuffix="°N", nticks=6, scaleanchor="x", scaleratio=across)
    return figure


def _inside(low: float, high: float) -> tuple[float, float]:
    """The stretch of an axis in which a name has room."""
    return low + EDGE * (high - low), high - EDGE * (high - low)


def _ground(ground: pd.DataFrame, named: pd.Series, look: Look) -> list[go.Scatter]:
    """A dot for each county and the names of the divisions that are `named`; nothing of it can be chosen."""
    dots, names = ground[ground["level"] == "county"], ground[named]
    marker = {"size": 4, "color": look.faint}
    font = {"size": 11, "color": look.muted}
    return [
        go.Scatter(x=dots["lon"], y=dots["lat"], mode="markers", marker=marker, hoverinfo="skip"),
        go.Scatter(x=names["lon"], y=names["lat"], mode="text", text=names["name"], textfont=font, hoverinfo="skip"),
    ]


def _frame(rows: pd.DataFrame) -> tuple[float, float, float, float]:
    """West, east, south and north of a map that holds the places with room for their names."""
    edges = []
    for axis in ("lon", "lat"):
        low, high = float(rows[axis].min()), float(rows[axis].max())
        room = max((high - low) * 0.2, (NARROWEST - (high - low)) / 2)
        edges += [low - room, high + room]
    return edges[0], edges[1], edges[2], edges[3]


def _marker(drawn: pd.DataFrame, divisor: float, look: Look) -> dict[str, object]:
    """Area and colour grow with the value; a value that nobody reviewed is a ring."""
    values = drawn["value"] / divisor
    share = (values.abs() / (float(values.abs().max()) or 1)) ** 0.5
    sizes = SIZES[0] + (SIZES[1] - SIZES[0]) * share
    symbols = ["circle" if done else "circle-open" for done in drawn["reviewed"]]
    bar = {"orientation": "h", "thickness": 8, "len": 0.4, "x": 0, "xanchor": "left", "y": -0.08, "yanchor": "top"}
    return {
        "size": sizes, "sizemode": "diameter", "symbol": symbols, "color": values, "colorscale": look.ramp,
        "line": {"width": 4}, "opacity": 0.95, "showscale": values.nunique() > 1,
        "colorbar": {**bar, "outlinewidth": 0, "nticks": 4},
    }  # fmt: skip


def _beside(drawn: pd.DataFrame) -> list[str]:
    """Where each name stands: away from the nearest other place."""
    points = list(zip(drawn["lon"], drawn["lat"], strict=True))
    found = []
    for at, here in enumerate(points):
        others = [(place, point) for place, point in enumerate(points) if place != at]
        place, (lon, lat) = min(others, key=lambda other: math.dist(here, other[1]), default=(-1, (here[0], -90.0)))
        east, north = lon - here[0], lat - here[1]
        if abs(east) > abs(north) or (east, north) == (0, 0):
            found.append("middle left" if east > 0 or (east == 0 and place > at) else "middle right")
        else:
            found.append("bottom center" if north > 0 else "top center")
    return found
