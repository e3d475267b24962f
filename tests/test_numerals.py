"""read_number: cases, refusals, a round trip through Chinese, hostile repetitions."""

from __future__ import annotations

import contextlib
import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.language.numeral_parser import parse_numeral
from indicators.language.numerals import read_number

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", cases("numerals"), ids=lambda case: case["surface"])
def test_reads(case: dict[str, str]) -> None:
    assert read_number(case["surface"]) == Decimal(case["value"])


@pytest.mark.parametrize("case", cases("numerals_refused"), ids=lambda case: case["surface"] or "empty")
def test_refuses_what_is_no_number(case: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_number(case["surface"])


def in_chinese(number: int) -> str:
    """A whole number below 10^16 in Chinese, written independently of the reader."""
    if number == 0:
        return "零"
    groups = []
    rest = number
    for big in ("", "万", "亿", "万亿"):
        groups.append((rest % 10_000, big))
        rest //= 10_000
    words = ""
    for value, big in reversed(groups):
        if not value:
            continue
        section = ""
        for digit, small in zip(f"{value:04d}", ("千", "百", "十", ""), strict=True):
            if digit != "0":
                section += "零一二三四五六七八九"[int(digit)] + small
            elif section and not section.endswith("零"):
                section += "零"
        section = section.rstrip("零")
        words += ("零" if words and value < 1000 else "") + section + big
    return words


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**12))
def test_number_to_chinese_and_back(number: int) -> None:
    assert read_number(in_chinese(number)) == number


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=3))
def test_arabic_forms_agree(number: int, decimals: int) -> None:
    value = Decimal(number).scaleb(-decimals)
    assert read_number(f"{value:f}") == value
    assert read_number(f"{value:,f}") == value
    assert read_number(f"{value:f}万") == value * 10_000


@settings(deadline=None)
@given(st.text(alphabet="零一二三两十百千万亿几数多余点半分之又负-+.,/0159元角", max_size=40))
def test_any_mixture_is_a_number_or_refused(words: str) -> None:
    with contextlib.suppress(ValueError):
        assert read_number(words).is_finite()


@pytest.mark.parametrize("unit", ["3万", "一", "1,", "亿", "1,111,", "三百", "多万", "零", "1又", "分之"])
def test_hostile_repetitions_cost_linear_time(unit: str) -> None:
    began = time.perf_counter()
    with pytest.raises(ValueError, match="not a number"):
        read_number(unit * 10_000 + "x")
    assert time.perf_counter() - began < 2


@settings(deadline=None)
@given(st.text(alphabet="一三十百万亿5", min_size=1, max_size=30))
def test_the_longest_numeral_never_runs_past_its_end(words: str) -> None:
    numeral = parse_numeral(words, 0, len(words))
    assert numeral is not None
    assert 0 < numeral.length <= len(words)
    assert numeral.low <= numeral.high
