"""What the dashboard says when something is missing, broken or unknown: designed states, no stack traces."""

from __future__ import annotations

import streamlit as st

from indicators.app import loading, state
from indicators.app.state import t
from indicators.errors import Fault, IndicatorsError, shortened, unwritable_because

OPENED = "opened-version"


def show(error: IndicatorsError, title: str = "problem.title") -> None:
    """Every fault of `error` with its place, its line and a caret, in the language of the page."""
    broken = not error.faults or any(fault.severity == "error" for fault in error.faults)
    (st.error if broken else st.warning)(t(title), icon=":material/error:")
    if not error.faults:
        st.code(str(error), language=None)
    for fault in shortened(error.faults):
        st.code(fault_text(fault), language=None)


def fault_text(fault: Fault) -> str:
    """A fault as the page prints it: Chinese words where the fault has them and the page is Chinese."""
    if state.language() == "zh" and fault.zh:
        lines = fault.with_caret().split("\n")
        return "\n".join([f"{fault.location}: {fault.zh}", *lines[1:]])
    return fault.with_caret()


def why(error: Exception) -> str:
    """Why a file could not be written and what to do, in the language of the page."""
    if not isinstance(error, OSError):
        return str(error)
    english, chinese = unwritable_because(error)
    return "；".join(chinese) if state.language() == "zh" else "; ".join(english)


def empty(key: str) -> None:
    """A designed empty state: what is missing and what to do about it."""
    st.info(t(key), icon=":material/info:")


def say_unknown(version: str) -> None:
    """Say what the address asked for and nobody knows, and when it was made for other data or rules."""
    unknown = state.unknown()
    if unknown:
        st.warning(t("problem.unknown", values="、".join(unknown)), icon=":material/link_off:")
    _say_changed(version)


def _say_changed(version: str) -> None:
    """Which parts have changed since the link was made that opened this session, until the reader has seen it."""
    if OPENED not in st.session_state:  # what this session itself changes later is no news
        asked = (state.chosen("version") or [version])[0]
        st.session_state[OPENED] = "" if asked == version else asked
    asked = st.session_state[OPENED]
    if asked in ("", version):
        return
    if asked.count(".") != version.count("."):
        st.info(t("problem.version", asked=asked, version=version), icon=":material/history:")
    else:
        parts = [t(f"part.{name}") for name in loading.current().versions.changed(asked)]
        words = ("、" if state.language() == "zh" else ", ").join(parts)
        st.info(t("problem.changed", parts=words), icon=":material/history:")
    st.button(t("problem.seen"), key="version-seen", type="tertiary", on_click=_seen)


def _seen() -> None:
    st.session_state[OPENED] = ""
