"""The command line as a user types it, on real files, with what it says when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from indicators import read_table

ROOT = Path(__file__).parent.parent
TABLES = ("extract", "quantities", "observations", "documents")


def run(*words: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "indicators.cli", *map(str, words)], cwd=cwd, capture_output=True, timeout=120
    )


@pytest.mark.parametrize("command", TABLES)
def test_tables_go_to_stdout_as_csv(command: str) -> None:
    done = run(command)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"), newline="")))
    assert rows
    assert "document" in rows[0] or command == "observations"
    assert done.stderr == b""


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx"])
def test_output_file(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"claims.{suffix}"
    done = run("extract", "--output", target)
    assert done.returncode == 0, done.stderr.decode()
    assert str(target) in done.stderr.decode()
    read = {"csv": pd.read_csv, "parquet": pd.read_parquet, "xlsx": pd.read_excel}[suffix]
    frame = read(target)
    row = frame[(frame["indicator"] == "asset_transactions")].iloc[0]
    assert (row["value"], row["county"]) == (2712, "台山市")


def test_output_folder(tmp_path: Path) -> None:
    assert run("extract", "--output", tmp_path / "tables").returncode == 0
    assert len(read_table(tmp_path / "tables")) > 100
    again = run("extract", "--output", tmp_path / "tables")
    assert "0 of 1 shards read" in again.stderr.decode()


def test_engine_options_that_do_not_fit_are_wrong_usage(tmp_path: Path) -> None:
    assert run("extract", "--workers", "2", "--cluster", "tcp://127.0.0.1:1").returncode == 2
    assert run("extract", "--recheck", "--output", tmp_path / "a.csv").returncode == 2


def test_two_workers_give_the_same_bytes() -> None:
    assert run("extract", "--workers", "2").stdout == run("extract").stdout


def test_own_file_under_the_projects_rules(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("2021年，宁夏回族自治区固原市隆德县共有行政村99个。", "gb18030")
    done = run("extract", tmp_path / "a.txt")
    (row,) = csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig")))
    assert (row["indicator"], row["value"], row["county"], row["period_start"]) == (
        "administrative_villages", "99", "隆德县", "2021-01-01",
    )  # fmt: skip


def test_check_passes_and_says_what_it_checked() -> None:
    done = run("check")
    assert done.returncode == 0, done.stderr.decode()
    assert "indicators" in done.stderr.decode()


def test_broken_yaml_is_located(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("schema: 1\nindicators:\n  villages:\n    patern: ['{value}个村']\n", "utf-8")
    for command in ("check", "extract"):
        done = run(command, "--config", config)
        assert done.returncode == 1
        assert "config.yaml:4:5: unknown key 'patern'; did you mean 'patterns'?" in done.stderr.decode()
        assert "未知的键" in done.stderr.decode()
        assert b"Traceback" not in done.stderr


def test_check_speaks_json(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("indicatrs: {}\n", "utf-8")
    done = run("check", "--config", config, "--format", "json")
    assert done.returncode == 1
    (fault,) = json.loads(done.stdout)
    assert (fault["line"], fault["column"], fault["severity"]) == (1, 1, "error")


@pytest.mark.parametrize("command", TABLES)
def test_missing_path(command: str) -> None:
    done = run(command, "no/such/folder")
    assert done.returncode == 1
    assert "no/such/folder" in done.stderr.decode()
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


def test_missing_config_says_what_to_do(tmp_path: Path) -> None:
    done = run("extract", cwd=tmp_path)
    assert done.returncode == 1
    assert "config.yaml: no such file; name one with --config" in done.stderr.decode()


def test_empty_corpus(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    done = run("extract", tmp_path / "texts")
    assert done.returncode == 1
    assert "holds no documents" in done.stderr.decode()


def test_a_binary_file_is_reported_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "b.txt").write_text("2021年，隆德县共有行政村99个。", "utf-8")
    done = run("extract", tmp_path)
    assert done.returncode == 0
    assert "a.txt: not read" in done.stderr.decode()
    assert "99" in done.stdout.decode()
    documents = pd.read_csv(io.BytesIO(run("documents", tmp_path).stdout))
    assert dict(zip(documents["document"], documents["status"], strict=True)) == {"a.txt": "refused", "b.txt": "read"}


def test_unwritable_output() -> None:
    done = run("extract", "--output", "no/such/folder/claims.csv")
    assert done.returncode == 1
    assert "no/such/folder" in done.stderr.decode()
    done = run("extract", "--output", "claims.docx")
    assert done.returncode == 1
    assert ".csv" in done.stderr.decode()


def test_wrong_usage() -> None:
    assert run("extract", "--colour").returncode == 2
    assert run("nonsense").returncode == 2


def test_schema_is_json_schema() -> None:
    schema = json.loads(run("schema").stdout)
    assert "indicators" in schema["properties"]


def test_help_has_examples_and_every_command_is_documented() -> None:
    words = run("--help").stdout.decode()
    assert "indicators extract reports/ --output claims.xlsx" in words
    commands = re.findall(r"^  ([a-z]+)  ", words[words.index("Commands:") :], re.MULTILINE)
    assert {"extract", "diff", "explain", "draft", "eval"} <= set(commands)
    for readme in ("README.md", "README.zh.md"):
        text = (ROOT / readme).read_text("utf-8")
        assert [name for name in commands if f"`indicators {name}" not in text] == []
