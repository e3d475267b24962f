"""The editor of config.yaml on the Rules page: Check, Preview, Save."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.app import editing, loading, problems, showing
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.checks.difference import difference
from indicators.errors import IndicatorsError
from indicators.rules.saving import Opened, open_rules

TEXT, OPENED, SAID = "config-text", "config-opened", "config-said"
COLUMNS = ["indicator_name", "value", "value_before", "unit", "county", "rule", "sentence", "document"]


def show(tables: Tables | None) -> None:
    """Draw the editor; without tables (the rules are broken) there is no preview."""
    if OPENED not in st.session_state or _stale(st.session_state[OPENED]):
        _open()
    opened: Opened = st.session_state[OPENED]
    st.caption(t("editor.about", path=opened.path.name))
    st.text_area(t("editor.label"), key=TEXT, height=460, persist_state="session")
    row = st.container(horizontal=True)
    check = row.button(t("editor.check"), icon=":material/rule:")
    preview = row.button(t("editor.preview"), icon=":material/difference:", disabled=tables is None)
    row.button(t("editor.save"), icon=":material/save:", on_click=_save)
    row.button(t("editor.reload"), icon=":material/refresh:", on_click=_open)
    said = st.session_state.pop(SAID, None)
    if isinstance(said, IndicatorsError):
        problems.show(said, "editor.refused")
    elif said:
        st.success(t(said), icon=":material/check_circle:")
    text = str(st.session_state[TEXT])
    if check or preview:
        faults = editing.examined(text, opened.path) if check else editing.faults_of(text, opened.path)
        if faults:
            problems.show(IndicatorsError(faults=faults), "editor.faults")
        elif check:
            st.success(t("editor.valid"), icon=":material/check_circle:")
        elif tables is not None:
            _preview(tables, text)


def _stale(opened: Opened) -> bool:
    """Whether the file on disk is another than the one opened, and nothing was written in the editor."""
    path = loading.config_path()
    untouched = st.session_state.get(TEXT, opened.text) == opened.text
    return opened.path != path or (untouched and open_rules(path).digest != opened.digest)


def _open() -> None:
    """Read the file from disk into the editor."""
    opened = open_rules(loading.config_path())
    st.session_state[OPENED] = opened
    st.session_state[TEXT] = opened.text


def _save() -> None:
    try:
        st.session_state[OPENED] = editing.save(st.session_state[OPENED], str(st.session_state[TEXT]))
        st.session_state[SAID] = "editor.saved"
        loading.forget()
    except IndicatorsError as error:
        st.session_state[SAID] = error


def _preview(tables: Tables, text: str) -> None:
    """Claims gained, lost and changed beside today's."""
    try:
        with st.spinner(t("editor.extracting")):
            new = editing.preview(tables.project, text)
    except IndicatorsError as error:
        problems.show(error, "editor.faults")
        return
    found = difference(tables.claims, new)
    parts: list[tuple[str, pd.DataFrame]] = [
        ("gained", found.gained), ("lost", found.lost), ("changed", found.changed),
    ]  # fmt: skip
    if not any(len(frame) for _, frame in parts):
        st.info(t("editor.same", count=len(new)), icon=":material/drag_handle:")
        return
    for name, frame in parts:
        st.markdown(f"**{t('editor.' + name, count=len(frame))}**")
        if len(frame):
            showing.show_table(showing.named(tables, frame), COLUMNS, f"preview-{name}")
