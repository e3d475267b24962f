"""What changed between two periods: one line a place, from the earlier value to the later one."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.look import Look, dress
from indicators.charts.marks import inked, whiskers
from indicators.charts.steps import scale, titled

SIZES = {"before": 8, "after": 15}  # the later value is the larger mark


def change(rows: pd.DataFrame, title: str, unit: str, look: Look) -> go.Figure:
    """One line a place from its earlier value (small mark) to its later one (large mark), the widest rise on top.

    Rows: two a place, `when` before and after: place, claim_id, value, value_low, value_high, hover, colour,
    reviewed, and label (what changed, written beyond the line).
    """
    before, after = (rows[rows["when"] == when].set_index("place") for when in ("before", "after"))
    order = (after["value"] - before["value"]).sort_values(kind="stable").index
    before, after = before.loc[order], after.loc[order]
    divisor, name = scale(float(rows["value"].abs().max()), look.chinese)
    figure = go.Figure()
    for place in order:
        span = [before.loc[place, "value"] / divisor, after.loc[place, "value"] / divisor]
        line = {"color": after.loc[place, "colour"], "width": 3}
        figure.add_scatter(x=span, y=[place, place], mode="lines", line=line, hoverinfo="skip")
    for when, own in (("before", before), ("after", after)):
        figure.add_scatter(
            x=own["value"] / divisor,
            y=list(order),
            mode="markers",
            name=when,
            marker={**inked(own["colour"], own["reviewed"], look), "size": SIZES[when]},
            error_x=whiskers(own, divisor, look.text),
            customdata=own[["claim_id"]].to_numpy(),
            hovertext=own["hover"],
            hoverinfo="text",
        )
    ends = pd.concat([before, after])[["value", "value_high"]].max(axis=1).groupby(level=0).max() / divisor
    for place in order:
        words = f"<b>{after.loc[place, 'label']}</b>"
        figure.add_annotation(x=ends[place], y=place, text=words, showarrow=False, xanchor="left", xshift=14)
    low = min(0.0, float(rows[["value", "value_low"]].min().min()) / divisor * 1.1)
    dress(figure, look, 100 + 44 * len(order), titled(title, name, unit))
    figure.update_yaxes(type="category", showgrid=False, range=[-0.6, len(order) - 0.4])
    figure.update_xaxes(range=[low, float(ends.max()) * 1.45 or 1])
    return figure
