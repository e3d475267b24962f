"""Arithmetic that texts offer themselves: what must be found, and what must not be called wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import load_project
from indicators.checks.arithmetic import arithmetic_findings
from indicators.checks.expressions import evaluate
from indicators.checks.intervals import Interval, allowed
from indicators.engines.local import extract
from indicators.model import Document, Finding
from indicators.rules.ruleset import RuleSet

ROOT = Path(__file__).parent.parent


def found(text: str) -> list[Finding]:
    extraction = extract([Document("a.txt", text)], RuleSet())
    return arithmetic_findings(extraction.documents, extraction.quantities, extraction.claims)


HOLDS = [
    # text, words of the finding
    ("全县共有党员2312名,其中农村党员1500名,社区党员812名。", "1500名 + 812名 = 2312人"),
    ("全镇共有党组织46个。其中,党委5个、党总支11个、党支部30个。", "5个 + 11个 + 30个 = 46个"),
    ("慰问老党员20人、困难户30人,共计50人。", "20人 + 30人 = 50人"),
    ("乡里有综合站14个,分别为甲村站、乙村站、12个自然村的流动站。", "1 + 1 + 12 = 14个"),
    ("16个村的卫生室有3个改建成中心、13个改建成站点。", "3个 + 13个 = 16个"),
    ("全县水稻5.3万亩,其中早稻2.4万亩,晚稻2.8万亩。", "与“5.3万亩”相符"),  # 5.2 by rounding
    ("全村有党员56名,其中女党员12名,占比21.4%。", "12名 / 56名 = 21.4%"),
    ("420个小区建立党组织231个,覆盖率约55%。", "231个 / 420个 = 55%"),
    ("全县总人口40万人,农村人口30万人,占总人口的75%。", "30万人 / 40万人 = 75%"),
    ("每名组长的补贴由200元增加150元,提高到350元。", "200元 + 150元 = 350元"),
    ("报表从80张减少20张,压减到60张。", "80张 - 20张 = 60张"),
    ("全村党员人数由120人增加到150人,增长25%。", "120人 × (1 + 25%) = 150人"),
    ("地区生产总值达到120亿元,比上年增加20亿元,增长20%。", "= 20%"),
    ("产值从2016年的12.3亿元增长到2020年的18.5亿元,增长50.4%。", "12.3亿元 × (1 + 50.4%)"),
    ("设立县级网格1个、镇级网格12个、村级网格156个,共169个网格。", "= 169个"),
    ("发放贷款120户600万元,户均5万元。", "120户 × 5万元 = 600万元"),
    ("发放补助50万元,惠及群众100人,人均5000元。", "100人 × 5000元 = 500000元"),
]
FAILS = [
    ("慰问老党员20人、困难户30人,共计60人。", "20人 + 30人 = 50人，与“60人”不符"),
    ("全镇有站点40个,分别为东片12个、西片15个。", "12个 + 15个 = 27个，与“40个”不符"),
    ("全村有党员56名,其中女党员12名,占比31%。", "12名 / 56名 = 21.4%，与“31%”不符"),
    ("全县党员5000名,女党员1200名,占党员总数的34%。", "1200名 / 5000名 = 24%，与“34%”不符"),
    ("村级经费由原来的5万元增加3万元,提高到9万元。", "5万元 + 3万元 = 80000元，与“9万元”不符"),
    ("全村党员人数由120人增加到150人,增长35%。", "120人 × (1 + 35%) = 162人，与“150人”不符"),
    ("合作社累计收益近20万元,带动90名社员人均增收约4000元。", "90名 × 约4000元 = 360000元，超过“近20万元”"),
    ("合作社有社员86户,去年分红23万元,户均分红5000元。", "86户 × 5000元 = 430000元，超过“23万元”"),
    ("全县共有农村党员8200名,其中60岁以上的党员3100名,占比40%。", "3100名 / 8200名 = 37.8%，与“40%”不符"),
    ("种植小麦22000亩,亩产700公斤,总产量2200万公斤。", "22000亩 × 700公斤 = 1540万公斤"),
]
SILENT = [
    "全县188个行政村的党支部有7个升格为党委、95个升格为党总支。",  # the others stayed as they were
    "全乡8个村共有自然村63个,其中整治示范村10个、一般村20个。",
    "建成活动室8个,书屋5个、广场3个。",  # 8 = 5 + 3 by chance
    "建成活动室6个,书屋1个、广场2个、超市3个。",
    "建成活动室60个、书屋10个、广场20个、超市30个。",  # a list of equals
    "村里有社员86户,去年果园收入8万元,鱼塘收入9万元,户均收入5000元。",  # two totals
    "三个村分别建成5个、6个、7个活动室。",
    "走访5个村、10个社区等,共计20个点位。",
    "68个小组单独或联合成立党支部47个。",
    "共排查问题120个,整改110个,整改率83.3%。",  # of which whole, the text does not say
    "全县发展党员300名,女党员120名,占党员总数的5%。",
    "全村党员人数由120人增加到150人,年均增长4%。",
    "投资500万元,带动300户户均增收3万元。",
    "合作社有社员86户,去年分红43万元以上,户均分红4000元。",
    "合作社带动农户56户,户均增收1.2万元,分红20万元。",
    "设立县级网格1个、镇级网格12个、村级网格156个,共170个网格。",
    "村集体收入由2015年的3万元增加到2020年的15万元,年均增加2.4万元。",
    "贫困发生率由2014年的12.5%下降到0.8%。",
    "加上级补助3亿元、上年结余2亿元,收入总计18亿元。",
]


@pytest.mark.parametrize(("text", "words"), HOLDS)
def test_what_holds_is_information(text: str, words: str) -> None:
    findings = found(text)
    assert [(finding.check, finding.severity) for finding in findings] == [("adds_up", "info")]
    assert words in findings[0].message["zh"]
    assert findings[0].message["en"]


@pytest.mark.parametrize(("text", "words"), FAILS)
def test_what_does_not_hold_is_a_warning(text: str, words: str) -> None:
    findings = found(text)
    assert [(finding.check, finding.severity) for finding in findings] == [("does_not_add_up", "warning")]
    assert words in findings[0].message["zh"]


@pytest.mark.parametrize("text", SILENT)
def test_no_false_alarm(text: str) -> None:
    assert found(text) == []


def test_a_whole_in_another_sentence_needs_the_same_noun() -> None:
    text = "全镇建成站点的有12个村,占比40%。{}"
    assert "12个 / 30个 = 40%" in found(text.format("会上表扬了30个村。"))[0].message["zh"]
    assert found(text.format("会上表扬了30个企业。")) == []


def test_findings_span_their_numbers() -> None:
    text = "全县 共有党员 2312 名，其中农村党员 1500 名，社区党员 812 名。"
    finding = found(text)[0]
    assert text[finding.start : finding.end] == "2312 名，其中农村党员 1500 名，社区党员 812 名"


@settings(max_examples=30, deadline=None)
@given(st.integers(11, 90000), st.integers(11, 90000), st.integers(-5, 5))
def test_a_total_adds_up_exactly_when_it_is_the_sum(a: int, b: int, off: int) -> None:
    text = f"慰问老党员{a}人、困难户{b}人,共计{a + b + off}人。"
    assert [finding.check for finding in found(text)] == ["does_not_add_up" if off else "adds_up"]


@given(
    st.floats(0.1, 1e6),
    st.floats(0.1, 1e6),
    st.floats(0.01, 10),
    st.floats(0.01, 10),
    st.sampled_from(["+", "-", "*", "/"]),
)
def test_intervals_hold_every_value_of_their_operands(a: float, b: float, da: float, db: float, way: str) -> None:
    space = evaluate(f"a {way} b", {"a": Interval(a, a + da), "b": Interval(b, b + db)})
    assert space is not None
    for x in (a, a + da):
        for y in (b, b + db):
            value = {"+": x + y, "-": x - y, "*": x * y, "/": x / y}[way]
            assert space.widened(1e-6 * abs(value)).meets(Interval(value, value))


def test_division_by_what_may_be_nothing_gives_nothing() -> None:
    assert evaluate("1 / a", {"a": Interval(-1, 1)}) is None


@pytest.mark.parametrize(
    "expression", ["a ** 2", "f(a)", "a if a else a", "a.real", "'a'", "(", "True", "a" + "+a" * 5000]
)
def test_only_arithmetic_is_evaluated(expression: str) -> None:
    with pytest.raises(ValueError):
        evaluate(expression, {"a": Interval(1, 1)})


def test_rounding_widens_shares_and_amounts_but_no_plain_counts() -> None:
    assert allowed("34%", 34, 34, 34, "%") == Interval(33.5, 34.5)
    assert allowed("126人", 126, 126, 126, "人") == Interval(126, 126)
    assert allowed("2000多人", 2000, 2000, None, "人").high == float("inf")


SEEDS = [
    ("001", "adds_up", "11个 / 32个 = 34.4%"),
    ("001", "adds_up", "1 + 1 + 1 + 1 + 32 = 36个"),
    ("001", "adds_up", "8人"),
    ("001", "share_above_100", "超345%"),
    ("002", "does_not_add_up", "146名 × 约3000元 = 438000元"),
    ("003", "adds_up", "10亩 + 5亩 + 5亩 = 20亩"),
    ("004", "adds_up", "1个 + 10个 = 11个"),
    ("004", "adds_up", "300元 + 200元 = 500元"),
    ("004", "adds_up", "52.93%"),
]


def test_findings_on_the_seeds_are_these_and_no_more() -> None:
    findings = load_project(ROOT / "config.yaml").findings()
    findings = findings[findings["check"] != "repost"]
    rows = list(zip(findings["document"].str[:3], findings["check"], findings["zh"], strict=True))
    assert sorted(row[:2] for row in rows) == sorted(seed[:2] for seed in SEEDS)
    for document, check, words in SEEDS:
        assert any(row[:2] == (document, check) and words in row[2] for row in rows)
    assert (findings["claims"] != "").all()
