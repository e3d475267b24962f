"""The hint of the first visit: what the pages are for, until the reader has seen it."""

from __future__ import annotations

import streamlit as st

from indicators.app import state
from indicators.app.state import t

HINT = "hint"
STEPS = {"compare": ":material/leaderboard:", "quality": ":material/fact_check:", "rules": ":material/rule:"}


def show() -> None:
    """Three steps with the way to their pages; once closed it stays closed in this session and in its links."""
    if state.known(HINT, ["seen"]):
        return
    with st.container(border=True):
        st.markdown(f"**{t('welcome.title')}** {t('welcome.see')}")
        with st.container(horizontal=True):
            for page, icon in STEPS.items():
                with st.container(width=264):
                    if st.button(t(f"page.{page}"), icon=icon, key=f"welcome-{page}"):
                        state.go(page)
                    st.caption(t(f"welcome.{page}"))
        st.button(t("welcome.seen"), key="welcome-seen", type="tertiary", on_click=state.choose, args=(HINT, ["seen"]))
