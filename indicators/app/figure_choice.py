"""In what form the charts of this session are saved: chosen once, in the sidebar."""

from __future__ import annotations

from typing import Any

import streamlit as st

from indicators.app import state
from indicators.app.figure_files import FORMATS, chart_config

NAME = "figure"


def show() -> None:
    """The choice between PNG and SVG."""
    state.pick_one(NAME, FORMATS, str.upper, FORMATS[0], "segmented_control", st.sidebar)


def options(name: str) -> dict[str, Any]:
    """Plotly's configuration of a chart whose file is called `name`."""
    asked = state.known(NAME, FORMATS)
    form = next((one for one in FORMATS if one in asked), FORMATS[0])
    return chart_config(name, state.language(), form)
