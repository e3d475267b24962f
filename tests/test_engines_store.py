"""A folder of tables: the same rows as in memory, only what changed is read again, readers never see half of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from engine_jobs import RULES, write_corpus

from indicators import load_project
from indicators.engines import streaming, tasks
from indicators.engines.folder import open_folder
from indicators.engines.store import read_table
from indicators.engines.streaming import Engine, Written
from indicators.errors import IndicatorsError
from indicators.project import Project
from indicators.reading.files import list_entries, read_documents


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "SHARD", 300)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", 30)


@pytest.fixture
def project(tmp_path: Path, corpus: Path) -> Project:
    (tmp_path / "config.yaml").write_text(RULES + "corpus: [corpus]\n", "utf-8")
    return load_project(tmp_path / "config.yaml")


Write = Callable[..., Written]


@pytest.fixture
def write(project: Project, tmp_path: Path) -> Write:
    return lambda table="claims", **rest: project.write(tmp_path / "out", table, **rest)


def same(table: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(table, other)


@pytest.mark.parametrize("table", ["claims", "quantities", "documents", "observations"])
def test_the_same_rows_as_in_memory(table: str, project: Project, write: Write, tmp_path: Path) -> None:
    written = write(table)
    assert written.shards > 3
    frame = {
        "claims": project.extract, "quantities": project.quantities,
        "documents": project.documents, "observations": project.observations,
    }[table]()  # fmt: skip
    same(read_table(tmp_path / "out", table), frame)
    same(project.collect(table).table, frame)
    assert len(frame) == written.manifest.rows(table) > 0


def test_two_processes_write_the_same_parts(project: Project, write: Write, tmp_path: Path) -> None:
    one = write("observations").manifest
    two = project.write(tmp_path / "two", "observations", engine=Engine(workers=2)).manifest
    assert replace(two, written="") == replace(one, written="")
    for part in one.all_parts():
        assert (tmp_path / "out" / part).read_bytes() == (tmp_path / "two" / part).read_bytes()


def test_claims_alone_do_not_count_quantities(write: Write, tmp_path: Path) -> None:
    write("claims")
    assert read_table(tmp_path / "out", "documents")["quantities"].isna().all()
    with pytest.raises(IndicatorsError, match="holds no quantities, but claims, documents"):
        read_table(tmp_path / "out", "quantities")


def test_nothing_is_read_again(write: Write) -> None:
    first = write()
    assert first.read == first.shards
    assert write().read == 0
    assert write(recheck=True).read == 0


def change(corpus: Path) -> None:
    (corpus / "乙" / "001.txt").write_text("2021年，隆德县共有行政村88个。", "utf-8")


def remove(corpus: Path) -> None:
    (corpus / "乙" / "001.txt").unlink()


def add(corpus: Path) -> None:
    (corpus / "甲" / "new.txt").write_text("2021年，隆德县共有行政村77个。", "utf-8")


def describe(corpus: Path) -> None:
    (corpus / "metadata.csv").write_text("file,title\n甲/002.txt,又一题\n", "utf-8")


def uncopy(corpus: Path) -> None:
    (corpus / "乙" / "copy.txt").unlink()


@pytest.mark.parametrize("edit", [change, remove, add, describe, uncopy])
def test_an_edit_costs_its_shards_only(
    edit: Callable[[Path], None], project: Project, write: Write, corpus: Path, tmp_path: Path
) -> None:
    write("quantities")
    edit(corpus)
    again = write("quantities")
    assert 0 < again.read <= 3 < again.shards
    for table in ("claims", "quantities", "documents"):
        same(read_table(tmp_path / "out", table), project.collect(table).table)


def test_other_rules_make_every_part_anew(write: Write, project: Project, tmp_path: Path) -> None:
    write()
    other = project.with_rules(RULES.replace("行政村{gap}{value}", "行政村(?:{gap}){value}") + "corpus: [corpus]\n")
    again = other.write(tmp_path / "out")
    assert again.read == again.shards
    assert set(read_table(tmp_path / "out")["rules_version"]) == {other.rules_version}


def test_a_file_of_old_size_and_time_is_missed_but_by_recheck(write: Write, corpus: Path, tmp_path: Path) -> None:
    path = corpus / "甲" / "004.txt"
    os.utime(path, ns=(10**18, 10**18))
    write()
    path.write_text(path.read_text("utf-8").replace("行政村14个", "行政村94个"), "utf-8")
    os.utime(path, ns=(10**18, 10**18))
    assert write().read == 0
    assert write(recheck=True).read == 1
    assert 94 in read_table(tmp_path / "out")["value"].tolist()


def test_an_interrupted_run_keeps_the_old_tables_and_goes_on(
    write: Write, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = write().manifest
    for path in corpus.rglob("0*.txt"):
        path.write_text(path.read_text("utf-8") + "另有自然村3个。", "utf-8")
    whole = streaming.run

    def interrupted(*given: Any) -> Any:
        for number, result in enumerate(whole(*given)):
            if number == 2:
                raise KeyboardInterrupt
            yield result

    monkeypatch.setattr(streaming, "run", interrupted)
    old = read_table(tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        write()
    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["tables"] == before.tables
    same(read_table(tmp_path / "out"), old)
    monkeypatch.setattr(streaming, "run", whole)
    again = write()
    assert 0 < again.read <= again.shards - 2


def test_a_part_cut_off_by_a_power_cut_is_made_again(write: Write, tmp_path: Path) -> None:
    part = tmp_path / "out" / write().manifest.parts("claims")[0]
    rows = read_table(tmp_path / "out")
    (tmp_path / "out" / "manifest.json").unlink()
    part.write_bytes(part.read_bytes()[:40])
    assert write().read == 1
    same(read_table(tmp_path / "out"), rows)


def test_a_failure_is_never_taken_for_done(
    write: Write, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indicators.engines import reading_shards

    whole = reading_shards.process

    def process(documents: Any, *rest: Any) -> Any:
        if any(document.name == "甲/004.txt" for document in documents):
            raise ValueError("没想到")
        return whole(documents, *rest)

    monkeypatch.setattr(reading_shards, "process", process)
    assert ("甲/004.txt", "failed") in [row[:2] for row in write().troubled]
    assert "甲/004.txt" not in set(read_table(tmp_path / "out")["document"])
    monkeypatch.undo()
    monkeypatch.setattr(tasks, "SHARD", 300)
    again = write()
    assert again.read == 1
    assert [row[1] for row in again.troubled] == ["refused"]
    same(read_table(tmp_path / "out"), project.collect().table)


def test_superseded_parts_stay_for_one_run(write: Write, corpus: Path, tmp_path: Path) -> None:
    old = write().manifest.all_parts()
    change(corpus)
    new = write().manifest.all_parts()
    assert all((tmp_path / "out" / part).exists() for part in old | new)
    write()
    held = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").glob("[a-z]*/*.parquet")}
    assert held == new


def test_one_writer_at_a_time(write: Write, tmp_path: Path) -> None:
    write()
    with open_folder(tmp_path / "out").locked(), pytest.raises(IndicatorsError, match="another run is writing"):
        write()
    assert write().read == 0


def test_a_store_inside_the_corpus_is_no_part_of_it(project: Project, corpus: Path) -> None:
    names = [document.name for document in read_documents(corpus)]
    project.write(corpus / "out")
    assert [document.name for document in read_documents(corpus)] == names


def test_duckdb_reads_the_parts_of_the_manifest(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    query = (Path(__file__).parents[1] / "docs" / "cluster.md").read_text("utf-8").split("```sql\n")[1].split("```")[0]
    monkeypatch.chdir(tmp_path)
    connection = duckdb.connect()
    for statement in query.replace("DIR", "out").split(";"):
        if statement.strip():
            connection.execute(statement)
    (rows,) = connection.execute("SELECT count(*) FROM claims").fetchone()
    assert rows == len(read_table(tmp_path / "out"))


def test_urls_for_documents_and_tables(project: Project, corpus: Path, tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.put(str(corpus), "/county", recursive=True)
    assert [one.name for one in list_entries("memory://county")] == [one.name for one in list_entries(corpus)]
    project.write("memory://tables", "quantities", ["memory://county"])
    project.write(f"file://{tmp_path}/out", "quantities", [f"file://{corpus}"])
    for table in ("claims", "quantities", "documents"):
        same(read_table("memory://tables", table), project.collect(table).table)
        same(read_table(tmp_path / "out", table), project.collect(table).table)


def test_shards_depend_on_names_not_on_what_stands_before(corpus: Path) -> None:
    entries = list_entries(corpus)
    cuts = [{entry.name for entry in task.entries} for task in tasks.shards(entries, 300)]
    fewer = [{entry.name for entry in task.entries} for task in tasks.shards(entries[1:], 300)]
    assert len(cuts) > 5
    assert sum(cut in cuts for cut in fewer) >= len(fewer) - 3
    assert [entry for task in tasks.shards(entries, 300) for entry in task.entries] == entries
