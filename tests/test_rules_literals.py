"""The words that a pattern needs: never more than it does need, so that the prefilter drops no match."""

from __future__ import annotations

from dataclasses import replace

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_reading import read

from indicators.rules.literals import MOST_UNROLLED, shape
from indicators.rules.loading import load_rules_text
from indicators.rules.matching import match
from indicators.rules.prefilter import Prefilter
from indicators.rules.reach import ANYWHERE, Anchor, Reach


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("成立党支部", {"成立党支部"}),
        ("党(?:支部|组织)成立", {"党支部成立", "党组织成立"}),
        ("村(?:民)?小组", {"村小组", "村民小组"}),
        ("甲.{0,5}党支部", {"党支部"}),
        ("党支部+", {"党支"}),
        ("(?:党支部)*成立", {"成立"}),
        ("(?:党支部){2,3}成立", {"党支部"}),
        ("甲(?!乙)丙", {"甲丙"}),
        ("(?P<part>市|镇)受理", {"市受理", "镇受理"}),
        ("甲|", None),
        (".*", None),
        ("[党团]", None),
        ("(?i)abc", None),
        ("(?(x)a|b)abc", None),
        (r"\d+个", {"个"}),
        (r"村\(社区\)", {"村(社区)"}),
    ],
)
def test_required_words(pattern: str, words: set[str] | None) -> None:
    assert shape(pattern).required == (None if words is None else frozenset(words))


@pytest.mark.parametrize(
    "pattern", ["(?:(?:x{1000}){1000}){1000}", "(?i)(?:x{999}){999}", "(?(a)b)(?:x{999}){999}", "(" * 90 + ")" * 90]
)
def test_patterns_that_unroll_without_end_are_seen(pattern: str) -> None:
    assert shape(pattern).size > MOST_UNROLLED


ATOMS = st.sampled_from(
    ["甲", "乙", "甲乙", ".", "[甲乙]", "[^甲]", r"\d", r"\b", "^", "(?!甲)", "(?=乙)", "(?<=甲)", r"\(", "1"]
)
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,}", "??", "*+", "+?"])).map(
            lambda p: f"(?:{p[0]}){p[1]}"
        ),
        inner.map(lambda part: f"(?P<a>{part})"),
        inner.map(lambda part: f"(?>{part})"),
    ),
    max_leaves=8,
)


@settings(max_examples=600, deadline=None)
@given(PATTERNS, st.text(alphabet="甲乙丙1(", max_size=8))
def test_every_match_holds_a_required_word(pattern: str, text: str) -> None:
    hit = regex.search(pattern, text)
    known = shape(pattern)
    if hit and known.required is not None:
        assert any(word in text for word in known.required)
    if hit and known.exact is not None:
        assert hit.group() in known.exact


@settings(max_examples=200, deadline=None)
@given(
    PATTERNS,
    st.lists(st.sampled_from(["甲", "乙", "3个", "甲乙5个", "1", "(", ",", "。", "9件"]), max_size=10).map("".join),
)
def test_matches_are_the_same_without_the_prefilter(pattern: str, text: str) -> None:
    shapes = [f"{pattern}{{value}}", f"{{value}}{pattern}", f"(?:{pattern}{{value}}|{{value}}{pattern})(?:{pattern})?"]
    shapes += [f"(?:{pattern}{{value}}?){{1,2}}乙", f"{pattern}{{gap:2}}{{value}}", f"{{past}}{pattern}{{value}}"]
    first, second = (", ".join(f"'{entry}'" for entry in half) for half in (shapes[:3], shapes[3:]))
    lines = [f"indicators: {{a: {{name: x, kind: count, unit: 个, patterns: [{first}]}},"]
    lines.append(f"  b: {{name: y, kind: count, unit: 个, also: true, patterns: [{second}]}}}}")
    rules = load_rules_text("\n".join(lines))
    everywhere = replace(rules, rules=tuple(replace(rule, literals=None, reach=ANYWHERE) for rule in rules.rules))
    found, due = match(read(text), rules), match(read(text), everywhere)
    assert [(m.quantity, m.rule, m.start, m.end) for m in found] == [(m.quantity, m.rule, m.start, m.end) for m in due]


def test_words_of_one_sentence_say_nothing_of_another() -> None:
    reaches = [Reach(Anchor(frozenset(words), 9, 9)) for words in ({"党支部"}, {"支部", "小组"})]
    prefilter = Prefilter([*reaches, ANYWHERE])
    hits = prefilter.find("甲党支部乙小组")
    assert prefilter.possible(hits, 0, 4) == {0, 1, 2}
    assert prefilter.possible(hits, 4, 7) == {1, 2}
    assert prefilter.possible(hits, 0, 3) == {2}
