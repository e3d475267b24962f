"""`indicators diff`: what two versions of the rules, or two tables, say differently."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from indicators.checks.difference import COLUMNS, as_json, as_text, counts, difference, read_claims, table
from indicators.errors import IndicatorsError, ReadingError
from indicators.project import extract
from indicators.rule_commands import compare
from indicators.rules.loading import load_rules_text
from indicators.table.exports import to_bytes, write_table

OLD = """\
corpus: [texts]
indicators:
  squares: {name: 广场, kind: ratio, unit: 个, patterns: ['广场{value}']}
  parks: {name: 公园, kind: ratio, unit: 个, patterns: ['公园{value}']}
  fields: {name: 土地, kind: measure, unit: 公顷, patterns: ['土地{value}']}
"""
NEW = OLD.replace("unit: 公顷", "unit: 亩").replace("'公园{value}'", "'剧院{value}'")
TEXT = "2021年隆德县建成广场36个、公园4个、剧院2个，流转土地2公顷。"


def claims(rules: str, text: str = TEXT) -> pd.DataFrame:
    return extract(text, load_rules_text(rules))


def test_claims_gained_lost_and_changed() -> None:
    found = difference(claims(OLD), claims(NEW))
    assert found.gained["text"].tolist() == ["2个"]
    assert found.lost["text"].tolist() == ["4个"]
    (changed,) = found.changed.to_dict("records")
    assert (changed["text"], changed["differs"]) == ("2公顷", "value;unit")
    assert (changed["value_before"], changed["value"], changed["unit_before"], changed["unit"]) == (2, 30, "公顷", "亩")
    assert counts(found) == {
        "fields": {"gained": 0, "lost": 0, "changed": 1},
        "parks": {"gained": 1, "lost": 1, "changed": 0},
    }


@pytest.mark.parametrize(
    ("column", "cell", "differs"),
    [
        ("town", "和平镇", "place"),
        ("county_code", "640499", "place"),
        ("period_start", "2020-01-01", "period"),
        ("value_low", 30.0, "value"),
        ("per", "月", "unit"),
        ("rule", "squares#9", ""),
        ("rules_version", "x", ""),
    ],
)
def test_what_counts_as_a_change(column: str, cell: object, differs: str) -> None:
    old = claims(OLD)
    new = old.copy()
    new.loc[0, column] = cell
    assert table(difference(old, new))["differs"].tolist() == ([differs] if differs else [])


def test_nothing_differs_from_itself() -> None:
    for frame in (claims(OLD), claims(OLD).iloc[:0]):
        assert counts(difference(frame, frame)) == {}
        assert as_text(difference(frame, frame)) == "gained 0, lost 0, changed 0"
        assert list(table(difference(frame, frame)).columns) == list(COLUMNS)


def test_text_and_json_carry_the_sentence() -> None:
    found = difference(claims(OLD), claims(NEW))
    text = as_text(found)
    assert "parks  +1 -1 ~0" in text
    assert "~ text:" in text and "value 2 -> 30, unit 公顷 -> 亩" in text
    assert text.count(TEXT) == 3
    data = json.loads(as_json(found, {"parks#1": "took longer"}))
    assert [(one["change"], one["indicator"], one["sentence"]) for one in data["claims"]] == [
        ("changed", "fields", TEXT), ("lost", "parks", TEXT), ("gained", "parks", TEXT),
    ]  # fmt: skip
    assert (data["claims"][1]["value"], data["claims"][1]["value_before"]) == (None, 4)
    assert data["failed"] == {"parks#1": "took longer"}


@pytest.mark.parametrize("suffix", ["csv", "parquet", "zip"])
def test_tables_read_back_are_the_same_claims(tmp_path: Path, suffix: str) -> None:
    frame = claims(OLD, "2021年隆德县建成广场0.1个、公园33.333333333333336个，=广场三分之一个。")
    path = tmp_path / f"claims.{suffix}"
    if suffix == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("quantities.csv", b"a")
            archive.writestr("tables/claims.csv", to_bytes(frame, "csv"))
    else:
        write_table(frame, path)
    assert len(frame) >= 2
    assert counts(difference(read_claims(path), frame)) == {}


@pytest.mark.parametrize(
    "data",
    [b"", b"a,b\n1,2\n", "﻿start\nx\n".encode(), bytes(range(256)), to_bytes(claims(OLD), "csv").replace(b"36,", b"x,")],
)
@pytest.mark.parametrize("suffix", ["csv", "parquet", "zip"])
def test_what_is_no_claims_table_is_said(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"claims.{suffix}"
    path.write_bytes(data)
    with pytest.raises(ReadingError) as caught:
        read_claims(path)
    assert str(path) in str(caught.value)


def test_rule_files_run_on_the_same_documents(tmp_path: Path) -> None:
    """An old version lies elsewhere, without the corpus that it names."""
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    (project / "texts").mkdir(parents=True)
    elsewhere.mkdir()
    (project / "texts" / "a.txt").write_text(TEXT, "utf-8")
    (project / "config.yaml").write_text(NEW, "utf-8")
    (elsewhere / "old.yaml").write_text(OLD, "utf-8")
    expected = {"fields": {"gained": 0, "lost": 0, "changed": 1}, "parks": {"gained": 1, "lost": 1, "changed": 0}}
    found, failed = compare(elsewhere / "old.yaml", project / "config.yaml")
    assert (counts(found), failed) == (expected, {})
    write_table(difference(claims(OLD), claims(OLD)).gained, tmp_path / "none.csv")
    found, _ = compare(tmp_path / "none.csv", project / "config.yaml")
    assert (len(found.gained), len(found.lost)) == (3, 0)
    done = run("diff", elsewhere / "old.yaml", project / "config.yaml", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["indicators"]) == (0, expected)
    done = run("diff", elsewhere / "old.yaml", project / "config.yaml", "--format", "csv")
    assert len(pd.read_csv(io.BytesIO(done.stdout))) == 3
    done = run("diff", project / "no.csv", project / "config.yaml")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"no.csv" in done.stderr and b"Traceback" not in done.stderr


def test_a_rule_that_fails_is_no_loss_of_claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from indicators.rules import attempts

    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("文化广场" * 300 + "36个。", "utf-8")
    (tmp_path / "old.yaml").write_text(OLD, "utf-8")
    (tmp_path / "new.yaml").write_text(
        OLD.replace("'广场{value}'", "'(?:广|场|文|化)*(?:文化?广?场?)*{value}'"), "utf-8"
    )
    monkeypatch.setattr(attempts, "TIME_LIMIT", 1e-9)
    found, failed = compare(tmp_path / "old.yaml", tmp_path / "new.yaml")
    assert "squares#1" in failed
    assert "! squares#1: rule failed; took longer" in as_text(found, failed)


def test_a_broken_file_is_located(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("indicatrs: {}\n", "utf-8")
    with pytest.raises(IndicatorsError, match=r"a\.yaml:1:1: unknown key"):
        compare(tmp_path / "a.yaml", tmp_path / "a.yaml")


def run(*words: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "indicators.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, timeout=120)
