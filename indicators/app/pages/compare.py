"""Compare: one or several indicators over the places of one level; every bar leads to its sentence."""

from __future__ import annotations

import streamlit as st

from indicators import charts
from indicators.app import comparing, filters, loading, normalised, problems, rulebook, selection, showing, state
from indicators.app.comparing import Ranking
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.app.words import name_of, word_of
from indicators.table import queries
from indicators.table.store import Rows

COLUMNS = ["place", "value", "value_low", "value_high", "unit", "qualifier", "period", "status"]
COLUMNS += ["claims", "sources", "conflict"]
MOST = 6


def show() -> None:
    """Draw the page."""
    tables, chosen = loading.current(), filters.current()
    showing.heading("compare")
    observations = observed(tables, chosen)
    if observations.empty:
        problems.empty("empty.compare")
        return
    level = pick_level(observations)
    indicators, dots = pick_indicators(tables, observations, level)
    colours = charts.county_colours(list(selection.counties(tables.spoken)["county_code"]))
    for indicator in indicators:
        describe(tables, indicator)
        own = comparing.of_indicator(observations, tables.claims, indicator, level)
        for ranking in comparing.rankings(*own, indicator, level, state.language(), colours):
            draw(tables, indicator, ranking, dots)
        normalised.show(tables, indicator, level, observations)


def observed(tables: Tables, chosen: selection.Selection) -> Rows:
    """Observations of actual claims, or of the statuses chosen; only those with a place and a value."""
    statuses = tuple(sorted(chosen.statuses)) or ("actual",)
    rows = loading.observations_of(tables, statuses)
    rows = selection.matching(rows, chosen, rulebook.topic_of(tables.rules))
    return rows.among("level", queries.LEVELS).where("value IS NOT NULL")


def pick_level(observations: Rows) -> str:
    """The level to compare, as chips with their number of places."""
    counts, language = queries.levels_count(observations), state.language()
    return state.pick_one(
        "level",
        list(counts),
        lambda code: f"{word_of('level', code, language)} {counts.get(code, 0)}",
        comparing.opening_level(observations),
        "segmented_control",
    )


def pick_indicators(tables: Tables, observations: Rows, level: str) -> tuple[list[str], bool]:
    """The indicators to draw, those with most places first; and whether as dots."""
    counts, language = comparing.by_places(observations, level), state.language()
    asked = state.known("indicator", list(rulebook.indicators(tables.rules)))
    state.choose("indicator", [name for name in asked if name in counts] or list(counts)[:1])
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    indicators = state.pick_many(
        "indicator",
        list(counts),
        lambda code: f"{rulebook.indicator_name(tables.rules, code, language)} ({counts.get(code, 0)})",
        left,
    )
    form = state.pick_one("form", ["bars", "dots"], lambda code: t(f"form.{code}"), "bars", "segmented_control", right)
    if len(indicators) > MOST:
        st.caption(t("compare.cut", most=MOST))
    return indicators[:MOST], form == "dots"


def describe(tables: Tables, indicator: str) -> None:
    """Name and definition of an indicator."""
    language = state.language()
    st.subheader(rulebook.indicator_name(tables.rules, indicator, language))
    known = rulebook.indicators(tables.rules).get(indicator)
    lines = [
        t(f"rules.{name}", words=name_of(getattr(known, name), language))
        for name in ("counts", "not_counts")
        if known is not None and getattr(known, name, None)
    ]
    if lines:
        st.caption("  \n".join(lines))


def draw(tables: Tables, indicator: str, ranking: Ranking, dots: bool) -> None:
    """One ranking: chart, n, the evidence of the point chosen, change over time, the table behind it all."""
    language, look = state.language(), showing.look()
    parts = [word_of("time", ranking.time, language), word_of("basis", ranking.basis, language)]
    parts += [word_of("status", ranking.status, language)] if ranking.status != "actual" else []
    title = " · ".join(part for part in [*parts, f"n = {ranking.places}"] if part)
    key = "-".join([indicator, ranking.unit, ranking.time, ranking.basis, ranking.status, language])
    bars = charts.compare(ranking.drawn, title, ranking.unit, look, dots)
    if ranking.places > comparing.LINES:
        st.caption(t("compare.most", bars=comparing.BARS, lines=comparing.LINES))
    points = [showing.show_chart(bars, f"bars-{key}", title)]
    proof = st.container()
    if ranking.spans_years:
        lines = charts.over_time(ranking.lines, t("compare.time"), ranking.unit, look)
        points.append(showing.show_chart(lines, f"time-{key}", t("compare.time")))
    with st.expander(t("compare.table", rows=len(ranking.rows))):
        at = showing.show_table(ranking.rows, COLUMNS, f"table-{key}", choose=True)
    ids = [str(point[0]) for point in points if point] + (
        [] if at is None else [str(ranking.rows.iloc[at]["claim_id"])]
    )
    with proof:
        chosen = ranking.rows[ranking.rows["claim_id"].isin(ids)]
        for _, row in chosen.iterrows():
            showing.show_behind(tables, row, f"{key}-")
        if chosen.empty:
            st.caption(t("compare.click"))


if __name__ == "__main__":
    show()
