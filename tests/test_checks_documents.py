"""Checks between documents: conflicts, lost multipliers, near-copies."""

from __future__ import annotations

from typing import Any

import pytest
from table_rows import claims, documents

from indicators.checks.conflicts import conflict_findings
from indicators.checks.copies import copy_findings, likeness, near_copies, sketch
from indicators.checks.implausible import lost_multiplier_findings
from indicators.engines.local import extract
from indicators.model import Document
from indicators.rules.ruleset import RuleSet
from indicators.table.observations import observations

A = {"document": "a.txt", "value": 245.0, "text": "245个", "claim_id": "a"}
B = {"document": "b.txt", "value": 240.0, "text": "240个", "claim_id": "b", "published": "2016-02-01"}


def test_two_texts_that_disagree() -> None:
    findings = conflict_findings(claims(A, B))
    assert [(finding.check, finding.document, set(finding.claims)) for finding in findings] == [
        ("conflict", "b.txt", {"a", "b"})
    ]
    assert "a.txt“245个”；b.txt“240个”" in findings[0].message["zh"]


@pytest.mark.parametrize(
    "other",
    [
        {"value": 245.0, "text": "245个"},
        {"document": "a.txt"},
        {"period_start": "2015-11-30", "period_end": "2015-11-30"},
        {"period_start": "", "period_end": ""},
        {"status": "planned"},
        {"county": "惠东县"},
        {"value_low": 200.0, "value_high": None, "text": "200多个", "value": 200.0},
        {"review": "rejected"},
    ],
)
def test_no_conflict(other: dict[str, Any]) -> None:
    assert conflict_findings(claims(A, {**B, **other})) == []


def test_near_copies_do_not_contradict_and_are_one_source() -> None:
    assert conflict_findings(claims(A, B), copies={"b.txt": "a.txt"}) == []
    for copies, sources in (({}, 2), ({"b.txt": "a.txt"}, 1)):
        row = observations(claims(A, B), copies=copies).iloc[0]
        assert (row["sources"], row["conflict"]) == (sources, sources == 2)
    facts = documents({"document": "a.txt", "content_hash": "h"}, {"document": "b.txt", "content_hash": "i"})
    assert observations(claims(A, B), facts, copies={"b.txt": "a.txt"}).iloc[0]["sources"] == 1


MONEY = {"indicator": "investment", "unit": "元", "kind": "amount", "value": 32510000.0, "text": "3251万元"}


def test_lost_multiplier_between_sources_or_years() -> None:
    for other in (
        {"document": "b.txt", "value": 3251.0, "text": "3251元"},
        {"period_start": "2014-01-01", "period_end": "2014-12-31", "value": 2900.0, "text": "2900元"},
    ):
        findings = lost_multiplier_findings(claims({**MONEY, "claim_id": "x"}, {**MONEY, "claim_id": "y", **other}))
        assert [(finding.check, finding.claims) for finding in findings] == [("lost_multiplier", ("y", "x"))]


@pytest.mark.parametrize(
    "other",
    [
        {"document": "b.txt", "value": 32510.0},  # a factor of 1,000
        {"value": 3251.0},  # same document and period
        {"document": "b.txt", "value": 3251.0, "town": "台城街道", "level": "town"},
        {"document": "b.txt", "value": 3251.0, "part": "镇"},
        {"document": "b.txt", "value": 3251.0, "status": "planned"},
    ],
)
def test_no_lost_multiplier(other: dict[str, Any]) -> None:
    assert lost_multiplier_findings(claims(MONEY, {**MONEY, **other})) == []


TEXT = "".join(
    f"{name}村去年修好水渠{300 + 7 * i}米，{name}村的老人每月都去活动室，村里新添了图书和棋桌。\n"
    for i, name in enumerate("东西南北上下前后高低长河")
)
OTHER = "".join(
    f"第{i}组的果园挂满了果子，合作社请来技术员，为大家讲解怎样修枝和施肥，{i}天里来了不少人。\n" for i in range(12)
)


def named(*texts: str) -> list[Document]:
    return [Document(f"{number}.txt", text) for number, text in enumerate(texts)]


def test_near_copies_are_found_in_both_orders_and_others_are_not() -> None:
    edited = "来源：某网\n" + TEXT.replace("307米", "370米").replace("棋桌", "棋盘", 1)
    assert near_copies(named(TEXT, OTHER, edited)) == {"2.txt": "0.txt"}
    assert near_copies(named(edited, OTHER, TEXT)) == {"2.txt": "0.txt"}
    assert near_copies(named("", "", "短文。", "短文。")) == {}


def test_likeness_is_that_of_the_texts() -> None:
    assert likeness(sketch(TEXT), sketch(TEXT)) == 1
    assert likeness(sketch(TEXT), sketch(OTHER)) < 0.05
    half = TEXT + OTHER
    assert 0.3 < likeness(sketch(half), sketch(TEXT)) < 0.75


def test_near_copies_that_differ_in_one_number() -> None:
    texts = named(TEXT, TEXT.replace("307米", "370米"))
    tables = extract(texts, RuleSet())
    findings = copy_findings(texts, tables.quantities, tables.claims, near_copies(texts))
    assert [(finding.check, finding.document) for finding in findings] == [("copy_differs", "1.txt")]
    assert texts[1].text[findings[0].start : findings[0].end] == "370米"
    assert "此处“370米”，彼处“307米”" in findings[0].message["zh"]


def test_a_form_filled_in_twice_is_no_slip() -> None:
    changed = TEXT
    for i in range(12):
        changed = changed.replace(f"{300 + 7 * i}米", f"{500 + 11 * i}米")
    texts = named(TEXT, changed)
    tables = extract(texts, RuleSet())
    assert copy_findings(texts, tables.quantities, tables.claims, {"1.txt": "0.txt"}) == []
