"""Overview: headline figures, which county reports what, what needs a look, what is in the corpus."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from indicators import charts
from indicators.app import covered, evidence, filters, findings, loading, problems, rulebook, showing, state, welcome
from indicators.app.loading import Tables
from indicators.app.selection import matching
from indicators.app.state import t
from indicators.app.words import word_of
from indicators.table.store import Rows

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
    reported = claims.query(
        "SELECT indicator, count(DISTINCT nullif(county_code, '')) AS counties FROM {rows} GROUP BY indicator"
    )
    shared = int((reported["counties"] >= 2).sum())
    figures = [
        ("documents", f"{len(tables.documents):,}"),
        ("numbers", f"{len(tables.quantities):,}"),
        ("claims", f"{len(claims):,}"),
        ("indicators", f"{len(reported):,}"),
        ("counties", f"{len(claims.values('county_code')):,}"),
        ("shared", f"{shared:,}"),
    ]
    row = st.container(horizontal=True, horizontal_alignment="distribute")
    for name, value in figures:
        row.metric(t(f"headline.{name}"), value, help=t(f"headline.{name}.help"), border=True)


def what_became(numbers: Rows) -> None:
    """What became of every number of the whole corpus."""
    fates = {name: count for name, count in covered.fates(numbers).items() if count}
    if not fates:
        return
    names = [word_of("fate", name, state.language()) for name in fates]
    rows = charts.fate_rows(fates, names)
    st.subheader(t("overview.fates"))
    legend = [
        (colour, f"{name} {count:,}") for colour, name, count in zip(rows["colour"], names, fates.values(), strict=True)
    ]
    st.html(evidence.legend_html(legend))
    figure = charts.shares(rows, showing.look())
    st.plotly_chart(figure, theme=None, config=showing.chart_options("fates"), key="fates", alt=t("overview.fates"))


def coverage(tables: Tables, claims: Rows, numbers: Rows) -> None:
    """The coverage map; a chosen cell opens its claims."""
    st.subheader(t("overview.coverage"))
    language, look = state.language(), showing.look()
    cells = covered.cells(claims, numbers, tables.spoken)
    if cells.empty:
        problems.empty("empty.coverage")
        return
    cells["indicator_name"] = [rulebook.indicator_name(tables.rules, name, language) for name in cells["indicator"]]
    cells["hover"] = [
        f"{cell['county_label']} · {cell['indicator_name']}<br>"
        + t(f"coverage.{cell['state']}", claims=cell["claims"], finer=cell["finer"])
        for cell in cells.to_dict("records")
    ]
    st.html(evidence.legend_html([(look.states[name], t(f"coverage.legend.{name}")) for name in charts.STATES]))
    chosen = showing.show_chart(charts.coverage(cells, look), "coverage", t("overview.coverage"))
    if chosen:
        own = claims.where("indicator = ? AND county_code = ?", str(chosen[0]), str(chosen[1]))
        for claim_id in own.frame(["claim_id"], limit=10)["claim_id"]:
            showing.show_claim(tables, str(claim_id))
        if own.empty:
            problems.empty("empty.cell")


def look_at(tables: Tables, claims: Rows, numbers: Rows) -> None:
    """Findings that need a look, each with its count, and the way to the Quality page."""
    st.subheader(t("overview.findings"))
    counts = findings.counts(claims, numbers, tables.documents, tables.observations, tables.findings)
    worth = {name: count for name, count in counts.items() if count}
    if not worth:
        st.success(t("findings.none"), icon=":material/check_circle:")
        return
    st.markdown("\n".join(f"- **{count:,}** {t('finding.' + name)}" for name, count in worth.items()))
    if st.button(t("overview.quality"), icon=":material/fact_check:"):
        state.go("quality")


if __name__ == "__main__":
    show()
