"""The commands for people who write rules: check, diff, explain, draft. `cli` registers them beside the tables.

Data on stdout, everything else on stderr; exit code 1 where something must be mended, a failed rule included.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indicators.errors import Fault, IndicatorsError, shortened, unwritable

if TYPE_CHECKING:
    from indicators.checks.difference import Difference
    from indicators.language.reader import Reading
    from indicators.project import Project
    from indicators.rules.drafting import Draft
    from indicators.rules.saving import Opened

Config = Annotated[Path, typer.Option("--config", metavar="FILE", help="The rules: indicators, macros, corpus.")]
Address = Annotated[
    str, typer.Argument(metavar="DOCUMENT:OFFSET", help="A number: its document and the offset of a character of it.")
]
Paths = Annotated[list[Path] | None, typer.Option("--in", metavar="PATH", help="Documents other than the corpus.")]
DEFAULT_CONFIG = Path("config.yaml")


def check(
    config: Config = DEFAULT_CONFIG,
    format: Annotated[str, typer.Option("--format", metavar="text|json", help="How faults are printed.")] = "text",
    corpus: Annotated[bool, typer.Option("--corpus", help="Run the rules on the corpus too: idle patterns.")] = False,
) -> None:
    """Are the rules valid and do their examples hold? Located errors; exit code 1 if not."""
    from indicators.project import check_project

    _known(format, "text", "json")
    with mended():
        faults, summary = check_project(config, corpus)
    if format == "json":
        typer.echo(json.dumps([_fault_as_dict(fault) for fault in faults], ensure_ascii=False, indent=1))
    else:
        say(faults)
        typer.echo(summary, err=True)
    if any(fault.severity == "error" for fault in faults):
        raise typer.Exit(1)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A config.yaml, or a claims table (.csv, .parquet).")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The same, to compare with OLD.")],
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Documents; without any, the corpus of NEW.")
    ] = None,
    format: Annotated[str, typer.Option("--format", metavar="text|csv|json", help="How claims go out.")] = "text",
) -> None:
    """Claims gained, lost and changed from OLD to NEW; of two data packages, each observation's change and cause."""
    from indicators.checks import difference

    _known(format, "text", "csv", "json")
    if old.suffix.lower() == new.suffix.lower() == ".zip":
        _packages(old, new, format)
        return
    with mended():
        found, failed = compare(old, new, paths or None)
    if format == "csv":
        from indicators.table.exports import write_table

        write_table(difference.table(found), "-")
    else:
        typer.echo(difference.as_json(found, failed) if format == "json" else difference.as_text(found, failed))
    _say_failed(failed)


def _packages(old: Path, new: Path, format_: str) -> None:
    """What one data package says otherwise than another, with the cause of each change."""
    from indicators.checks import causes
    from indicators.table.cells import csv_rows
    from indicators.table.unpacking import open_package

    with mended():
        found = causes.changes(open_package(old), open_package(new))
    if format_ == "csv":
        typer.echo("".join(csv_rows(found)), nl=False)
    elif format_ == "json":
        typer.echo(found.to_json(orient="records", force_ascii=False, indent=1))
    else:
        typer.echo(causes.as_text(found))


def explain(
    address: Address,
    config: Config = DEFAULT_CONFIG,
    paths: Paths = None,
    format: Annotated[str, typer.Option("--format", metavar="text|json", help="How it is printed.")] = "text",
    all_rules: Annotated[bool, typer.Option("--all", help="A line for every rule, those not tried too.")] = False,
) -> None:
    """How a number was read, which rules were tried on it, where each failed, and who owns it and why."""
    from indicators.project import load_project
    from indicators.rules import explaining
    from indicators.rules.explanation_report import as_json, as_text

    _known(format, "text", "json")
    with mended():
        project = load_project(config)
        reading, row = _located(project, address, paths or None)
        explanation = explaining.explain(reading, project.rules, row)
    typer.echo(as_json(explanation) if format == "json" else as_text(explanation, all_rules))
    _say_failed(explanation.failed)


