"""Queries of the dashboard: filters, levels, comparison, coverage, unclaimed numbers, evidence."""

from __future__ import annotations

from typing import Any

import pytest
from table_rows import claims, quantities

from indicators.table.columns import OBSERVATIONS
from indicators.table.observations import observations
from indicators.table.queries import (
    behind,
    compare,
    coverage,
    filter_rows,
    levels_count,
    place_names,
    places_count,
    unclaimed,
    unclaimed_by_unit,
    years,
)
from indicators.table.store import rows_of

HUIDONG = {"city": "惠州市", "county": "惠东县", "county_code": "441323"}
TOWN = {"town": "端芬镇", "level": "town"}
UNDATED = {"period_start": "", "period_end": ""}


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ({}, [0, 1, 2, 3]),
        ({"county": "台山市"}, [0, 2, 3]),
        ({"county": ["台山市", "惠东县"], "level": "town"}, [2]),
        ({"status": []}, [0, 1, 2, 3]),
        ({"county": "无此县"}, []),
        ({"period": ("2015", "2015")}, [0, 2]),
        ({"period": ("2015", "2015"), "with_undated": True}, [0, 2, 3]),
        ({"period": ("", "2015-12-31")}, [0, 2]),
        ({"period": ("2016", "")}, [1]),
        ({"period": ("2015-12-31", "2016-01-01")}, [0, 1, 2]),
        ({"period": ("", "")}, [0, 1, 2, 3]),
    ],
)
def test_filters(choice: dict[str, Any], kept: list[int]) -> None:
    rows = [{}, {**HUIDONG, "period_start": "2016-01-01", "period_end": ""}, TOWN, UNDATED]
    table = filter_rows(rows_of(claims(*({**row, "value": float(i)} for i, row in enumerate(rows)))), **choice)
    assert table.frame()["value"].tolist() == kept
    assert len(table) == len(kept)


def test_filters_serve_every_table() -> None:
    assert len(filter_rows(rows_of(observations(claims({}, HUIDONG))), county="惠东县", topic="organisation")) == 1
    assert len(filter_rows(rows_of(quantities({}, HUIDONG)), county="惠东县")) == 1


def test_place_names() -> None:
    frame = claims(
        {},
        TOWN,
        {"province": "北京市", "city": "北京市", "county": "大兴区"},
        {"level": "", "province": "", "city": "", "county": ""},
    )
    assert place_names(frame).tolist() == ["台山市", "端芬镇", "大兴区", ""]
    assert place_names(frame, full=True).tolist() == [
        "广东省 江门市 台山市",
        "广东省 江门市 台山市 端芬镇",
        "北京市 大兴区",
        "",
    ]


def test_levels_count_places_not_rows() -> None:
    rows = observations(claims({}, {"period_start": "2014-01-01", "period_end": "2014-12-31"}, HUIDONG, TOWN))
    assert levels_count(rows_of(rows)) == {"county": 2, "town": 1}
    assert levels_count(rows_of(rows), "villages") == {"county": 2, "town": 1}
    assert levels_count(rows_of(rows), "households") == {}
    assert levels_count(rows_of(rows.iloc[:0])) == {}
    counts = places_count(rows_of(rows))
    assert counts.values.tolist() == [["county", "villages", 2], ["town", "villages", 1]]


def test_compare_ranks_within_time_and_basis_only() -> None:
    rows = claims(
        {"value": 10.0},
        {"value": 30.0, **HUIDONG},
        {"value": 99.0, "time": "flow", "county": "开平市"},
        {"value": 500.0, **TOWN},
    )
    table = compare(observations(rows), "villages", "county")
    assert list(table.columns) == [*OBSERVATIONS, "place", "n", "rank"]
    ranked = {place: (rank, n) for place, rank, n in zip(table["place"], table["rank"], table["n"], strict=True)}
    assert ranked == {"惠东县": (1, 2), "台山市": (2, 2), "开平市": (1, 1)}


def test_compare_latest_keeps_each_places_last_period() -> None:
    early = {"value": 1.0, "period_start": "2013-01-01", "period_end": "2013-12-31"}
    table = compare(observations(claims(early, {"value": 2.0}, HUIDONG | early)), "villages", "county", latest=True)
    assert dict(zip(table["place"], table["value"], strict=True)) == {"台山市": 2.0, "惠东县": 1.0}


def test_compare_tells_places_of_one_name_apart() -> None:
    rows = claims(
        {"county": "鼓楼区", "city": "南京市", "province": "江苏省"},
        {"county": "鼓楼区", "city": "福州市", "province": "福建省"},
    )
    assert set(compare(observations(rows), "villages", "county")["place"]) == {
        "江苏省 南京市 鼓楼区",
        "福建省 福州市 鼓楼区",
    }


def test_compare_without_rows() -> None:
    table = compare(observations(claims()), "villages", "county", latest=True)
    assert list(table.columns) == [*OBSERVATIONS, "place", "n", "rank"]
    assert len(table) == 0


def test_coverage_has_three_kinds_of_empty_and_no_zero_reported() -> None:
    rows = claims({}, {"indicator": "households", **HUIDONG, **TOWN, "county": "惠东县"})
    spoken = rows_of(quantities({}, HUIDONG, {"county": "", "level": "city"}))
    places = quantities({}, HUIDONG, {"city": "江门市", "county": "开平市"})
    table = coverage(rows_of(rows), spoken, places)
    states = {(row.indicator, row.county): row.state for row in table.itertuples()}
    assert states == {
        ("villages", "台山市"): "reported",
        ("villages", "惠东县"): "not_reported",
        ("villages", "开平市"): "no_document",
        ("households", "台山市"): "not_reported",
        ("households", "惠东县"): "finer",
        ("households", "开平市"): "no_document",
    }
    assert set(coverage(rows_of(rows), spoken)["county"]) == {"台山市", "惠东县"}
    assert set(coverage(rows_of(rows), spoken, places, most=1)["indicator"]) == {"villages"}
    assert len(coverage(rows_of(claims()), rows_of(quantities()))) == 0


def test_unclaimed_are_claims_that_no_rule_captured() -> None:
    table = quantities(
        {"text": "1"},
        {"text": "2", "indicator": "villages"},
        {"text": "3", "class": "date"},
        {"text": "4", "unit": "户", "start": 40, "end": 41, "sentence": "后来有四户。"},
        {"text": "5", "unit": "户", "start": 20, "end": 21, "sentence": "有五户。"},
    )
    assert unclaimed(rows_of(table)).frame()["text"].tolist() == ["1", "4", "5"]
    by_unit = unclaimed_by_unit(rows_of(table))
    assert by_unit[["unit", "numbers", "documents"]].values.tolist() == [["户", 2, 1], ["个", 1, 1]]
    assert by_unit["sample"].tolist() == ["有五户。", ""], "the first of the document, not of the table"


def test_the_claims_behind_an_observation() -> None:
    rows = claims(
        {"claim_id": "x"},
        {"claim_id": "y", "period_start": "2015-11-30", "period_end": "2015-11-30"},
        {"claim_id": "z", **TOWN},
        {"claim_id": "u", **UNDATED},
    )
    dated, undated = (observations(rows).query("level == 'county'").sort_values("period_start").iloc[i] for i in (1, 0))
    assert behind(rows_of(rows), dated)["claim_id"].tolist() == ["x", "y"]
    assert behind(rows_of(rows), undated)["claim_id"].tolist() == ["u"]


def test_years() -> None:
    assert years(rows_of(claims({"period_start": "2013-07-01"}, UNDATED))) == [2013, 2015]
