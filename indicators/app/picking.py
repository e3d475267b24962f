"""The controls of the Compare page: level, indicators, form, status, divisions of today or of the time, prices."""

from __future__ import annotations

import streamlit as st

from indicators.app import comparing, divided, filters, forms, rulebook, state
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.app.words import word_of
from indicators.table import queries
from indicators.table.store import Rows

MOST = 6


def level(observations: Rows) -> str:
    """The level to compare, as chips with their number of places."""
    counts, language = queries.levels_count(observations), state.language()
    return state.pick_one(
        "level",
        list(counts),
        lambda code: f"{word_of('level', code, language)} {counts.get(code, 0)}",
        comparing.opening_level(observations),
        "segmented_control",
    )


def indicators_and_form(tables: Tables, observations: Rows, level: str) -> tuple[list[str], str]:
    """The indicators to draw, those with most places first; and the form to draw them in."""
    counts, language = comparing.by_places(observations, level), state.language()
    asked = state.known("indicator", list(rulebook.indicators(tables.rules)))
    state.choose("indicator", [name for name in asked if name in counts] or list(counts)[:1])
    indicators = state.pick_many(
        "indicator",
        list(counts),
        lambda code: f"{rulebook.indicator_name(tables.rules, code, language)} ({counts.get(code, 0)})",
    )
    form = state.pick_one("form", forms.FORMS, lambda code: t(f"form.{code}"), "bars", "segmented_control")
    if len(indicators) > MOST:
        st.caption(t("compare.cut", most=MOST))
    return indicators[:MOST], form


def statuses_and_divisions(tables: Tables, observations: Rows) -> bool:
    """Which statuses are shown, each apart; whether places go by the divisions of their time, where that differs."""
    row, language = st.container(horizontal=True), state.language()
    told = tables.claims.among("indicator", observations.values("indicator")).values("status")
    present = [status for status in filters.STATUSES if status == "actual" or status in told]
    if len(present) > 1:
        key = f"show-status-{language}"
        st.session_state[key] = [name for name in state.chosen("status") if name in present] or ["actual"]
        row.pills(
            t("filter.show_status"),
            present,
            selection_mode="multi",
            format_func=lambda code: word_of("status", code, language),
            key=key,
            on_change=_keep_status,
            args=(key,),
        )
    if not divided.changed(observations.where("code_then <> ''").frame(list(divided.NEEDED))):
        return False
    kinds = ["today", "then"]
    name = state.pick_one("divisions", kinds, lambda code: t(f"divisions.{code}"), "today", "segmented_control", row)
    return name == "then"


def constant_prices(observations: Rows) -> bool:
    """The switch between current and constant prices; none, and False, where no price index was given."""
    if "value_real" not in observations.columns:
        return False
    kinds = ["current", "constant"]
    picked = state.pick_one("prices", kinds, lambda code: t(f"prices.{code}.do"), "current", "segmented_control")
    return picked == "constant"


def _keep_status(key: str) -> None:
    """Actual values alone are what the page shows unasked."""
    values = st.session_state[key]
    state.choose("status", [] if values == ["actual"] else values)
