"""The router: language, navigation, the tables, the sidebar, then the page; the address last."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import Page

from indicators.app import access, banner, figure_choice, filters, loading, outside, problems, state, uploads
from indicators.app.state import t
from indicators.errors import IndicatorsError

PAGES = {
    "overview": ":material/space_dashboard:",
    "compare": ":material/leaderboard:",
    "documents": ":material/article:",
    "rules": ":material/rule:",
    "quality": ":material/fact_check:",
    "download": ":material/download:",
}
FOLDER = Path(__file__).parent / "pages"
FIRST = "overview"


def main() -> None:
    """Draw the page that the address asks for. Broken rules leave the Rules page, where they are mended."""
    outside.ask_nobody()
    st.set_page_config(page_title="indicators", page_icon=str(Path(__file__).with_name("icon.png")), layout="wide")
    state.begin()
    filters.language_switch()
    access.require()
    access.badge()
    pages = [_page(name, icon) for name, icon in PAGES.items()]
    page = st.navigation([*pages, _page(FIRST, "", "hidden")])
    if page.url_path == FIRST:
        st.switch_page(pages[0])
    try:
        with st.spinner(t("loading")):
            tables = loading.current()
    except IndicatorsError as fault:
        problems.show(fault)
        if page.url_path == "rules":
            page.run()
        state.finish()
        return
    uploads.sidebar(tables)
    filters.sidebar(tables)
    figure_choice.show()
    st.sidebar.caption(t("version", version=tables.versions.data_version))
    banner.show()
    notes = st.container()
    page.run()
    with notes:
        problems.say_unknown(tables.version)
    state.choose("version", [tables.version])
    state.finish()


def _page(name: str, icon: str, visibility: Literal["visible", "hidden"] = "visible") -> Page:
    """One page. The first is served at the empty path, which reserves a name too: hidden it stands under its own."""
    first = name == FIRST and visibility == "visible"
    return st.Page(
        FOLDER / f"{name}.py",
        title=t(f"page.{name}"),
        icon=icon or None,
        url_path="start" if first else name,
        default=first,
        visibility=visibility,
    )
