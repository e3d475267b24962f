"""The charts of a page: Plotly figures as data that report.js draws when the reader comes near them."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go

from indicators.app.figure_files import chart_config
from indicators.app.report.markup import Html, element, text
from indicators.app.words import Language


class Figures:
    """Collects the figures of one page; the template that all of them share is kept once."""

    def __init__(self) -> None:
        self._drawn: list[dict[str, Any]] = []
        self._template: Any = None

    def __len__(self) -> int:
        return len(self._drawn)

    def place(self, figure: go.Figure, name: str, language: Language, sentences: str) -> Html:
        """Where a figure will stand. `name` is its alternative text and its file; `sentences` the prefix of anchors."""
        found = json.loads(figure.to_json())
        self._template = found["layout"].pop("template", None) or self._template
        self._drawn.append({**found, "config": chart_config(name, language), "sentences": sentences})
        height = f"height:{int(figure.layout.height or 400)}px"
        number = str(len(self._drawn) - 1)
        return element("div", text(""), class_="chart", data_figure=number, role="img", aria_label=name, style=height)

    def data(self) -> str:
        """All figures as JSON that may stand inside a script element."""
        whole = json.dumps({"template": self._template, "figures": self._drawn}, ensure_ascii=False)
        return whole.replace("<", "\\u003c")
