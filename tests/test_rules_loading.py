"""Loading: what a valid file amounts to, packs, and that nothing but RuleError ever comes out."""

from __future__ import annotations

import pickle
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.errors import RuleError
from indicators.rules.loading import load_rules, load_rules_text
from indicators.rules.ruleset import RuleSet
from indicators.rules.schema import json_schema

BRANCHES = """\
schema: 1
corpus: [seeds]
topics: {organisation: {zh: 组织建设, en: Organisation}}
macros:
  branch: '党(?:支部|组织)'
indicators:
  branches:   # a comment
    name: {zh: 党支部, en: Branches}
    counts: {zh: 党支部, 含联合支部}
    not_counts: 党小组
    topic: organisation
    kind: count
    time: stock
    unit: 个
    patterns: ['成立{branch}{value}', '{branch}（{value}）']
    unless: ['书记']
    per: [{indicator: branches, times: 100}]
    examples:
      - {text: 全镇成立党支部12个, value: 12}
    rejects: [全镇有12个村]
checks:
  half: {claim: branches, equals: 2 * branches / 2, tolerance: 1.5}
"""


def faults(text: str, base: Path | None = None) -> list[str]:
    with pytest.raises(RuleError) as caught:
        load_rules_text(text, base=base)
    return [str(fault) for fault in caught.value.faults]


def test_a_file_amounts_to_its_entries() -> None:
    rules = load_rules_text(BRANCHES)
    branches = rules.indicator("branches")
    assert (branches.name.zh, branches.name.en, branches.kind, branches.unit) == ("党支部", "Branches", "count", "个")
    assert str(branches.counts) == "党支部, 含联合支部"
    assert branches.not_counts is not None and branches.not_counts.zh == "党小组"
    assert branches.examples[0].expected == (12.0,)
    assert branches.per[0].times == 100
    assert rules.checks["half"].tolerance == 1.5
    assert rules.corpus == ("seeds",)
    assert [rule.id for rule in rules.rules] == ["branches#1", "branches#2"]


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "corpus: [seeds]\n", "corpus: [seeds]\npacks: []\nindicators:\n", "---\n"]
)
def test_a_file_may_be_nearly_empty(text: str) -> None:
    assert load_rules_text(text).indicators == ()


def test_scalars_are_what_the_schema_says_not_what_yaml_says() -> None:
    text = (
        "indicators: {no: {name: {zh: yes, en: 0123}, kind: ratio, unit: '%', patterns: ['on{value}'], priority: -1.5}}"
    )
    indicator = load_rules_text(text).indicator("no")
    assert (indicator.name.zh, indicator.name.en, indicator.priority) == ("yes", "0123", -1.5)


def test_version_follows_what_decides_a_table() -> None:
    version = load_rules_text(BRANCHES).rules_version
    assert len(version) == 12 and int(version, 16) >= 0
    assert load_rules_text(BRANCHES.replace("# a comment", "# another")).rules_version == version
    assert load_rules_text(BRANCHES.replace("12个, value: 12", "13个, value: 13")).rules_version == version
    assert load_rules_text(BRANCHES.replace("党(?:支部|组织)", "党支部")).rules_version != version
    assert load_rules_text(BRANCHES.replace("时书记", "书记").replace("['书记']", "['纪委']")).rules_version != version
    assert load_rules_text(BRANCHES.replace("unit: 个", "unit: 家")).rules_version != version


def test_locations_survive_loading() -> None:
    rules = load_rules_text(BRANCHES, "my.yaml")
    assert str(rules.location("indicators", "branches")) == "my.yaml:7:3"
    assert str(rules.location("indicators", "branches", "examples", 0)) == "my.yaml:19:9"
    assert str(rules.location("indicators", "branches", "examples", 7)) == "my.yaml:18:5"


def test_a_rule_set_travels_to_other_processes() -> None:
    rules = load_rules_text(BRANCHES)
    copy: RuleSet = pickle.loads(pickle.dumps(rules))  # noqa: S301 - our own bytes
    assert copy.rules_version == rules.rules_version
    assert copy.indicator("branches") == rules.indicator("branches")


def test_packs_are_read_from_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "town.yaml").write_text(
        "macros: {branch: 村委会}\ntopics: {town: {zh: 镇}}\n"
        "indicators: {towns: {name: 镇, topic: town, kind: count, unit: 个, patterns: ['{branch}{value}']}}",
        "utf-8",
    )
    config = tmp_path / "config.yaml"
    config.write_text("packs: [packs/town.yaml]\n" + BRANCHES, "utf-8-sig")
    rules = load_rules(config)
    assert [indicator.id for indicator in rules.indicators] == ["branches", "towns"]
    assert "村委会" in rules.rules[-1].expanded.pattern  # a pack's macros are its own
    assert "党(?:支部|组织)" in rules.rules[0].expanded.pattern
    assert rules.location("indicators", "towns").path == "packs/town.yaml"


