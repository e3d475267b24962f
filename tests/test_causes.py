"""Each change between two data packages has its cause."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indicators.checks.causes import changes
from indicators.cli import app
from indicators.project import load_project
from indicators.reading.quotes import quote_at
from indicators.reading.reviews import Review, append_reviews
from indicators.sharing import package
from indicators.table.unpacking import open_package

ROOT = Path(__file__).parents[1]
MORE = "2019年，广东省台山市海宴镇建成综合服务中心35个。\n"
SEED = "004_84ff8092177fbc13.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copy(ROOT / "config.yaml", tmp_path)
    packed(tmp_path, "old.zip")
    return tmp_path


def packed(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(package(load_project(folder / "config.yaml"), made="2026-11-23"))
    return path


def causes(folder: Path) -> dict[str, set[str]]:
    """Cause -> the kinds of change it brought."""
    found = changes(open_package(folder / "old.zip"), open_package(packed(folder, "new.zip")))
    return {str(cause): set(rows["change"]) for cause, rows in found.groupby("cause")}


def test_an_unchanged_project_differs_in_nothing(folder: Path) -> None:
    assert causes(folder) == {}


def test_a_new_and_a_missing_document(folder: Path) -> None:
    (folder / "seeds/new.txt").write_text(
        (folder / "seeds" / SEED).read_text("utf-8").replace("惠东县", "博罗县"), "utf-8"
    )
    assert set(causes(folder)) == {"new document"}
    (folder / "seeds/new.txt").unlink()
    (folder / "seeds" / SEED).unlink()
    assert causes(folder) == {"document gone": {"lost"}}


def test_an_edited_document(folder: Path) -> None:
    path = folder / "seeds" / SEED
    path.write_text(path.read_text("utf-8").replace("1185个", "1186个"), "utf-8")
    assert set(causes(folder)) == {"document changed"}


def test_corrected_metadata(folder: Path) -> None:
    path = folder / "seeds/metadata.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    row = next(number for number, line in enumerate(lines) if line.startswith(SEED))
    lines[row] = lines[row].replace("2019", "2017").replace("2018", "2017")
    assert lines[row] != path.read_text("utf-8-sig").splitlines()[row]
    path.write_text("\n".join(lines), "utf-8")
    assert set(causes(folder)) <= {"metadata"}


def test_a_changed_rule(folder: Path) -> None:
    path = folder / "config.yaml"
    text = path.read_text("utf-8")
    first = load_project(path).extract()["indicator"].iloc[0]
    gone = (
        text.replace("packs: [rural]", "packs: []")
        if f"\n  {first}:" not in text
        else text.replace(f"\n  {first}:", f"\n  x_{first}:")
    )
    path.write_text(gone, "utf-8")
    found = causes(folder)
    assert set(found) == {"rule"}
    assert "lost" in found["rule"]


def test_a_review(folder: Path) -> None:
    project = load_project(folder / "config.yaml")
    observed = project.observations()
    chosen = observed[observed["claims"] == 1]["claim_id"].iloc[0]
    row = project.extract().set_index("claim_id").loc[chosen]
    document = next(one for one in project.read_documents() if one.name == row["document"])
    quote = quote_at(document.text, int(row["start"]), int(row["end"]))
    facts = (
        document.name,
        document.content_hash,
        row["indicator"],
        quote.start,
        quote.exact,
        quote.prefix,
        quote.suffix,
    )
    append_reviews(folder / "seeds/reviews.csv", [Review("", "李", *facts, "rejected")])
    assert causes(folder) == {"review": {"lost"}}
    printed = CliRunner().invoke(app, ["diff", str(folder / "old.zip"), str(folder / "new.zip")])
    assert printed.exit_code == 0
    assert printed.output.splitlines()[-1] == "1 observations differ: review 1"
    assert f"- {row['indicator']}" in printed.output
