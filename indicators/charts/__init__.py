"""Frames -> plotly figures, in one visual language; no Streamlit, nothing fetched, the frames are never changed.

Every chart function takes rows ready to draw and a `Look`. A point carries the id of its claim first in `customdata`,
so that whoever shows the figure can lead from a point to the sentence. Absent is a gap, never 0. The rows are
what `indicators.app` prepares: values in the unit given, words ready to show, `reviewed` true where a person confirmed,
corrected or added the claim: other marks are hollow.
"""

from __future__ import annotations

from indicators.charts.changes import change
from indicators.charts.look import FONT, NEUTRAL, PALETTE, STATES, Look, county_colours, fate_colours
from indicators.charts.mapped import mapped
from indicators.charts.ranked import compare, panel
from indicators.charts.reported import coverage, coverage_width, fate_rows, shares
from indicators.charts.steps import readable
from indicators.charts.yearly import over_time, place_over_time

__all__ = [
    "FONT", "NEUTRAL", "PALETTE", "STATES", "Look", "change", "compare", "county_colours", "coverage",
    "coverage_width", "fate_colours", "fate_rows", "mapped", "over_time", "panel", "place_over_time",
    "readable", "shares",
]  # fmt: skip
