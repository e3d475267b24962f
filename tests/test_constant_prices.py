"""Money is in current prices; a price index of the user's adds values at constant prices and replaces nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from indicators.app.prices import at_constant_prices, price_word
from indicators.cli import app
from indicators.errors import ReadingError
from indicators.project import Project, load_project
from indicators.sharing import package
from indicators.table.panel import panel

CONFIG = """corpus: [texts]
deflator: cpi.csv
indicators:
  invested:
    name: {zh: 投资, en: Investment}
    counts: {zh: 投资额}
    not_counts: {zh: 贷款}
    kind: amount
    time: flow
    unit: 元
    patterns: ['总投资{value}']
    examples: [{text: 总投资12万元。, value: 120000}]
    rejects: [贷款3万元。]
  halls:
    name: {zh: 祠堂, en: Halls}
    counts: {zh: 祠堂}
    not_counts: {zh: 学校}
    kind: count
    time: stock
    unit: 个
    patterns: ['祠堂{value}']
    examples: [{text: 祠堂12个。, value: 12}]
    rejects: [学校3个。]
"""
TEXT = "2015年，台山市总投资360万元，祠堂12个。\n2018年，台山市总投资约500万元。\n2012年，惠东县总投资100万元。\n"
INDEX = "year,index,code\n2015,90,\n2018,100,\n2015,80,4407\n2018,100,4407\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    (tmp_path / "cpi.csv").write_text(INDEX, "utf-8")
    return tmp_path


def opened(folder: Path) -> Project:
    return load_project(folder / "config.yaml")


def test_real_values_stand_at_the_end_beside_what_was_reported(folder: Path) -> None:
    project = opened(folder)
    rows = project.observations()
    (folder / "config.yaml").write_text(CONFIG.replace("deflator: cpi.csv\n", ""), "utf-8")
    plain = opened(folder).observations()
    pd.testing.assert_frame_equal(rows[list(plain.columns)], plain)
    assert list(rows.columns[-2:]) == ["value_real", "price_year"]
    found = rows.assign(year=rows["period_end"].str[:4]).set_index(["indicator", "county", "year"])
    assert found.loc[("invested", "台山市", "2015"), "value_real"] == pytest.approx(3_600_000 / 0.8)
    assert found.loc[("invested", "台山市", "2018"), "value_real"] == pytest.approx(5_000_000)
    assert found.loc[("invested", "台山市", "2018"), "price_year"] == "2018"
    lacking = found.loc[[("invested", "惠东县", "2012"), ("halls", "台山市", "2015")]]
    assert lacking["value_real"].isna().all()
    assert lacking["price_year"].tolist() == ["", ""]
    wide, _ = panel(rows, project.extract())
    assert wide.columns[-1] == "r_invested"
    assert wide["r_invested"].notna().sum() == 2


def test_the_command_says_which_years_have_no_index(folder: Path) -> None:
    done = CliRunner().invoke(app, ["observations", "--config", str(folder / "config.yaml")])
    assert done.exit_code == 0
    assert "cpi.csv: no index for 2012 (1)" in done.stderr
    assert "value_real,price_year" in done.stdout.splitlines()[0]


def test_the_index_goes_into_package_and_version(folder: Path, tmp_path: Path) -> None:
    first = opened(folder)
    (tmp_path / "a.zip").write_bytes(package(first))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read("corpus/cpi.csv").decode() == INDEX
        assert "现价" in archive.read("codebook.md").decode()
    before = first.data_version
    (folder / "cpi.csv").write_text(INDEX.replace("90", "91"), "utf-8")
    assert opened(folder).data_version != before


@pytest.mark.parametrize(
    ("index", "place"),
    [
        ("year,index\n2018,100\n20x5,90\n", "cpi.csv:3:1"),
        ("year,index\n2018,100\n2015,-3\n", "cpi.csv:3:2"),
        ("year,index,code\n2018,100,\n2015,90,广东\n", "cpi.csv:3:3"),
        ("year,index\n2018,100\n2018,99\n", "cpi.csv:3:1"),
        ("year,index\n2018,103\n2015,99\n", "cpi.csv:1:2"),
        ("year,index,code\n2018,100,\n2015,90,44\n", "cpi.csv:1:2"),
        ("Jahr,index\n", "cpi.csv:1:1"),
    ],
)
def test_faults_of_the_index_say_where_they_are(folder: Path, index: str, place: str) -> None:
    (folder / "cpi.csv").write_text(index, "utf-8")
    with pytest.raises(ReadingError) as caught:
        opened(folder).observations()
    assert [str(fault.location) for fault in caught.value.faults] == [place]
    assert caught.value.faults[0].zh


def test_an_index_outside_the_project_is_not_read(folder: Path) -> None:
    (folder / "config.yaml").write_text(CONFIG.replace("cpi.csv", "../cpi.csv"), "utf-8")
    (folder.parent / "cpi.csv").write_text(INDEX, "utf-8")
    with pytest.raises(ReadingError, match="outside"):
        opened(folder).observations()


def test_rows_at_constant_prices_keep_their_interval_and_say_the_year(folder: Path) -> None:
    rows = opened(folder).observations()
    real = at_constant_prices(rows)
    assert len(real) == 3, "without the amount that has no index"
    amount = real[(real["indicator"] == "invested") & (real["period_end"].str[:4] == "2018")].iloc[[0]]
    assert amount["value_low"].iloc[0] == pytest.approx(4_750_000)
    early = real[(real["unit"] == "元") & (real["period_end"].str[:4] == "2015")]
    assert early["value"].tolist() == [pytest.approx(4_500_000)]
    assert price_word(early, "zh") == "2018年价格"
    assert price_word(rows[rows["unit"] == "元"], "zh") == "现价"
    assert price_word(rows[rows["unit"] == "个"], "zh") == ""
