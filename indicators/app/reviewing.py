"""Decide about a claim where its evidence is shown, or take the decision back: one line of reviews.csv each.

Decisions are written in callbacks, before the page is drawn again, so that the page already shows the new tables. What
could not be written is kept in the session with its reason until it is written or dropped.
"""

from __future__ import annotations

import datetime
from typing import Any

import pandas as pd
import streamlit as st

from indicators.app import access, audit, loading, session_corpus, state
from indicators.app.filters import STATUSES
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.app.words import plain, word_of
from indicators.model import Document
from indicators.reading.quotes import quote_at
from indicators.reading.reviews import Review, append_reviews
from indicators.table.corrections import cells_of, snapshot

REVIEWER, FREE_KEYS, SAID, UNSAVED, FORM = (
    "reviewer",
    "review-keys",
    "review-said",
    "review-unsaved",
    "review-form",
)
FIELDS = ("value", "unit", "place", "period", "status")
# Streamlit keeps C and R for itself, with any modifier too: V (verified) confirms.
KEYS = {"confirmed": "V", "rejected": "X", "corrected": "E", "unsure": "U", "withdrawn": None}
ICONS = {
    "confirmed": ":material/check:",
    "rejected": ":material/close:",
    "corrected": ":material/edit:",
    "unsure": ":material/question_mark:",
    "withdrawn": ":material/undo:",
}


def begin() -> None:
    """Once a run, before any evidence: the reviewer's name, what was done last, what could not be written."""
    st.session_state[FREE_KEYS] = True
    if not access.may_write():
        return
    help_words = t("review.reviewer.help")
    if not access.who():
        st.sidebar.text_input(
            t("review.reviewer"), key=REVIEWER, help=help_words, autocomplete="off", persist_state="session"
        )
    said = st.session_state.pop(SAID, "")
    if said:
        st.toast(t(f"review.said.{said}"), icon=":material/done:")
    if st.session_state.get(UNSAVED):
        _show_unsaved()


def _is_open(tables: Tables, document: Document | None, claim: pd.Series) -> bool:
    """Whether a decision on this claim can be written here."""
    writable = tables.project is not None and access.may_write()
    return writable and document is not None and _text_of(document, claim) == claim["text"]


def show(tables: Tables, claim: pd.Series[Any], key: str) -> None:
    """What has been decided about a claim, and the buttons to decide; read-only deployments have no buttons.

    Of several claims on a page the first has the keys.
    """
    line = word_of("review", claim["review"], state.language())
    line += f" · {claim['reviewers']}" if claim["reviewers"] else ""
    line += f" · {t('review.read_as', cells=claim['read_as'])}" if claim["read_as"] else ""
    st.caption(plain(line))
    document = tables.documents_by_name.get(str(claim["document"]))
    if not _is_open(tables, document, claim) or document is None:
        return
    if session_corpus.is_upload(document.name):  # nothing of an upload leaves the session
        st.caption(t("uploads.not_reviewed"))
        return
    named, free = bool(reviewer()), st.session_state.get(FREE_KEYS, True)
    st.session_state[FREE_KEYS] = False
    name = f"{key}{claim['claim_id']}"
    row = st.container(horizontal=True)
    own = reviewer() in str(claim["reviewers"]).split(";")
    for decision in KEYS if named and own else [one for one in KEYS if one != "withdrawn"]:
        row.button(
            t(f"review.{decision}.do"),
            key=f"{decision}-{name}",
            icon=ICONS[decision],
            shortcut=KEYS[decision] if free else None,
            disabled=not named,
            on_click=_form if decision == "corrected" else decide,
            args=(name,) if decision == "corrected" else (tables, claim, decision),
        )
    if not named:
        ask_name(name)
    elif st.session_state.get(FORM) == name:
        _correct(tables, claim, name)


def ask_name(key: str) -> None:
    """Ask who decides where somebody wants to decide: the sidebar may be closed or out of sight."""
    asked = f"ask-{key}"
    st.text_input(t("review.unnamed"), key=asked, on_change=_introduced, args=(asked,), autocomplete="off", width=320)


def _introduced(key: str) -> None:
    st.session_state[REVIEWER] = st.session_state[key]


def reviewer() -> str:
    """Who decides in this session; "" where nobody has said."""
    return access.who() or str(st.session_state.get(REVIEWER) or "").strip()


