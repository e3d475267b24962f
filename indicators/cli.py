"""The command line: parse arguments, call the project, print. Data on stdout, everything else on stderr."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indicators import dashboard_command, report_command, review_commands, rule_commands
from indicators.rule_commands import DEFAULT_CONFIG, Config, mended
from indicators.table_commands import say_outcome, say_refused, table_command
from indicators.table_commands import write_metadata as add_metadata

if TYPE_CHECKING:
    import pandas as pd

    from indicators.project import Project

EXAMPLES = """
Examples:

\b
  indicators extract                                  the seeds, as CSV on stdout
  indicators extract reports/ --output claims.xlsx    your own folder, for Excel
  indicators quantities news.txt --output all.csv     every number, captured or not
  indicators check                                    are rules and examples right?
  indicators explain news.txt:120                     which rules were tried on the number there
  indicators draft news.txt:120 --id new_roads        an indicator made from it
  indicators diff old.yaml config.yaml                claims gained, lost and changed
  indicators dashboard                                charts in the browser
  indicators report                                   the same charts as one HTML file
"""

app = typer.Typer(
    name="indicators",
    help="Numbers of Chinese county reports as a tidy indicator table, by rules written in YAML.\n" + EXAMPLES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...", help="Files, folders or URLs (s3://...); without any, the corpus named in config.yaml."
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE|DIR",
        help="FILE.csv, .parquet or .xlsx; a folder or URL holds Parquet, brought up to date; else CSV on stdout.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Processes that read side by side; by default one for a small corpus."),
]
Cluster = Annotated[
    str, typer.Option("--cluster", metavar="ADDRESS", help="A Dask scheduler, tcp://host:8786, instead of processes.")
]
Recheck = Annotated[
    bool, typer.Option("--recheck", help="With a folder: read every file again, its size and time notwithstanding.")
]

Reviews = Annotated[
    str, typer.Option("--reviews", metavar="apply|ignore", help="What reviews.csv says, or what rules alone read.")
]


def _version(asked: bool) -> None:
    if asked:
        from indicators.language.data_files import gazetteer_version, lexicon_version, reader_version

        typer.echo(f"indicators {reader_version()} · lexicons {lexicon_version()} · gazetteer {gazetteer_version()}")
        raise typer.Exit


@app.callback()
def _begin(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Versions of reader and word lists.")
    ] = False,
) -> None:
    """Options of the program itself."""


@app.command()
def extract(
    paths: Paths = None,
    config: Config = DEFAULT_CONFIG,
    output: Output = None,
    workers: Workers = None,
    cluster: Cluster = "",
    recheck: Recheck = False,
    reviews: Reviews = "apply",
) -> None:
    """Claims: one row for each number that a rule captured."""
    table_command("claims", paths, config, output, workers, cluster, recheck, reviews=reviews)


@app.command()
def quantities(
    paths: Paths = None,
    config: Config = DEFAULT_CONFIG,
    output: Output = None,
    workers: Workers = None,
    cluster: Cluster = "",
    recheck: Recheck = False,
) -> None:
    """Every numeric expression of the documents, with its class and what became of it."""
    table_command("quantities", paths, config, output, workers, cluster, recheck)


@app.command()
def observations(
    paths: Paths = None,
    config: Config = DEFAULT_CONFIG,
    output: Output = None,
    workers: Workers = None,
    cluster: Cluster = "",
    recheck: Recheck = False,
    exact: Annotated[bool, typer.Option("--exact", help="Keep exact periods instead of calendar years.")] = False,
    reviews: Reviews = "apply",
) -> None:
    """For comparing: one row for each indicator, place and year, chosen from the claims."""
    table_command("observations", paths, config, output, workers, cluster, recheck, exact, reviews)


@app.command()
def documents(
    paths: Paths = None,
    config: Config = DEFAULT_CONFIG,
    output: Output = None,
    workers: Workers = None,
    cluster: Cluster = "",
    recheck: Recheck = False,
    write_metadata: Annotated[
        bool, typer.Option("--write-metadata", help="Add a row of guesses (checked=no) for each new file first.")
    ] = False,
) -> None:
    """One row for each file, refused ones too, with its dates, source and counts."""
    if write_metadata:
        add_metadata(paths, config)
    table_command("documents", paths, config, output, workers, cluster, recheck)


@app.command()
def unclaimed(paths: Paths = None, config: Config = DEFAULT_CONFIG, output: Output = None) -> None:
    """Numbers that no rule captured, grouped by shape: the list to work down."""
    _table(paths, config, output, "unclaimed", lambda project, chosen: project.unclaimed(chosen))


@app.command()
def findings(paths: Paths = None, config: Config = DEFAULT_CONFIG, output: Output = None) -> None:
    """What the checks say about documents and claims."""
    _table(paths, config, output, "findings", lambda project, chosen: project.findings(chosen))


_ELSEWHERE: tuple[Callable[..., None], ...] = (
    *(rule_commands.check, rule_commands.diff, rule_commands.explain, rule_commands.draft),
    *(review_commands.sample, review_commands.reviews, review_commands.package),
    dashboard_command.dashboard,
    report_command.report,
)
for _command in _ELSEWHERE:
    app.command()(_command)


@app.command("eval")
def evaluate(
    gold: Annotated[
        Path | None, typer.Argument(metavar="GOLD.jsonl", help="Labels made by hand, one JSON object a line.")
    ] = None,
    paths: Paths = None,
    config: Config = DEFAULT_CONFIG,
    show: Annotated[int, typer.Option("--show", min=0, help="Print up to N wrong rows of each figure.")] = 0,
    format: Annotated[str, typer.Option("--format", metavar="text|json|markdown", help="How figures go out.")] = "text",
    least: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="NAME=VALUE", help="Exit 1 where a figure is lower; repeatable."),
    ] = None,
    reviews: Annotated[bool, typer.Option("--reviews", help="Precision by the reviews of a random sample.")] = False,
) -> None:
    """Figures of the reader on labelled documents: F1, qualifier, county, town, period, status, classes."""
    if reviews:
        review_commands.assess_reviews(config)
        return
    if gold is None:
        raise typer.BadParameter("give GOLD.jsonl, or --reviews", param_hint="GOLD.jsonl")
    from indicators.checks.evaluation_report import FORMATS, MEANINGS, wrong_rows
    from indicators.project import load_project

    if format not in FORMATS:
        raise typer.BadParameter(" or ".join(FORMATS), param_hint="--format")
    floors = dict(_floor(words, MEANINGS) for words in least or [])
    with mended():
        result = load_project(config).evaluate(gold, paths or None)
    typer.echo(FORMATS[format](result))
    if show:
        typer.echo("\n".join(wrong_rows(result, show)), err=True)
    short = {name: floor for name, floor in floors.items() if result.figures[name] < floor}
    for name, floor in short.items():
        typer.echo(f"{name} is {result.figures[name]:.3f}, below {floor}", err=True)
    if short:
        raise typer.Exit(1)


def _floor(words: str, known: Collection[str]) -> tuple[str, float]:
    name, _, value = words.partition("=")
    try:
        floor = float(value)
    except ValueError:
        floor = -1.0
    if name not in known or floor < 0:
        raise typer.BadParameter(f"'{words}' is not NAME=VALUE; names: {', '.join(known)}", param_hint="--min")
    return name, floor


@app.command()
def schema() -> None:
    """The JSON Schema of config.yaml, for editors."""
    from indicators.rules.schema import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


def _table(
    paths: list[str] | None,
    config: Path,
    output: str | None,
    name: str,
    build: Callable[[Project, list[str] | None], pd.DataFrame],
) -> None:
    """Build one table of the whole corpus at once and write it where it was asked for."""
    from indicators.project import load_project
    from indicators.table.exports import write_table
    from indicators.table.targets import output_target

    with mended():
        target = output_target(output, name)
        project = load_project(config)
        frame = build(project, paths or None)
        write_table(frame, target or "-")
        say_refused(project.refused(paths or None))
        say_outcome(project, paths, project.failed_rules(), f"{len(frame)} rows -> {target}" if target else "")


def main() -> None:
    """Entry point of the console script."""
    if sys.stderr is None:  # started with 2>&-: what would be said there is said to nobody
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the process
    try:
        app()
    except SystemExit as left:
        code = left.code
        if isinstance(code, str):
            typer.echo(code, err=True)
        # The interpreter is not taken down in order: now and then (1 of 20 runs on a busy machine) a thread of Arrow's
        # was still alive then and aborted the process, whose tables were already written, with code 134.
        with contextlib.suppress(BrokenPipeError):
            if sys.stdout is not None:
                sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else bool(code))


if __name__ == "__main__":
    main()
