"""The folded view: what it drops and joins, and that its offsets always lead back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.language.folding import _PLAIN_NUMERALS, fold, fold_all, fold_character, fold_pattern
from indicators.language.sentences import clause_span, split_sentences
from indicators.language.spacing import blank_kind

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
        (f"{PROSE}3000万元。\n下一段", f"{PROSE}3000万元。\n下一段"),
        (f"{HEADLINE}\n正文开始。", f"{HEADLINE}正文开始。"),  # one break after a long line: it runs on
        ("甲村    乙村", "甲村 乙村"),  # columns side by side
        ("甲村   乙村", "甲村乙村"),
        ("兴\uf9dc镇", "兴隆镇"),  # a compatibility ideograph
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_hard_wrapped_lines_are_joined_at_the_width_of_the_page() -> None:
    line = "全市上下坚持稳中求进工作总基调扎实推进各项工作取得新的成效"
    text = "\n".join([line] * 9 + ["共完成300项。", "下一段"])
    assert fold(text).text == line * 9 + "共完成300项。\n下一段"


MIXED = st.text(alphabet=st.one_of(st.sampled_from("全县 12３万，。\n\u3000\u200b⽇元(（\r\t\x1c\0"), st.characters()))
PAGES = st.lists(st.sampled_from([PROSE, HEADLINE, "共3万", "元。", "\n", "\n\n", " ", "\u200b", "\n　　"])).map(
    "".join
)


@given(st.one_of(MIXED, PAGES))
def test_every_folded_character_leads_back_to_its_original(text: str) -> None:
    folded = fold(text)
    origin = [folded.start(offset) for offset in range(len(folded.text))]
    assert origin == sorted(set(origin)) == list(folded.origin)
    assert folded.start(len(folded.text)) == len(text)
    for offset, (character, at) in enumerate(zip(folded.text, origin, strict=True)):
        form = fold_character(text[at])
        assert character in (form, form.translate(_PLAIN_NUMERALS), " ", "\n")
        assert folded.end(offset + 1) == at + 1
        assert folded.surface(offset, offset + 1) == text[at]


@given(st.lists(st.one_of(MIXED, PAGES), max_size=5))
def test_texts_folded_together_are_as_each_is_alone(texts: list[str]) -> None:
    together = fold_all(texts)
    assert together == [fold(text) for text in texts]
    for folded in together:
        offsets = range(1, len(folded.text) + 1)
        assert folded.starts(offsets) == [folded.start(offset) for offset in offsets]
        assert folded.ends(offsets) == [folded.end(offset) for offset in offsets]


@given(st.one_of(MIXED, PAGES))
def test_only_blanks_are_dropped_and_offsets_lead_to_what_follows(text: str) -> None:
    folded = fold(text)
    kept = set(folded.origin)
    assert all(blank_kind(fold_character(text[at])) for at in range(len(text)) if at not in kept)
    for at in range(len(text) + 1):
        assert folded.offset(at) == sum(origin < at for origin in kept)


def test_ideographs_fold_alike_one_by_one_and_in_a_text_and_twice_as_once() -> None:
    block = "".join(map(chr, range(0x4E00, 0xA000)))
    folded = fold(block).text
    assert "".join(map(fold_character, block)) == folded == fold(folded).text


def test_traditional_characters_are_simplified_where_simplified_texts_do_not_write_them() -> None:
    text = "固縣村位於安澤縣,有耕地2712畝;乾县、瞭望、徵求、著名"
    folded = fold(text)
    assert folded.text == "固县村位于安泽县,有耕地2712亩;乾县、瞭望、徵求、著名"
    assert folded.surface(10, 17) == "耕地2712畝"
    assert fold("٢٣畝").text == "23亩"
    assert fold_pattern("耕地{value:畝}") == "耕地{value:亩}"


@given(st.characters())
def test_a_character_alone_folds_to_its_form_or_to_nothing(character: str) -> None:
    form = fold_character(character)
    assert fold(f"前{character}后").text == f"前{'' if blank_kind(form) else form}后" or character == "\n"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("完成了。全县", ["完成了。", "全县"]),
        ("“完成了!”他说。", ["“完成了!”", "他说。"]),
        ("真的吗?!真的", ["真的吗?!", "真的"]),
        ("等等……还有…一项", ["等等……", "还有…一项"]),
        ("3.5万元(约)。)后", ["3.5万元(约)。)", "后"]),
        ("标题\n\n正文。\n", ["标题", "正文。"]),
        ("。……。", ["。", "……", "。"]),
    ],
)
def test_sentences_end_with_their_closing_marks(text: str, sentences: list[str]) -> None:
    found = split_sentences(text)
    assert [text[a:b] for a, b in zip(found.start, found.end, strict=True)] == sentences
    lines = [text[a:b] for a, b in zip(found.paragraph_start, found.paragraph_end, strict=True)]
    assert lines == text.split("\n")
    assert all(text[a:b] in lines[p] for a, b, p in zip(found.start, found.end, found.paragraph, strict=True))


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
