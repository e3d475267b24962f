"""Documents: the table of documents to fill in, then one text with every number marked by what became of it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.app import corpus_table, loading, marking, number_panel, problems, reader, showing, state, uploads
from indicators.app.loading import Tables
from indicators.app.reader import Number
from indicators.app.state import t
from indicators.model import Document

NUMBERS = [
    *("text", "value", "unit", "class", "indicator", "qualifier", "status", "county", "period_start", "period_end"),
    "sentence",
]
CHIPS = {"default": "claims", "widget": "segmented_control"}
READER, SHOWN, ROW = "documents-reader", "documents-shown", "documents-number"


def show() -> None:
    """Draw the page."""
    tables = loading.current()
    showing.heading("documents")
    uploads.listed(tables)
    if tables.documents.empty:
        problems.empty("empty.corpus")
        return
    table = corpus_table.ordered(tables.documents)
    names = [str(name) for name in table["document"]]
    name = (state.known("document", names) or names[:1])[0]
    corpus_table.show(tables, name)
    titles = dict(zip(names, table["title"], strict=True))
    name = state.pick_one("document", names, lambda code: f"{code} · {titles[code]}" if titles[code] else code)
    document = tables.documents_by_name.get(name)
    if document is None or document.status == "refused":
        reason = document.reason if document else ""
        st.warning(t("documents.refused", reason=reason), icon=":material/block:")
        return
    numbers = tables.quantities[tables.quantities["document"] == name].sort_values("start").reset_index(drop=True)
    read(tables, document, numbers, _place(name, numbers))


def _place(name: str, numbers: pd.DataFrame) -> int:
    """The start of the number that is looked at, -1 for none; an offset that stayed when the document changed is none.

    An offset within a number means that number, one between numbers only a place in the text.
    """
    at = state.chosen("at")
    before = st.session_state.get(SHOWN)
    if before is not None and before[0] != name and before[1] == at:
        state.choose("at", at := [])
    st.session_state[SHOWN] = (name, at)
    if not at or not at[0].isdecimal() or len(at[0]) > 12:
        return -1
    return int(at[0])


def read(tables: Tables, document: Document, every: pd.DataFrame, at: int) -> None:
    """A page of the text with its numbers marked; beside it what the chosen number became and the list of numbers."""
    language = state.language()
    here = every[(every["start"] <= at) & (every["end"] > at)]
    marks = marking.marks(tables.rules, every, language)
    begins = marking.pages(document.text, marks)
    text, panel = st.columns([1, 1], gap="large")
    with text:
        st.subheader(t("documents.text"))
        st.html(marking.legend_html(marking.kinds(every), language))
        _page(document.text, marks, begins, at, int(here.iloc[0]["start"]) if len(here) else -1)
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


def _follow(start: int | None) -> None:
    """A row newly chosen in the table is shown in the text."""
    if start is not None and st.session_state.get(ROW) != start:
        state.choose("at", [str(start)])
        st.session_state[ROW] = start
        st.rerun()
    st.session_state[ROW] = start


def _page(text: str, marks: list[Number], begins: list[int], at: int, chosen: int) -> None:
    """The page of the text that holds `at`, and the way to the others."""
    page = marking.page_of(begins, max(0, at))
    first, last = begins[page], [*begins, len(text)][page + 1]
    if len(begins) > 1:
        row = st.container(horizontal=True, vertical_alignment="center")
        for word, to in (("back", page - 1), ("on", page + 1)):
            usable = 0 <= to < len(begins)
            target = [str(begins[to])] if usable else []
            row.button(t(f"documents.page.{word}"), disabled=not usable, on_click=state.choose, args=("at", target))
        row.caption(t("documents.page", page=page + 1, pages=len(begins)))
    inside = [mark for mark in marks if first <= mark.start < last]
    words = {"label": t("documents.reader")}
    safe = text[first:last].encode("utf-8", "replace").decode()  # half a surrogate pair does not travel
    reader.show(READER, safe, first, inside, chosen, words, _chosen)
    st.caption(t("documents.keys"))


def _chosen() -> None:
    start = reader.choice(READER)
    if start is not None:
        state.choose("at", [str(start)])


def _choice(code: str) -> str:
    return t(f"numbers.{code}")


if __name__ == "__main__":
    show()
