"""`indicators dashboard FILE.zip`: what a colleague gets opens read-only, verified, with the rules it was made with."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indicators.cli import app
from indicators.errors import ReadingError
from indicators.opening.packages import about, open_zip
from indicators.project import Project, load_project
from indicators.rules.loading import load_rules
from indicators.sharing import package
from indicators.table.store import Store

CONFIG = """corpus: [texts]
packs: [statistics]
indicators:
  branches:
    name: {zh: 党支部, en: Party branches}
    counts: {zh: 党支部}
    not_counts: {zh: 党小组}
    kind: count
    time: stock
    unit: 个
    patterns: ['党支部{value}']
    examples: [{text: 全县有党支部12个。, value: 12}]
    rejects: [建成大棚3个。]
"""
TEXT = "台山市党建\n2021年，台山市有党支部31个。\r\n2021年，惠东县有党支部约20个。\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    return load_project(tmp_path / "config.yaml")


def packed(project: Project, path: Path, texts: bool = False) -> Path:
    path.write_bytes(package(project, texts, made="2026-01-02"))
    return path


def rewritten(old: Path, new: Path, name: str, data: bytes) -> Path:
    """A package in which one file has another content, its manifest as it was."""
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
        for entry in source.infolist():
            target.writestr(entry.filename, data if entry.filename == name else source.read(entry))
    return new


@pytest.mark.parametrize("texts", [False, True])
def test_a_package_opens_without_its_corpus(project: Project, tmp_path: Path, texts: bool) -> None:
    path = packed(project, tmp_path / "a.zip", texts)
    claims, versions = project.extract(), project.versions()
    shutil.rmtree(tmp_path / "texts")
    opened = open_zip(path)
    with Store(opened.tables) as store:
        assert store.rows("claims").frame(["claim_id"])["claim_id"].tolist() == claims["claim_id"].tolist()
        assert len(store.rows("findings")) == len(project.findings())
    assert opened.versions == versions
    assert opened.rules.rules_version == project.rules_version
    said = about(path)
    assert (said.made, said.has_texts) == ("2026-01-02", texts)
    assert said.versions["data_version"] == versions.data_version
    assert {name: one.text for name, one in opened.documents.items()} == ({"a.txt": TEXT} if texts else {})


def test_the_rules_are_those_of_the_package_even_where_a_shipped_pack_has_changed(
    project: Project, tmp_path: Path
) -> None:
    opened = tmp_path / "unpacked"
    with zipfile.ZipFile(packed(project, tmp_path / "a.zip")) as archive:
        archive.extractall(opened)
    pack = opened / "packs" / "statistics.yaml"
    ids = {one.id for one in project.rules.indicators}
    pack.write_text(
        pack.read_text("utf-8") + CONFIG.partition("indicators:")[2].replace("branches:", "old_ones:"), "utf-8"
    )
    then = load_rules(opened / "config.yaml", shipped=opened / "packs")
    assert {one.id for one in then.indicators} == {*ids, "old_ones"}


def test_rules_that_nobody_can_read_any_more_leave_what_the_claims_say(project: Project, tmp_path: Path) -> None:
    path = packed(project, tmp_path / "a.zip")
    broken = b"indicators: {branches: {unknown_key_of_another_time: 1}}"
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    manifest["files"]["config.yaml"] = hashlib.sha256(broken).hexdigest()
    other = rewritten(path, tmp_path / "b.zip", "config.yaml", broken)
    other = rewritten(other, tmp_path / "c.zip", "manifest.json", json.dumps(manifest).encode())
    assert str(open_zip(other).rules.indicator("branches").name) == "党支部"


def test_a_package_that_was_altered_is_refused_by_name_before_the_dashboard_starts(
    project: Project, tmp_path: Path
) -> None:
    path = packed(project, tmp_path / "a.zip")
    changed = rewritten(path, tmp_path / "b.zip", "claims.csv", b"claim_id\r\n")
    done = CliRunner().invoke(app, ["dashboard", str(changed)])
    assert done.exit_code == 1
    assert "claims.csv is not what the manifest says" in done.output
    assert "claims.csv 与清单不符" in done.output
    damaged = tmp_path / "c.zip"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    damaged.write_bytes(data)
    with pytest.raises(ReadingError, match=r"cannot be opened|not what the manifest says"):
        open_zip(damaged)
