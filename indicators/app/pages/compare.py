"""Compare: one or several indicators over the places of one level; every bar leads to its sentence."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators import charts
from indicators.app import comparing, filters, loading, problems, rulebook, selection, showing, state
from indicators.app.comparing import Group
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.app.words import name_of, word_of

COLUMNS = ["place", "value", "value_low", "value_high", "unit", "qualifier", "period", "status", "claims", "sources", "conflict"]
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
    observations = observations[observations["level"] == level]
    indicators, dots = pick_indicators(tables, observations)
    colours = county_colours(tables)
    for indicator in indicators:
        describe(tables, indicator)
        for group in comparing.groups(observations, indicator):
            draw(tables, group, colours, dots)


def observed(tables: Tables, chosen: selection.Selection) -> pd.DataFrame:
    """Observations of actual claims; claims themselves where the status filter asks for others. Placed rows only."""
    other = [status for status in chosen.statuses if status != "actual"]
    topics = rulebook.topic_of(tables.rules)
    parts = []
    if not chosen.statuses or "actual" in chosen.statuses:
        parts.append(selection.matching(tables.observations, chosen, topics))
    if other:
        claims = selection.matching(tables.claims, chosen)
        parts.append(comparing.from_claims(claims[claims["status"].isin(other)]))
    rows = pd.concat(parts) if len(parts) > 1 else parts[0]
    return rows[rows["level"].isin(selection.LEVELS) & rows["value"].notna()]


def pick_level(observations: pd.DataFrame) -> str:
    """The level to compare, as chips with their number of places."""
    counts, language = comparing.levels(observations), state.language()
    return state.pick_one(
        "level",
        list(counts),
        lambda code: f"{word_of('level', code, language)} {counts.get(code, 0)}",
        comparing.widest(counts),
        "segmented_control",
    )


def pick_indicators(tables: Tables, observations: pd.DataFrame) -> tuple[list[str], bool]:
    """The indicators to draw, those with most places first; and whether as dots."""
    counts, language = comparing.by_places(observations), state.language()
    if not [name for name in state.chosen("indicator") if name in counts]:
        state.choose("indicator", list(counts)[:1])
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


def county_colours(tables: Tables) -> dict[str, str]:
    """One colour a county of the whole corpus: no filter changes it."""
    return charts.county_colours(list(selection.counties(tables.quantities)["county_code"].astype(str)))


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


def draw(tables: Tables, group: Group, colours: dict[str, str], dots: bool) -> None:
    """One ranking: chart, n, table behind it, and the evidence of the point chosen."""
    language, look = state.language(), showing.look()
    rows = comparing.drawn(group, language, colours)
    now = comparing.latest(rows)
    parts = [word_of("time", group.time, language), word_of("basis", group.basis, language)]
    parts += [word_of("status", group.status, language)] if group.status not in ("", "actual") else []
    title = " · ".join(part for part in [*parts, f"n = {len(now)}"] if part)
    key = "-".join([group.indicator, group.unit, group.time, group.basis, group.status, look.chinese * "zh"])
    chosen = showing.show_chart(charts.compare(now, title, group.unit, look, dots), f"bars-{key}", title)
    if comparing.spans_years(rows):
        dated = rows[rows["year"].notna()]
        line = showing.show_chart(charts.over_time(dated, t("compare.time"), group.unit, look), f"time-{key}", title)
        chosen = line or chosen
    with st.expander(t("compare.table", rows=len(rows))):
        at = showing.show_table(rows, COLUMNS, f"table-{key}", choose=True)
    claim_id = rows.iloc[at]["claim_id"] if at is not None else chosen[0] if chosen else None
    if claim_id:
        showing.show_claim(tables, str(claim_id))
    else:
        st.caption(t("compare.click"))


if __name__ == "__main__":
    show()
