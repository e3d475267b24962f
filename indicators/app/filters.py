"""The sidebar: language, topic, province > city > county, years, status and qualifier, as a `Selection`."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from indicators.app import rulebook, selection, state
from indicators.app.loading import Tables
from indicators.app.selection import Selection
from indicators.app.spelling import spelt
from indicators.app.state import t
from indicators.app.words import LANGUAGES, word, word_of
from indicators.model import Qualifier, Status
from indicators.table.queries import filter_rows, years
from indicators.table.store import Rows

STATUSES: tuple[str, ...] = get_args(Status)
QUALIFIERS: tuple[str, ...] = get_args(Qualifier)


def language_switch() -> None:
    """中文 or English, first in the sidebar."""
    state.pick_one("lang", LANGUAGES, lambda code: word("language", code), "zh", "segmented_control", st.sidebar)  # type: ignore[arg-type]


def sidebar(tables: Tables) -> None:
    """Draw the filters over all claims and numbers."""
    language, side, rules = state.language(), st.sidebar, tables.rules
    spoken = tables.spoken
    side.markdown(f"**{t('filters')}**")
    state.pick_many("topic", rulebook.topics(rules), lambda code: rulebook.topic_name(rules, code, language), side)
    _places(spoken)
    _years(tables)
    state.pick_many("status", STATUSES, lambda code: word_of("status", code, language), side)
    state.pick_many("qualifier", QUALIFIERS, lambda code: word_of("qualifier", code, language), side)
    side.button(t("filters.clear"), on_click=_clear, width="stretch")


def _places(numbers: Rows) -> None:
    """Province > city > county, each narrowed by those above it and found by its characters or by pinyin (ts)."""
    side = st.sidebar
    provinces = state.pick_many("province", selection.names(numbers, "province"), spelt, side, "contains")
    cities = state.pick_many("city", selection.names(numbers, "city", provinces), spelt, side, "contains")
    named = selection.counties(filter_rows(numbers, province=provinces, city=cities))
    labels = {
        str(code): spelt(name, label)
        for code, name, label in zip(named["county_code"], named["county"], named["label"], strict=True)
    }
    state.pick_many("county", list(labels), lambda code: labels.get(code, code), side, "contains")


def current() -> Selection:
    """The selection as chosen, without drawing anything."""
    first, last = _chosen_years()
    return Selection(
        topics=tuple(state.chosen("topic")),
        provinces=tuple(state.chosen("province")),
        cities=tuple(state.chosen("city")),
        counties=tuple(state.chosen("county")),
        first_year=first,
        last_year=last,
        statuses=tuple(state.chosen("status")),
        qualifiers=tuple(state.chosen("qualifier")),
    )


def _chosen_years() -> tuple[int | None, int | None]:
    values = state.chosen("years")
    if len(values) == 2 and all(value.isdigit() for value in values):
        return int(values[0]), int(values[1])
    return None, None


def _years(tables: Tables) -> None:
    """A range of calendar years; the whole range is no limit, so that undated rows stay in the selection."""
    found = years(tables.claims)
    if len(found) < 2:
        return
    low, high = found[0], found[-1]
    values = state.chosen("years")
    first, last = _chosen_years()
    if values and (first is None or last is None or first > last or first > high or last < low):
        state.refuse("years", "–".join(values))
        first = last = None
    key = "years-slider"
    st.session_state[key] = (max(first or low, low), min(last or high, high))
    st.sidebar.slider(t("filter.years"), low, high, key=key, on_change=_keep_years, args=(key, low, high))


def _keep_years(key: str, low: int, high: int) -> None:
    first, last = st.session_state[key]
    state.choose("years", [] if (first, last) == (low, high) else [str(first), str(last)])


def _clear() -> None:
    for name in ("topic", "province", "city", "county", "years", "status", "qualifier"):
        state.choose(name, [])
