"""Download: the tables in three formats, files for statistics packages, and the whole as one ZIP that can be cited."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from indicators.app import citing, filters, loading, rulebook, showing
from indicators.app.loading import Tables
from indicators.app.selection import matching
from indicators.app.state import t
from indicators.sharing import TITLE, package
from indicators.table.exports import to_bytes
from indicators.table.panel import panel
from indicators.table.row_exports import rows_to_bytes
from indicators.table.stata import to_stata
from indicators.table.workbook import MOST_ROWS

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
    for name in TABLES:
        rows = getattr(tables, name)
        if only and name != "documents":
            rows = matching(rows, selection, topics)
        with st.container(border=True):
            st.markdown(f"**{t('download.' + name)}**  \n{t('download.' + name + '.about')}")
            st.caption(t("download.size", rows=len(rows), columns=len(rows.columns)))
            row = st.container(horizontal=True)
            for suffix, mime in FORMATS.items():
                label, file = suffix.upper(), f"{name}-{tables.versions.data_version}.{suffix}"
                closed = rows.empty or (suffix == "xlsx" and len(rows) > MOST_ROWS)
                offer(row, label, file, partial(rows_to_bytes, rows, suffix), mime, f"{name}-{suffix}", closed)
    if tables.project:
        everything(tables)
    statistics(tables)


def everything(tables: Tables) -> None:
    """The ZIP of the project, how to cite it, and what its version is made of."""
    version = tables.versions.data_version
    with st.container(border=True):
        st.markdown(f"**{t('download.package')}**  \n{t('download.package.about')}")
        texts = st.checkbox(t("download.texts"), key="download-texts", persist_state="session")
        offer(st, "ZIP", f"indicators-{version}.zip", partial(package, tables.project, texts), "application/zip", "zip")
        st.caption(t("download.version", version=version))
        with st.expander(t("download.cite"), icon=":material/format_quote:"):
            st.code(cited(tables), language="bibtex", wrap_lines=True)
            shown = [f"| {t('part.' + name)} | `{part}` |" for name, part in tables.versions.listed().items()]
            head = f"| {t('download.part')} | {t('download.part.version')} |\n|---|---|\n"
            st.markdown(head + "\n".join(shown))


def statistics(tables: Tables) -> None:
    """Files for Stata and R: the panel county x year, and tables with labels."""
    with st.container(border=True):
        st.markdown(f"**{t('download.statistics')}**  \n{t('download.statistics.about')}")
        row = st.container(horizontal=True)
        for name, (mime, data) in statistics_files(tables).items():
            file = name.replace(".", f"-{tables.versions.data_version}.")
            offer(row, name, file, data, mime, name, tables.claims.empty)


def statistics_files(tables: Tables) -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Name of each file -> its type, and how its bytes are made."""
    names = {name: rulebook.indicator_name(tables.rules, name, "zh") for name in rulebook.indicators(tables.rules)}
    stata = "application/x-stata-dta"

    def wide() -> pd.DataFrame:
        counties = tables.observations.where("level = 'county'").frame()
        return panel(counties, tables.claims.frame(["claim_id", "scope", "part"]))[0]

    return {
        "panel.csv": ("text/csv", lambda: to_bytes(wide(), "csv")),
        "panel.dta": (stata, lambda: to_stata(wide(), names)),
        "claims.dta": (stata, lambda: to_stata(tables.claims.frame(), names)),
    }


def offer(
    where: Any, label: str, file: str, data: Callable[[], bytes], mime: str, key: str, disabled: bool = False
) -> None:
    """A button whose file is made when somebody presses it."""
    icon = ":material/download:"
    options = {"mime": mime, "key": f"download-{key}", "on_click": "ignore", "disabled": disabled, "icon": icon}
    where.download_button(label, data=data, file_name=file, **options)


def cited(tables: Tables) -> str:
    """How to cite the tables, as BibTeX."""
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    return citing.bibtex(TITLE, tables.versions.data_version, day, tables.claims, tables.documents)


if __name__ == "__main__":
    show()
