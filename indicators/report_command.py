"""The command that writes a project as one static page. `cli` registers it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from indicators.rule_commands import DEFAULT_CONFIG, Config, mended
from indicators.table_commands import say_refused


def report(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="Files or folders; without any, the corpus.")
    ] = None,
    config: Config = DEFAULT_CONFIG,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.html", help="The page.")] = Path(
        "report.html"
    ),
    language: Annotated[
        str, typer.Option("--language", metavar="both|zh|en", help="One language, or both with a switch.")
    ] = "both",
) -> None:
    """One static HTML: the dashboard's charts, each figure with its sentence; opens offline, from a mail too."""
    from indicators.app.report import gather, report_html
    from indicators.app.words import LANGUAGES
    from indicators.project import load_project
    from indicators.sharing import TITLE
    from indicators.table.exports import check_output, write_bytes

    chosen = [one for one in LANGUAGES if language in (one, "both")]
    if not chosen:
        raise typer.BadParameter("both, zh or en", param_hint="--language")
    with mended():
        check_output(output, "bytes")
        project = load_project(config)
        contents = gather(project, paths or None)
        data = report_html(contents, TITLE, chosen).encode("utf-8", "replace")
        write_bytes(data, output)
        say_refused(project.refused(paths or None))
    typer.echo(f"{len(contents.claims)} claims, {len(data) / 1e6:.1f} MB -> {output}", err=True)
