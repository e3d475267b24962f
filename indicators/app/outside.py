"""Streamlit asks an outside server for this machine's own address: no dashboard of ours does."""

from __future__ import annotations

from streamlit import net_util


def ask_nobody() -> None:
    """From now on Streamlit takes this machine for its own outside address, and asks nobody for it.

    It would ask at each WebSocket of a foreign origin, and on a machine without a way out everybody waits two seconds
    for the answer that does not come.
    """
    net_util._external_ip = "127.0.0.1"  # as if it had been asked for: there is no setting for it
