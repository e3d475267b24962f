"""Quality: what needs a person's look, each kind with its rows and their sentences."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from indicators.app import filters, findings, loading, problems, reviewing, showing, state
from indicators.app.loading import Tables
from indicators.app.selection import matching
from indicators.app.state import t
from indicators.errors import ReadingError
from indicators.table import queries
from indicators.table.documents import undated

CLAIM = [
    "indicator_name", "value", "unit", "sentence", "county", "place_as_written", "place_from", "period_start",
    "period_end", "period_from", "document",
]  # fmt: skip
DOCUMENT = ["document", "title", "published", "written", "published_from", "same_as", "claims", "status", "reason"]
OBSERVATION = [
    "indicator_name", "county", "town", "value", "unit", "period_start", "period_end", "claims", "sources", "spread",
]  # fmt: skip
NUMBER = ["text", "sentence", "value", "unit", "qualifier", "county", "document"]
CHECK = ["severity", "message", "document", "check"]
KINDS = ("look", "unclaimed", "checks", "conflicts", "undated", "inherited", "reposts", "refused")


def show() -> None:
    """Draw the page."""
    tables, selection = loading.current(), filters.current()
    showing.heading("quality")
    claims, numbers = matching(tables.claims, selection), matching(tables.quantities, selection)
    checks = said(tables)
    look = reviewing.needing_look(claims, checks)
    counts = {"look": len(look), **findings.counts(claims, numbers, tables.documents, tables.observations, checks)}
    kind = state.pick_one(
        "finding", KINDS, lambda code: f"{t('quality.' + code)} {counts[code]:,}", "unclaimed", "segmented_control"
    )
    st.markdown(t(f"quality.{kind}.about"))
    if kind == "look" and tables.has_reviews and tables.reviewed.faults:
        problems.show(ReadingError(faults=tables.reviewed.faults), "review.faults")
    if not counts[kind]:
        st.success(t("findings.none_of_kind"), icon=":material/check_circle:")
        return
    if kind == "unclaimed":
        unclaimed(numbers)
        return
    rows: dict[str, Callable[[], tuple[pd.DataFrame, list[str]]]] = {
        "look": lambda: (look.drop(columns="review"), ["why", *CLAIM]),  # nobody reviewed any of them
        "checks": lambda: (checks, CHECK),
        "conflicts": lambda: (findings.conflicts(tables.observations), OBSERVATION),
        "undated": lambda: (claims[undated(claims)], CLAIM),
        "inherited": lambda: (findings.inherited(claims), CLAIM),
        "reposts": lambda: (findings.reposts(tables.documents), DOCUMENT),
        "refused": lambda: (findings.refused(tables.documents), DOCUMENT),
    }
    frame, columns = rows[kind]()
    shown = showing.named(tables, frame) if "indicator" in frame.columns else frame
    at = showing.show_table(shown, columns, f"quality-{kind}", choose=True)
    if at is None and kind == "look":
        at = 0  # decide, and the next one stands here
    if at is not None:
        lead(tables, frame.iloc[at], kind)


def said(tables: Tables) -> pd.DataFrame:
    """The findings of the project with `message` in the language of the page."""
    return tables.findings.assign(message=tables.findings[state.language()])


def lead(tables: Tables, row: pd.Series, kind: str) -> None:
    """From a row to the sentences of its claims, or to its document."""
    ids = str(row["claims"]).split(";") if kind == "checks" else [str(row.get("claim_id", ""))]
    for claim_id in filter(None, ids):
        showing.show_claim(tables, claim_id)
    if not any(ids) and st.button(t("evidence.open"), icon=":material/article:"):
        showing.open_document(str(row["document"]), int(row.get("start", -1)))


def unclaimed(numbers: pd.DataFrame) -> None:
    """Unclaimed numbers by unit; a unit chosen lists its sentences, a sentence leads to its document."""
    units = queries.unclaimed_by_unit(numbers, samples=1)
    at = showing.show_table(units, ["unit", "numbers", "documents", "sample"], "quality-units", choose=True)
    free = queries.unclaimed(numbers)
    if at is None:
        st.caption(t("quality.unclaimed.choose"))
    else:
        unit = str(units.iloc[at]["unit"])
        free = free[free["unit"] == unit]
        st.subheader(t("quality.unclaimed.of", unit=unit or t("unit.none"), count=len(free)))
    row = showing.show_table(free, NUMBER, "quality-numbers", choose=True)
    if row is not None and st.button(t("evidence.open"), icon=":material/article:"):
        showing.open_document(str(free.iloc[row]["document"]), int(free.iloc[row]["start"]))


if __name__ == "__main__":
    show()
