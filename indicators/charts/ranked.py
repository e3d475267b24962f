"""Places side by side: bars or dots with the interval that the words allow, and panels of several indicators."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.look import Look, dress
from indicators.charts.marks import inked, whiskers
from indicators.charts.steps import pixels, scale, titled

ROW = 44  # pixels of a bar with its gap
ROOM = 1.35  # how much longer than the longest bar the axis is, for the labels behind the bars


def compare(rows: pd.DataFrame, title: str, unit: str, look: Look, dots: bool = False, far: float = 0.0) -> go.Figure:
    """Places side by side: one horizontal bar (or dot) a row, with the interval that its words allow drawn over it.

    Rows: claim_id, place (unique), tick (its label, may hold <br>), value, value_low, value_high (NaN: open),
    qualifier, label (text at the end of the bar), hover, colour, reviewed. An open interval (more than, less than) ends
    in an arrow, an exact value in no whisker. The axis reaches `far` (in the unit) at least, so that charts compare.
    """
    drawn = rows.sort_values("value", kind="stable", na_position="first")
    divisor, name = scale(max(far, float(drawn["value"].abs().max())), look.chinese)
    figure = go.Figure(_trace(drawn, divisor, look, dots))
    _label_ends(figure, drawn, divisor, look)
    dress(figure, look, 100 + ROW * len(drawn), titled(title, name, unit))
    figure.update_yaxes(type="category", showgrid=False, tickvals=drawn["place"], ticktext=drawn["tick"])
    figure.update_yaxes(range=[-0.6, len(drawn) - 0.4])
    figure.update_xaxes(range=_reach(drawn, divisor, far=far))
    if max(far, float(drawn["value"].abs().max())) < 8 and (drawn["value"] % 1 == 0).all():
        figure.update_xaxes(dtick=1, tickformat="d")
    return figure


def panel(
    rows: pd.DataFrame, title: str, unit: str, look: Look, places: Sequence[str], absent: str, width: int
) -> go.Figure:
    """One of several charts beside each other, `width` pixels wide: rows as `compare`, on a scale of its own.

    `places` stand from the top down.

    A place without a row keeps its line, with the word `absent` where its bar would be. `note` (a column more) stands
    small behind the label: the period, which differs from panel to panel. Title and note may hold a <br>.
    """
    drawn = rows[rows["place"].isin(places)].drop_duplicates("place", keep="last")
    divisor, name = scale(float(drawn["value"].abs().max()), look.chinese)
    figure = go.Figure(_trace(drawn, divisor, look, dots=False))
    _label_ends(figure, drawn, divisor, look)
    known = set(drawn["place"])
    for place in places:
        if place not in known:
            figure.add_annotation(
                x=0, y=place, text=absent, showarrow=False, xanchor="left", xshift=4, font={"size": 12}, opacity=0.8
            )
    dress(figure, look, 92 + 34 * len(places), titled(title, name, unit))
    figure.update_layout(title_font_size=13, bargap=0.4)
    figure.update_yaxes(type="category", categoryorder="array", categoryarray=list(places)[::-1], showgrid=False)
    figure.update_yaxes(range=[-0.5, len(places) - 0.5], ticklabelstandoff=4)
    notes = drawn["note"].map(_note_pixels) if "note" in drawn else 0.0
    behind = drawn["label"].map(lambda words: pixels(words, 12)) + notes + 24
    plot = width - 40 - max(pixels(place, 13) for place in places)
    room = plot / max(plot - float(behind.max()), plot / 6)
    figure.update_xaxes(range=_reach(drawn, divisor, room), nticks=4)
    return figure


def _note_pixels(note: str) -> float:
    """The width of the first line of a note, which stands behind the label; further lines stand below it."""
    return pixels(note.split("<br>")[0], 10)


def _trace(drawn: pd.DataFrame, divisor: float, look: Look, dots: bool) -> go.Bar | go.Scatter:
    common = {
        "x": drawn["value"] / divisor, "y": drawn["place"], "customdata": drawn[["claim_id"]].to_numpy(),
        "hovertext": drawn["hover"], "hoverinfo": "text", "error_x": whiskers(drawn, divisor, look.text),
    }  # fmt: skip
    marker = inked(drawn["colour"], drawn["reviewed"], look)
    if dots:
        return go.Scatter(mode="markers", marker={**marker, "size": 13}, **common)
    return go.Bar(orientation="h", marker={**marker, "cornerradius": 3}, **common)


def _reach(drawn: pd.DataFrame, divisor: float, room: float = ROOM, far: float = 0.0) -> list[float]:
    """The axis from 0 or the lowest fall to beyond the longest bar and its whisker, and beyond `far`."""
    near = float((drawn[["value", "value_low"]].min(axis=1) / divisor).min())
    far = max(far / divisor, float((drawn[["value", "value_high"]].max(axis=1) / divisor).max()))
    return [min(0.0, near * room), max(0.0, far * room) or 1]


def _label_ends(figure: go.Figure, drawn: pd.DataFrame, divisor: float, look: Look) -> None:
    """Write each label beyond its bar and whisker, and an arrow at the end where the interval is open."""
    far = drawn[["value", "value_high"]].max(axis=1) / divisor
    near = drawn[["value", "value_low"]].min(axis=1) / divisor
    ends = far.where(drawn["value"] >= 0, near)
    arrows = drawn["qualifier"].map({"at_least": "triangle-right", "at_most": "triangle-left"})
    opened = drawn[arrows.notna() & (drawn["value_low"].isna() | drawn["value_high"].isna())]
    if len(opened):
        figure.add_scatter(
            x=opened["value"] / divisor,
            y=opened["place"],
            mode="markers",
            hoverinfo="skip",
            marker={"symbol": arrows[opened.index], "size": 11, "color": look.text},
            customdata=opened[["claim_id"]].to_numpy(),
        )
    # One trace for all labels: annotations cost 60 ms each where there are many. The spaces keep off the whisker's end.
    left = drawn["value"] < 0
    notes = drawn["note"] if "note" in drawn else pd.Series("", index=drawn.index)
    words = [
        f"<b>{label}</b> <span style='font-size:10px'>{note}</span>"
        for label, note in zip(drawn["label"], notes, strict=True)
    ]
    figure.add_scatter(
        x=ends,
        y=drawn["place"],
        mode="text",
        text=[f"{label}\u2003" if cut else f"\u2003{label}" for label, cut in zip(words, left, strict=True)],
        textposition=left.map({True: "middle left", False: "middle right"}),
        textfont={"size": 12, "color": look.text},
        unselected={"textfont": {"color": look.text}},  # the label of a chosen bar does not fade
        hoverinfo="skip",
        customdata=drawn[["claim_id"]].to_numpy(),
        cliponaxis=False,
    )
