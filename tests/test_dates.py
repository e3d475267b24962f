"""Calendar expressions: which words are found, which are not, and what holds for any text."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.language.dates import number, scan
from indicators.language.folding import fold

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases" / "dates.jsonl").open(encoding="utf-8")]
PIECES = st.sampled_from(
    re.findall(
        r"\S+",
        "2015 年 12 月 31 日 底 初 至 — - 二〇一五 今年 去年 截至 以来 近 三 十四五 “ ” 期间 上半年 个 , 。 : 17:48"
        " 春节 世纪 70 年代 前",
    )
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_expressions_with_a_number_are_found_and_no_others(case: dict) -> None:
    found = scan(fold(case["text"]).text)
    assert [e.surface for e in found if e.has_number] == [fold(word).text for word in case["dates"]]


def test_words_without_a_number_are_expressions_that_make_no_row() -> None:
    found = scan("去年全县投入3万元,目前已完成,近年来少见。")
    assert [(e.surface, e.has_number) for e in found] == [("去年", False), ("目前", False), ("近年来", False)]


@pytest.mark.parametrize(
    ("text", "relation", "frame"),
    [
        ("截至2016年底", "until", "截至2016年底"),
        ("从2016年开始", "since", "从2016年开始"),
        ("今年以来", "since", "今年以来"),
        ("2016年实施奖补政策以来", "since", "2016年"),
        ("到2016年", "to", "到2016年"),
        ("2016年底前", "by", "2016年底前"),
        ("从2016年的", "from", "从2016年"),
        ("春节期间", "", "春节期间"),
    ],
)
def test_the_words_around_an_expression_relate_it(text: str, relation: str, frame: str) -> None:
    (expression,) = scan(text)
    assert expression.relation == relation
    assert text[expression.frame_start : expression.frame_end] == frame


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80))
def test_expressions_are_disjoint_and_slice_to_their_words(text: str) -> None:
    folded = fold(text).text
    end = 0
    for expression in scan(folded):
        assert end <= expression.start < expression.end <= len(folded)
        assert folded[expression.start : expression.end] == expression.surface
        assert 0 <= expression.frame_start <= expression.start
        assert expression.end <= expression.frame_end <= len(folded)
        end = expression.end


@given(st.integers(min_value=0, max_value=99))
def test_small_chinese_numerals_are_read(value: int) -> None:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    written = (
        digits[value] if value < 10 else (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")
    )
    assert number(written) == number(str(value)) == value


@pytest.mark.parametrize("piece", ["5月", "一", "2015", "2015-", "近三", "年", "截至", "2015年至", "十", "上", "“十"])
def test_hostile_repetition_takes_time_in_proportion(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        return min(_timed(text) for _ in range(2))

    assert seconds(4_000) < 24 * seconds(500) + 0.2  # 8 times the text; quadratic would be 64 times


def _timed(text: str) -> float:
    start = time.process_time()
    scan(text)
    return time.process_time() - start
