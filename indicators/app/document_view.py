"""One document: its text with every number marked, page by page, and what the number that is chosen became.

The address says what is looked at: `document` and `at`, a character of it.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.app import marking, number_panel, reader, showing, state
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.model import Document

NUMBERS = [
    *("text", "value", "unit", "class", "indicator", "qualifier", "status", "county", "period_start", "period_end"),
    "sentence",
]
CHIPS = {"default": "claims", "widget": "segmented_control"}
READER, SHOWN, ROW = "documents-reader", "documents-shown", "documents-number"


def show(tables: Tables, document: Document, every: pd.DataFrame) -> None:
    """A page of the text with its numbers marked; beside it what the chosen number became and the list of numbers.

    `every`: the quantities of the document in order of the text.
    """
    language, at = state.language(), _place(document)
    here = every[(every["start"] <= at) & (every["end"] > at)]
    text, panel = st.columns([1, 1], gap="large")
    with text:
        st.subheader(t("documents.text"))
        st.html(marking.legend_html(marking.kinds(every), language))
        _page(tables, document.text, every, at, int(here.iloc[0]["start"]) if len(here) else -1)
    with panel:
        st.subheader(t("documents.numbers", count=len(every)))
        numbers = every[marking.chosen(every, state.pick_one("numbers", marking.CHOICES, _choice, **CHIPS))]
        names = [marking.names_of(tables.rules, ids, language) for ids in numbers["indicator"]]
        height = 380 if len(numbers) > 9 else "auto"
        row = showing.show_table(
            numbers.assign(indicator=names), NUMBERS, f"numbers-{document.name}", choose=True, height=height
        )
        _follow(None if row is None else int(numbers.iloc[row]["start"]))
        if len(here):
            number_panel.show(tables, document, here.iloc[0])
        else:
            st.caption(t("documents.choose"))


def _place(document: Document) -> int:
    """The character that is looked at, -1 for none; an offset that stayed when the document changed is none.

    An offset within a number means that number, one between numbers only a place in the text.
    """
    at = state.chosen("at")
    before = st.session_state.get(SHOWN)
    if before is not None and before[0] != document.name and before[1] == at:
        state.choose("at", at := [])
    st.session_state[SHOWN] = (document.name, at)
    offsets = [int(words) for words in at if words.isascii() and words.isdigit() and len(words) < 13]
    if at and (not offsets or offsets[0] >= len(document.text)):
        st.session_state[state.UNKNOWN].append(f"at={at[0]}")
        state.choose("at", [])
        return -1
    return offsets[0] if offsets else -1


def _follow(start: int | None) -> None:
    """A row newly chosen in the table is shown in the text."""
    if start is not None and st.session_state.get(ROW) != start:
        state.choose("at", [str(start)])
        st.session_state[ROW] = start
        st.rerun()
    st.session_state[ROW] = start


def _page(tables: Tables, text: str, every: pd.DataFrame, at: int, chosen: int) -> None:
    """The page of the text that holds `at`, and the way to the others."""
    begins = marking.pages(text, every["start"].tolist(), every["end"].tolist())
    page = marking.page_of(begins, max(0, at))
    first, last = begins[page], [*begins, len(text)][page + 1]
    if len(begins) > 1:
        row = st.container(horizontal=True, vertical_alignment="center")
        for word, to in (("back", page - 1), ("on", page + 1)):
            usable = 0 <= to < len(begins)
            target = [str(begins[to])] if usable else []
            row.button(t(f"documents.page.{word}"), disabled=not usable, on_click=state.choose, args=("at", target))
        row.caption(t("documents.page", page=page + 1, pages=len(begins)))
    inside = every[(every["start"] >= first) & (every["end"] <= last)]
    marks = marking.marks(tables.rules, inside, state.language())
    words = {"label": t("documents.reader")}
    safe = text[first:last].encode("utf-8", "replace").decode()  # half a surrogate pair does not travel
    reader.show(READER, safe, first, marks, chosen, words, _chosen)
    st.caption(t("documents.keys"))


def _chosen() -> None:
    start = reader.choice(READER)
    if start is not None:
        state.choose("at", [str(start)])


def _choice(code: str) -> str:
    return t(f"numbers.{code}")
