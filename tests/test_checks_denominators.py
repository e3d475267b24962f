"""Denominators: where they are read, what is said where there is none, and the series files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from table_rows import claims

from indicators import load_project
from indicators.checks.denominators import RATES, denominators
from indicators.checks.series import day, join_series, read_series
from indicators.rules.loading import load_rules_text
from indicators.rules.ruleset import RuleSet
from indicators.table.observations import observations

ROOT = Path(__file__).parent.parent
RULES_TEXT = """
schema: 1
topics: {t: 主题}
indicators:
  clinics:
    name: {zh: 诊所, en: Clinics}
    counts: 诊所
    not_counts: 医院
    topic: t
    kind: count
    time: stock
    unit: 个
    patterns: ['诊所{value}']
    per: [{indicator: hamlets, times: 100, max_years_apart: 2}]
  wards:
    name: {zh: 设诊所的组, en: Wards with a clinic}
    counts: 组
    not_counts: 诊所
    topic: t
    kind: count
    time: stock
    unit: 个
    patterns: ['{value}组']
    per: [{indicator: hamlets, times: 100, max_years_apart: 2}]
  hamlets:
    name: {zh: 自然村, en: Hamlets}
    counts: 自然村
    not_counts: 行政村
    topic: t
    kind: count
    time: stock
    unit: 个
    patterns: ['自然村{value}']
  reach:
    name: {zh: 诊所覆盖率, en: Reach}
    topic: t
    kind: ratio
    unit: '%'
    patterns: ['覆盖率{value}']
checks:
  reach_adds_up: {claim: reach, equals: 100 * clinics / hamlets, tolerance: 1}
