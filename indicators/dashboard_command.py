"""The command that opens the dashboard. `cli` registers it."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indicators.rule_commands import DEFAULT_CONFIG, Config, mended

if TYPE_CHECKING:
    from indicators.rules.ruleset import RuleSet

SMALLEST = "2020年,全县建成服务站3个。"


def dashboard(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]", help="To look at: a downloaded ZIP, a folder of --output DIR, a Parquet file."
        ),
    ] = None,
    config: Config = DEFAULT_CONFIG,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port on this machine.")] = 8501,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nobody saves rules or reviews.")] = False,
    shared: Annotated[bool, typer.Option("--shared", help="Other machines may reach it; people sign in.")] = False,
    without_login: Annotated[
        bool, typer.Option("--without-login", help="With --shared: everybody may look, nobody saves.")
    ] = False,
    address: Annotated[str, typer.Option("--address", help="With --shared: the address to listen at.")] = "0.0.0.0",  # noqa: S104
    hosts: Annotated[
        list[str] | None, typer.Option("--host", metavar="NAME", help="With --shared: names it is reached by.")
    ] = None,
) -> None:
    """The Streamlit app on this machine, or --shared with others."""
    from streamlit.web import cli as streamlit_cli

    from indicators.app.outside import ask_nobody
    from indicators.deployment import shared_settings
    from indicators.project import load_project

    if without_login and not shared:
        raise typer.BadParameter("goes with --shared", param_hint="--without-login")
    with _own_temporary_folder(), mended():  # say what is wrong here, not in the browser
        if path is None:
            threading.Thread(target=_warm, args=(load_project(config).rules,), daemon=True).start()
        else:
            from indicators.opening import OPEN_VARIABLE, open_path

            open_path(path.resolve(), config)
            os.environ[OPEN_VARIABLE] = str(path.resolve())
        settings = shared_settings(config, not without_login, address, hosts or ()) if shared else []
        if shared:
            os.environ["INDICATORS_SHARED"] = "open" if without_login else "login"
        os.environ["INDICATORS_CONFIG"] = str(config.resolve())
        if read_only or path is not None:
            os.environ["INDICATORS_READ_ONLY"] = "1"
        page = Path(__file__).parent / "app" / "entry" / "dashboard.py"
        # The settings of app/entry/.streamlit come with the script: no telemetry, this machine only.
        sys.argv = ["streamlit", "run", str(page), "--server.port", str(port), *settings]
        ask_nobody()
        sys.exit(streamlit_cli.main())


def _warm(rules: RuleSet) -> None:
    """Load what every table takes (libraries, word lists, patterns) while server and browser start.

    The first visitor's first chart comes a fifth sooner.
    """
    import duckdb  # noqa: F401
    import plotly.graph_objects  # noqa: F401

    from indicators.project import extract

    extract(SMALLEST, rules)


@contextlib.contextmanager
def _own_temporary_folder() -> Iterator[None]:
    """What is unpacked or put aside while the dashboard runs goes with it, for `main` leaves without cleaning up."""
    with tempfile.TemporaryDirectory(prefix="indicators-") as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = None
