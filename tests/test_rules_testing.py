"""Examples, rejects, what an indicator must have, lint, and the rules as plain patterns."""

from __future__ import annotations

import pytest
import regex
from rules_reading import read

from indicators.errors import Fault
from indicators.rules import attempts
from indicators.rules.expanding import expanded_patterns
from indicators.rules.linting import lint
from indicators.rules.loading import load_rules_text
from indicators.rules.matching import match
from indicators.rules.testing import run_examples

INDICATOR = """\
indicators:
  branches:
    name: 党支部
    counts: 党支部
    not_counts: 党小组
    kind: count
    time: stock
    unit: 个
    patterns: ['(?P<part>市、镇)?党支部{value}']
    unless: ['书记']
    examples:
      - EXAMPLE
    rejects:
      - REJECT
"""


def check(example: str = "{text: 党支部3个, value: 3}", reject: str = "党小组3个", more: str = "") -> list[Fault]:
    text = INDICATOR.replace("EXAMPLE", example).replace("REJECT", reject)
    return run_examples(load_rules_text(text + more), read)


@pytest.mark.parametrize(
    "example",
    [
        "{text: 党支部3个, value: 3}",
        "{text: '党支部3个,另有党支部5个', values: [3, 5]}",
        "{text: 党支部约3个, value: 3, qualifier: approx, status: actual, time: stock}",
        "{text: 市、镇党支部3个和5个, values: [3, 5]}",
        "{text: 党支部预计3个, value: 3}",
    ],
)
def test_an_example_that_holds_is_no_fault(example: str) -> None:
    assert check(example.replace("党支部预计3个", "预计党支部3个")) == []


@pytest.mark.parametrize(
    ("example", "said"),
    [
        ("{text: 党支部3个, value: 4}", "gives 3, not 4; numbers read: 3 个"),
        ("{text: '党支部3个,另有党支部5个', value: 3}", "gives 3, 5, not 3; numbers read: 3 个, 5 个"),
        ("{text: 党支部三个, value: 3}", "gives 0 ×, not 3; numbers read: 0 ×"),
        ("{text: 书记和党支部3个, value: 3}", "gives 0 ×, not 3; branches#1 matches and 'unless' refuses it"),
        ("{text: 党支部3个, value: 3, qualifier: approx}", "reads qualifier 'exact', not 'approx'"),
        ("{text: 党支部3个, value: 3, status: planned}", "reads status 'actual', not 'planned'"),
        ("{text: 党支部3个, value: 3, part: 市}", "reads part '', not '市'"),
    ],
)
def test_an_example_that_fails_says_why(example: str, said: str) -> None:
    (fault,) = check(example)
    assert str(fault) == f"config.yaml:12:9: example of 'branches' {said}"
    assert fault.zh.startswith("“branches”的例句")


def test_an_example_runs_under_all_rules() -> None:
    thief = (
        "  offices: {name: 办公室, kind: ratio, unit: 个, priority: 1, patterns: ['支部{value}'],"
        " examples: [{text: 支部3个, value: 3}], rejects: [房3个]}\n"
    )
    (fault,) = check(more=thief)
    assert "'offices' took it: raise a priority or narrow a pattern" in str(fault)


@pytest.mark.parametrize(
    ("reject", "said"),
    [
        ("党小组3人", "config.yaml:14:9: reject of 'branches' could not fail: no quantity in 个; units read: 人"),
        (
            "党支部3个",
            "config.yaml:14:9: reject of 'branches' is captured: 3 by branches#1; "
            "narrow the pattern or add to 'unless'",
        ),
    ],
)
def test_a_reject_that_fails_says_why(reject: str, said: str) -> None:
    assert [str(fault) for fault in check(reject=reject)] == [said]


def test_what_an_indicator_must_have() -> None:
    text = """\
indicators:
  income: {name: 收入, kind: amount, unit: 元, patterns: ['收入{value}']}
  income_growth: {name: 增幅, kind: change, unit: '%', patterns: ['收入增长{value}']}
  yearly: {name: 增幅, kind: change, of: income, unit: '%', patterns: ['收入(?P<basis>同比)增长{value}']}
  share: {name: 占比, kind: ratio, unit: '%', patterns: ['占{value}']}
"""
    faults = run_examples(load_rules_text(text), read)
    missing = [(fault.location.line, str(fault).split("has no '")[1].split("'")[0]) for fault in faults]
    assert missing == [
        (2, "examples"), (2, "rejects"), (2, "counts"), (2, "not_counts"), (2, "time"),
        (3, "examples"), (3, "rejects"), (3, "of"), (3, "basis"),
        (4, "examples"), (4, "rejects"),
        (5, "examples"), (5, "rejects"),
    ]  # fmt: skip


