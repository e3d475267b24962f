"""Compare: one or several indicators over the places of one level, in six forms; every mark leads to its sentence."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from indicators.app import (
    comparing,
    filters,
    forms,
    loading,
    normalised,
    picking,
    problems,
    ranked,
    rulebook,
    showing,
    state,
)
from indicators.app.comparing import Ranking
from indicators.app.loading import Tables
from indicators.app.selection import Selection

COLUMNS = [
    "place", "value", "value_low", "value_high", "unit", "qualifier", "period", "status", "claims", "sources",
    "conflict",
]  # fmt: skip


def show() -> None:
    """Draw the page."""
    tables, chosen = loading.current(), filters.current()
    showing.heading("compare")
    observations = ranked.observed(tables, chosen)
    if observations.empty:
        problems.empty("empty.compare")
        return
    level = picking.level(observations)
    indicators, form = picking.indicators_and_form(tables, observations, level)
    then = picking.statuses_and_divisions(tables, observations.among("indicator", indicators))
    real = picking.constant_prices(observations)
    st.html(showing.key_html())
    found = {
        name: ranked.rankings(tables.version, chosen, name, level, state.language(), then, real) for name in indicators
    }
    if form == "panels":
        panels(tables, found)
        return
    span = forms.pick_years([ranking for part in found.values() for ranking in part]) if form == "change" else ("", "")
    for indicator, parts in found.items():
        describe(tables, indicator)
        name = rulebook.indicator_name(tables.rules, indicator, state.language())
        for ranking in parts:
            far = max(other.far for other in parts if comparing.alike(ranking, other))
            draw(tables, ranking, form, name, f"{indicator}-{key_of(ranking)}", span, far)
        say_gaps(tables, chosen, level, parts)
        normalised.show(tables, indicator, level, observations)


def describe(tables: Tables, indicator: str) -> None:
    """Name and definition of an indicator."""
    language = state.language()
    st.subheader(rulebook.indicator_name(tables.rules, indicator, language))
    lines = rulebook.definition(tables.rules, indicator, language)
    if lines:
        st.caption("  \n".join(lines))


def key_of(ranking: Ranking) -> str:
    """What tells the widgets of one ranking from those of another."""
    return "-".join([ranking.unit, ranking.time, ranking.basis, ranking.status, state.language()])


def draw(tables: Tables, ranking: Ranking, form: str, name: str, key: str, span: tuple[str, str], far: float) -> None:
    """One ranking of the indicator `name`: its chart, the evidence of the mark chosen, the table behind it all."""
    title = f"{name}<br>{comparing.title_of(ranking, state.language())}"  # a saved figure says what it shows
    ids = forms.draw(form, ranking, title, key, span, far)
    showing.show_proof(tables, ranking.rows, ids, COLUMNS, key)


def panels(tables: Tables, found: dict[str, list[Ranking]]) -> None:
    """All rankings of all indicators beside each other; one table behind them."""
    language = state.language()
    named = [
        (f"{rulebook.indicator_name(tables.rules, name, language)}<br>{comparing.title_of(ranking, language)}", ranking)
        for name, parts in found.items()
        for ranking in parts
    ]
    ids = forms.panels(named, "-".join(found))
    every = pd.concat([ranking.rows for _, ranking in named], ignore_index=True)
    showing.show_proof(tables, showing.named(tables, every), ids, ["indicator_name", *COLUMNS], "panels")


def say_gaps(tables: Tables, chosen: Selection, level: str, parts: Iterable[Ranking]) -> None:
    """Counties that were chosen and report nothing: said, never drawn as 0. Merged counties are said too."""
    rows = [ranking.rows for ranking in parts]
    forms.say_gaps(tables.spoken, chosen.counties if level == "county" else (), pd.concat(rows) if rows else None)


if __name__ == "__main__":
    show()