def draft(
    address: Address,
    id: Annotated[str, typer.Option("--id", metavar="NAME", help="The indicator's id: a-z, 0-9 and _.")],
    config: Config = DEFAULT_CONFIG,
    paths: Paths = None,
    write: Annotated[bool, typer.Option("--write", help="Insert it into the config instead of printing it.")] = False,
) -> None:
    """A complete indicator for a number that no rule captures yet: pattern, unit, kind, example, reject."""
    from indicators.project import load_project
    from indicators.rules import saving

    with mended():
        opened = saving.open_rules(config)
        project = load_project(config)
        found = draft_at(project, opened, address, id, paths or None)
        if write:
            text = saving.inserted(opened.text, found.id, found.entry, found.notes)
            saving.save(opened, text, {found.id})
            typer.echo(f"{config}: '{id}' added; run 'indicators check'", err=True)
        else:
            typer.echo(saving.rendered(found.id, found.entry, found.notes), nl=False)
    _say_failed(found.failed)


def compare(old: Path, new: Path, paths: list[Path] | None = None) -> tuple[Difference, dict[str, str]]:
    """What NEW says other than OLD, each a rule file or a claims table; and the rules that failed, with the reason.

    Rule files are run on the same documents: `paths`, else the corpus of NEW, else of OLD.
    """
    from indicators.checks.difference import TABLE_SUFFIXES, difference, read_claims
    from indicators.project import load_project

    projects = {path: load_project(path) for path in (new, old) if path.suffix.lower() not in TABLE_SUFFIXES}
    chosen = paths
    for project in projects.values():
        if not chosen and project.corpus and all(path.exists() for path in project.corpus):
            chosen = list(project.corpus)
    frames = [projects[path].extract(chosen) if path in projects else read_claims(path) for path in (old, new)]
    failed = {rule: reason for project in projects.values() for rule, reason in project.failed_rules()}
    return difference(*frames), failed


def draft_at(project: Project, opened: Opened, address: str, id_: str, paths: list[Path] | None = None) -> Draft:
    """The draft of an indicator for the number at DOCUMENT:OFFSET, for the rule file that was opened."""
    from indicators.language.reader import read
    from indicators.rules import drafting
    from indicators.rules.loading import read_rule_file
    from indicators.rules.schema import ConfigFile

    reading, row = _located(project, address, paths)
    others = [one for one in project.read_documents(paths) if one.name != reading.document.name]
    readings = [reading, *(read(one) for one in others if one.status == "read")]
    model = read_rule_file(opened.text, opened.path.name, ConfigFile).model
    macros = dict(model.macros) if model else {}
    return drafting.draft(drafting.Corpus(project.rules, readings), reading, row, id_, macros)


def _located(project: Project, address: str, paths: list[Path] | None) -> tuple[Reading, int]:
    """The document and the row of the number that an address points at; the document may lie outside the corpus."""
    from indicators.language.reader import read
    from indicators.rules.addresses import named, quantity_at, split_address

    name, offset = split_address(address)
    documents = project.read_documents(paths)
    outside = Path(name).is_file() and not any(f"/{name}".endswith(f"/{one.name}") for one in documents)
    if outside:
        documents, name = project.read_documents([name]), Path(name).name
    reading = read(named(documents, name))
    return reading, quantity_at(reading, offset)


def _say_failed(failed: dict[str, str]) -> None:
    """Rules that could not be run to their end are no zero: named, and exit code 1."""
    for rule, reason in failed.items():
        typer.echo(f"{rule}: rule failed; {reason}", err=True)
    if failed:
        raise typer.Exit(1)


def _known(format_: str, *known: str) -> None:
    if format_ not in known:
        raise typer.BadParameter(" or ".join(known), param_hint="--format")


def say(faults: Iterable[Fault]) -> None:
    """Print faults in both languages; of many of one kind the first, and their number."""
    for fault in shortened(faults):
        typer.echo(fault.in_both_languages(), err=True)


@contextmanager
def mended() -> Iterator[None]:
    """Print what the user must mend and leave with exit code 1."""
    try:
        yield
    except IndicatorsError as error:
        if error.faults:
            say(error.faults)
        else:
            typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        if error.errno == errno.EPIPE:  # `| head`: whoever read has seen enough
            raise
        typer.echo(unwritable(error.filename or "stdout", error).in_both_languages(), err=True)
        raise typer.Exit(1) from None


def _fault_as_dict(fault: Fault) -> dict[str, str | int]:
    return {
        "path": fault.location.path,
        "line": fault.location.line,
        "column": fault.location.column,
        "severity": fault.severity,
        "message": fault.message,
        "remedy": fault.remedy,
        "zh": fault.zh,
    }
