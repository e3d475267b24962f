"""The commands that make a table of a corpus, by any engine: to stdout, to a file, to a folder of Parquet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from indicators.rule_commands import mended, say

if TYPE_CHECKING:
    import pandas as pd

    from indicators.engines.streaming import Engine
    from indicators.errors import Fault
    from indicators.project import Project

_SHOWN = 20  # documents that could not be read that are named; the documents table names all


def table_command(
    name: str,
    paths: list[str] | None,
    config: Path,
    output: str | None,
    workers: int | None,
    cluster: str,
    recheck: bool,
    exact: bool = False,
    reviews: str = "apply",
) -> None:
    """Make one table and write it where it was asked for. Exit code 1 where a rule or a document failed."""
    from indicators.engines.streaming import Engine
    from indicators.project import load_project
    from indicators.table.targets import is_folder

    if workers and cluster:
        raise typer.BadParameter("give --workers or --cluster, not both", param_hint="--cluster")
    folder = output if output and is_folder(output) else ""
    if recheck and not folder:
        raise typer.BadParameter("needs --output DIR", param_hint="--recheck")
    if reviews not in ("apply", "ignore"):
        raise typer.BadParameter("apply or ignore", param_hint="--reviews")
    with mended():
        project = load_project(config)
        if reviews == "ignore":
            project = project.without_reviews()
        with _progress(name, resumes=bool(folder)) as watch:
            engine = Engine(workers, cluster, watch=watch)
            if folder:
                _folder(project, name, paths, folder, engine, exact, recheck)
            else:
                _file(project, name, paths, output, engine, exact)


def _folder(
    project: Project, name: str, paths: list[str] | None, folder: str, engine: Engine, exact: bool, recheck: bool
) -> None:
    if project.reviews(paths)[0]:
        typer.echo("reviews.csv is not applied to a folder of Parquet / 写入文件夹时不应用审阅", err=True)
    written = project.write(folder, name, paths or None, engine, exact, recheck)
    _say_troubled(written.troubled)
    rows, shards = written.manifest.rows(name), f"{written.read} of {written.shards} shards read"
    failed = sorted(written.manifest.failed_rules.items())
    say_outcome(project, paths, failed, f"{rows} rows -> {folder}/{name} ({shards})", _failed(written.troubled))


def _file(
    project: Project, name: str, paths: list[str] | None, output: str | None, engine: Engine, exact: bool
) -> None:
    from indicators.table.exports import write_table
    from indicators.table.targets import output_target

    target = output_target(output, name)
    found = project.collect(name, paths or None, engine, exact)
    write_table(found.table, target or "-")
    _say_troubled(found.troubled)
    words = f"{len(found.table)} rows -> {target}" if target else ""
    _say_price_gaps(project, name, found.table)
    failed = sorted(found.failed_rules.items())
    say_outcome(project, paths, failed, words, _failed(found.troubled), found.review_faults)


def _say_price_gaps(project: Project, name: str, table: pd.DataFrame) -> None:
    """The years for which the price index has nothing."""
    from indicators.table.constant_prices import left_empty

    gaps = left_empty(table, project.rules.kinds) if name == "observations" and project.rules.deflator else {}
    if gaps:
        words = ", ".join(f"{year} ({count})" for year, count in gaps.items())
        typer.echo(f"{project.rules.deflator}: no index for {words}; value_real is empty / 指数缺这些年份", err=True)


def say_outcome(
    project: Project,
    paths: list[str] | None,
    failed: Iterable[tuple[str, str]],
    summary: str,
    broken: bool = False,
    review_faults: Sequence[Fault] | None = None,
) -> None:
    """Warnings of the metadata, rules that failed, and a line that sums up; exit code 1 where something failed.

    `review_faults` are those of the table at hand; without them, those that the project knows of.
    """
    say(project.metadata_warnings(paths or None))
    bad_reviews = project.review_faults(paths or None) if review_faults is None else review_faults
    say(bad_reviews)
    rules = list(failed)
    for rule, reason in rules:
        typer.echo(f"{rule}: rule failed; {reason}", err=True)
    if summary:
        typer.echo(summary, err=True)
    if rules or broken or bad_reviews:
        raise typer.Exit(1)


def _failed(troubled: Iterable[tuple[str, str, str]]) -> bool:
    """Whether a document failed; one that was refused is no failure of ours."""
    return any(status == "failed" for _, status, _ in troubled)


def _say_troubled(troubled: tuple[tuple[str, str, str], ...]) -> None:
    ordered = sorted(troubled, key=lambda row: row[1] != "failed")
    for document, status, reason in ordered[:_SHOWN]:
        typer.echo(f"{document}: {'failed' if status == 'failed' else 'not read'}; {reason}", err=True)
    if len(ordered) > _SHOWN:
        typer.echo(f"and {len(ordered) - _SHOWN} more: see indicators documents", err=True)


def say_refused(refused: Iterable[tuple[str, str]]) -> None:
    """Name the documents that could not be read, with the reason; of many the first, and their number."""
    _say_troubled(tuple((document, "refused", reason) for document, reason in refused))


def write_metadata(paths: list[str] | None, config: Path) -> None:
    """Add a row with what can be guessed, marked as checked by nobody, for each document that has none.

    Filled cells stay as they are. Exit code 1 where a metadata.csv cannot be read or written.
    """
    from indicators.project import load_project

    with mended():
        for path, rows in load_project(config).add_metadata(paths or None):
            typer.echo(f"{path}: {rows} rows added, checked=no / 新增 {rows} 行,请核对", err=True)


@contextmanager
def _progress(label: str, resumes: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr while a person watches, nothing in a pipe; what Ctrl-C leaves is said."""
    try:
        if not sys.stderr.isatty():
            yield lambda done, whole: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn(label), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(label, total=None)
            yield lambda done, whole: bar.update(task, completed=done, total=whole)
    except KeyboardInterrupt:
        words = "the folder holds its old tables; run the command again to go on" if resumes else "nothing was written"
        typer.echo(f"interrupted: {words} / 已中断", err=True)
        raise typer.Exit(1) from None
