"""Documents: the table of documents, then one text with every number marked by what became of it."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from indicators.app import evidence, loading, marking, problems, showing, state
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.app.words import word_of
from indicators.table.store import Rows

DOCUMENTS = [
    "document", "title", "source", "published", "written", "place", "characters", "quantities", "claims",
    "undated_claims", "encoding", "status", "reason",
]  # fmt: skip
NUMBERS = [
    "text", "value", "unit", "class", "indicator", "qualifier", "status", "county", "period_start", "period_end",
    "sentence",
]  # fmt: skip
CLAIM = ["indicator_name", "value", "unit", "sentence", "county", "town", "period_start", "period_end", "status"]
ORDER = "undated_claims DESC, document"
CHIPS = {"default": "claims", "widget": "segmented_control"}


def show() -> None:
    """Draw the page."""
    tables = loading.current()
    showing.heading("documents")
    if tables.documents.empty:
        problems.empty("empty.corpus")
        return
    row = showing.show_rows(tables.documents, DOCUMENTS, "documents-table", choose=True, order=ORDER)
    at = None if row is None else str(row["document"])
    if at is not None and st.session_state.get("documents-row") != at:
        state.choose("document", [at])
    st.session_state["documents-row"] = at
    titles = titles_of(tables.documents)
    names = list(titles)
    name = state.pick_one("document", names, lambda code: f"{code} · {titles[code]}" if titles[code] else code)
    document = tables.documents_by_name.get(name)
    if not tables.documents_by_name:
        captured(tables, name)
        return
    if document is None or document.status == "refused":
        reason = document.reason if document else ""
        st.warning(t("documents.refused", reason=reason), icon=":material/block:")
        return
    read(tables, name, document.text, tables.quantities.where("document = ?", name).frame(order="start"))


def titles_of(documents: Rows) -> dict[str, str]:
    """Title of each document to choose from: the first of the table, and the one that the address names."""
    facts = ["document", "title"]
    asked = documents.among("document", state.chosen("document")).frame(facts)
    listed = pd.concat([documents.frame(facts, limit=showing.ROWS, order=ORDER), asked]).drop_duplicates("document")
    return dict(zip(listed["document"], listed["title"], strict=True))


def captured(tables: Tables, name: str) -> None:
    """The claims of a document whose text did not come along."""
    st.info(t("documents.no_text"), icon=":material/info:")
    row = showing.show_rows(tables.claims.where("document = ?", name), CLAIM, f"captured-{name}", choose=True)
    if row is not None:
        showing.show_claim(tables, str(row["claim_id"]))


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
    own = tables.claims.where("document = ? AND start = ?", str(row["document"]), int(row["start"])).frame(["claim_id"])
    if own.empty:
        st.info(
            t("documents.unclaimed") if row["class"] == "claim" else word_of("class", row["class"], state.language())
        )
    for claim_id in own["claim_id"]:
        showing.show_claim(tables, str(claim_id))


if __name__ == "__main__":
    show()
