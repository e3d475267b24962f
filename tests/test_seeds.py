"""The five seed documents, end to end: the numbers that the project was made for, with place, period and sentence."""

from __future__ import annotations

import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from indicators import load_project
from indicators.project import Project
from indicators.table.columns import CLAIMS, DOCUMENTS, OBSERVATIONS, QUANTITIES

ROOT = Path(__file__).parent.parent
GOLD = [json.loads(line) for line in (ROOT / "tests/cases/seeds_gold.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(ROOT / "config.yaml")


@pytest.fixture(scope="module")
def claims(project: Project) -> pd.DataFrame:
    return project.extract()


SEEDS = {
    "000_37b50facff094db2.txt": "46a6db79e259",
    "001_f85c9ed92146d66f.txt": "4579e4dbdf2c",
    "002_325c7a17247ad1d4.txt": "f943476c95e9",
    "003_ed062aa7fda99132.txt": "3d24fb4de97f",
    "004_84ff8092177fbc13.txt": "8eb12a47f031",
}

CARD = [
    # indicator, value, qualifier, county, town, period, words of the sentence
    ("asset_transactions", 2712, "exact", "台山市", "", ("2015-11-01", "2015-11-30"), "资产资源交易达到2712宗"),
    ("asset_contract_total", 1051411200, "exact", "台山市", "", ("2015-11-01", "2015-11-30"), "承包总额达到105141"),
    ("asset_contract_growth", 210, "exact", "台山市", "", ("2015-11-01", "2015-11-30"), "到期重新发包交易的1773宗项目"),
    ("villager_group_branches", 1185, "exact", "惠东县", "", ("2019-01-01", "2019-12-31"), "2239个村民小组成立党支部"),
    ("branch_coverage", 53, "approx", "惠东县", "", ("2019-01-01", "2019-12-31"), "覆盖率约53%"),
    ("villager_group_branches", 84, "exact", "惠东县", "平山街道", ("2019-01-01", "2019-12-31"), "联合成立党支部84个"),
    ("villager_groups_with_branch", 32, "exact", "台山市", "台城街道", ("2013-01-01", "2013-12-31"), "成立了党支部"),
    ("volunteer_teams", 678, "exact", "肥西县", "", ("2023-01-01", "2023-12-31"), "组建党员志愿服务队伍678支"),
    ("party_members", 4000, "at_least", "南海区", "西樵镇", ("2018-01-01", "2018-12-31"), "全镇4000多名党员"),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "value", "qualifier", "county", "town", "period", "words"), CARD)
def test_numbers_of_the_card(
    claims: pd.DataFrame,
    indicator: str,
    value: float,
    qualifier: str,
    county: str,
    town: str,
    period: tuple[str, str],
    words: str,
) -> None:
    rows = claims[(claims["indicator"] == indicator) & (claims["value"] == value) & (claims["county"] == county)]
    rows = rows[rows["sentence"].str.contains(words, regex=False)]
    assert len(rows) == 1
    row = rows.iloc[0]
    assert (row["qualifier"], row["town"]) == (qualifier, town)
    assert (row["period_start"], row["period_end"]) == period
    assert row["status"] == "actual"


@pytest.mark.parametrize(
    ("value", "never"),
    [
        (313, "administrative_villages"),
        (288, "administrative_villages"),
        (245, "villages_and_communities"),
        (32, "villager_group_branches"),
        (101, "villager_group_branches"),
        (1185, "villager_groups_with_branch"),
        (84, "branch_coverage"),
        (4062, "villager_groups"),
    ],
)
def test_no_widening(claims: pd.DataFrame, value: float, never: str) -> None:
    assert (claims["value"] == value).any()
    assert claims[(claims["value"] == value) & (claims["indicator"] == never)].empty


def test_growth_is_that_of_the_relet_items(claims: pd.DataFrame) -> None:
    growth = claims[claims["indicator"] == "asset_contract_growth"].iloc[0]
    assert "1773宗" in growth["scope"]
    assert growth["basis"] == "previous_contract"


def test_list_values_carry_their_labels(claims: pd.DataFrame) -> None:
    cases = claims[claims["indicator"] == "cases_handled"]
    assert list(zip(cases["part"], cases["value"], strict=True)) == [("市", 40000), ("镇", 160000), ("村", 190000)]


def test_every_offset_slices_to_its_words(project: Project) -> None:
    texts = {document.name: document.text for document in project.read_documents()}
    for table in (project.extract(), project.quantities()):
        for row in table.itertuples():
            assert texts[row.document][row.start : row.end] == row.text


def test_every_run_of_digits_lies_in_exactly_one_row(project: Project) -> None:
    quantities = project.quantities()
    for document in project.read_documents():
        rows = quantities[quantities["document"] == document.name]
        spans = sorted(zip(rows["start"], rows["end"], strict=True))
        assert all(left[1] <= right[0] for left, right in pairwise(spans))
        for digits in re.finditer(r"[0-9]+", document.text):
            assert sum(start <= digits.start() and digits.end() <= end for start, end in spans) == 1


def test_counties_can_be_compared(claims: pd.DataFrame) -> None:
    named = claims[claims["county"] != ""]
    reach = named.groupby("indicator")["county"].nunique()
    county_level = named[named["level"] == "county"].groupby("indicator")["county"].nunique()
    assert (reach >= 2).sum() >= 8
    assert (county_level >= 2).sum() >= 4


def test_tables_have_their_columns(project: Project) -> None:
    assert list(project.extract().columns) == list(CLAIMS)
    assert list(project.quantities().columns) == list(QUANTITIES)
    assert list(project.observations().columns) == list(OBSERVATIONS)
    assert list(project.documents().columns) == list(DOCUMENTS)


def test_observations_never_mix_levels(project: Project) -> None:
    observations = project.observations()
    branches = observations[observations["indicator"] == "villager_group_branches"]
    assert dict(zip(branches["level"], branches["value"], strict=True))["county"] == 1185
    county = branches[branches["level"] == "county"]
    assert set(county["county"]) == {"惠东县"}
    assert county.iloc[0]["claims"] == 2


def test_repost_is_said(project: Project) -> None:
    reposts = project.findings()
    reposts = reposts[reposts["check"] == "repost"]
    assert list(reposts["document"]) == ["000_37b50facff094db2.txt"]


def test_findings_name_the_share_above_100(project: Project) -> None:
    found = project.findings()
    assert "入户率" in "".join(found[found["check"] == "share_above_100"]["zh"])


def test_seeds_are_untouched() -> None:
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "seeds").glob("*.txt")}
    assert {name: digest[:12] for name, digest in digests.items()} == SEEDS


@pytest.mark.parametrize(
    ("attribute", "floor"), [("unit", 0.97), ("qualifier", 0.97), ("county", 0.98), ("town", 0.95)]
)
def test_rows_agree_with_labels_made_by_hand(project: Project, attribute: str, floor: float) -> None:
    table = project.quantities()
    rows = {(r.document, r.start): r for r in table[table["class"] == "claim"].itertuples()}
    labels = [label for label in GOLD if label["cls"] == "claim"]
    same = [
        label
        for label in labels
        if (row := rows.get((label["doc"], label["start"]))) is not None
        and row.value == label["value"]
        and (
            getattr(row, attribute) == (label.get(attribute) or "")
            or getattr(row, attribute) == label.get(f"{attribute}_also")
        )
    ]
    assert len(same) >= floor * len([label for label in labels if (label["doc"], label["start"]) in rows])