def test_faults_of_packs_name_the_pack_and_ids_are_unique_over_all(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "indicators: {branches: {name: 镇, kind: count, unit: 个, patterns: ['{x}{value}']}}", "utf-8"
    )
    (tmp_path / "b.yaml").write_text("corpus: [seeds]", "utf-8")
    (tmp_path / "c.yaml").write_bytes("macros: {branch: 党支部}".encode("gb18030"))
    found = faults("packs: [a.yaml, b.yaml, c.yaml]\n" + BRANCHES, tmp_path)
    assert found == [
        "config.yaml:1:25: pack 'c.yaml': not UTF-8; check the path",
        "a.yaml:1:14: indicator 'branches' stands in config.yaml:8 too; choose another id",
        "a.yaml:1:68: a '{' that opens neither a macro nor a repetition; write \\{ for the character",
        "b.yaml:1:1: unknown key 'corpus'; known keys: schema, topics, macros, indicators, checks",
    ]


def test_a_pack_cannot_be_read_through_a_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("macros: {aa: x}", "utf-8")
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    assert "outside the folder" in faults("packs: [link.yaml]", tmp_path / "project")[0]


def test_a_missing_file_and_a_wrong_encoding_are_faults(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read: No such file"):
        load_rules(tmp_path / "none.yaml")
    (tmp_path / "gb.yaml").write_bytes("corpus: [seeds]\ntopics: {a: 组织}\n".encode("gb18030"))
    with pytest.raises(RuleError, match=r"gb\.yaml:2:1: not UTF-8; save the file as UTF-8"):
        load_rules(tmp_path / "gb.yaml")


def test_all_faults_of_a_file_come_at_once_in_order() -> None:
    broken = (
        BRANCHES.replace("topic: org", "topic: orgg")
        .replace("kind: count", "kind: cuont")
        .replace("成立{branch}", "成立{brnch}")
    )
    lines = [int(fault.split(":")[1]) for fault in faults(broken)]
    assert lines == [11, 12, 15]


def test_json_schema_accepts_what_loads_and_refuses_what_does_not() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    data = yaml.safe_load(BRANCHES.replace("党支部, 含", "党支部含"))
    assert list(validator.iter_errors(data)) == []
    data["indicators"]["branches"]["patern"] = []
    data["indicators"]["Bad Id"] = data["indicators"]["branches"]
    del data["indicators"]["branches"]["unit"]
    assert len(list(validator.iter_errors(data))) >= 3


WORDS = "indicators: macros: topics: packs: checks: a: name: {value} {gap} ' [ ] { } &a *a !!x ( ) \\ \\1 (?P<a> [^"
LINES = [
    "kind: count",
    "unit: 个",
    "- ",
    ": ",
    "\n",
    "\n  ",
    "\n    ",
    "|\n",
    ">-\n",
    "---\n",
    "claim: a",
    "equals: a+(",
]
ODD = ["{e<=1}", "{3,5}", "*", "+", "党", "~", "null", "0x1", "\t", "#", "%", '"', "\u2028", "\ue000", "\ud800", "\x00"]
PIECES = st.sampled_from([*WORDS.split(), *LINES, *ODD])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join)))
def test_any_text_loads_or_is_refused_with_faults(text: str) -> None:
    try:
        load_rules_text(text)
    except RuleError as error:
        assert error.faults


KEYS = ["name", "kind", "unit", "patterns", "zh", "per", "examples", "text", "value", "a"]
PARTS = ["indicators", "macros", "topics", "packs", "checks", "corpus", "schema"]
PLAIN = st.recursive(
    st.one_of(
        st.text(max_size=12), st.sampled_from(["{value}", "村{gap}{value}", "(", "count", "1", "true"]), st.none()
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["name", "kind", "unit", "patterns", "zh", "per", "examples", "text", "value", "a"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(PARTS), PLAIN, max_size=4), st.data())
def test_any_tree_loads_or_is_refused_with_faults(tree: dict[str, object], data: st.DataObject) -> None:
    if data.draw(st.booleans()):
        tree = {"indicators": {"a": tree}}
    try:
        load_rules_text(yaml.safe_dump(tree, allow_unicode=True))
    except RuleError as error:
        assert error.faults


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=12).map("".join))
def test_any_pattern_compiles_or_is_refused_with_faults(pattern: str) -> None:
    tree = {
        "indicators": {
            "a": {"name": "x", "kind": "ratio", "unit": "%", "patterns": [pattern or "x"], "unless": [pattern or "x"]}
        }
    }
    try:
        load_rules_text(yaml.safe_dump(tree, allow_unicode=True))
    except RuleError as error:
        assert error.faults
