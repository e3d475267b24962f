"""Calendar expressions: which words are found, which are not, and what holds for any text."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.language.date_anchors import anchors
from indicators.language.date_patterns import NUMERALS, number_pattern, word_pattern
from indicators.language.dates import number, scan
from indicators.language.folding import fold
from indicators.language.lexicon import lexicon

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


WORDS = [row["word"] for table in ("date_words", "festivals") for row in lexicon(table) if row.get("bare") != "no"]
MORE = st.sampled_from(
    re.findall(
        r"\S+",
        "1 3 08 29 2016-03-04 2015.3.1 二O一六 2/3 1.5 亿元 旬 周 星期 时 点 凌晨 连续 最近 未来 天 个月 季度"
        " 第二 第 余 多 来 版权所有 © 党的 十八大 召开 80 规划 七五 10:30 和 、 × 从 起 至今 号 \U00020000 小长假",
    )
)


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_tables_is_found(word: str) -> None:
    assert [e.surface for e in scan(f",{word},")] == [word]


# One of each way to begin, and of what follows the first digits.
BEGINNINGS = re.findall(
    r"\S+",
    "2015年 3月 15日8时 8时30分 5天前 1季度 20世纪末 80年代 3个月前 3多年来 3年多来 10:30 2015至2016年"
    " 2015-2016年 2015.3.1 2015/3/1 2015-03-01 一季度 十月 二十一世纪初 三年来 十年前 一直以来 二〇一五年"
    " 十四五期间 “三八”节 “十四五” “元宵” 近3年 前三季度 首季度 第3季度 第二季度 上半年 下星期三 本周五 周五"
    " 星期天 年末 连续三年 今后5年 最近的两年 短短3年 不到五年 凌晨3时 晚上八点 上午10时 党的十八大以来"
    " 中共十九大以来 十八大以来 去年 全年 春节",
)


@pytest.mark.parametrize("words", BEGINNINGS)
def test_expressions_are_found_however_they_begin(words: str) -> None:
    text = f"建成。{words},"
    (expression,) = scan(text)
    assert text[expression.start : expression.frame_end] == words


@pytest.mark.parametrize("mark", ["©", "© ", "Copyright", "版权所有:"])
def test_the_year_of_a_copyright_stands_alone(mark: str) -> None:
    assert [(e.kind, e.surface) for e in scan(f"建成。{mark}2015-2018")] == [("page", "2015-2018")]


@given(st.lists(PIECES | MORE | st.sampled_from(WORDS), max_size=40).map("".join))
def test_the_patterns_are_tried_wherever_one_of_them_would_match(text: str) -> None:
    tried = set(anchors(text))
    for offset, character in enumerate(text):
        inside_number = character.isdecimal() and text[offset - 1 : offset].isdecimal()
        pattern = number_pattern() if character in NUMERALS else word_pattern()
        if offset not in tried and not inside_number:
            assert not pattern.match(text, offset), text[offset:]


@given(st.lists(PIECES | MORE, max_size=30).map("".join))
def test_what_was_read_before_changes_no_expression(text: str) -> None:
    found = scan(text)
    scan("一年多增长,一年多的努力,3年多,三年多增加" + text)
    assert scan(text) == found


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
