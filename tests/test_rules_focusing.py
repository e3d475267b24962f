"""Reading numbers only where a rule could take one changes no claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.engines.shard import process
from indicators.language.reader import read
from indicators.model import Document
from indicators.project import load_project
from indicators.rules.focusing import AROUND, focus
from indicators.rules.loading import load_rules_text
from indicators.rules.reach import ANYWHERE, STRETCH
from indicators.rules.ruleset import RuleSet

ROOT = Path(__file__).parent.parent
RULES = load_rules_text("""\
indicators:
  branches: {name: 甲, kind: ratio, unit: 个, patterns: ['成立党支部{gap:5}{value}', '{value}党支部']}
  money: {name: 乙, kind: ratio, unit: 元, patterns: ['投入(?:资金|经费)*{value}', '从{past}增至{value}']}
  either: {name: 丙, kind: ratio, unit: 户, patterns: ['(?:惠及{value}|{value}受益)(?!的)', '^{value}']}
  looking: {name: 丁, kind: ratio, unit: 名, patterns: ['党员(?:.{0,3}{value}){1,2}', '(?<=选派){value}']}
  running: {name: 戊, kind: ratio, unit: 件, patterns: ['受理(?:已|共|累计)*{value}']}
""")
WORDS = [
    *(
        "成立党支部",
        "党支部",
        "投入",
        "资金",
        "经费",
        "从",
        "增至",
        "惠及",
        "受益",
        "的",
        "党员",
        "选派",
        "全县",
        "会议强调",
        "受理",
        "累计共",
        "累计" * STRETCH,
    ),
    *(
        "3个",
        "1,185个",
        "约5万元",
        "三百多户",
        "4名、5名和6名",
        "3至5个",
        "2015年",
        "第三",
        "半",
        "十余个",
        "12345",
        "7件",
    ),
    *("，", "、", "。", "；", "：", "\n", "！”", "……", "（", "）", " "),
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)


def rows(rules: RuleSet, texts: list[str], every_number: bool) -> dict[str, list[object]]:
    documents = [Document(f"{index}.txt", text, published="2022-03-01") for index, text in enumerate(texts)]
    shard = process(documents, rules, every_number)
    assert not shard.failed
    assert every_number or not shard.quantities["start"]
    return shard.claims


def everywhere(rules: RuleSet) -> RuleSet:
    """The same rules, each run on every sentence with a number."""
    return replace(rules, rules=tuple(replace(rule, literals=None, reach=ANYWHERE) for rule in rules.rules))


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_claims_are_those_of_rules_run_on_every_number(texts: list[str]) -> None:
    due = rows(everywhere(RULES), texts, every_number=True)
    for rules in (RULES, everywhere(RULES)):
        found = rows(rules, texts, every_number=False)
        assert {**found, "rules_version": []} == {**due, "rules_version": []}
    assert rows(RULES, texts, every_number=True) == due


def test_generated_texts_do_give_claims() -> None:
    text = "全县成立党支部3个，投入资金约5万元，惠及三百多户，选派4名、5名和6名党员。从3元增至5元。受理累计7件。"
    found = set(rows(RULES, [text], every_number=False)["indicator"])
    assert found == {"branches", "money", "either", "looking", "running"}


@pytest.mark.parametrize("times", [1, STRETCH // 2, STRETCH // 2 + 1, 5 * STRETCH])
def test_words_may_be_repeated_for_as_long_as_the_pattern_lets_them(times: int) -> None:
    texts = ["受理3件。", f"受理{'累计' * times}7件。{'累计' * times}受理投入5万元。"]
    assert rows(RULES, texts, every_number=False)["value"] == [3.0, 7.0, 50000.0]
    assert RULES.prefilter.of(texts[1]) is RULES.prefilter or times > STRETCH // 2


@pytest.mark.parametrize("chosen", [slice(None), slice(None, None, 16)])
def test_claims_of_the_seeds_are_the_same(chosen: slice) -> None:
    project = load_project(ROOT / "config.yaml")
    rules = replace(project.rules, rules=project.rules.rules[chosen])
    documents = project.read_documents()
    found = process(documents, rules, every_number=False)
    assert found.claims["claim_id"]
    assert found.claims == process(documents, rules, every_number=True).claims


def test_a_sentence_without_a_number_near_its_word_is_not_read() -> None:
    text = f"成立党支部。会议在3个会场举行。党支部{'很' * (AROUND + 9)}多，共有3个。成立党支部5个。"
    (narrowed,), _ = focus([read(Document("a", text))], RULES.prefilter, every_number=False)
    far = load_rules_text("indicators: {a: {name: x, kind: ratio, unit: 个, patterns: ['成立党支部{gap}{value}']}}")
    (found,), _ = focus([read(Document("a", text))], far.prefilter, every_number=False)
    assert [text[start:end] for start, end in found.spans or ()] == ["成立党支部5个。"]
    assert len(narrowed.spans or ()) > 1  # `^{value}` has no word: it may stand in every sentence with a number


def test_numbers_lie_near_their_numerals() -> None:
    """What AROUND takes for granted: qualifier words and units are short, and every claim holds a numeral."""
    for document in load_project(ROOT / "config.yaml").read_documents():
        quantities = read(document).quantities
        for row, cls in enumerate(quantities.cls):
            if cls == "claim":
                assert quantities.number_start[row] - quantities.start[row] < AROUND
                assert quantities.end[row] - quantities.number_end[row] < AROUND
