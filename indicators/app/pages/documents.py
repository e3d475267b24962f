"""Documents: the table of documents to fill in, then one text with every number marked by what became of it."""

from __future__ import annotations

import streamlit as st

from indicators.app import corpus_table, document_view, loading, problems, showing, state, uploads
from indicators.app.state import t


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
    corpus_table.show(tables, (state.known("document", names) or names)[0])
    titles = dict(zip(names, table["title"], strict=True))
    name = state.pick_one("document", names, lambda code: f"{code} · {titles[code]}" if titles[code] else code)
    document = tables.documents_by_name.get(name)
    if document is None or document.status == "refused":
        reason = document.reason if document else ""
        st.warning(t("documents.refused", reason=reason), icon=":material/block:")
        return
    numbers = tables.quantities[tables.quantities["document"] == name].sort_values("start").reset_index(drop=True)
    document_view.show(tables, document, numbers)


if __name__ == "__main__":
    show()
