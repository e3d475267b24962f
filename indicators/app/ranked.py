"""Rankings of the Compare page, made once for all sessions that look at the same. Shared: only read them."""

from __future__ import annotations

import streamlit as st

from indicators import charts
from indicators.app import comparing, loading, prices, rulebook, selection
from indicators.app.comparing import Ranking
from indicators.app.loading import Tables
from indicators.app.selection import Selection
from indicators.app.words import Language
from indicators.table import queries
from indicators.table.store import Rows


def observed(tables: Tables, chosen: Selection) -> Rows:
    """Observations of actual claims, or of the statuses chosen; only those with a place and a value."""
    statuses = tuple(sorted(chosen.statuses)) or ("actual",)
    rows = loading.observations_of(tables, statuses)
    rows = selection.matching(rows, chosen, rulebook.topic_of(tables.rules))
    return rows.among("level", queries.LEVELS).where("value IS NOT NULL")


def colours(tables: Tables) -> dict[str, str]:
    """County code -> its colour, whatever is selected."""
    return charts.county_colours(list(selection.counties(tables.spoken)["county_code"]))


@st.cache_resource(max_entries=200, show_spinner=False)
def rankings(
    version: str, chosen: Selection, indicator: str, level: str, language: Language, then: bool, real: bool
) -> list[Ranking]:
    """The rankings of one indicator at one level of the tables of `version` (`Tables.version`).

    `then`: counties are named by the divisions of their period; `real`: amounts are at constant prices.
    """
    tables = loading.current()
    own, narrow = comparing.of_indicator(observed(tables, chosen), tables.claims, indicator, level)
    own = prices.at_constant_prices(own) if real else own
    return comparing.rankings(own, narrow, indicator, level, language, colours(tables), then)
