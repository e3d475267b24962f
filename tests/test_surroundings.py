"""What is looked up before a number is read in full changes nothing of what is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.language import date_roles, datelines, dates, formers, kinds, numbers, statements, statuses
from indicators.language.columns import Quantities
from indicators.language.dates import scan as scan_dates
from indicators.language.folding import fold
from indicators.language.hit import Hit
from indicators.language.lexicon import lexicon
from indicators.language.numeral_parser import Numeral
from indicators.language.quantities import scan
from indicators.language.surroundings import Around, surroundings, trigger
from indicators.project import load_project

ROOT = Path(__file__).parent.parent
CUES = [row["cue"] for row in lexicon("statuses")]
TRIGGERS = [word for row in lexicon("triggers") for word in row["words"].split()]
# Words of the patterns, put together otherwise than the table has them.
WORDS = """
由 从 提高到 增加了 降至 过去 原来的 小时候 那时候 2014年有贫困户 到2019年底全部脱贫 如今 总投资
启动 面积达 每人每月 人均 亩产 年收入 月租金 同比 按照 的标准 补助 补贴标准 给予 奖励 不得少于 至少
最高可贷 个人承担 自筹 收购价格 缴费 养老金 凡 满 超过 严格控制在 的不予发放 一律 每季度开展 每年
现有 全镇 余下的 已完成 尚有 租金起拍 一斤 全部清零 原 前 之初 须 仅需缴纳 封顶线 规定： 起付线 共
已经 县里 党员 村民 办法 对获得先进的 最难的那几年, 刚来那会儿 创业初期 最苦时, 一度 昔日 早先 如今, 目前 转而 回忆说:
""".split()  # noqa: SIM905 - one literal a word would be 70 lines
NUMBERS = """
3个 500元 三百多户 约5万元 20% 两名 5次 1,200人 以上 以内 3元5角 8-10亿元 4万件、16万件和19万件
2.5万 一 十 半数 三分之一 第三 百分点 60周岁 3台 12.5万千瓦 一批 两三家 5—8名 300 2015年 零下12℃
3亩半 5个多月 一个亿 2、3 三至五万元 6万名 翻一番 数十名 千元 -5 ¥30 4A级 7块8 九成五 八折
""".split()  # noqa: SIM905 - one literal a word would be 70 lines
MARKS = ["，", "。", "；", "：", "、", "\n", "……", "！", "（", "）", "”", "1,0", "的", "：“"]
TEXTS = st.lists(st.sampled_from([*CUES, *TRIGGERS, *WORDS, *NUMBERS * 3, *MARKS * 2]), max_size=24).map("".join)


class _Everything(frozenset[str]):
    def __contains__(self, character: object) -> bool:
        return True


def read(text: str) -> Quantities:
    folded = fold(text).text
    return scan(folded, scan_dates(folded))


def read_in_full(text: str) -> Quantities:
    """Every pattern is asked about every number, and no number is common."""
    every = _Everything()

    def all_words(text: str, hits: Sequence[object], sentences: object) -> list[Around]:
        return [Around(-1, -1, -1) for _ in hits]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(statements, "surroundings", all_words)
        patch.setattr(numbers, "_read_common", lambda *_: None)
        for module, name in (
            (statuses, "_EXISTING_LAST"),
            (statuses, "_COMING_LAST"),
            (statuses, "OPENING_FIRST"),
            (kinds, "_BEHIND_FIRST"),
        ):
            assert getattr(module, name)
            patch.setattr(module, name, every)
        return read(text)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_generated_sentences_read_as_in_full(text: str) -> None:
    assert read(text) == read_in_full(text)


@pytest.mark.parametrize(
    ("gate", "patterns"),
    [
        (statuses._EXISTING_LAST, [statuses._EXISTING]),
        (statuses._COMING_LAST, [statuses._TOTAL, statuses._ASSIGNED, statuses._SET, statuses._LAUNCH]),
        (date_roles._BASE_LAST - {"\n"}, [date_roles._BASE_OF]),
    ],
)
def test_last_characters_are_those_of_the_patterns(gate: set[str], patterns: list[re.Pattern[str]]) -> None:
    assert gate == {last for pattern in patterns for last in _edge(pattern, "(?r)")}


@pytest.mark.parametrize(
    ("gate", "patterns"),
    [
        (formers.OPENING_FIRST, [formers._OPENING_BID]),
        (kinds._BEHIND_FIRST, [kinds._BEHIND]),
        (dates._AFTER_FIRST, [dates._AFTER]),
        (datelines._RANK_FIRST | {"5"}, datelines._RANKS),
    ],
)
def test_first_characters_are_those_of_the_patterns(gate: set[str], patterns: list[re.Pattern[str]]) -> None:
    assert gate == {first for pattern in patterns for first in _edge(pattern)}


def _edge(pattern: re.Pattern[str], flag: str = "") -> set[str]:
    """The characters with which a match may begin, read backwards with which it may end; 5 and 龘 stand for classes."""
    form = regex.compile(flag + pattern.pattern)
    return {character for character in {*pattern.pattern, "5", "龘"} if form.fullmatch(character, partial=True)}


def test_the_seeds_read_as_in_full() -> None:
    for document in load_project(ROOT / "config.yaml").read_documents():
        assert read(document.text) == read_in_full(document.text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("力争明年建成5个。", "planned"),
        ("参保居民每人每年缴费380元。", "standard"),
        ("补贴上限为2台。", "standard"),
        ("收入由300元提高到500元。", "past"),
        ("最难的那几年,厂里剩3名工人。如今有130名。", "past"),
        ("建成5个。", "actual"),
    ],
)
def test_generated_sentences_could_differ(text: str, status: str) -> None:
    assert read(text).status[0] == status


def test_words_are_found_in_their_stretches() -> None:
    text = "每户出资。计划分期,此前由村里修了50个"
    start = text.index("5")
    hit = Hit(start, start + 2, Numeral(2, Decimal(50), Decimal(50)))
    (around,) = surroundings(text, [hit], [(5, len(text))])
    assert around.near & trigger("each")  # whatever sentence it is in
    assert not around.left & trigger("each")
    assert around.left & trigger("sentence cue") and not around.before & trigger("sentence cue")
    assert around.before & trigger("former") and around.before & trigger("from")
    assert not around.left & trigger("routine", "reward")
