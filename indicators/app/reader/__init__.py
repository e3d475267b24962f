"""A page of a document with every number marked: chosen by click or keyboard, nothing fetched.

A component of Streamlit: `reader.js` builds the text out of text nodes, so nothing in a document is ever markup. Each
class of numbers has a line of its own below or around it, so that it is told apart without colour too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import streamlit as st

KINDS = ("claimed", "unclaimed", "date", "ordinal", "name", "idiom", "id")


@dataclass(frozen=True, slots=True)
class Number:
    """A number to be marked: its span in the document, its kind (of KINDS), and a line on what became of it."""

    start: int
    end: int
    kind: str
    note: str


def show(
    key: str,
    text: str,
    first: int,
    numbers: Sequence[Number],
    chosen: int,
    words: dict[str, str],
    on_choose: Callable[[], None],
) -> None:
    """Draw `text`, which begins at the character `first` of its document, with `numbers` marked.

    `chosen` is the start of the number that stands out and is scrolled to, -1 for none. A click, or Enter, calls
    `on_choose`, after which `choice(key)` tells which one. `words`: how the reader calls itself and its keys.
    """
    marks = [[number.start - first, number.end - first, number.kind, number.note] for number in numbers]
    data = {"text": text, "marks": marks, "chosen": chosen - first if chosen >= 0 else -1, "words": words}
    _reader()(key=key, data={**data, "first": first}, on_chosen_change=on_choose)


def choice(key: str) -> int | None:
    """The start of the number that was chosen just now in the reader of that key, counted in its document."""
    told = st.session_state.get(key) or {}
    at = told.get("chosen")
    return at if isinstance(at, int) else None


def asset(name: str) -> str:
    """The text of a file of this folder."""
    return resources.files("indicators.app.reader").joinpath(name).read_text("utf-8")


@cache
def _reader() -> Any:
    return st.components.v2.component(
        "indicators_reader", js=asset("reader.js"), css=asset("reader.css"), isolate_styles=False
    )
