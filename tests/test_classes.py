"""Which numbers are claims, dates, ordinals, names, idioms or ids."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.language import dates
from indicators.language.quantities import scan

CASES = Path(__file__).parent / "cases"


def rows(text: str) -> list[tuple[str, str]]:
    table = scan(text, dates.scan(text))
    return [(table.cls[i], text[table.start[i] : table.end[i]]) for i in range(len(table))]


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in (CASES / "classes.jsonl").read_text("utf-8").splitlines()],
    ids=lambda case: case["text"],
)
def test_class(case: dict[str, object]) -> None:
    assert [list(row) for row in rows(str(case["text"]))] == case["rows"]


@settings(deadline=None)
@given(st.text(alphabet="第一二三十百万12345679年月日个户名元%“”《》,。:、\n-—~+×.()约近超多余以上村镇A", max_size=60))
def test_every_digit_lies_in_exactly_one_row(text: str) -> None:
    table = scan(text, dates.scan(text))
    covered = [0] * len(text)
    for start, end in zip(table.start, table.end, strict=True):
        assert start < end <= len(text)
        assert "\n" not in text[start:end]
        for offset in range(start, end):
            covered[offset] += 1
    assert max(covered, default=0) <= 1
    assert all(covered[i] == 1 for i, c in enumerate(text) if c.isdigit())
