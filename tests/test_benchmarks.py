"""The benchmarks work and say when they do not; nothing here is timed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from indicators.engines.store import read_table
from indicators.project import load_project
from indicators.table.columns import CLAIMS, arrow_schema

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "benchmarks"
sys.path.insert(0, str(FOLDER))

import generate_claims  # noqa: E402
import generate_corpus  # noqa: E402
import goals  # noqa: E402
import rules  # noqa: E402
import run as benchmark  # noqa: E402
import templates  # noqa: E402


def script(name: str, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(FOLDER / name), *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of a few documents, and both rule sets."""
    path = tmp_path_factory.mktemp("benchmarks")
    generate_corpus.write(path / "corpus", generate_corpus.documents(0.02), ["utf-8"], 0)
    for size in rules.SIZES:
        rules.write(path, size)
    return path


@pytest.mark.parametrize("density", ["news", "seeds"])
def test_a_smaller_corpus_is_the_beginning_of_a_larger(density: str) -> None:
    small, large = (list(generate_corpus.documents(size, 3, density)) for size in (0.03, 0.1))
    assert large[: len(small)] == small
    assert len(large) > len(small) > 1
    assert list(generate_corpus.documents(0.03, 4, density)) != small


def test_the_corpus_is_as_rich_in_numbers_as_news() -> None:
    numeral, digit = templates.shares(one.text for one in generate_corpus.documents(0.4))
    assert numeral == pytest.approx(0.61, abs=0.05)
    assert digit == pytest.approx(0.26, abs=0.05)


def test_fewer_claims_are_the_first_of_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate_claims, "BATCH", 40)
    few, many, other = (
        pa.concat_tables(generate_claims.batches(count, seed)).to_pylist()
        for count, seed in ((50, 0), (100, 0), (50, 1))
    )
    assert (len(few), len(many)) == (50, 100)
    assert many[:50] == few
    assert other != few


def test_claims_are_a_claims_table(tmp_path: Path) -> None:
    said = script("generate_claims.py", tmp_path / "claims.parquet", "--rows", 300)
    assert said.returncode == 0, said.stderr
    table = pq.read_table(tmp_path / "claims.parquet")
    assert table.schema.equals(arrow_schema(CLAIMS))
    rows = table.to_pylist()
    assert len({row["claim_id"] for row in rows}) == len(rows) == 300
    for row in rows:
        assert row["text"] in row["sentence"]
        assert row["end"] - row["start"] == len(row["text"])
        assert row[row["level"]] == row["place_as_written"] != ""
        assert row["value_low"] <= row["value"]
        assert row["value_high"] is None or row["value"] <= row["value_high"]


@pytest.mark.parametrize("size", rules.SIZES)
def test_rule_sets_load_and_each_rule_asks_for_words(folder: Path, size: int) -> None:
    loaded = load_project(folder / f"config{size}.yaml").rules.rules
    assert len({rule.indicator.id for rule in loaded}) == len(loaded) == size
    assert [rule.id for rule in loaded if not rule.literals] == []


@pytest.mark.parametrize("name", ["pipeline", "rule_stage", "loops", "naive_loop"])
def test_measurements_of_a_corpus(folder: Path, name: str) -> None:
    said = script("measures.py", name, f"config={folder / 'config30.yaml'}", f"corpus={folder / 'corpus'}")
    assert said.returncode == 0, said.stderr
    result: dict[str, Any] = json.loads(said.stdout)
    assert result["rows"] > 0
    assert result["mb"] > 0
    assert result.get("equal", True) is True


def test_the_profile_has_two_tables(folder: Path) -> None:
    said = script("profile_pipeline.py", folder / "corpus", "--config", folder / "config30.yaml", "--top", 3)
    assert said.returncode == 0, said.stderr
    assert "| places |" in said.stdout
    assert said.stdout.count("%") == 3


def test_a_command_that_fails_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    words = json.dumps([sys.executable, "-c", "raise SystemExit('no such corpus')"])
    result = benchmark.measure(ROOT, "command", words=words)
    assert "no such corpus" in result["failed"]
    assert "no such corpus" in capfd.readouterr().err


def test_folder_runs_change_one_document_and_put_it_back(folder: Path) -> None:
    (folder / "runs").mkdir()
    before = {path: path.read_bytes() for path in (folder / "corpus").rglob("*") if path.is_file()}
    results = benchmark.folder_runs(ROOT, folder / "corpus", folder / "config30.yaml", folder / "runs")
    assert {name for name, one in results.items() if "failed" in one} == set()
    assert set(results) == {"start", "one", "two", "unchanged", "again"}
    assert {path: path.read_bytes() for path in before} == before
    again, first = (read_table(folder / "runs" / name, "documents") for name in ("one", "two"))
    assert list(again["document"]) == list(first["document"])
    assert (again["content_hash"] != first["content_hash"]).sum() == 1


MEASURED = {"cpu": 2.0, "wall": 3.0, "mb": 8.0, "peak": 100.0, "equal": True, "found": 0.9, "loading": 1.0}
NAMES = [f"{name} {size}" for name in ("pipeline", "every number", "rule stage", "loops") for size in (30, 1000)]
NAMES += ["large", "reading", "warm", "cold", "import"]


def cells(**others: dict[str, Any]) -> dict[str, str]:
    """The table's cells where everything was measured, but for `others`."""
    walls = {"start": 1.0, "one": 11.0, "two": 5.5, "unchanged": 1.1, "again": 1.5}
    tree = {name: dict(MEASURED) for name in NAMES} | {name: {**MEASURED, "wall": wall} for name, wall in walls.items()}
    naive = {f"naive {size}": {**MEASURED, "cpu": 8.0} for size in (30, 1000)}
    return {row[0]: words for row, words in goals.goal_rows({**tree, **others}, naive).items()}


def test_cells_are_what_was_measured() -> None:
    found = cells()
    assert found["pipeline, 30 rules"] == "4.00 MB/s"
    assert found["the same : naive loop, 30 rules"] == "4.00 x"
    assert found["folder, two workers : one"] == "2.00 x"
    assert found["folder, one document changed: share of the full run"] == "5.0%"
    assert "failed" not in found.values()


def test_a_failed_run_fails_the_cells_that_need_it_and_no_other() -> None:
    whole, found = cells(), cells(two={"failed": "exit code 1"}, large={})
    changed = {row: words for row, words in found.items() if words != whole[row]}
    assert changed == {
        "folder, two workers : one": "failed",
        "folder, peak memory, greatest of three processes": "failed",
        "time a MB, large : main corpus": "-",
        "peak memory, large corpus": "-",
    }
