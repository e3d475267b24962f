"""Overview: headline figures, which county reports what, what needs a look, what is in the corpus."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from indicators import charts
from indicators.app import (
    covered,
    evidence,
    figure_choice,
    filters,
    findings,
    loading,
    problems,
    showing,
    state,
    welcome,
)
from indicators.app.loading import Tables
from indicators.app.selection import matching
from indicators.app.state import t
from indicators.table.store import Rows

GO = ":material/arrow_forward:"
DOCUMENTS = [
    "document", "title", "source", "published", "written", "place", "characters", "quantities", "claims", "status",
]  # fmt: skip


def show() -> None:
    """Draw the page."""
    tables, selection = loading.current(), filters.current()
    showing.heading("overview")
    if tables.documents.empty:
        problems.empty("empty.corpus")
        return
    welcome.show()
    claims = matching(tables.claims, selection)
    numbers = matching(tables.spoken, replace(selection, topics=()))
    headline(tables, claims)
    what_became(tables.quantities)
    coverage(tables, claims, numbers)
    look_at(tables, claims, matching(tables.quantities, replace(selection, topics=())))
    st.subheader(t("overview.corpus"))
    showing.show_rows(tables.documents, DOCUMENTS, "overview-documents")


def headline(tables: Tables, claims: Rows) -> None:
    """Six figures in a row: documents and numbers of the whole corpus, the others of the selection."""
    row = st.container(horizontal=True, horizontal_alignment="distribute")
    for name, value in covered.headline(tables.documents, tables.quantities, claims).items():
        row.metric(t(f"headline.{name}"), f"{value:,}", help=t(f"headline.{name}.help"), border=True)


def what_became(numbers: Rows) -> None:
    """What became of every number of the whole corpus."""
    found = covered.fate_bar(numbers, state.language(), showing.look())
    if found is None:
        return
    figure, legend = found
    st.subheader(t("overview.fates"))
    st.html(evidence.legend_html(legend))
    st.plotly_chart(figure, theme=None, config=figure_choice.options("fates"), key="fates", alt=t("overview.fates"))


def coverage(tables: Tables, claims: Rows, numbers: Rows) -> None:
    """The coverage map; a chosen cell opens its claims."""
    st.subheader(t("overview.coverage"))
    language, look = state.language(), showing.look()
    cells = covered.cells(claims, numbers, tables.spoken)
    if cells.empty:
        problems.empty("empty.coverage")
        return
    cells = covered.worded(cells, tables.rules, language)
    st.html(evidence.legend_html(covered.states_legend(language, look)))
    with st.container(key="coverage-map"):  # scrolls sideways where it is wider than the page
        st.html(f"<style>.st-key-coverage{{min-width:{charts.coverage_width(cells)}px}}</style>")
        chosen = showing.show_chart(charts.coverage(cells, look), "coverage", t("overview.coverage"))
    if chosen:
        own = claims.where("indicator = ? AND county_code = ?", str(chosen[0]), str(chosen[1]))
        for claim_id in own.frame(["claim_id"], limit=10)["claim_id"]:
            showing.show_claim(tables, str(claim_id))
        if own.empty:
            problems.empty("empty.cell")


def look_at(tables: Tables, claims: Rows, numbers: Rows) -> None:
    """Findings that need a look, each with its count, which leads to them on the Quality page."""
    st.subheader(t("overview.findings"))
    counts = findings.counts(claims, numbers, tables.documents, tables.observations, tables.findings)
    worth = {name: count for name, count in counts.items() if count}
    if not worth:
        st.success(t("findings.none"), icon=":material/check_circle:")
        return
    for name, count in worth.items():
        if st.button(f"**{count:,}** {t('finding.' + name)}", key=f"finding-{name}", type="tertiary", icon=GO):
            state.choose("finding", [name])
            state.go("quality")


if __name__ == "__main__":
    show()
