"""Who this session is and whether it may write: the one answer for every page.

`indicators dashboard` on this machine: whoever sits at it writes, unless `--read-only`. Shared with a login: editors
write, viewers look, others see nothing. Shared without a login, or by hand at an address of the network: nobody writes.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

import streamlit as st

from indicators.app import audit, state
from indicators.app.audit import SHARED_VARIABLE
from indicators.app.state import t
from indicators.deployment import Access, read_access

READ_ONLY_VARIABLE = "INDICATORS_READ_ONLY"
HERE = ("localhost", "127.0.0.1", "::1")


def may_write() -> bool:
    """Whether this session may save rules, reviews, metadata and documents."""
    if "--read-only" in sys.argv or os.environ.get(READ_ONLY_VARIABLE, "") not in ("", "0"):
        return False
    if needs_login():
        return _role() == "editor"
    return not os.environ.get(SHARED_VARIABLE) and (st.get_option("server.address") or HERE[0]) in HERE


def may_read() -> bool:
    """Whether this session may see anything at all."""
    return not needs_login() or bool(_role())


def needs_login() -> bool:
    """Whether this dashboard asks who somebody is."""
    return os.environ.get(SHARED_VARIABLE) == "login"


def who() -> str:
    """The address that this session signed in with, "" where there is no login."""
    return _access().address(_identity()) if needs_login() else ""


def require() -> None:
    """Stop here unless this session may read: the page says how to sign in, or that there is no access."""
    if may_read():
        _tell("sign in")
        return
    if not getattr(st.user, "is_logged_in", False):
        st.title(t("access.login"))
        st.markdown(t("access.login.about"))
        st.button(t("access.login.do"), key="sign-in", icon=":material/login:", type="primary", on_click=st.login)
    else:
        _tell("refused")
        st.title(t("access.none"))
        st.markdown(t("access.none.about"))
        st.code(_access().address(_identity()) or t("access.no_address"), language=None)
        st.button(t("access.logout"), key="sign-out", icon=":material/logout:", on_click=st.logout)
    state.finish()
    st.stop()


def badge() -> None:
    """In the sidebar: who is signed in, what they may do, and the way out."""
    if needs_login():
        st.sidebar.caption(t(f"access.{_role()}"))
        st.sidebar.text(who())
        st.sidebar.button(t("access.logout"), key="sign-out", icon=":material/logout:", on_click=st.logout)
    elif os.environ.get(SHARED_VARIABLE):
        st.sidebar.caption(t("access.open"))


def _role() -> str:
    return _access().role(_identity())


def _identity() -> dict[str, Any]:
    return st.user.to_dict() if getattr(st.user, "is_logged_in", False) else {}


def _access() -> Access:
    """The lists as they are now: who is taken off them is out at once. Lists that cannot be read let nobody in."""
    try:
        return read_access(st.secrets.get("access", {}))
    except (ValueError, FileNotFoundError):
        return Access()


def _tell(event: str) -> None:
    """Write somebody's coming into the log, once in an hour however many pages are loaded."""
    if needs_login():
        with suppress(OSError):  # a full disk keeps nobody from looking, only from changing
            audit.write_seldom(event, who(), role=_role())
