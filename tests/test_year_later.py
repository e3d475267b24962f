"""A year later: hundreds of new articles join a reviewed project, and nothing that a person decided is lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from indicators.checks.causes import changes
from indicators.project import Project, load_project
from indicators.reading.quotes import quote_at
from indicators.reading.reviews import Review, append_reviews
from indicators.sharing import package
from indicators.table.corrections import snapshot
from indicators.table.unpacking import Package, open_package

ROOT = Path(__file__).parents[1]
EDITED = "003_ed062aa7fda99132.txt"
CONVERTED = "002_325c7a17247ad1d4.txt"


def reviews_of(project: Project) -> list[Review]:
    """Every third claim confirmed, every seventh rejected, every eleventh corrected."""
    documents = {document.name: document for document in project.read_documents()}
    lines = []
    for position, row in enumerate(project.extract().to_dict("records")):
        document = documents[row["document"]]
        quote = quote_at(document.text, int(row["start"]), int(row["end"]))
        facts = (document.name, document.content_hash, row["indicator"], quote.start, quote.exact)
        about = ("2026-11-23T10:00:00+08:00", "李", *facts, quote.prefix, quote.suffix)
        if position % 11 == 0:
            lines.append(Review(*about, "corrected", "value", "77"))
        elif position % 7 == 0:
            lines.append(Review(*about, "rejected"))
        elif position % 3 == 0:
            cells = snapshot({str(name): cell for name, cell in row.items()})
            lines.append(Review(*about, "confirmed", "claim", cells))
    return lines


def packed(folder: Path, name: str) -> Package:
    path = folder / name
    path.write_bytes(package(load_project(folder / "config.yaml"), made="2026-11-23"))
    return open_package(path)


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Package, Package, int]:
    """The folder, the package of the first year and of the second, and how many lines of review there are."""
    folder = tmp_path_factory.mktemp("years")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copy(ROOT / "config.yaml", folder)
    lines = reviews_of(load_project(folder / "config.yaml"))
    append_reviews(folder / "seeds/reviews.csv", lines)
    first = packed(folder, "first.zip")
    made = folder / "made"
    generator = [sys.executable, str(ROOT / "benchmarks/generate_corpus.py"), str(made), "--mb", "2.5"]
    subprocess.run([*generator, "--encodings", "utf-8,gb18030,utf-16"], check=True, capture_output=True)
    articles = sorted(made.rglob("*.txt"))[:300]
    for number, path in enumerate(articles):
        shutil.copy(path, folder / f"seeds/new-{number:03}.txt")
    # An old article is saved in another encoding, another is edited, and a rule reads less than before.
    converted = folder / "seeds" / CONVERTED
    converted.write_bytes(converted.read_text("utf-8-sig").encode("gb18030"))
    edited = folder / "seeds" / EDITED
    edited.write_text("（更正后重新发布）\n" + edited.read_text("utf-8-sig"), "utf-8")
    second = packed(folder, "second.zip")
    assert len(articles) == 300
    return folder, first, second, len(lines)


def test_every_review_still_applies_or_is_reported(years: tuple[Path, Package, Package, int]) -> None:
    folder, _, second, lines = years
    reviewed = load_project(folder / "config.yaml").reviewed()
    applied = {line.review.line for verdict in reviewed.verdicts for line in verdict.lines}
    reported = second.tables["findings"]["check"].isin(
        ["review_quote_gone", "review_quote_twice", "review_no_document"]
    )
    assert len(applied) + int(reported.sum()) == lines
    assert len(applied) == lines  # re-encoding and an added first line lose none
    old = years[1].tables["claims"]
    kept = old[old["review"] != ""]
    again = second.tables["claims"]
    again = again[again["review"] != ""]
    assert sorted(kept["review"]) == sorted(again["review"])
    assert len(years[1].tables["rejected"]) == len(second.tables["rejected"])


def test_each_changed_observation_has_its_cause(years: tuple[Path, Package, Package, int]) -> None:
    _, first, second, _ = years
    found = changes(first, second)
    assert set(found["cause"]) <= {"new document", "document changed"}
    new = found[found["document"].str.startswith("new-")]
    assert set(new["cause"]) == {"new document"}
    old = found[~found["document"].str.startswith("new-")]
    assert set(old["document"]) <= {EDITED, CONVERTED, ""} | set(_joined(first, second, old))


def _joined(first: Package, second: Package, rows: pd.DataFrame) -> list[str]:
    """Documents of unchanged claims that new articles joined: another source or a newer value beside them."""
    before = first.tables["observations"].set_index("claim_id")
    after = second.tables["observations"].set_index("claim_id")
    both = [claim for claim in rows["claim"] if claim in before.index and claim in after.index]
    grown = [claim for claim in both if (after.loc[[claim], "claims"] > before.loc[claim, "claims"]).any()]
    return rows[rows["claim"].isin(grown)]["document"].tolist()


def test_every_new_article_contributes_or_says_why(years: tuple[Path, Package, Package, int]) -> None:
    table = years[2].tables["documents"]
    new = table[table["document"].str.startswith("new-")]
    listed = set(new["document"]) | {name for cell in table["same_as"] for name in cell.split(";") if name}
    assert len({name for name in listed if name.startswith("new-")}) == 300
    assert ((new["status"] == "read") | (new["reason"] != "")).all()
    assert (new.loc[new["status"] == "read", "quantities"] > 0).mean() > 0.9
