"""What is tried only where it may match finds all that trying it everywhere finds: signs, lone villages."""

from __future__ import annotations

import re

import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indicators.language import place_signs, place_sites, villages
from indicators.language.clause_marks import ClauseMarks
from indicators.language.han import HAN
from indicators.language.lexicon import lexicon
from indicators.language.place_paths import Spot
from indicators.language.place_reference import HOME, REFERENCE
from indicators.language.place_scope import is_policy, scopes
from indicators.language.place_sites import Sites
from indicators.language.place_speech import has_speech, persons
from indicators.language.sentences import clause_span, split_sentences

USES = ("policy", "person", "office", "lift")
WORDS = [row["word"] for row in lexicon("place_words") if row["use"] in USES]
MARKS = list(",。、:;!?\n…”“\"'()」』 ")
PIECES = [
    *MARKS,
    *"县市区旗州盟镇乡街村副长里委域说称号〔〕[]按据该我本全各个的在到了回返去王李和党3十",
    *(
        "街道",
        "社区",
        "小区",
        "嘎查",
        "乡(镇)",
        "回到家乡",
        "返乡",
        "这个",
        "村里",
        "14个乡镇",
        "各区县",
        "根据",
        "按照",
    ),
    *("民政局", "局长", "政府", "〔2019〕8号", "[2020]第7号", "每人每月", "标准", "提高到", "今年以来", "记者", "其中"),
    *("介绍", "表示", "告诉", "感叹", "回忆", "书记", "农户", "白果", "栗子沟", "位于", "通过", "走进", "来到", "村民"),
]
GENRE = st.lists(st.sampled_from([*PIECES, *WORDS]), max_size=30).map("".join)
VILLAGES = [
    *"在是据到的,。、\n“里也有以!",
    "白果村",
    "柏溪社区",
    "栗子沟村",
    "乌兰嘎查",
    "走进",
    "来到",
    "走访",
    "到了",
    "山那边",
]
VILLAGES += [
    "党支部",
    "党群",
    "村民",
    "居委会",
    "两委",
    "第一书记",
    "老支书",
    "位于",
    "通过",
    "就是",
    "开展",
    "很",
    "大家",
]


@settings(deadline=None, max_examples=500)
@given(GENRE)
@example("山上各街道种树。")
@example("去年,按照北坡文〔2019〕8号文件,每户领到二百元。")
def test_a_sentence_without_a_sign_holds_nothing_that_it_stands_for(text: str) -> None:
    sentences = split_sentences(text)
    signs = place_signs.signs(text, sentences)
    for start, end, sign in zip(sentences.start, sentences.end, signs, strict=True):
        sentence = text[start:end]
        assert scopes(text, start, end, sign) == scopes(text, start, end)
        assert sign & place_signs.HOME or HOME.search(text, start, end) is None
        assert sign & place_signs.REFERENCE or REFERENCE.search(text, start, end) is None
        assert sign & place_signs.POLICY or not is_policy(sentence)
        assert sign & place_signs.SPEECH or not has_speech(text, max(0, start - 1), end)
        assert sign & place_signs.PERSON or not persons(text, start, end)


def test_most_plain_sentences_have_no_sign() -> None:
    text = "坡上种了二百亩核桃树。去年挂果以后,每亩收入三千元。秋天雨水多,果子个头大。"
    assert place_signs.signs(text, split_sentences(text)) == [0, 0, 0]
    assert place_signs.signs("", split_sentences("")) == []


def everywhere(text: str) -> list[tuple[int, int]]:
    """`lone_villages`, with its patterns tried at every offset."""
    tried = (villages._ALONE.match(text, start) for start in range(len(text)))
    alone = [found for found in tried if found and villages._plain(found["name"])]
    visits = [found.span(found.lastgroup or 0) for found in villages._VISITED.finditer(text)]
    visited = [span for span in visits if villages._plain(text[slice(*span)])]
    sure = {text[slice(*span)] for span in visited}
    for found in alone:
        if found["after"][0] in villages._SURE and not text.endswith("“", 0, found.start()):
            sure.add(found["name"])
    named = {span: text[slice(*span)] for span in [*(found.span("name") for found in alone), *visited]}
    return sorted(span for span, name in named.items() if name in sure or text.count(name) > 1)


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(VILLAGES), max_size=25).map("".join))
@example("春耕时走进山那边大家都说好看的白果村的田里。")
@example("清明过后在柏溪社区里,大家种茶。")
def test_lone_villages_are_those_that_the_plain_patterns_find(text: str) -> None:
    assert villages.lone_villages(text) == everywhere(text)


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="亩3，,：:。;…—\n１", max_size=30), st.data())
def test_clauses_are_cut_as_by_looking_at_each_character(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert ClauseMarks(text).around(start, end) == clause_span(text, start, end)


NAMED = ("白果村", "白果湾村", "果湾村", "栗子沟村", "沟村小区", "柏溪社区")


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from([*NAMED, *"白果湾村栗子沟,的", "位于", "全村", "小学"]), max_size=20).map("".join))
@example("白果湾全村,白果位于")
def test_many_sites_are_found_as_few_are(text: str) -> None:
    few = {name: Spot(0, len(name), 7, village=name) for name in NAMED}
    many = {**few, **{f"{first}{second}庄村": Spot(0, 4, 8) for first in "甲乙丙丁戊己庚" for second in "子丑寅卯辰"}}
    assert len(few) < place_sites._FEW < len(many)
    assert Sites(few).find(text) == Sites(many).find(text)


def test_sites_are_named_again_by_their_stems_where_a_village_is_meant() -> None:
    sites = Sites({name: Spot(0, len(name), 7, village=name) for name in NAMED})
    text = "白果湾种茶,白果湾镇不种,白果村的栗子沟村小学,白果位于山下,看白果位于山下"
    assert [text[spot.start : spot.end] for spot in sites.find(text)] == ["白果湾", "白果村", "栗子沟村", "白果"]


def test_ideographs_are_the_same_in_both_pattern_libraries() -> None:
    plane = "".join(chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000)
    assert re.findall(HAN, plane) == regex.findall(r"\p{Han}", plane)
