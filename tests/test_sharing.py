"""What leaves the project for other programs: the data package, Stata, R, the panel, samples for reviewers."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from frictionless import validate
from hypothesis import given
from hypothesis import strategies as st
from test_browser import require
from typer.testing import CliRunner

from indicators.cli import app
from indicators.errors import ReadingError
from indicators.project import Project, load_project
from indicators.sharing import package
from indicators.table.columns import CLAIMS, OBSERVATIONS, build
from indicators.table.package import MANIFEST
from indicators.table.panel import panel
from indicators.table.precision import kappa, wilson
from indicators.table.sampling import draw
from indicators.table.stata import to_stata
from indicators.table.unpacking import open_package, unpack
from indicators.table.versions import Versions

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(ROOT / "config.yaml")


@pytest.fixture(scope="module")
def archive(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("package") / "data.zip"
    path.write_bytes(package(project, made="2026-11-23"))
    return path


@pytest.fixture(scope="module")
def unpacked(archive: Path) -> Path:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(archive.parent / "unpacked")
    return archive.parent / "unpacked"


def test_the_package_opens_with_the_same_tables(project: Project, archive: Path, tmp_path: Path) -> None:
    opened = open_package(archive)
    pd.testing.assert_frame_equal(opened.tables["claims"], project.extract(), check_dtype=False)
    pd.testing.assert_frame_equal(opened.tables["quantities"], project.quantities(), check_dtype=False)
    assert opened.manifest["versions"] == project.versions().listed()
    assert unpack(archive, tmp_path) == opened.manifest
    assert opened.manifest["made"] == "2026-11-23"
    assert (tmp_path / "config.yaml").read_bytes() == (ROOT / "config.yaml").read_bytes()
    assert not (tmp_path / "texts").exists()


def test_equal_projects_give_equal_bytes(project: Project, archive: Path) -> None:
    assert package(project, made="2026-11-23") == archive.read_bytes()


def test_full_texts_go_in_only_when_asked_for(project: Project, archive: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(package(project, texts=True))) as opened:
        names = {name for name in opened.namelist() if name.startswith("texts/")}
    assert names == {f"texts/{document.name}" for document in project.read_documents()}


def test_frictionless_validates_the_package(unpacked: Path) -> None:
    found = validate(str(unpacked / "datapackage.json"))
    assert found.valid, found.flatten(["type", "note"])


@pytest.mark.parametrize("name", ["claims.csv", "data/claims.parquet", "config.yaml"])
def test_a_changed_file_is_noticed(archive: Path, tmp_path: Path, name: str) -> None:
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, data + b" " if entry.filename == name else data)
    with pytest.raises(ReadingError, match=f"{name} is not what the manifest says"):
        open_package(changed)


def test_archives_that_are_no_package_are_refused(tmp_path: Path) -> None:
    bomb, stranger, broken = (tmp_path / f"{name}.zip" for name in ("bomb", "stranger", "broken"))
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(MANIFEST, b"0" * 50_000_000)
    with zipfile.ZipFile(stranger, "w") as opened:
        opened.writestr("../../escape.txt", "x")
    broken.write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(ReadingError, match="unpacks to 50,000,000 bytes"):
        open_package(bomb)
    with pytest.raises(ReadingError, match="leads elsewhere"):
        open_package(stranger)
    with pytest.raises(ReadingError, match="cannot be opened"):
        open_package(broken)


def test_r_reads_the_tables(project: Project, unpacked: Path) -> None:
    require(shutil.which("Rscript") is not None, "R is not installed")
    ask = "cat(sum(claims$value), nchar(claims$sentence[1]), class(observations$conflict), class(panel$county_code))"
    run = subprocess.run(
        ["Rscript", "-e", f'source("read.R", encoding = "UTF-8"); {ask}'],
        cwd=unpacked, capture_output=True, text=True, check=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    claims = project.extract()
    total, letters, truth, code = run.stdout.splitlines()[-1].split(" ")
    assert float(total) == pytest.approx(claims["value"].sum(), rel=1e-6)
    assert int(letters) == len(claims["sentence"].iloc[0])
    assert (truth, code) == ("logical", "character")


def test_stata_keeps_words_and_labels(project: Project) -> None:
    claims = project.extract()
    data = to_stata(claims, {one.id: str(one.name) for one in project.rules.indicators})
    with pd.io.stata.StataReader(io.BytesIO(data)) as reader:
        table = reader.read(convert_categoricals=False)
        labels, values = reader.variable_labels(), reader.value_labels()
    assert table["sentence"].tolist() == claims["sentence"].tolist()
    assert table["value"].tolist() == claims["value"].tolist()
    assert "原句" in labels["sentence"]
    assert "党支部" in " ".join(values["indicator"].values())
    assert max(map(len, table.columns)) <= 32


def observation(**cells: object) -> dict[str, object]:
    known = {"indicator": "roads", "unit": "公里", "level": "county", "county": "甲县", "county_code": "110101"}
    year = {"period_start": "2015-01-01", "period_end": "2015-12-31", "status": "actual", "claim_id": "a"}
    return {**known, **year, "value": 1.0, "claims": 1, "sources": 1, **cells}


def made_panel(*rows: dict[str, object], **claim: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = {name for row in rows for name in row}
    observed = build(OBSERVATIONS, {name: [row.get(name, "") for row in rows] for name in names})
    ids = sorted({str(row["claim_id"]) for row in rows})
    claims = build(CLAIMS, {"claim_id": ids, **{name: [cell] * len(ids) for name, cell in claim.items()}})
    return panel(observed, claims)


def test_the_panel_has_one_cell_a_county_year_and_indicator() -> None:
    rows = [
        observation(),
        observation(value=2.0, sources=3),
        observation(county_code="110102", county="乙县", indicator="schools", value=5.0),
        observation(level="town", value=9.0),
        observation(status="planned", value=8.0),
        observation(period_end="2016-12-31", value=7.0),
    ]
    table, left = made_panel(*rows)
    assert table["roads"].tolist()[0] == 2.0
    assert table["n_roads"].tolist()[0] == 3.0
    assert pd.isna(table.loc[table["county"] == "乙县", "roads"]).all()  # not reported, not 0
    assert len(table) == 2
    assert left["value"].tolist() == [1.0]


def test_stock_and_flow_never_share_a_column_and_parts_stay_out() -> None:
    table, _ = made_panel(observation(time="stock"), observation(time="flow", value=4.0))
    assert {"roads__stock", "roads__flow"} <= set(table.columns)
    assert made_panel(observation(), part="镇")[0].empty


@given(st.integers(1, 400), st.data())
def test_wilson_holds_the_share_within_0_and_1(reviewed: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, reviewed))
    low, high = wilson(right, reviewed)
    assert 0 <= low <= right / reviewed + 1e-12
    assert right / reviewed - 1e-12 <= high <= 1
    assert low <= high


def test_kappa_is_agreement_beyond_chance() -> None:
    assert kappa("rrww", "rrww") == 1
    assert kappa("rwrw", "rrww") == 0


def test_a_sample_is_random_repeatable_and_half_shared(project: Project) -> None:
    claims, numbers = project.extract(), project.quantities()
    one, other = draw(claims, numbers, 4, 7, 2, 30)
    again, _ = draw(claims.sample(frac=1, random_state=1), numbers, 4, 7, 2, 30)
    assert set(one.claims["claim_id"]) == set(again.claims["claim_id"])
    assert set(one.claims["claim_id"]) != set(draw(claims, numbers, 4, 8, 2, 30)[0].claims["claim_id"])
    assert one.claims["claim_id"].is_unique
    shared = set(one.unclaimed["start"].astype(str) + one.unclaimed["document"]) & set(
        other.unclaimed["start"].astype(str) + other.unclaimed["document"]
    )
    assert len(shared) == len(one.unclaimed) / 2
    assert one.claims["indicator"].value_counts().max() <= 4


def test_sheets_go_out_and_come_back_as_reviews(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copy(ROOT / "config.yaml", tmp_path)
    run = CliRunner().invoke
    config = ["--config", str(tmp_path / "config.yaml")]
    done = run(app, ["sample", *config, "--output", str(tmp_path / "out"), "--per-indicator", "2", "--reviewers", "1"])
    assert done.exit_code == 0, done.output
    sheet = tmp_path / "out/sheet-1.xlsx"
    book = openpyxl.load_workbook(sheet)
    page = book["claims"]
    head = [cell.value.split(" ")[0] for cell in page[1]]
    assert not {"rule", "claim_id", "review"} & set(head)
    for row in range(2, page.max_row + 1):
        page.cell(row, head.index("decision") + 1).value = "confirmed"
    page.cell(2, head.index("decision") + 1).value = "maybe"
    book.save(sheet)
    refused = run(app, ["reviews", str(sheet), "--reviewer", "李", *config])
    assert refused.exit_code == 1
    assert f"sheet-1.xlsx:2:{head.index('decision') + 1}: claims: 'maybe' is no decision" in refused.output
    assert not (tmp_path / "seeds/reviews.csv").exists()
    page.cell(2, head.index("decision") + 1).value = "rejected"
    book.save(sheet)
    assert run(app, ["reviews", str(sheet), "--reviewer", "李", *config]).exit_code == 0
    table = load_project(tmp_path / "config.yaml").extract()
    assert len(table) == 139
    assert (table["review"] == "confirmed").sum() == page.max_row - 2
    printed = run(app, ["eval", "--reviews", *config]).output
    assert "not assessed: fewer than 20 reviewed" in printed


def test_versions_name_the_parts_that_changed() -> None:
    old = Versions("a1", "b1", "c1", "d1", "e1", "f1", "0.1.0+g1")
    new = Versions("a1", "b1", "c2", "d1", "e1", "f1", "0.1.0+g2")
    assert new.changed(old.short) == ["reviews", "reader"]
    assert new.changed("1a2b-3c4d") == list(new.listed())[1:]
    assert new.data_version != old.data_version