def made(
    tables: Tables, claim: pd.Series[Any], decision: str, field: str = "", value: str = "", note: str = ""
) -> Review:
    """The line of reviews.csv that says `decision` about a claim of `tables`; a confirmed claim keeps its cells.

    `claim` is a row of claims, or a number with the indicator that it is of.
    """
    document = tables.documents_by_name[str(claim["document"])]
    quote = quote_at(document.text, int(claim["start"]), int(claim["end"]))
    if decision == "confirmed":
        field, value = "claim", snapshot({str(name): cell for name, cell in claim.to_dict().items()})
    return Review(
        reviewed_at=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        reviewer=reviewer(),
        document=document.name,
        document_hash=document.content_hash,
        indicator=str(claim["indicator"]),
        start=quote.start,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        decision=decision,
        field=field,
        value=value,
        note=note,
        rules_version=str(tables.project.rules_version),
    )


def decide(tables: Tables, row: pd.Series[Any], decision: str, indicator: str = "", value: str = "") -> None:
    """Write a decision about a claim, or that a number is a claim of `indicator`, with `value` if it is given."""
    if indicator:
        row = pd.Series({**row.to_dict(), "indicator": indicator})
    _write(tables, [made(tables, row, decision, "value" if value else "", value)])


def _form(name: str) -> None:
    """Open the form of one claim, or close it."""
    st.session_state[FORM] = "" if st.session_state.get(FORM) == name else name


def _correct(tables: Tables, claim: pd.Series[Any], name: str) -> None:
    """Which field is wrong, what is right, and a note."""
    with st.container(border=True):
        language = state.language()
        field = st.selectbox(
            t("review.field"), FIELDS, format_func=lambda code: t(f"review.field.{code}"), key=f"field-{name}"
        )
        if field == "status":
            value = st.selectbox(
                t("review.right"),
                STATUSES,
                format_func=lambda code: word_of("status", code, language),
                key=f"status-{name}",
            )
        else:
            place = t(f"review.example.{field}")
            value = st.text_input(t("review.right"), key=f"right-{field}-{name}", placeholder=place).strip()
        note = st.text_input(t("review.note"), key=f"note-{name}", autocomplete="off").strip()
        wrong = bool(value) and not can_be(field, value)
        if wrong:
            st.error(t(f"review.bad.{field}"), icon=":material/error:")
        st.button(
            t("review.save"),
            key=f"save-{name}",
            type="primary",
            disabled=wrong,
            on_click=_save_correction,
            args=(tables, claim, field, value, note),
        )


def _save_correction(tables: Tables, claim: pd.Series[Any], field: str, value: str, note: str) -> None:
    if not value or not can_be(field, value):
        return
    st.session_state[FORM] = ""
    _write(tables, [made(tables, claim, "corrected", field, value, note)])


def can_be(field: str, value: str) -> bool:
    """Whether `value` can be read as a correction of `field`."""
    try:
        cells_of(field, value)
    except ValueError:
        return False
    return True


def _write(tables: Tables, lines: list[Review]) -> None:
    """Append lines to reviews.csv; those of a failure before go first."""
    if not access.may_write():  # the right was taken away since the button was drawn
        return
    due = [*st.session_state.get(UNSAVED, {}).get("lines", ()), *lines]
    said = [f"{line.document}:{line.start} {line.indicator} {line.decision} {line.field}".strip() for line in due]
    try:
        with audit.change("reviews", access.who(), rules_version=tables.project.rules_version, decisions=said):
            append_reviews(tables.project.review_files()[0], due)
    except OSError as error:
        st.session_state[UNSAVED] = {"lines": due, "reason": error.strerror or str(error), "tables": tables}
        return
    st.session_state.pop(UNSAVED, None)
    st.session_state[SAID] = lines[-1].decision if lines else due[-1].decision
    loading.forget()


def _show_unsaved() -> None:
    """What could not be written and why, to copy, to write again or to drop."""
    unsaved = st.session_state[UNSAVED]
    st.error(t("review.unsaved", count=len(unsaved["lines"]), reason=unsaved["reason"]), icon=":material/error:")
    shown = [
        " · ".join(filter(None, (line.document, line.indicator, line.exact, line.decision, line.field, line.value)))
        for line in unsaved["lines"]
    ]
    st.code("\n".join(shown), language=None, wrap_lines=True)
    row = st.container(horizontal=True)
    row.button(t("review.again"), key="review-again", on_click=_write, args=(unsaved["tables"], []))
    row.button(t("review.drop"), key="review-drop", on_click=st.session_state.pop, args=(UNSAVED, None))


def _text_of(document: Document, claim: pd.Series[Any]) -> str:
    return document.text[int(claim["start"]) : int(claim["end"])]