def test_a_rule_that_times_out_fails_its_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "TIME_LIMIT", 0.02)
    text = INDICATOR.replace("(?P<part>市、镇)?党支部{value}", "(?:[一-龥]|村)+(?:甲|[^甲]){value}(?!)")
    text = text.replace("EXAMPLE", "{text: " + "村" * 50 + "党支部3个, value: 3}").replace("REJECT", "村" * 50 + "3个")
    faults = [str(fault) for fault in run_examples(load_rules_text(text), read)]
    said = [fault for fault in faults if "rule branches#1 failed: took longer than 0.02 s" in fault]
    assert len(said) == 1  # not run again on the reject


LINT = """\
macros:
  used: 支部
  unused: 小组
indicators:
  aa:
    name: {zh: 甲, 乙}
    kind: ratio
    unit: 个
    patterns:
      - '{used}.*{value}'
      - '[.*]支部{value}'
      - '\\.*支部{value}'
      - '.{value}'
      - '支部.{2,}{value}'
    unless: ['.*支部.*']
"""


def test_lint_warns_of_what_is_allowed_and_suspicious() -> None:
    assert [str(warning) for warning in lint(load_rules_text(LINT))] == [
        "config.yaml:3:3: macro 'unused' is used nowhere; remove it or use it",
        "config.yaml:6:19: '乙' is read as part of the text before it; quote the text: it holds a comma",
        "config.yaml:10:9: an unbounded '.*' runs past other numbers; write {gap} or {gap:20}",
        "config.yaml:13:9: no word that every match must hold: the pattern runs on every sentence and is slow; "
        "name a word beside {value}",
        "config.yaml:14:9: an unbounded '.*' runs past other numbers; write {gap} or {gap:20}",
    ]
    assert {warning.severity for warning in lint(load_rules_text(LINT))} == {"warning"}


PLAIN = {
    "成立{gap}党支部{value}": "全县共成立村民小组党支部约1185个,覆盖",
    "受理{value}": "分别受理4万件、16万件和19万件。",
    "{value}村(?:民)?小组": "在32个村民小组",
    "由{past}提高到{value}": "由300元提高到500元",
    "{period}.{place}党支部{value}": "(2015年底)平山街道党支部三十多个",
    "补贴{value}": "补贴300至500元",
    "统一{value}": "统一3个标准",
}


@pytest.mark.parametrize(("pattern", "text"), PLAIN.items(), ids=list(PLAIN))
def test_plain_patterns_find_what_rules_find(pattern: str, text: str) -> None:
    rules = load_rules_text("indicators: {a: {name: x, kind: ratio, unit: 个, patterns: ['" + pattern + "']}}")
    (plain,) = expanded_patterns(rules)
    hit = regex.search(plain, text)
    assert hit is not None and any(character in hit["value"] for character in "0123456789三十")


def test_plain_patterns_cover_every_match() -> None:
    text = "成立党支部3个,又成立2015年的小组5个;成立党支部4个、9个。\n由3个提高到5个"
    patterns = ["成立{gap}{value}", "(?:由{past})?提高到{value}", "{value}[、,]"]
    lines = [
        f"  a{i}: {{name: x, also: true, kind: ratio, unit: 个, patterns: ['{p}']}}" for i, p in enumerate(patterns)
    ]
    rules = load_rules_text("indicators:\n" + "\n".join(lines))
    plain = dict(zip([rule.id for rule in rules.rules], expanded_patterns(rules), strict=True))
    found = match(read(text), rules)
    assert len(found) >= 6
    for capture in found:
        assert regex.search(plain[capture.rule], text[: capture.end]), capture


def test_plain_patterns_read_hostile_runs_in_linear_time() -> None:
    rules = load_rules_text("indicators: {a: {name: x, kind: ratio, unit: 个, patterns: ['{value}村民']}}")
    pattern = regex.compile(expanded_patterns(rules)[0])
    for run in ("3万", "一和", "1,", "一", "3元至"):
        assert pattern.search(run * 2000 + "。村民", timeout=5) is None
