"""Documents: the table of documents to fill in, then one text with every number marked by what became of it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.app import corpus_table, document_view, loading, problems, showing, state, uploads
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.app.words import plain, spoken
from indicators.table.store import Rows

CLAIM = ["indicator_name", "value", "unit", "sentence", "county", "town", "period_start", "period_end", "status"]


def show() -> None:
    """Draw the page."""
    tables = loading.current()
    showing.heading("documents")
    uploads.listed(tables)
    if tables.documents.empty:
        problems.empty("empty.corpus")
        return
    titles = titles_of(tables.documents)
    names = list(titles)
    corpus_table.show(tables, (state.known("document", names) or names)[0])
    name = state.pick_one("document", names, lambda code: f"{code} · {titles[code]}" if titles[code] else code)
    document = tables.documents_by_name.get(name)
    if not tables.documents_by_name:
        captured(tables, name)
        return
    if document is None or document.status == "refused":
        reason = spoken(document.reason, state.language()) if document else ""
        st.warning(t("documents.refused", reason=reason), icon=":material/block:")
        return
    if document.reason:
        st.caption(plain(spoken(document.reason, state.language())))
    numbers = tables.quantities.where("document = ?", name).frame(order="start")
    document_view.show(tables, document, numbers)


def titles_of(documents: Rows) -> dict[str, str]:
    """Title of each document to choose from: the first of the table, and the one that the address names."""
    facts = ["document", "title"]
    asked = documents.among("document", state.chosen("document")).frame(facts)
    first = documents.frame(facts, limit=showing.ROWS, order=corpus_table.ORDER)
    listed = pd.concat([first, asked]).drop_duplicates("document")
    return dict(zip(listed["document"], listed["title"], strict=True))


def captured(tables: Tables, name: str) -> None:
    """The claims of a document whose text did not come along."""
    st.info(t("documents.no_text"), icon=":material/info:")
    row = showing.show_rows(tables.claims.where("document = ?", name), CLAIM, f"captured-{name}", choose=True)
    if row is not None:
        showing.show_claim(tables, str(row["claim_id"]))


if __name__ == "__main__":
    show()
