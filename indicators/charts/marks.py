"""What a mark tells beside its value: hollow where nobody has reviewed it, a whisker as far as the words allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from indicators.charts.look import Look

TINT = 0.18


def blend(colour: str, page: str, share: float = TINT) -> str:
    """`share` of a colour on the page, opaque, so that a hollow mark hides the grid behind it.

    >>> blend("#000000", "#ffffff", 0.5)
    '#808080'
    """
    parts = [round(int(colour[at : at + 2], 16) * share + int(page[at : at + 2], 16) * (1 - share)) for at in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def inked(colours: Iterable[str], reviewed: Iterable[bool], look: Look) -> dict[str, Any]:
    """The marker of points or bars: an outline in their colour, filled where a person has reviewed them."""
    outlines: Sequence[str] = list(colours)
    fills = [own if done else blend(own, look.page) for own, done in zip(outlines, reviewed, strict=True)]
    return {"color": fills, "line": {"color": outlines, "width": 2}}


def whiskers(rows: pd.DataFrame, divisor: float, colour: str | None = None) -> dict[str, Any]:
    """The interval that the words allow, as plotly error bars. A side that is exact, open or unknown has none."""
    plus = ((rows["value_high"] - rows["value"]) / divisor).where(rows["value_high"] > rows["value"])
    minus = ((rows["value"] - rows["value_low"]) / divisor).where(rows["value_low"] < rows["value"])
    drawn = {"type": "data", "symmetric": False, "array": plus, "arrayminus": minus, "thickness": 1.6, "width": 5}
    return {**drawn, "color": colour} if colour else drawn
