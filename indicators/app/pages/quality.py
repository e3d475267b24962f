"""Quality: what needs a person's look, each kind with its rows and their sentences."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from indicators.app import filters, findings, loading, problems, showing, state
from indicators.app.loading import Tables
from indicators.app.selection import matching
from indicators.app.state import t

CLAIM = ["indicator_name", "value", "unit", "county", "place_as_written", "place_from", "period_start", "period_end",
         "period_from", "sentence", "document"]  # fmt: skip
DOCUMENT = ["document", "title", "published", "written", "published_from", "same_as", "claims", "status", "reason"]
OBSERVATION = ["indicator", "county", "town", "value", "unit", "period_start", "period_end", "claims", "sources", "spread"]
NUMBER = ["text", "value", "unit", "qualifier", "county", "sentence", "document"]
KINDS = ("unclaimed", "undated", "inherited", "reposts", "conflicts", "refused")


def show() -> None:
    """Draw the page."""
    tables, selection = loading.current(), filters.current()
    showing.heading("quality")
    claims, numbers = matching(tables.claims, selection), matching(tables.quantities, selection)
    counts = findings.counts(claims, numbers, tables.documents, tables.observations)
    kind = state.pick_one(
        "finding", KINDS, lambda code: f"{t('quality.' + code)} {counts[code]:,}", "unclaimed", "segmented_control"
    )
    st.markdown(t(f"quality.{kind}.about"))
    if not counts[kind]:
        st.success(t("findings.none_of_kind"), icon=":material/check_circle:")
        return
    if kind == "unclaimed":
        unclaimed(tables, numbers)
        return
    rows: dict[str, Callable[[], tuple[pd.DataFrame, list[str]]]] = {
        "undated": lambda: (findings.undated(claims), CLAIM),
        "inherited": lambda: (findings.inherited(claims), CLAIM),
        "reposts": lambda: (findings.reposts(tables.documents), DOCUMENT),
        "refused": lambda: (findings.refused(tables.documents), DOCUMENT),
        "conflicts": lambda: (findings.conflicts(tables.observations), OBSERVATION),
    }
    frame, columns = rows[kind]()
    at = showing.show_table(frame, columns, f"quality-{kind}", choose="claim_id" in frame.columns)
    if at is not None:
        showing.show_claim(tables, str(frame.iloc[at]["claim_id"]))


def unclaimed(tables: Tables, numbers: pd.DataFrame) -> None:
    """Unclaimed numbers by unit; a unit chosen lists its sentences, a sentence leads to its document."""
    units = findings.unclaimed_by_unit(numbers)
    at = showing.show_table(units, ["unit", "count", "documents", "example"], "quality-units", choose=True)
    free = findings.unclaimed(numbers)
    if at is None:
        st.caption(t("quality.unclaimed.choose"))
    else:
        unit = str(units.iloc[at]["unit"])
        free = free[free["unit"].fillna("").astype(str) == unit]
        st.subheader(t("quality.unclaimed.of", unit=unit or t("unit.none"), count=len(free)))
    row = showing.show_table(free, NUMBER, "quality-numbers", choose=True)
    if row is not None:
        name = str(free.iloc[row]["document"])
        if st.button(t("evidence.open"), icon=":material/article:"):
            showing.open_document(name)
    if free.empty:
        problems.empty("empty.filter")


if __name__ == "__main__":
    show()
