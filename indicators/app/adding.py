"""Add a claim that no rule captured: which indicator a number of a text is of; one line of reviews.csv."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from indicators.app import access, reviewing, rulebook, state
from indicators.app.loading import Tables
from indicators.app.state import t


def show(tables: Tables, number: pd.Series[Any], key: str) -> None:
    """The form for a row of the quantities table; nothing where nobody may decide here."""
    document = tables.documents_by_name.get(str(number["document"]))
    if tables.project is None or not access.may_write() or document is None:
        return
    name = f"{key}{number['document']}-{number['start']}"
    with st.expander(t("review.add"), icon=":material/add:"):
        language = state.language()
        every = rulebook.indicators(tables.rules)
        indicator = st.selectbox(
            t("filter.rule"),
            list(every),
            index=None,
            format_func=lambda code: f"{rulebook.indicator_name(tables.rules, code, language)} ({every[code].unit})",
            placeholder=t("filter.choose"),
            key=f"add-indicator-{name}",
        )
        value = st.text_input(
            t("review.add.value"), key=f"add-value-{name}", placeholder=t("review.example.value"), autocomplete="off"
        ).strip()
        wrong = bool(value) and not reviewing.can_be("value", value)
        if wrong:
            st.error(t("review.bad.value"), icon=":material/error:")
        st.button(
            t("review.add.do"),
            key=f"add-{name}",
            disabled=wrong or indicator is None or not reviewing.reviewer(),
            on_click=reviewing.decide,
            args=(tables, number, "added", str(indicator or ""), value),
        )
        if not reviewing.reviewer():
            reviewing.ask_name(name)
