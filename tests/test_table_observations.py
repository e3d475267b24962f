"""Observations: what becomes one row, which claim is chosen, when two texts contradict each other."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from table_rows import claims, documents

from indicators.table.columns import DTYPES, OBSERVATIONS
from indicators.table.observations import observations
from indicators.table.rounding import half_unit


def one(*rows: dict[str, Any], **options: Any) -> dict[str, Any]:
    table = observations(claims(*rows), **options)
    assert len(table) == 1, table
    return dict(table.iloc[0])


def test_columns_and_types_also_without_rows() -> None:
    for table in (observations(claims({})), observations(claims()), observations(claims({"status": "planned"}))):
        assert list(table.columns) == list(OBSERVATIONS)
        assert [str(dtype) for dtype in table.dtypes] == [DTYPES[kind] for kind in OBSERVATIONS.values()]


def test_periods_of_a_calendar_year_become_the_year() -> None:
    rows = [
        {"period_start": "2015-11-30", "period_end": "2015-11-30"},
        {"period_start": "2015-01-01", "period_end": "2015-12-31"},
    ]
    year = one(*rows)
    assert (year["period_start"], year["period_end"], year["claims"]) == ("2015-01-01", "2015-12-31", 2)
    exact = observations(claims(*rows), exact=True)
    assert exact[["period_start", "period_end"]].values.tolist() == [
        ["2015-01-01", "2015-12-31"],
        ["2015-11-30", "2015-11-30"],
    ]


def test_a_period_longer_than_a_year_stays() -> None:
    row = one({"period_start": "2013-07-01", "period_end": "2015-06-30"})
    assert (row["period_start"], row["period_end"]) == ("2013-07-01", "2015-06-30")


def test_an_open_period_is_not_the_year_it_begins_in() -> None:
    assert one({"period_start": "2018-04-01", "period_end": ""})["period_end"] == ""


@pytest.mark.parametrize(
    "other",
    [
        {"indicator": "communities"},
        {"unit": "户"},
        {"time": "flow"},
        {"basis": "yoy"},
        {"county": "开平市"},
        {"town": "端芬镇", "level": "town"},
        {"zone": "某某新区"},
        {"scope": "到期重新发包的1773宗"},
        {"part": "镇"},
        {"per": "月"},
        {"period_start": "2014-01-01", "period_end": "2014-12-31"},
    ],
)
def test_never_merged(other: dict[str, Any]) -> None:
    table = observations(claims({"value": 8.0}, {"value": 9.0, **other}))
    assert sorted(table["value"]) == [8.0, 9.0]
    assert not table["conflict"].any()


def test_only_actual_claims_unless_asked() -> None:
    rows = claims({"value": 1.0}, {"value": 2.0, "status": "planned"}, {"value": 3.0, "status": "past"})
    assert observations(rows)["value"].tolist() == [1.0]
    both = observations(rows, statuses=["actual", "past"])
    assert dict(zip(both["status"], both["value"], strict=True)) == {"actual": 1.0, "past": 3.0}


@pytest.mark.parametrize("absent", [{"period_start": "", "period_end": ""}, {"level": "", "county": ""}])
def test_undated_or_unplaced_claims_merge_within_their_document_only(absent: dict[str, Any]) -> None:
    rows = [{**absent, "document": name} for name in ("a.txt", "a.txt", "b.txt")]
    assert sorted(observations(claims(*rows))["claims"]) == [1, 2]


def test_choice_confirmed_then_exact_then_written_later() -> None:
    approx = {"value": 1.0, "qualifier": "approx", "document": "c.txt", "published": "2019-01-01"}
    older = {"value": 2.0, "document": "a.txt", "published": "2016-01-01"}
    newer = {"value": 3.0, "document": "b.txt", "published": "2017-01-01"}
    assert one(approx, older, newer)["value"] == 3.0
    assert one(approx, older)["value"] == 2.0
    assert one({**approx, "review": "confirmed"}, older, newer)["value"] == 1.0
    assert one({**newer, "review": "rejected"}, older)["value"] == 2.0


def test_date_of_writing_counts_not_that_of_a_reprint() -> None:
    texts = documents(
        {"document": "old.txt", "published": "2021-07-02", "written": "2015-12", "content_hash": "x"},
        {"document": "new.txt", "published": "2018-01-01", "content_hash": "y"},
    )
    rows = [
        {"value": 1.0, "document": "old.txt", "published": "2021-07-02"},
        {"value": 2.0, "document": "new.txt", "published": "2018-01-01"},
    ]
    assert one(*rows, documents=texts)["value"] == 2.0
    assert one(*rows)["value"] == 1.0


def test_the_chosen_claim_gives_the_row() -> None:
    row = one({"value": 30.0, "value_low": 30.0, "value_high": None, "qualifier": "at_least", "claim_id": "me"})
    assert (row["claim_id"], row["qualifier"], row["value_low"]) == ("me", "at_least", 30.0)
    assert pd.isna(row["value_high"])
    assert pd.isna(row["spread"])


def test_body_is_chosen_before_the_headline_that_repeats_it() -> None:
    row = one({"claim_id": "head", "repeats": "body"}, {"claim_id": "body"})
    assert (row["claim_id"], row["claims"], row["sources"], row["spread"]) == ("body", 2, 1, 0.0)


def test_sources_are_independent_texts() -> None:
    same = {"sentence": "全市行政村 245 个。"}
    assert one({"document": "a.txt"}, {"document": "b.txt"})["sources"] == 2
    assert one({"document": "a.txt", **same}, {"document": "b.txt", "sentence": "全市行政村245个。"})["sources"] == 1
    copies = documents({"document": "a.txt", "content_hash": "h"}, {"document": "b.txt", "content_hash": "h"})
    assert one({"document": "a.txt"}, {"document": "b.txt"}, documents=copies)["sources"] == 1


def test_reprints_chain_into_one_source() -> None:
    rows = [
        {"document": "a.txt", "sentence": "甲。"},
        {"document": "b.txt", "sentence": "甲。"},
        {"document": "b.txt", "sentence": "乙。"},
        {"document": "c.txt", "sentence": "乙。"},
    ]
    assert one(*rows)["sources"] == 1


@pytest.mark.parametrize(
    ("one_side", "other_side", "conflict"),
    [
        ({"value": 245.0, "text": "245个"}, {"value": 246.0, "text": "246个"}, True),
        ({"value": 53.0, "text": "53%"}, {"value": 52.9, "text": "52.9%"}, False),  # rounded
        ({"value": 53.0, "text": "53%"}, {"value": 52.4, "text": "52.4%"}, True),
        ({"value": 1.05e9, "text": "10.5亿元"}, {"value": 1051411200.0, "text": "105141.12万元"}, False),
        ({"value": 2e7, "value_high": 3e7, "text": "2000多万元"}, {"value": 2.4e7, "text": "2400万元"}, False),
        ({"value": 2e7, "value_high": None, "text": "超2000万元"}, {"value": 9e7, "text": "9000万元"}, False),
        ({"value": 2e7, "value_high": None, "text": "超2000万元"}, {"value": 1e7, "text": "1000万元"}, True),
    ],
)
def test_conflict_is_intervals_apart_and_rounding_is_none(
    one_side: dict[str, Any], other_side: dict[str, Any], conflict: bool
) -> None:
    row = one({"document": "a.txt", **one_side}, {"document": "b.txt", **other_side})
    assert bool(row["conflict"]) == conflict


def test_one_text_does_not_contradict_itself() -> None:
    row = one({"value": 8.0, "text": "8个"}, {"value": 11.0, "text": "11个"})
    assert (row["conflict"], row["spread"], row["sources"]) == (False, 3.0, 1)


def test_the_ends_of_a_range_are_one_value() -> None:
    low = {"value": 5e4, "part": "low", "text": "5万", "start": 10, "end": 12, "sentence": "有5万—50万元。"}
    high = {"value": 5e5, "part": "high", "text": "50万元", "start": 13, "end": 17, "sentence": "有5万—50万元。"}
    row = one(low, high)
    assert (row["value"], row["value_low"], row["value_high"], row["claims"]) == (5e4, 5e4, 5e5, 2)
    assert pd.isna(row["spread"])


def test_half_of_a_range_alone_is_a_value() -> None:
    assert one({"value": 5e5, "part": "high", "text": "50万元"})["value"] == 5e5


@pytest.mark.parametrize(
    ("text", "value", "half"),
    [
        ("1,185个", 1185.0, 0.5),
        ("３.５万", 35000.0, 500.0),
        ("约十万", 1e5, 0.0),
        ("0个", 0.0, 0.0),
        ("降8.5%", -8.5, 0.05),
    ],
)
def test_half_unit(text: str, value: float, half: float) -> None:
    assert half_unit(text, value) == pytest.approx(half)


def test_claims_are_left_as_they_were() -> None:
    before = claims({}, {"part": "low"}, {"part": "high"})
    after = before.copy()
    observations(after)
    pd.testing.assert_frame_equal(after, before)
