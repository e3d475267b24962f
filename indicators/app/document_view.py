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
    begins = marking.pages(document.text, every["start"].tolist(), every["end"].tolist())
    page = marking.page_of(begins, max(0, at))
    first, last = begins[page], [*begins, len(document.text)][page + 1]
    inside = every[(every["start"] >= first) & (every["end"] <= last)]
    text, panel = st.columns([1, 1], gap="large")
    with text:
        st.subheader(t("documents.text"))
        st.html(marking.legend_html(marking.kinds(every), language))
        if len(begins) > 1:
            _turn(begins, page)
        marks = marking.marks(tables.rules, inside, language)
        safe = document.text[first:last].encode("utf-8", "replace").decode()  # half a surrogate pair does not travel
        chosen = int(here.iloc[0]["start"]) if len(here) else -1
        reader.show(READER, safe, first, marks, chosen, {"label": t("documents.reader")}, _chosen)
        st.caption(t("documents.keys"))
    with panel:
        if len(here):
            number_panel.show(tables, document, here.iloc[0])
        else:
            st.info(t("documents.choose"), icon=":material/ads_click:")
        _listed(tables, document, inside, len(every))


def _turn(begins: list[int], page: int) -> None:
    """Buttons to the page before and the one behind."""
    row = st.container(horizontal=True, vertical_alignment="center")
    for word, to in (("back", page - 1), ("on", page + 1)):
        usable = 0 <= to < len(begins)
        target = [str(begins[to])] if usable else []
        row.button(t(f"documents.page.{word}"), disabled=not usable, on_click=state.choose, args=("at", target))
    row.caption(t("documents.page", page=page + 1, pages=len(begins)))


def _listed(tables: Tables, document: Document, inside: pd.DataFrame, count: int) -> None:
    """The numbers of the page as a table; a row chosen is shown in the text."""
    title = t("documents.numbers", count=count)
    st.subheader(title if len(inside) == count else f"{title} · {t('documents.of_page', count=len(inside))}")
    numbers = inside[marking.chosen(inside, state.pick_one("numbers", marking.CHOICES, _choice, **CHIPS))]
    names = [marking.names_of(tables.rules, ids, state.language()) for ids in numbers["indicator"]]
    height = 520 if len(numbers) > 13 else "auto"
    shown = numbers.assign(indicator=names)
    row = showing.show_table(shown, NUMBERS, f"numbers-{document.name}", choose=True, height=height)
    _follow(None if row is None else int(numbers.iloc[row]["start"]))


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
        state.refuse("at", at[0])
        return -1
    return offsets[0] if offsets else -1


def _follow(start: int | None) -> None:
    """A row newly chosen in the table is shown in the text."""
    if start is not None and st.session_state.get(ROW) != start:
        state.choose("at", [str(start)])
        st.session_state[ROW] = start
        st.rerun()
    st.session_state[ROW] = start


def _chosen() -> None:
    start = reader.choice(READER)
    if start is not None:
        state.choose("at", [str(start)])


def _choice(code: str) -> str:
    return t(f"numbers.{code}")
