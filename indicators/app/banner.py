"""What stands above every page of tables that were opened without their corpus: what they are, and what is missing."""

from __future__ import annotations

import streamlit as st

from indicators import opening
from indicators.app.state import t
from indicators.opening import packages


def show() -> None:
    """Say what was opened; nothing where the dashboard shows a project."""
    path = opening.given()
    if path is None:
        return
    if path.suffix.lower() != packages.SUFFIX:
        st.info(t("opened.table", path=path.name), icon=":material/visibility:")
        return
    about = packages.about(path)
    texts = t("opened.texts" if about.has_texts else "opened.no_texts")
    words = t(
        "opened.package",
        path=path.name,
        version=about.versions.get("data_version", ""),
        made=about.made or "—",
        reader=about.versions.get("reader", ""),
    )
    st.info(f"{words}  \n{texts}", icon=":material/inventory_2:")
