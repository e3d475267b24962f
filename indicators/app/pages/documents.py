"""Documents: the table of documents, then one text with every number marked by what became of it."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from indicators.app import evidence, loading, problems, rulebook, showing, state
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.app.words import word_of

DOCUMENTS = [
    "document", "title", "source", "published", "written", "place", "characters", "quantities", "claims",
    "undated_claims", "encoding", "status", "reason",
]  # fmt: skip
NUMBERS = [
    "text",
    "value",
    "unit",
    "class",
    "indicator",
    "qualifier",
    "status",
    "county",
    "period_start",
    "period_end",
    "sentence",
]


def show() -> None:
    """Draw the page."""
    tables = loading.current()
    showing.heading("documents")
    if tables.documents.empty:
        problems.empty("empty.corpus")
        return
    table = tables.documents.sort_values("undated_claims", ascending=False, kind="stable")
    at = showing.show_table(table, DOCUMENTS, "documents-table", choose=True)
    names = list(tables.documents["document"].astype(str))
    if at is not None and st.session_state.get("documents-row") != at:
        state.choose("document", [str(table.iloc[at]["document"])])
    st.session_state["documents-row"] = at
    titles = dict(zip(names, tables.documents["title"].fillna("").astype(str), strict=True))
    name = state.pick_one("document", names, lambda code: f"{code} · {titles[code]}" if titles[code] else code)
    document = tables.documents_by_name.get(name)
    if document is None or document.status == "refused":
        reason = document.reason if document else ""
        st.warning(t("documents.refused", reason=reason), icon=":material/block:")
        return
    numbers = tables.quantities[tables.quantities["document"] == name].sort_values("start")
    read(tables, document.text, numbers)


def read(tables: Tables, text: str, numbers: pd.DataFrame) -> None:
    """The text with its numbers marked, a legend that counts them, and the table of the numbers."""
    language = state.language()
    kinds = [kind_of(row) for _, row in numbers.iterrows()]
    counts = Counter(kinds)
    colours = evidence.colours(state.dark())
    entries = [
        (colours[{"claimed": "number", "unclaimed": "unclaimed", "date": "date"}.get(kind, "other")],
         f"{word_of('fate', kind if kind != 'claimed' else 'captured', language)} {count}")
        for kind, count in counts.most_common()
    ]  # fmt: skip
    reading, table = st.columns([1, 1], gap="large")
    with table:
        st.subheader(t("documents.numbers", count=len(numbers)))
        shown = numbers.assign(indicator=[names_of(tables, value) for value in numbers["indicator"].fillna("")])
        at = showing.show_table(shown, NUMBERS, f"numbers-{len(numbers)}", choose=True, height=520)
        if at is not None:
            explain(tables, numbers.iloc[at])
    with reading:
        st.subheader(t("documents.text"))
        st.html(evidence.legend_html(entries))
        chosen = int(numbers.iloc[at]["start"]) if at is not None else -1
        marks = [
            (
                int(row["start"]),
                int(row["end"]),
                f"{kind} chosen" if int(row["start"]) == chosen else kind,
                note(tables, row),
            )
            for kind, (_, row) in zip(kinds, numbers.iterrows(), strict=True)
        ]
        with st.container(height=720, border=True):
            st.html(f'<div class="reading">{evidence.marked(text, marks)}</div>')


def kind_of(row: pd.Series) -> str:
    """claimed, unclaimed, or the class of a number that is no claim."""
    if row["class"] != "claim":
        return str(row["class"])
    return "claimed" if pd.notna(row["indicator"]) and row["indicator"] else "unclaimed"


def names_of(tables: Tables, ids: str) -> str:
    """Names of the indicators of a quantity, ids joined by ;."""
    language = state.language()
    return "、".join(rulebook.indicator_name(tables.rules, name, language) for name in str(ids).split(";") if name)


def note(tables: Tables, row: pd.Series) -> str:
    """What a number became, in a line for the pointer."""
    language = state.language()
    if row["class"] != "claim":
        return word_of("class", row["class"], language)
    value = f"{row['value']:,.10g} {row['unit']}" if pd.notna(row["value"]) else ""
    return f"{value} · {names_of(tables, row['indicator'] or '') or t('fate.unclaimed')}"


def explain(tables: Tables, row: pd.Series) -> None:
    """The claims that a chosen number became, or that it became none."""
    claims = tables.claims
    own = claims[(claims["document"] == row["document"]) & (claims["start"] == row["start"])]
    if own.empty:
        st.info(
            t("documents.unclaimed") if row["class"] == "claim" else word_of("class", row["class"], state.language())
        )
    for claim_id in own["claim_id"]:
        showing.show_claim(tables, str(claim_id))


if __name__ == "__main__":
    show()
