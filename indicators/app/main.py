"""The router: language, navigation, the tables, the sidebar, then the page; the address last."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from indicators.app import filters, loading, problems, state
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


def main() -> None:
    """Draw the page that the address asks for. Broken rules leave the Rules page, where they are mended."""
    st.set_page_config(page_title="indicators", page_icon=str(Path(__file__).with_name("icon.png")), layout="wide")
    state.begin()
    pages = [
        st.Page(FOLDER / f"{name}.py", title=t(f"page.{name}"), icon=icon, url_path=name, default=name == "overview")
        for name, icon in PAGES.items()
    ]
    # The first page has the empty path; its name leads to it too.
    pages.append(st.Page(FOLDER / "overview.py", title=t("page.overview"), url_path="overview", visibility="hidden"))
    page = st.navigation(pages)
    filters.language_switch()
    try:
        with st.spinner(t("loading")):
            tables = loading.current()
    except IndicatorsError as fault:
        problems.show(fault)
        if page.url_path == "rules":
            page.run()
        state.finish()
        return
    filters.sidebar(tables)
    st.sidebar.caption(t("version", version=tables.versions.data_version))
    notes = st.container()
    page.run()
    with notes:
        problems.say_unknown(tables.version)
    state.choose("version", [tables.version])
    state.finish()


if __name__ == "__main__":
    main()
