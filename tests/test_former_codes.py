"""Codes of the time: a county's code in its period, counties that are one today, in claims and in observations."""

from __future__ import annotations

import pytest
import table_rows
from hypothesis import given
from hypothesis import strategies as st

from indicators.language.former_codes import code_then, histories, name_then, took_over
from indicators.language.gazetteer import COUNTY, load
from indicators.table.divisions import with_code_then
from indicators.table.observations import observations

CODES = sorted(code for code, index in load().by_code.items() if load().level[index] == COUNTY)


@pytest.mark.parametrize(
    ("code", "day", "words", "then"),
    [
        ("440781", "2015-12-31", "", "440781"),  # never changed
        ("120118", "2012-12-31", "静海区", "120223"),  # the period decides, not the later name
        ("120118", "2018-06-30", "静海县", "120118"),
        ("340124", "2010-12-31", "", "341421"),  # one name, another prefecture
        ("340124", "2012-12-31", "", "340124"),
        ("110101", "2005-12-31", "崇文", "110103"),  # one of two that were merged, by its name
        ("110101", "2005-12-31", "北京市东城区", "110101"),
        ("110101", "2005-12-31", "全区", ""),  # which of the two?
        ("110101", "2015-12-31", "全区", "110101"),
        ("130705", "2010-12-31", "宣化县", "130721"),
        ("370116", "2018-12-31", "", "371202"),
        ("370116", "2022-12-31", "", ""),  # changed after the last revision known
        ("370116", "2022-12-31", "莱芜区", "370116"),
        ("440781", "1998-12-31", "", ""),  # before the first revision
        ("440781", "", "", ""),
        ("", "2015", "", ""),
    ],
)
def test_the_code_of_the_time(code: str, day: str, words: str, then: str) -> None:
    assert code_then(code, day, words) == then


@given(st.sampled_from(CODES), st.integers(1980, 2030), st.sampled_from(["", "全县", "东城区", "静海"]))
def test_a_code_of_the_time_is_one_the_county_had_or_none(code: str, year: int, words: str) -> None:
    then = code_then(code, f"{year}-12-31", words)
    history = histories().get(code, ())
    assert then in {"", code, *(former.code for former in history)}
    if then:
        assert name_then(code, then, f"{year}-12-31")
    if not history and year >= 2000:
        assert then == code


def test_histories_lead_to_counties_of_today_and_do_not_overlap_for_one_code() -> None:
    assert set(histories()) <= set(CODES)
    for rows in histories().values():
        for one in rows:
            assert not one.last or one.first <= one.last
            later = [other for other in rows if other.code == one.code and other.first > one.first]
            assert all(one.last and one.last < other.first for other in later)


def test_counties_that_are_several_in_one() -> None:
    assert [took_over(code) for code in ("110101", "120116", "130705", "120118", "340124", "440781")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_two_counties_of_the_time_stay_two_observations_and_a_renamed_one_stays_one() -> None:
    merged = {"county": "东城区", "county_code": "110101", "period_start": "2005-01-01", "period_end": "2005-12-31"}
    renamed = {"county": "静海区", "county_code": "120118", "period_start": "2015-01-01"}
    rows = [
        {**merged, "place_as_written": "崇文区", "value": 40.0},
        {**merged, "place_as_written": "东城区", "value": 60.0},
        {**renamed, "period_end": "2015-06-30", "value": 7.0},
        {**renamed, "period_end": "2015-12-31", "value": 7.0},
    ]
    for row in rows:
        with_code_then(row)
    table = observations(table_rows.claims(*rows))
    found = [(row["county"], row["code_then"], row["value"]) for row in table.to_dict("records")]
    assert sorted(found)[:2] == [("东城区", "110101", 60), ("东城区", "110103", 40)]
    assert len(found) == 3
    assert not table["conflict"].any()


def test_claims_of_an_earlier_version_still_make_observations() -> None:
    table = observations(table_rows.claims({"county_code": "110101"}).drop(columns="code_then"))
    assert list(table["code_then"]) == [""]
