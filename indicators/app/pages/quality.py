"""Quality: what needs a person's look, each kind with its rows and their sentences."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.app import filters, findings, loading, number_panel, problems, showing, state
from indicators.app.loading import Tables
from indicators.app.selection import Selection, matching
from indicators.app.state import t
from indicators.errors import ReadingError
from indicators.table import needing_look, queries
from indicators.table.store import Rows

CLAIM = [
    "indicator_name", "value", "unit", "sentence", "county", "place_as_written", "place_from", "period_start",
    "period_end", "period_from", "document",
]  # fmt: skip
LOOK = ["why", *CLAIM]
DOCUMENT = ["document", "title", "published", "written", "published_from", "same_as", "claims", "status", "reason"]
OBSERVATION = [
    "indicator_name", "county", "town", "value", "unit", "period_start", "period_end", "claims", "sources", "spread",
]  # fmt: skip
NUMBER = ["text", "sentence", "value", "unit", "qualifier", "county", "document"]
CHECK = ["severity", "message", "document", "check"]
SEVERITIES = ("error", "warning", "info")
KINDS = ("look", "unclaimed", "checks", "conflicts", "undated", "inherited", "silent", "reposts", "refused", "rejected")


def show() -> None:
    """Draw the page."""
    tables, selection = loading.current(), filters.current()
    showing.heading("quality")
    claims, numbers = matching(tables.claims, selection), matching(tables.quantities, selection)
    checks = said(tables)
    counts = {
        "look": len(needing_look.unreviewed(claims)),
        "rejected": len(matching(tables.rejected, selection)),
        **findings.counts(claims, numbers, tables.documents, tables.observations, checks),
    }
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
        unclaimed(tables, numbers)
        return
    if kind in ("look", "checks"):
        frame, columns = (checks, CHECK) if kind == "checks" else (needing_look.needing_look(claims, checks), LOOK)
        shown = showing.named(tables, frame) if kind == "look" else frame
        at = showing.show_table(shown.drop(columns="review", errors="ignore"), columns, f"quality-{kind}", choose=True)
        if at is None and kind == "look":
            at = 0  # decide, and the next one stands here
        row = None if at is None else frame.iloc[at]
    else:
        rows, columns = _narrowed(tables, claims, selection)[kind]
        names = tables if "indicator" in rows.columns else None
        row = showing.show_rows(rows, columns, f"quality-{kind}", choose=True, tables=names)
    if row is not None:
        lead(tables, row, kind)


def _narrowed(tables: Tables, claims: Rows, selection: Selection) -> dict[str, tuple[Rows, list[str]]]:
    """The rows of each kind that rows alone tell, with the columns to show."""
    return {
        "conflicts": (findings.conflicts(tables.observations), OBSERVATION),
        "undated": (findings.undated(claims), CLAIM),
        "inherited": (findings.inherited(claims), CLAIM),
        "silent": (findings.silent(tables.documents), DOCUMENT),
        "reposts": (findings.reposts(tables.documents), DOCUMENT),
        "refused": (findings.refused(tables.documents), DOCUMENT),
        "rejected": (matching(tables.rejected, selection), ["reviewers", *CLAIM]),
    }


def said(tables: Tables) -> pd.DataFrame:
    """The findings of the project, the most serious first, with `message` in the language of the page."""
    found = tables.findings
    order = found["severity"].map({level: at for at, level in enumerate(SEVERITIES)}).sort_values(kind="stable").index
    return found.loc[order].assign(message=found[state.language()]).reset_index(drop=True)


def lead(tables: Tables, row: pd.Series, kind: str) -> None:
    """From a row to the sentences of its claims, or to its document."""
    ids = str(row["claims"]).split(";") if kind == "checks" else [str(row.get("claim_id", ""))]
    for claim_id in filter(None, ids):
        showing.show_claim(tables, claim_id)
    if not any(ids) and st.button(t("evidence.open"), icon=":material/article:"):
        showing.open_document(str(row["document"]), int(row.get("start", -1)))


def unclaimed(tables: Tables, numbers: Rows) -> None:
    """Unclaimed numbers by unit; a unit chosen lists its sentences, a sentence leads to its document."""
    units = queries.unclaimed_by_unit(numbers)
    named = units.assign(unit=units["unit"].replace("", t("unit.none")))
    at = showing.show_table(named, ["unit", "numbers", "documents", "sample"], "quality-units", choose=True)
    free = queries.unclaimed(numbers)
    if at is None:
        st.caption(t("quality.unclaimed.choose"))
    else:
        unit = str(units.iloc[at]["unit"])
        free = free.where("unit = ?", unit)
        st.subheader(t("quality.unclaimed.of", unit=unit or t("unit.none"), count=len(free)))
    row = showing.show_rows(free, NUMBER, "quality-numbers", choose=True)
    if row is not None:
        document = tables.documents_by_name.get(str(row["document"]))
        if document is not None:
            number_panel.show(tables, document, row)
        if st.button(t("evidence.open"), icon=":material/article:"):
            showing.open_document(str(row["document"]), int(row["start"]))


if __name__ == "__main__":
    show()
