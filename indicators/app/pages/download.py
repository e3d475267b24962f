"""Download: the four tables as CSV, XLSX and Parquet, made when the button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from indicators.app import filters, loading, rulebook, showing
from indicators.app.selection import matching
from indicators.app.state import t
from indicators.table.exports import to_bytes

TABLES = ("claims", "observations", "quantities", "documents")
FORMATS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def show() -> None:
    """Draw the page."""
    tables, selection = loading.current(), filters.current()
    showing.heading("download")
    topics = rulebook.topic_of(tables.rules)
    only = st.toggle(t("download.filtered"), key="download-filtered", persist_state="session")
    st.caption(t("download.version", version=tables.version))
    for name in TABLES:
        frame = getattr(tables, name)
        if only and name != "documents":
            frame = matching(frame, selection, topics)
        with st.container(border=True):
            st.markdown(f"**{t('download.' + name)}**  \n{t('download.' + name + '.about')}")
            st.caption(t("download.size", rows=len(frame), columns=len(frame.columns)))
            row = st.container(horizontal=True)
            for suffix, mime in FORMATS.items():
                row.download_button(
                    suffix.upper(),
                    data=made(frame, suffix),
                    file_name=f"{name}-{tables.version}.{suffix}",
                    mime=mime,
                    key=f"download-{name}-{suffix}",
                    on_click="ignore",
                    disabled=frame.empty,
                    icon=":material/download:",
                )


def made(frame: pd.DataFrame, suffix: str) -> Callable[[], bytes]:
    """The bytes of a file, made when somebody asks for them."""
    return partial(to_bytes, frame, suffix)


if __name__ == "__main__":
    show()
