"""The commands for checking by hand and for sharing: sample, reviews, package. `cli` registers them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from indicators.rule_commands import DEFAULT_CONFIG, Config, mended, say


def sample(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the sheets.")] = Path(
        "sample"
    ),
    config: Config = DEFAULT_CONFIG,
    per_indicator: Annotated[int, typer.Option("--per-indicator", min=1, help="Claims of each indicator.")] = 30,
    seed: Annotated[int, typer.Option("--seed", help="Another number, another sample.")] = 7,
    reviewers: Annotated[int, typer.Option("--reviewers", min=1, max=26, help="One sheet each.")] = 2,
    unclaimed: Annotated[int, typer.Option("--unclaimed", min=0, help="Numbers no rule captured, for recall.")] = 100,
) -> None:
    """Blind sheets for reviewers (XLSX): a random sample of claims and of unclaimed numbers, half of it shared."""
    from indicators.project import load_project
    from indicators.reading.replacing import replacing
    from indicators.table import queries
    from indicators.table.sampling import draw
    from indicators.table.sheets import write_sheet
    from indicators.table.store import rows_of

    with mended():
        project = load_project(config).without_reviews()
        numbers = queries.unclaimed(rows_of(project.quantities())).frame()
        shares = draw(project.extract(), numbers, per_indicator, seed, reviewers, unclaimed)
        documents = {document.name: document for document in project.extraction().documents}
        output.mkdir(parents=True, exist_ok=True)
        for number, share in enumerate(shares, start=1):
            path = output / f"sheet-{number}.xlsx"
            if path.exists():
                words = "a filled sheet is never overwritten, choose another folder / 已存在，填写过的表不会被覆盖"
                typer.echo(f"{path}: exists; {words}", err=True)
                raise typer.Exit(1)
            with replacing(path) as stream:
                write_sheet(share, project.rules, documents, stream)
            typer.echo(f"{len(share.claims)} claims, {len(share.unclaimed)} unclaimed numbers -> {path}", err=True)


def reviews(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET.xlsx", help="A sheet of `indicators sample`, filled in.")],
    reviewer: Annotated[str, typer.Option("--reviewer", help="Who filled it in.")],
    config: Config = DEFAULT_CONFIG,
) -> None:
    """Take a filled sheet over into reviews.csv; nothing is taken over while a row of it is at fault."""
    from indicators.project import load_project
    from indicators.reading.reviews import append_reviews
    from indicators.table.sheets import read_sheet

    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    with mended():
        project = load_project(config)
        found, faults = read_sheet(sheet, reviewer, now, project.rules_version)
        say(faults.faults)
        if faults.faults:
            typer.echo("nothing was taken over / 未写入任何审阅", err=True)
            raise typer.Exit(1)
        target = project.review_files()[0]
        append_reviews(target, found)
    typer.echo(f"{len(found)} reviews -> {target}", err=True)


def package(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.zip", help="The data package.")],
    config: Config = DEFAULT_CONFIG,
    texts: Annotated[bool, typer.Option("--texts", help="Full texts too, not only the claims' sentences.")] = False,
) -> None:
    """One ZIP to cite and send: tables, schema, rules, reviews, codebook, Stata and R files, checksums."""
    from indicators.project import load_project
    from indicators.sharing import package as make
    from indicators.table.exports import write_bytes

    with mended():
        project = load_project(config)
        write_bytes(make(project, texts), output)
    typer.echo(f"data_version {project.data_version} -> {output}", err=True)


def assess_reviews(config: Path) -> None:
    """Print what the reviews of a random sample say of the corpus: `indicators eval --reviews`."""
    from indicators.project import load_project
    from indicators.table import queries
    from indicators.table.assessment import assess, report
    from indicators.table.store import rows_of

    with mended():
        project = load_project(config)
        reviewed = project.reviewed()
        claims = project.without_reviews().extract()
        found = assess(claims, len(queries.unclaimed(rows_of(project.quantities()))), reviewed.verdicts)
    typer.echo("\n".join(report(found)))
