"""One visual language over all charts: fonts, colours, grid; a plotly template for the light and dark page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import plotly.graph_objects as go

FONT = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
# Twelve muted hues that keep 3:1 against both backgrounds; a county keeps its own whatever else is selected.
PALETTE = (
    "#2f8f86", "#c2703d", "#5479b8", "#a5843a", "#a65a86", "#5f8f4e",
    "#8668b5", "#c25b56", "#3f8fb0", "#8a7a5c", "#7c8b2f", "#b06a9c",
)  # fmt: skip
NEUTRAL = "#7d8a87"
LINE = 18  # pixels of a further line of a title
STATES = ("reported", "finer", "not_reported", "no_document")


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a figure on a light or dark page, and whether large numbers are counted in 万 and 亿."""

    dark: bool = False
    chinese: bool = True

    @property
    def page(self) -> str:
        """Colour of the page behind the figure, and of what is hollow."""
        return "#14191b" if self.dark else "#ffffff"

    @property
    def text(self) -> str:
        """Colour of words and of the interval drawn over a bar."""
        return "#e7ebe8" if self.dark else "#1d2629"

    @property
    def quiet(self) -> str:
        """Colour of grid lines."""
        return "#36413f" if self.dark else "#dfe4e1"

    @property
    def muted(self) -> str:
        """Colour of words that only give orientation."""
        return "#8d9a97" if self.dark else "#6b7774"

    @property
    def faint(self) -> str:
        """Colour of what only gives shape: the counties behind a map."""
        return "#3f4c4a" if self.dark else "#cfd6d2"

    @property
    def ramp(self) -> list[str]:
        """Colours from the smallest to the greatest value; each keeps 3:1 against the page."""
        return ["#4d8f88", "#8ad3c9", "#dff5f0"] if self.dark else ["#5b9d96", "#1f7069", "#07332f"]

    @property
    def states(self) -> dict[str, str]:
        """Colours of the coverage map, by STATES."""
        colours = (
            ("#4da196", "#2c5a55", "#2a3335", "#14191b") if self.dark else ("#24776f", "#a5d3cd", "#e3e8e4", "#ffffff")
        )
        return dict(zip(STATES, colours, strict=True))

    @property
    def inks(self) -> dict[str, str]:
        """Colours of the counts in the cells of the coverage map, by STATES."""
        inks = ("#0c1614", "#e7ebe8") if self.dark else ("#ffffff", "#12332f")
        return dict(zip(STATES, (*inks, self.text, self.text), strict=True))


def fate_colours(fates: Sequence[str]) -> list[str]:
    """Colours of what became of numbers: claimed and unclaimed stand out, the classes that are no claims recede."""
    known = {"claimed": "#24776f", "unclaimed": "#a85a2a"}  # white counts stand in them at 4.5:1
    greys = ("#8a9794", "#a9b4b1", "#7b8784", "#c3ccc9", "#98a3a0")
    return [known.get(fate, greys[position % len(greys)]) for position, fate in enumerate(fates)]


def county_colours(counties: Sequence[str]) -> dict[str, str]:
    """One colour for each county (code or name) of the WHOLE corpus, so that no selection changes it.

    >>> county_colours(["b", "a", "b"])["a"] == PALETTE[0]
    True
    """
    return {county: PALETTE[index % len(PALETTE)] for index, county in enumerate(sorted(set(counties)))}


@cache
def template(look: Look) -> go.layout.Template:
    """What every figure of a look has in common."""
    axis = {"gridcolor": look.quiet, "zeroline": False, "automargin": True, "fixedrange": True}
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 13, "color": look.text},
            "title": {"x": 0, "xanchor": "left", "font": {"size": 15}},
            "paper_bgcolor": look.page,  # a saved figure keeps it: pale words on nothing are lost on paper
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": list(PALETTE),
            "showlegend": False,
            "hoverlabel": {"font": {"family": FONT}, "align": "left"},
            "dragmode": False,
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": look.muted, "activecolor": look.text},
            "separators": ".,",
            "bargap": 0.35,
            "xaxis": axis,
            "yaxis": axis,
        }
    )


def dress(figure: go.Figure, look: Look, height: int, title: str = "") -> go.Figure:
    """`figure` in the one visual language, with the title (and its unit) on the left.

    `height` is that of the figure with a title of one line; a title may hold more, with <br> between them.
    """
    more = LINE * title.count("<br>")
    figure.update_layout(
        template=template(look),
        height=height + more,
        title={"text": title} if title else None,
        margin={"l": 8, "r": 16, "t": 44 + more if title else 30, "b": 8},  # the camera stands at the top
    )
    return figure
