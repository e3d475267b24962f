"""Documents: the table of documents, then one text with every number marked by what became of it."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from indicators.app import evidence, loading, marking, problems, showing, state
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.app.words import word_of

DOCUMENTS = [
    "document", "title", "source", "published", "written", "place", "characters", "quantities", "claims",
    "undated_claims", "encoding", "status", "reason",
]  # fmt: skip
NUMBERS = [
    "text",
    "value",
    "unit",
    "class",
    "indicator",
    "qualifier",
    "status",
    "county",
    "period_start",
    "period_end",
    "sentence",
]
CHIPS = {"default": "claims", "widget": "segmented_control"}


def show() -> None:
    """Draw the page."""
    tables = loading.current()
    showing.heading("documents")
    if tables.documents.empty:
        problems.empty("empty.corpus")
        return
    table = tables.documents.sort_values("undated_claims", ascending=False, kind="stable")
    at = showing.show_table(table, DOCUMENTS, "documents-table", choose=True)
    names = list(table["document"])
    if at is not None and st.session_state.get("documents-row") != at:
        state.choose("document", [str(table.iloc[at]["document"])])
    st.session_state["documents-row"] = at
    titles = dict(zip(names, table["title"], strict=True))
    name = state.pick_one("document", names, lambda code: f"{code} · {titles[code]}" if titles[code] else code)
    document = tables.documents_by_name.get(name)
    if document is None or document.status == "refused":
        reason = document.reason if document else ""
        st.warning(t("documents.refused", reason=reason), icon=":material/block:")
        return
    numbers = tables.quantities[tables.quantities["document"] == name].sort_values("start")
    read(tables, name, document.text, numbers)


def read(tables: Tables, name: str, text: str, every: pd.DataFrame) -> None:
    """The text with its numbers marked, a legend that counts them, and the table of the numbers."""
    language = state.language()
    colours = evidence.colours(state.dark())
    entries = [
        (colours[marking.COLOUR.get(kind, "other")], f"{word_of('fate', kind, language)} {count}")
        for kind, count in Counter(marking.kinds(every)).most_common()
    ]
    reading, table = st.columns([1, 1], gap="large")
    with table:
        st.subheader(t("documents.numbers", count=len(every)))
        numbers = every[marking.chosen(every, state.pick_one("numbers", marking.CHOICES, _choice, **CHIPS))]
        names = [marking.names_of(tables.rules, ids, language) for ids in numbers["indicator"]]
        shown = numbers.assign(indicator=names)
        height = 520 if len(numbers) > 13 else "auto"
        at = showing.show_table(shown, NUMBERS, f"numbers-{name}", choose=True, height=height)
        if at is not None:
            explain(tables, numbers.iloc[at])
    with reading:
        st.subheader(t("documents.text"))
        st.html(evidence.legend_html(entries))
        start = -1 if at is None else int(numbers.iloc[at]["start"])
        marks = marking.marks(tables.rules, every, language, start)
        with st.container(height=720 if len(text) > 900 else "content", border=True):
            st.html(f'<div class="reading">{evidence.marked(text, marks)}</div>')


def _choice(code: str) -> str:
    return t(f"numbers.{code}")


def explain(tables: Tables, row: pd.Series) -> None:
    """The claims that a chosen number became, or that it became none."""
    claims = tables.claims
    own = claims[(claims["document"] == row["document"]) & (claims["start"] == row["start"])]
    if own.empty:
        st.info(
            t("documents.unclaimed") if row["class"] == "claim" else word_of("class", row["class"], state.language())
        )
    for claim_id in own["claim_id"]:
        showing.show_claim(tables, str(claim_id))


if __name__ == "__main__":
    show()
