"""Values over their declared denominators (per 100 villager groups) beside what the text says, or why there is none."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.app import loading, rulebook, showing, state
from indicators.app.loading import Tables
from indicators.app.selection import place_labels
from indicators.app.state import t
from indicators.app.words import Language
from indicators.checks.denominators import denominators
from indicators.table.store import Rows

COLUMNS = ["place", "period", "rate", "document"]
_COUNTY = ["province", "city", "county"]


@st.cache_resource(max_entries=24, show_spinner=False)
def rates(config: str, version: str, indicator: str) -> pd.DataFrame:
    """The denominators of every observation of an indicator, of `config` at `version` (a `loading.signature`)."""
    tables = loading.load_tables(config, version)
    series = tables.project.series() if tables.project and tables.rules.series else None
    observed = tables.observations.where("indicator = ?", indicator).frame()
    below = [entry.indicator for entry in rulebook.indicators(tables.rules)[indicator].per]
    told = "SELECT DISTINCT document FROM claims WHERE indicator = ?"
    needed = tables.claims.where(f"document IN ({told}) OR list_contains(?, indicator)", indicator, below)
    return denominators(observed, needed.frame(), tables.rules, series)


def rows_of(
    rates: pd.DataFrame, indicator: str, level: str, observations: pd.DataFrame, language: Language
) -> pd.DataFrame:
    """Rows of one indicator at one level, of the counties that `observations` hold, those with a value first.

    Columns COLUMNS: `rate` is the whole answer in words, `document` the one that it leads to.
    """
    rows = rates[(rates["indicator"] == indicator) & (rates["level"] == level)]
    known = set(map(tuple, observations[_COUNTY].to_numpy().tolist()))
    inside = [tuple(place) in known for place in rows[_COUNTY].to_numpy().tolist()]
    rows = rows[pd.Series(inside, index=rows.index, dtype=bool)].sort_values(["per", "value"], ascending=[True, False])
    return rows.assign(
        place=place_labels(rows),
        period=rows["period_end"].str[:4],
        rate=rows["shown"] if language == "zh" else rows["shown_en"],
        document=rows["source"],
    ).reset_index(drop=True)


def show(tables: Tables, indicator: str, level: str, observations: Rows) -> None:
    """The table of an indicator that declares denominators; the row chosen leads to its sentence."""
    known = {entry.id: entry for entry in tables.rules.indicators}.get(indicator)
    if known is None or not known.per:
        return
    config = str(loading.config_path())
    found = rates(config, loading.signature(config), indicator)
    counties = observations.query("SELECT DISTINCT province, city, county FROM {rows}")
    rows = rows_of(found, indicator, level, counties, state.language())
    if rows.empty:
        return
    with st.expander(t("normalised.title"), expanded=bool(rows["value"].notna().any())):
        st.caption(t("normalised.about"))
        at = showing.show_table(rows, COLUMNS, f"rates-{indicator}-{level}", choose=True)
        if at is not None and rows.iloc[at]["claim_id"]:
            showing.show_claim(tables, str(rows.iloc[at]["claim_id"]), f"rate-{indicator}-")
