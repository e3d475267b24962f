"""Matching: which quantity a rule captures, which indicator owns it, and what the capture carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_reading import read

from indicators.rules import attempts, matching
from indicators.rules.loading import load_rules_text
from indicators.rules.matches import Match, MatchResult
from indicators.rules.ruleset import RuleSet
from indicators.rules.windows import window


def rules(**indicators: str) -> RuleSet:
    """A rule set: each indicator given as the inside of a YAML flow mapping."""
    lines = [f"  {id_}: {{name: x, {entry}}}" for id_, entry in indicators.items()]
    return load_rules_text("indicators:\n" + "\n".join(lines))


def run(text: str, **indicators: str) -> MatchResult:
    return matching.match(read(text), rules(**indicators))


def values(result: MatchResult) -> list[tuple[str, float]]:
    return [(match.indicator.id, match.value) for match in result]


BRANCH = "kind: count, unit: 个, patterns: ['(?:党支部|总支){value}']"


def test_every_value_of_a_sentence_is_found() -> None:
    assert values(run("甲村党支部3个,乙村党支部5个,总支2个。党支部9个", a=BRANCH)) == [
        ("a", 3),
        ("a", 5),
        ("a", 2),
        ("a", 9),
    ]


def test_a_pattern_stays_inside_its_sentence() -> None:
    assert values(run("全镇党支部。3个", a=BRANCH)) == []
    assert values(run("全镇党支部\n3个", a="kind: count, unit: 个, patterns: ['党支部{gap}{value}']")) == []


def test_the_span_covers_the_whole_match_in_folded_text() -> None:
    text = "全县(２０１５年底)共有 党支部 1185 个,覆盖"
    result = run(text, a="kind: count, unit: 个, patterns: ['共有党支部{value},']")
    assert read(text).folded.text[result[0].start : result[0].end] == "共有党支部1185个,"


def test_literals_are_folded_as_texts_are() -> None:
    assert values(run("288个村(社区)", a="kind: count, unit: 个, patterns: ['{value}村（社区）']")) == [("a", 288)]
    for written in ("\\(社区\\)", "\\（社区\\）", "[（]社区[)）]"):
        entry = "kind: count, unit: 个, patterns: ['{value}村(?:" + written + ")']"
        assert values(run("288个村（社区）", a=entry)) == [("a", 288)]


def test_literal_digits_in_a_pattern_still_match() -> None:
    assert values(run("2015年党支部3个", a="kind: count, unit: 个, patterns: ['\\d{4}年党支部{value}']")) == [("a", 3)]
    assert values(run("5件事党支部3个", a="kind: count, unit: 个, patterns: ['5件事党支部{value}']")) == [("a", 3)]


# --- {gap} -----------------------------------------------------------------------------------------------------------
GAP = "kind: count, unit: 个, patterns: ['成立{gap}{value}']"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("成立党支部3个", [3]),
        ("成立了十二个字之内的各类基层支部3个", []),
        ("成立于2015年的支部3个", [3]),
        ("成立支部3个、小组5个", [3]),
        ("成立支部3户、小组5个", []),
        ("成立,又成立支部3个", [3]),
        ("成立2件事,成立3个", [3]),
    ],
)
def test_a_gap_spans_twelve_characters_and_no_other_claim(text: str, expected: list[float]) -> None:
    assert [match.value for match in run(text, a=GAP)] == expected


def test_a_gap_takes_a_length() -> None:
    assert values(run("成立了十二个字之内的各类支部3个", a=GAP.replace("{gap}", "{gap:20}"))) == [("a", 3)]
    assert values(run("成立支部3个", a=GAP.replace("{gap}", "{gap:1}"))) == []


# --- units -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "entry", "expected"),
    [
        ("面积2公顷", "kind: measure, unit: 亩, patterns: ['面积{value}']", [30]),
        ("面积2个", "kind: measure, unit: 亩, patterns: ['面积{value}']", []),
        ("队伍3支", "kind: count, unit: 个, patterns: ['队伍{value}']", []),
        ("队伍3支", "kind: count, unit: 个, same_as: [支], patterns: ['队伍{value}']", [3]),
        ("投入5万元", "kind: amount, unit: 万元, patterns: ['投入{value}']", None),
        ("投入5万元", "kind: amount, unit: 元, patterns: ['投入{value:元}']", [50000]),
        ("面积2公顷", "kind: measure, unit: 亩, patterns: ['面积{value:亩}']", []),
        ("面积2公顷", "kind: measure, unit: 亩, patterns: ['面积{value:亩|公顷}']", [30]),
        ("党员8名", "kind: count, unit: 人, patterns: ['党员{value:名}']", [8]),
        ("队伍3支,分队2人", "kind: count, unit: 个, patterns: ['队伍{value:支}|分队{value:个}']", [3]),
        ("总计1185", "kind: count, unit: 个, patterns: ['总计{value}']", []),
    ],
)
def test_units_are_converted_or_refused(text: str, entry: str, expected: list[float] | None) -> None:
    result = run(text, a=entry)
    if expected is None:  # 5万元 is read as 50000 元: an indicator in 万元 gets 5 where 万元 is a unit of the table
        assert [match.unit for match in result] in ([], ["万元"])
    else:
        assert [match.value for match in result] == expected
        assert all(match.unit == match.indicator.unit for match in result)


# --- who owns a quantity ---------------------------------------------------------------------------------------------
SHORT = "kind: count, unit: 个, patterns: ['支部{value}']"
LONG = "kind: count, unit: 个, patterns: ['村民小组党支部{value}']"


def test_the_longest_match_owns_a_quantity() -> None:
    result = run("村民小组党支部3个,机关党支部2个", a=SHORT, b=LONG)
    assert values(result) == [("b", 3), ("a", 2)]
    assert result.counts["a#1"].lost == {"b": 1}
    assert (result.counts["a#1"].matched, result.counts["a#1"].kept, result.counts["b#1"].kept) == (2, 1, 1)


def test_priority_comes_before_length_and_order_after() -> None:
    assert values(run("村民小组党支部3个", a=SHORT + ", priority: 1", b=LONG)) == [("a", 3)]
    assert values(run("支部3个", a=SHORT, b=SHORT)) == [("a", 3)]
    assert values(run("支部3个", a=SHORT, b=SHORT + ", priority: 0.5")) == [("b", 3)]


def test_an_indicator_may_share() -> None:
    assert values(run("村民小组党支部3个", a=SHORT + ", also: true", b=LONG)) == [("b", 3), ("a", 3)]
    assert values(run("支部3个", a=SHORT + ", also: true", b=LONG)) == [("a", 3)]
    assert values(run("村民小组党支部3个", a=SHORT, b=LONG + ", also: true")) == [("a", 3), ("b", 3)]  # the owner first


def test_within_an_indicator_the_first_pattern_counts() -> None:
    entry = "kind: count, unit: 个, patterns: ['支部{value}', '村民小组党支部{value}']"
    assert [match.rule for match in run("村民小组党支部3个", a=entry)] == ["a#1"]


# --- unless ----------------------------------------------------------------------------------------------------------
def test_unless_looks_at_the_clause_of_the_value() -> None:
    entry = BRANCH + ", unless: ['书记', '{value}以上']"
    result = run("书记讲话,党支部3个;书记的党支部5个;党支部7个以上", a=entry)
    assert values(result) == [("a", 3)]
    assert result.counts["a#1"].refused == 2


# --- lists, ranges, parts --------------------------------------------------------------------------------------------
LIST = "kind: count, unit: 件, patterns: ['(?P<part>市、镇和村|市、镇|各级)分别受理{value}']"


def parts(result: MatchResult) -> list[tuple[str, float]]:
    return [(match.part, match.value) for match in result]


def test_labels_pair_with_the_values_of_a_list() -> None:
    assert parts(run("市、镇和村分别受理4件、16件和19件", a=LIST)) == [("市", 4), ("镇", 16), ("村", 19)]


def test_an_uneven_list_has_no_parts_and_says_so() -> None:
    result = run("市、镇分别受理4件、16件和19件", a=LIST)
    assert parts(result) == [("", 4), ("", 16), ("", 19)]
    assert [(uneven.rule, uneven.words, uneven.values) for uneven in result.uneven] == [("a#1", "市、镇", 3)]


def test_one_label_beside_its_value_is_its_part() -> None:
    entry = "kind: count, unit: 人, patterns: ['(?P<part>男性?|女性?){value}']"
    assert parts(run("男性3人、女性5人", a=entry)) == [("男性", 3), ("女性", 5)]


def test_a_range_gives_two_rows() -> None:
    result = run("每户补贴300元至500元", a="kind: price, unit: 元, patterns: ['补贴{value}']")
    assert parts(result) == [("low", 300), ("high", 500)]
    assert [match.quantity for match in result] == [0, 1]


def test_a_list_counts_only_as_a_whole_when_a_member_alone_does_not_match() -> None:
    assert values(run("受理4件、党支部3个", a=LIST, b=BRANCH)) == [("b", 3)]


# --- {past}, change, named groups ------------------------------------------------------------------------------------
FROM_TO = "kind: price, unit: 元, patterns: ['由(?:每月)?{past}(?:增加.{1,6})?提高到{value}']"


def roles(result: MatchResult) -> list[tuple[str, float]]:
    return [(match.role, match.value) for match in result]


def test_the_past_value_is_a_row_of_its_own() -> None:
    assert roles(run("补贴由每月300元增加200元提高到500元", a=FROM_TO)) == [("past", 300), ("value", 500)]


def test_the_past_value_may_be_optional() -> None:
    entry = FROM_TO.replace("由(?:每月)?{past}(?:增加.{1,6})?", "(?:由{past})?")
    assert roles(run("由300元提高到500元,又提高到600元", a=entry)) == [("past", 300), ("value", 500), ("value", 600)]


def test_a_past_value_falls_with_its_value() -> None:
    stronger = "kind: price, unit: 元, priority: 1, patterns: ['提高到{value}']"
    assert [(m.indicator.id, m.value) for m in run("由300元提高到500元", a=FROM_TO, b=stronger)] == [("b", 500)]


def test_the_past_value_must_be_of_the_unit_too() -> None:
    assert roles(run("由300人提高到500元", a=FROM_TO)) == []


def test_a_change_downwards_is_negative_with_its_interval() -> None:
    entry = "kind: change, of: a, unit: '%', patterns: ['{gap}{value}']"
    found = run("支出下降约10%,收入增长5%", a=entry)
    assert [(m.value, m.low, m.high) for m in found] == [(-10, pytest.approx(-11), -9), (5, 5, 5)]
    ratio = entry.replace("change", "ratio")
    assert [m.value for m in run("支出下降10%", a=ratio)] == [10]


def test_named_groups_decide_time_basis_and_scope() -> None:
    entry = (
        "kind: change, of: a, basis: yoy, time: stock, unit: '%', "
        "patterns: ['(?P<scope>到期.{2,6}项目)?(?P<basis>环比|比原合同)?(?P<time>累计)?增长{value}']"
    )
    found: Match = run("到期重新发包项目比原合同累计增长5%", a=entry)[0]
    assert (found.basis, found.time, found.scope) == ("previous_contract", "cumulative", "到期重新发包项目")
    plain: Match = run("增长5%", a=entry)[0]
    assert (plain.basis, plain.time, plain.scope) == ("yoy", "stock", "")
    assert run("党支部3个", a=BRANCH)[0].basis == ""


def test_place_and_period_carry_their_words() -> None:
    found = run("(2015年底)平山街道党支部3个", a="kind: count, unit: 个, patterns: ['{period}.{place}党支部{value}']")[
        0
    ]
    assert (found.place, found.period) == ("平山街道", "2015年底")


# --- what can go wrong -----------------------------------------------------------------------------------------------
def test_a_rule_that_runs_out_of_time_is_a_failed_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "TIME_LIMIT", 0.02)
    slow = "kind: count, unit: 个, patterns: ['(?:[一-龥]|村)+(?:甲|[^甲]){value}(?!)']"
    result = run("村" * 60 + "党支部3个", a=slow, b=BRANCH)
    assert list(result.failed) == ["a#1"]
    assert "0.02 s" in result.failed["a#1"]
    assert values(result) == [("b", 3)]


def test_private_characters_of_a_text_are_no_pins() -> None:
    result = run("党支部\ue000,共党支部3个", a=BRANCH)
    assert [(match.value, match.start, match.end) for match in result] == [(3, 6, 11)]


def test_a_very_long_sentence_is_read_around_each_number() -> None:
    result = run("、".join(["甲村党支部3个"] * 800), a=BRANCH)
    assert len(result) == 800


def test_matches_come_in_order_of_the_text() -> None:
    result = run("总支2个,支部3个。党支部9个,另支部1个", z=SHORT, a=BRANCH)
    assert [match.quantity for match in result] == [0, 1, 2, 3]


@given(st.text(alphabet="党支部村3个5件,。、\n", max_size=60), st.data())
def test_pins_map_back_to_the_text(text: str, data: st.DataObject) -> None:
    spans = (
        sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4, unique=True)))
        if len(text) > 3
        else []
    )
    if not spans:
        return
    view = window(text, (0, len(text)), (spans[0], spans[1]), (spans[2], spans[3]))
    rebuilt = "".join(text[slice(*view.span(i, i + 1))] for i in range(len(view.text)))
    assert rebuilt == text


@given(
    st.lists(st.sampled_from(["党支部3个", "成立", "5件", "村民小组", ",", "。", "总支2个", "至", "、"]), max_size=14)
)
def test_no_quantity_is_captured_twice_by_one_indicator(pieces: list[str]) -> None:
    result = run("".join(pieces), a=BRANCH, b=GAP, c=LIST + ", also: true")
    seen = [(match.quantity, match.indicator.id) for match in result]
    assert len(seen) == len(set(seen))
    owners = [match.quantity for match in result if not match.indicator.also]
    assert len(owners) == len(set(owners))
