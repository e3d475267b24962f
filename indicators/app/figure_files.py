"""A figure as a file, made in the browser from the chart itself: PNG or SVG, named after what it shows.

Plotly brings English only: the words of its toolbar go in here, as the locale that its configuration names.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from indicators.app.words import Language, word

Format = Literal["png", "svg"]
FORMATS: tuple[Format, ...] = ("png", "svg")
_ASKED = ("Download plot", "Download plot as a PNG")  # the two names Plotly has for the button
_FAILED = "Sorry, there was a problem downloading your image!"
_LOCALES = {"zh": "zh-CN", "en": "en"}
_NO_NAME = re.compile(
    r'[\s<>:"/\\|?*.=·]+'
)  # letters that some file system refuses, dots of a suffix, signs between words


def chart_config(name: str, language: Language, format_: Format = "png") -> dict[str, Any]:
    """Plotly's configuration of a chart: one button, which saves the figure as `name` in that format.

    A PNG has twice the pixels of the screen, for print.
    """
    saves = word("figure.save", language, format=format_.upper())
    locale = _LOCALES[language]
    words = {**dict.fromkeys(_ASKED, saves), _FAILED: word("figure.failed", language)}
    image = {"format": format_, "filename": file_name(name), "scale": 2 if format_ == "png" else 1}
    return {
        "responsive": True,
        "displaylogo": False,
        "displayModeBar": "hover",
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": image,
        "locale": locale,
        "locales": {locale: {"dictionary": words, "format": {}}},
    }


def file_name(name: str) -> str:
    """`name` as a file can be called everywhere, at most 80 characters.

    >>> file_name("村民小组 / n = 3")
    '村民小组-n-3'
    """
    return _NO_NAME.sub("-", name).strip("-")[:80] or "figure"
