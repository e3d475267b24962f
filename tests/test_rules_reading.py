"""Rules on quantities as the language layer really reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from rules_reading import Read

from indicators.language import dates, quantities
from indicators.language.folding import fold
from indicators.language.sentences import split_sentences
from indicators.rules.expanding import expanded_patterns
from indicators.rules.loading import load_rules, load_rules_text
from indicators.rules.matching import match

ROOT = Path(__file__).parent.parent
RULES = """\
indicators:
  cases:
    name: 事项
    kind: count
    unit: 件
    patterns: ['(?P<part>县、乡、村|县和乡)(?:三级|两级)?(?:分别|共)?办结{gap}{value}']
  allowance:
    name: 补贴
    kind: price
    unit: 元
    patterns: ['由{gap:6}{past}(?:增加.{1,8})?(?:提高|涨)到{value}', '补贴{value}']
  decline: {name: 降幅, kind: change, of: cases, basis: yoy, unit: '%', patterns: ['(?P<basis>同比|环比)?下降{value}']}
  land: {name: 面积, kind: measure, unit: 亩, patterns: ['流转土地{value}']}
  teams: {name: 队伍, kind: count, unit: 支, same_as: [个], patterns: ['组建{gap}{value}(?:服务队)?']}
  fees: {name: 费用, kind: amount, unit: 元, patterns: ['费用{gap:4}{value}']}
  branches: {name: 支部, kind: count, unit: 个, patterns: ['成立{gap}党支部{value}']}
"""
CASES = [
    ("县、乡、村三级分别办结2万件、3万件和5万件。", [("cases", "县", 2e4), ("cases", "乡", 3e4), ("cases", "村", 5e4)]),
    ("补贴标准由原来每月260元增加40元提高到300元。", [("allowance", "", 260), ("allowance", "", 300)]),
    ("信访量同比下降一成五,环比下降3.2%。", [("decline", "", -15), ("decline", "", -3.2)]),
    ("全乡流转土地约20公顷。", [("land", "", 300)]),
    ("组建了3个、另组建15支服务队。", [("teams", "", 3), ("teams", "", 15)]),
    ("每次费用在3万—5万元之间。", [("fees", "low", 3e4), ("fees", "high", 5e4)]),
    ("成立了１２个村的 党支部 共计三十四个。", []),
    ("成立了 村级 党支部 三十四 个。", [("branches", "", 34)]),
    ("2016年成立党支部2016个。", [("branches", "", 2016)]),
]


def read(text: str) -> Read:
    folded = fold(text)
    return Read(folded, split_sentences(folded.text), quantities.scan(folded.text, dates.scan(folded.text)))


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:12] for text, _ in CASES])
def test_rules_capture_what_the_reader_reads(text: str, expected: list[tuple[str, str, float]]) -> None:
    found = match(read(text), load_rules_text(RULES))
    assert [(m.indicator.id, m.part, m.value) for m in found] == [
        (id_, part, pytest.approx(value)) for id_, part, value in expected
    ]
    assert found.failed == {}


def test_roles_of_a_from_to() -> None:
    found = match(read("补贴由260元提高到300元。"), load_rules_text(RULES))
    assert [(m.value, m.role) for m in found] == [(260, "past"), (300, "value")]


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda path: path.stem[:3])
def test_plain_patterns_match_every_sentence_that_rules_capture_in(path: Path) -> None:
    rules = load_rules(ROOT / "config.yaml")
    plain = dict(zip([rule.id for rule in rules.rules], expanded_patterns(rules), strict=True))
    reading = read(path.read_text("utf-8"))
    found = match(reading, rules)
    assert len(found) > 10 and found.failed == {}
    for capture in found:
        start, end = reading.sentences.span(reading.quantities.start[capture.quantity])
        assert regex.search(plain[capture.rule], reading.folded.text[start:end]), capture.rule
