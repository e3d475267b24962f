"""Values over their declared denominators (per 100 villager groups) beside what the text says, or why there is none."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators import charts
from indicators.app import loading, ranked, rulebook, session_corpus, showing, state
from indicators.app.comparing import REVIEWED, tick
from indicators.app.loading import Tables
from indicators.app.selection import place_labels
from indicators.app.state import t
from indicators.app.words import Language
from indicators.checks.denominators import denominators
from indicators.checks.rate_words import rate_amount, rate_base
from indicators.table.store import Rows

COLUMNS = ["place", "period", "rate", "document"]
_COUNTY = ["province", "city", "county"]


@st.cache_resource(max_entries=24, show_spinner=False)
def rates(config: str, version: str, indicator: str) -> pd.DataFrame:
    """The denominators of every observation of an indicator, of `config` at `version` (a `loading.signature`)."""
    return rates_of(loading.load_tables(config, version), indicator)


def rates_of(tables: Tables, indicator: str) -> pd.DataFrame:
    """The denominators of every observation of an indicator of these tables."""
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


def bars_of(rows: pd.DataFrame, reviewed: set[str], language: Language) -> list[tuple[str, pd.DataFrame]]:
    """What to draw of `rows_of`: for each denominator that two places or more have, its id and the latest rows.

    The rows have the columns of `charts.compare` but colour; `reviewed` are ids of claims.
    """
    found = []
    known = rows[rows["value"].notna()].sort_values("period", kind="stable")
    for per, own in known.drop_duplicates(["per", "place"], keep="last").groupby("per", sort=False):
        if len(own) < 2:
            continue
        amounts = [rate_amount(*cells) for cells in zip(own["value"], own["qualifier"], strict=True)]
        drawn = own.assign(
            value_low=own["value"],  # a ratio is exact or about: it has no interval
            value_high=own["value"],
            label=[zh if language == "zh" else en for zh, en in amounts],
            tick=[tick(*cells) for cells in zip(own["place"], own["period"], strict=True)],
            hover="<b>" + own["place"] + "</b><br>" + own["rate"],
            reviewed=own["claim_id"].isin(reviewed),
        )
        found.append((str(per), drawn))
    return found


def _draw(tables: Tables, indicator: str, rows: pd.DataFrame, key: str) -> str:
    """The charts of an indicator's rows; the claim whose bar was chosen, "" for none."""
    seen = tables.claims.among("claim_id", list(rows["claim_id"])).among("review", REVIEWED)
    colours = ranked.colours(tables)
    chosen, look, language = "", showing.look(), state.language()
    name = rulebook.indicator_name(tables.rules, indicator, language)
    known = rulebook.indicators(tables.rules)
    bases = {per.indicator: rate_base(per, known[per.indicator]) for per in known[indicator].per}
    for at, (per, drawn) in enumerate(bars_of(rows, set(seen.values("claim_id")), language)):
        title = f"{name}<br>{bases[per][language == 'en']} · n = {len(drawn)}"
        inked = drawn.assign(colour=[colours.get(code, charts.NEUTRAL) for code in drawn["county_code"]])
        point = showing.show_chart(charts.compare(inked, title, "", look), f"{key}-{at}", title)
        chosen = str(point[0]) if point else chosen
    return chosen


def show(tables: Tables, indicator: str, level: str, observations: Rows) -> None:
    """The table of an indicator that declares denominators; the row chosen leads to its sentence."""
    known = {entry.id: entry for entry in tables.rules.indicators}.get(indicator)
    if known is None or not known.per:
        return
    config = str(loading.config_path())
    mine = session_corpus.holds(tables)
    found = rates_of(tables, indicator) if mine else rates(config, loading.signature(config), indicator)
    counties = observations.query("SELECT DISTINCT province, city, county FROM {rows}")
    rows = rows_of(found, indicator, level, counties, state.language())
    if rows.empty:
        return
    with st.expander(t("normalised.title"), expanded=bool(rows["value"].notna().any())):
        st.caption(t("normalised.about"))
        key = f"rates-{indicator}-{level}-{state.language()}"
        chosen = _draw(tables, indicator, rows, key)
        at = showing.show_table(rows, COLUMNS, key, choose=True)
        chosen = chosen if at is None else str(rows.iloc[at]["claim_id"])
        if chosen:
            showing.show_claim(tables, chosen, f"rate-{indicator}-")