"""
RULES = load_rules_text(RULES_TEXT)


def rate(
    *rows: dict[str, Any], series: pd.DataFrame | None = None, level: str = "county", rules: RuleSet = RULES
) -> dict[str, Any]:
    table = claims(*rows)
    rates = denominators(observations(table), table, rules, series)
    assert list(rates.columns) == list(RATES)
    chosen = rates[(rates["indicator"] == "clinics") & (rates["level"] == level)]
    assert len(chosen) == 1, rates
    return dict(chosen.iloc[0])


CLINICS = {"indicator": "clinics", "value": 30.0, "text": "30个", "start": 2, "end": 5, "claim_id": "n"}


def hamlets(value: float, **others: Any) -> dict[str, Any]:
    return {"indicator": "hamlets", "indicator_name": "自然村", "value": value, "claim_id": f"d{value:g}", **others}


def year(number: int) -> dict[str, Any]:
    return {"period_start": f"{number}-01-01", "period_end": f"{number}-12-31"}


def test_same_sentence_before_same_document_before_nearest_period() -> None:
    near = hamlets(60.0, sentence="同一句")
    same = hamlets(80.0, sentence="另一句")
    later = hamlets(90.0, document="b.txt", **year(2016))
    far = hamlets(95.0, document="c.txt", **year(2017))
    own = {**CLINICS, "sentence": "同一句"}
    for rows, denominator, read_from, apart in (
        ((far, later, same, near), 60, "sentence", 0),
        ((far, later, same), 80, "document", 0),
        ((far, later), 90, "period", 1),
        ((far,), 95, "period", 2),
    ):
        row = rate(own, *rows)
        assert (row["denominator"], row["read_from"], row["years_apart"]) == (denominator, read_from, apart)
        assert row["value"] == pytest.approx(3000 / denominator)
        assert row["denominator_id"] == f"d{denominator}"


@pytest.mark.parametrize(
    "other",
    [
        {"county": "惠东县"},
        {"level": "town", "town": "台城街道"},
        {"status": "planned"},
        {"review": "rejected"},
        {"scope": "山区"},
        {"part": "东片"},
        {"value": 0.0},
        {"document": "b.txt", "period_start": "", "period_end": ""},
    ],
)
def test_what_is_no_denominator(other: dict[str, Any]) -> None:
    row = rate(CLINICS, {**hamlets(60.0), **other})
    assert pd.isna(row["value"])
    assert (row["reason"], row["shown"], row["shown_en"]) == ("无分母", "30；无分母", "30; no denominator")


def test_too_many_years_apart() -> None:
    row = rate(CLINICS, hamlets(60.0, document="b.txt", **year(2010)), hamlets(61.0, document="b.txt", **year(2011)))
    assert pd.isna(row["value"])
    assert (row["reason"], row["reason_en"]) == ("年份相差4年", "4 years apart")


def test_a_county_of_which_only_a_town_is_known() -> None:
    row = rate({**CLINICS, "level": "town", "town": "台城街道"}, hamlets(60.0))
    assert (row["reason"], row["town"], row["county"]) == ("无县级数字", "", "台山市")


def test_the_stated_ratio_stands_beside() -> None:
    stated = {"indicator": "reach", "kind": "ratio", "unit": "%", "value": 50.0, "text": "约50%", "claim_id": "r"}
    row = rate(
        {**CLINICS, "sentence": "一个句子"}, hamlets(60.0, sentence="一个句子"), {**stated, "sentence": "一个句子"}
    )
    assert (row["stated"], row["stated_id"]) == ("约50%", "r")
    assert row["shown"] == "50 每百个自然村 (30/60, 同句), 文中约50%"
    assert row["shown_en"] == "50 per 100 hamlets (30/60, same sentence), text says 约50%"
    assert rate(CLINICS, hamlets(60.0), {**stated, "county": "惠东县"})["stated"] == ""
    other = load_rules_text(RULES_TEXT.replace("100 * clinics / hamlets", "100 * hamlets / clinics"))
    assert rate(CLINICS, hamlets(60.0), stated, rules=other)["stated"] == ""


@pytest.mark.parametrize(
    ("sentence", "beside"),
    [("45个组联合设诊所30个", True), ("45个组设诊所30个", False), ("45个组联合设站,设诊所30个", False)],
)
def test_joint_numbers_are_shown_and_are_no_coverage(sentence: str, beside: bool) -> None:
    at = sentence.index("30个")
    own = {**CLINICS, "sentence": sentence, "start": at, "end": at + 3}
    wards = {"indicator": "wards", "indicator_name": "设诊所的组", "value": 45.0, "text": "45个", "claim_id": "w"}
    row = rate(own, {**wards, "sentence": sentence, "start": 0, "end": 3})
    assert pd.isna(row["value"])
    assert row["shown"] == ("30；同句设诊所的组45个，含联合，不是覆盖率；无分母" if beside else "30；无分母")


SERIES = """county_code,indicator,period_start,period_end,value,unit,source
440781,hamlets,2014,2014,"1,200",个,县年鉴
440781,hamlets,2015-01,2015-06,150,个,县年鉴
441323,hamlets,2015,2015,999,个,县年鉴
"""
UNITS = {indicator.id: indicator.unit for indicator in RULES.indicators}


def test_series_stand_in_for_counties_only() -> None:
    series, faults = read_series("y.csv", b"\xef\xbb\xbf" + SERIES.encode(), UNITS)
    assert not faults
    assert list(series["period_end"]) == ["2014-12-31", "2015-06-30", "2015-12-31"]
    row = rate(CLINICS, series=series)
    assert (row["denominator"], row["read_from"], row["source"]) == (150, "series", "县年鉴")
    assert row["shown"] == "20 每百个自然村 (30/150, 外部序列)"
    assert rate(CLINICS, hamlets(60.0), series=series)["read_from"] == "document"
    town = rate({**CLINICS, "level": "town", "town": "台城街道"}, series=series, level="town")
    assert town["reason"] == "无分母"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("44078,hamlets,2014,2014,1,个", "county_code '44078' is not six digits"),
        ("440781,hamlet,2014,2014,1,个", "unknown indicator 'hamlet'; did you mean 'hamlets'?"),
        ("440781,hamlets,2014-13,2014,1,个", "no period: '2014-13–2014'"),
        ("440781,hamlets,2015,2014,1,个", "no period: '2015–2014'"),
        ("440781,hamlets,2014,2014,many,个", "no number: 'many'"),
        ("440781,hamlets,2014,2014,nan,个", "no number: 'nan'"),
        ("440781,hamlets,2014,2014,1,公里", "unit '公里' does not convert into '个'"),
    ],
)
def test_faults_of_a_series_file_are_located(line: str, message: str) -> None:
    text = f"county_code,indicator,period_start,period_end,value,unit\n440781,hamlets,2014,2014,1,个\n{line}\n"
    series, faults = read_series("y.csv", text.encode(), UNITS)
    assert len(series) == 1
    assert len(faults) == 1
    assert str(faults[0]).startswith(f"y.csv:3:1: {message}")
    assert faults[0].zh


def test_series_files_that_are_none() -> None:
    assert "no column value" in str(read_series("y.csv", b"county_code,indicator,period_start,period_end\n", {})[1][0])
    assert "not UTF-8" in str(read_series("y.csv", "县".encode("gbk"), {})[1][0])
    assert "no column" in str(read_series("y.csv", b"", {})[1][0])
    assert join_series([]).empty


def test_values_of_series_are_converted() -> None:
    text = "county_code,indicator,period_start,period_end,value,unit\n440781,hamlets,2014,2014,1.2,万个\n"
    assert read_series("y.csv", text.encode(), UNITS)[0]["value"].tolist() == [12000.0]


@pytest.mark.parametrize(("words", "first", "last"), [("2020", "2020-01-01", "2020-12-31"), ("2020-02-30", "", "")])
def test_days(words: str, first: str, last: str) -> None:
    assert (day(words, last=False), day(words, last=True)) == (first, last)


def test_party_branches_per_100_villager_groups_on_the_seeds() -> None:
    rates = load_project(ROOT / "config.yaml").denominators()
    groups = rates[rates["per"] == "villager_groups"]
    shown = {
        (row["indicator"], row["county"], row["town"], row["village"]): row["shown"]
        for row in groups.to_dict("records")
    }
    assert shown["villager_group_branches", "惠东县", "", ""] == "52.9 每百个村民小组 (1185/2239, 同句), 文中约53%"
    joint = shown["villager_group_branches", "惠东县", "平山街道", ""]
    assert joint == "84；同句成立党支部的村民小组101个，含联合，不是覆盖率；无分母"
    assert shown["villager_groups_with_branch", "台山市", "台城街道", ""] == "32；无分母"
    assert shown["villager_group_branches", "台山市", "", ""] == "无县级数字"
    assert shown["villager_groups_with_branch", "台山市", "", ""] == "无县级数字"
    assert groups["value"].notna().sum() == 1
    assert not (rates["denominator"] == 4062).any()
