"""The folded view: what it drops and joins, and that its offsets always lead back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.language.folding import fold, fold_character, fold_pattern
from indicators.language.sentences import clause_span, split_sentences

PROSE = "全县深入实施乡村建设行动,改造农村户厕,新建污水管网。目前共完成投资"

HEADLINE = "深入实施乡村建设行动,改造农村户厕,新建污水管网,完善基础设施,建设宜居宜业和美乡村取得新进展"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("收入 171.59 亿 元", "收入171.59亿元"),
        ("１２３万元，占％", "123万元,占%"),
        ("⽇⽉⼈", "日月人"),
        ("村\u200b民\ufeff", "村民"),
        ("版权 2013 2014", "版权2013 2014"),
        ("面积80㎡,气温5℃", "面积80㎡,气温5℃"),
        ("3～5公里", "3~5公里"),
        (f"{PROSE}\n3000万元。", f"{PROSE}3000万元。"),  # a paragraph cut by a page end
        (f"{PROSE}\n\n3000万元。", f"{PROSE}3000万元。"),
        (f"{PROSE}\n　　另一段。", f"{PROSE}\n另一段。"),  # an indented line begins a paragraph
        (f"{PROSE}\n二、另一节", f"{PROSE}\n二、另一节"),
        ("短标题\n正文开始。", "短标题\n正文开始。"),
        (f"{HEADLINE}\n\n正文开始。", f"{HEADLINE}\n正文开始。"),
        ("101.12\n\x0e\x01\n亿元", "101.12\n亿元"),
        ("总计62.9 亿\n元", "总计62.9亿元"),
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_hard_wrapped_lines_are_joined_at_the_width_of_the_page() -> None:
    line = "全市上下坚持稳中求进工作总基调扎实推进各项工作取得新的成效"
    text = "\n".join([line] * 9 + ["共完成300项。", "下一段"])
    assert fold(text).text == line * 9 + "共完成300项。\n下一段"


@given(st.text(alphabet=st.one_of(st.sampled_from("全县 12３万，。\n\u3000\u200b⽇元(（\r\t"), st.characters())))
def test_every_folded_character_leads_back_to_its_original(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(set(folded.origin))
    for character, origin in zip(folded.text, folded.origin, strict=True):
        assert character in (fold_character(text[origin]), " ", "\n")
    for offset in range(len(folded.text)):
        assert folded.offset(folded.start(offset)) == offset


@given(st.text(alphabet="全县12,。!\n”……", max_size=60))
def test_sentences_cover_the_text_once(text: str) -> None:
    sentences = split_sentences(text)
    covered = "".join(text[a:b] for a, b in zip(sentences.start, sentences.end, strict=True))
    assert covered == text.replace("\n", "")
    for offset, character in enumerate(text):
        if character != "\n":
            start, end = sentences.span(offset)
            assert start <= offset < end


def test_a_folded_pattern_matches_both_widths() -> None:
    import regex

    pattern = regex.compile(fold_pattern("村（社区）\\d+％"))
    assert pattern.search(fold("313个村(社区)53%").text)
    assert pattern.search(fold("313个村（社区）５３％").text)


def test_clause_ends_at_marks_but_not_inside_numbers() -> None:
    text = "全县共有,成立党支部1,185个,比例2.6:1;另有"
    assert text[slice(*clause_span(text, 10, 16))] == "成立党支部1,185个"
    assert text[slice(*clause_span(text, 19, 24))] == "比例2.6:1"
