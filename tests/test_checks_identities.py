"""Identities that config.yaml declares: scope, tolerance, qualifiers, ambiguity."""

from __future__ import annotations

from typing import Any

import pytest
from table_rows import claims

from indicators.checks.identities import identity_findings
from indicators.model import Finding
from indicators.rules.ruleset import RuleSet
from indicators.rules.schema import CheckEntry


def run(equals: str, *rows: dict[str, Any], **options: Any) -> list[Finding]:
    check = CheckEntry.model_validate({"claim": "share", "equals": equals, "scope": "sentence", **options})
    return identity_findings(claims(*rows), RuleSet(checks={"c": check}))


def row(indicator: str, value: float, **others: Any) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "indicator_name": indicator,
        "value": value,
        "text": f"{value:g}{others.get('unit', '个')}",
        "claim_id": f"{indicator}{value:g}{others.get('document', '')}",
        "sentence": "一个句子",
        **others,
    }


SHARE = {"unit": "%", "kind": "ratio"}
COUNTS = (row("part", 30.0), row("whole", 60.0))
FORMULA = "100 * part / (whole + 0)"


@pytest.mark.parametrize(
    ("value", "low", "high", "tolerance", "check"),
    [
        (50.0, 50.0, 50.0, 0, "adds_up"),
        (51.0, 51.0, 51.0, 0, "does_not_add_up"),
        (51.0, 51.0, 51.0, 1, "adds_up"),
        (52.0, 49.4, 54.6, 0, "adds_up"),  # 约52%
        (40.0, 40.0, None, 0, "adds_up"),  # 40%以上
        (55.0, 55.0, None, 0, "does_not_add_up"),
    ],
)
def test_qualifier_and_tolerance(value: float, low: float, high: float | None, tolerance: float, check: str) -> None:
    share = row("share", value, value_low=low, value_high=high, **SHARE)
    findings = run(FORMULA, share, *COUNTS, tolerance=tolerance)
    assert [finding.check for finding in findings] == [check]
    assert set(findings[0].claims) == {f"share{value:g}", "part30", "whole60"}


def test_words_say_both_numbers_in_both_languages() -> None:
    finding = run(FORMULA, row("share", 51.0, **SHARE), *COUNTS, name={"zh": "占比", "en": "Share"})[0]
    assert finding.message["zh"] == "占比：由part 30个、whole 60个算得50%，与“51%”不符"
    assert finding.message["en"] == f"Share: {FORMULA} = 50 %, does not agree with “51%”"


@pytest.mark.parametrize(
    ("scope", "other", "found"),
    [
        ("sentence", {}, True),
        ("sentence", {"sentence": "另一句"}, False),
        ("sentence", {"document": "b.txt"}, False),
        ("sentence", {"status": "planned"}, False),
        ("document", {"sentence": "另一句"}, True),
        ("document", {"document": "b.txt"}, False),
        ("document", {"sentence": "另一句", "county": "惠东县"}, False),
        ("document", {"period_start": "2014-01-01", "period_end": "2014-12-31"}, False),
        ("place", {"document": "b.txt"}, True),
        ("place", {"document": "b.txt", "town": "台城街道", "level": "town"}, False),
        ("place", {"document": "b.txt", "period_start": "2014-01-01", "period_end": "2014-12-31"}, False),
    ],
)
def test_scope(scope: str, other: dict[str, Any], found: bool) -> None:
    rows = (row("share", 50.0, **SHARE), row("part", 30.0), row("whole", 60.0, **other))
    assert bool(run(FORMULA, *rows, scope=scope)) == found


def test_ambiguous_claims_are_never_a_fault() -> None:
    share = row("share", 50.0, **SHARE)
    assert run(FORMULA, share, *COUNTS, row("whole", 90.0))[0].check == "adds_up"
    assert run(FORMULA, row("share", 70.0, **SHARE), *COUNTS, row("whole", 90.0)) == []


def test_headline_repeats_and_rejected_claims_are_left_out() -> None:
    share = row("share", 50.0, **SHARE)
    assert run(FORMULA, share, row("part", 30.0), row("whole", 60.0, review="rejected")) == []
    assert run(FORMULA, {**share, "repeats": "x"}, *COUNTS) == []
