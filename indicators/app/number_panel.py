"""What one number of a document became: its claims, or how it was read and why no rule took it."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indicators.app import adding, evidence, marking, showing, state
from indicators.app.comparing import period_label
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.app.words import word_of
from indicators.language.reader import Reading, read
from indicators.model import Document
from indicators.rules.addresses import quantity_at
from indicators.rules.explaining import Explanation, explain
from indicators.rules.matches import MatchResult
from indicators.rules.matching import match

BRIEF = ("no_word", "unit")  # most rules end here: they are counted
TRIALS = ["outcome", "rule", "words", "why"]


def show(tables: Tables, document: Document, row: pd.Series[Any]) -> None:
    """Everything about the number of one row of quantities."""
    language = state.language()
    start, kind = int(row["start"]), marking.kind_of(str(row["class"]), str(row["indicator"]))
    legend = f'<mark class="{kind}">{escape(str(row["text"]))}</mark>'
    st.html(f'<div class="kinds"><span>{legend}{escape(word_of("fate", kind, language))}</span></div>')
    own = tables.claims.where("document = ? AND start = ?", document.name, start).frame(["claim_id"])
    for claim_id in own["claim_id"]:
        showing.show_claim(tables, str(claim_id), here=True)
    if kind not in ("claimed", "unclaimed"):
        st.info(t("number.no_claim", kind=word_of("class", kind, language)), icon=":material/info:")
        return
    if own.empty:
        found = _ask(tables, document, start)
        st.html(evidence.sentence_html(row, document.text, {kind: t(f"mark.{kind}") for kind in evidence.MARKS}))
        st.html(evidence.facts_html(_facts(found.read, row)))
        if st.button(t("number.draft"), key=f"draft-{start}", icon=":material/edit_note:"):
            state.choose("draft", [f"{document.name}:{start}"])
            state.go("rules")
        with st.expander(t("number.why"), expanded=True):
            _trials(found)
        adding.show(tables, row, "")
        return
    why = st.expander(t("number.why_this"), key=f"why-{document.name}-{start}", on_change="rerun")
    if why.open:  # a long document takes seconds
        with why:
            _trials(_ask(tables, document, start))


def _ask(tables: Tables, document: Document, start: int) -> Explanation:
    with st.spinner(t("number.asking")):
        return explained(tables.versions.data_version, document.name, start, document, tables.rules)


@st.cache_data(max_entries=64, show_spinner=False)
def explained(version: str, name: str, start: int, _document: Document, _rules: Any) -> Explanation:
    """The explanation of the number at `start`; `version` (of all data) and `name` tell which document and rules."""
    reading, result = _matched(version, name, _document, _rules)
    return explain(reading, _rules, quantity_at(reading, start), result)


@st.cache_resource(max_entries=4, show_spinner=False)
def _matched(version: str, name: str, _document: Document, _rules: Any) -> tuple[Reading, MatchResult]:
    reading = read(_document)
    return reading, match(reading, _rules)


def _facts(cells: dict[str, Any], row: pd.Series[Any]) -> list[tuple[str, str, bool]]:
    """How the number of a row of quantities was read, as names and words."""
    language = state.language()
    low, high = _bound(cells["low"], "−∞"), _bound(cells["high"], "∞")
    value = f"{cells['text']} → {_bound(cells['value'], '?')} {cells['unit']}"
    if cells["qualifier"] != "exact":
        value += f" ({word_of('qualifier', cells['qualifier'], language)}; {low} … {high})"
    facts = [
        (t("evidence.read"), value, False),
        (t("column.status"), word_of("status", cells["status"], language), False),
    ]
    for name in ("place", "period"):
        found = cells.get(name)
        if found:
            where = word_of(f"{name}_from", found["read_from"], language)
            where = where if found["read_from"] == "none" else t("read_from", where=where)
            called = found["path"] if name == "place" else period_label(row.to_dict(), language)
            said = " · ".join(words for words in (called, found["words"], where) if words)
            facts.append((t(f"evidence.{name}"), said, False))
    return facts


def _bound(number: object, absent: str) -> str:
    return absent if number is None else f"{number:,.10g}"


def _trials(found: Explanation) -> None:
    """What became of every rule on the number, the farthest first; those that were not tried are counted."""
    language = state.language()
    shown = [trial for trial in found.trials if trial.outcome not in BRIEF]
    if shown:
        rows = [
            {
                "outcome": word_of("outcome", trial.outcome, language),
                "rule": trial.rule,
                "words": trial.words,
                "why": trial.zh if language == "zh" else trial.en,
            }
            for trial in shown
        ]
        showing.show_table(pd.DataFrame(rows, columns=TRIALS), TRIALS, f"trials-{found.document}-{found.start}")
    brief = Counter(trial.outcome for trial in found.trials if trial.outcome in BRIEF)
    st.caption(t("number.untried", words=brief["no_word"], units=brief["unit"]))
