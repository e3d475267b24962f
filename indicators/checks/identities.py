"""Identities that config.yaml declares under `checks`: a claim equals an expression over indicators."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from itertools import islice, product

import pandas as pd

from indicators.checks.expressions import evaluate
from indicators.checks.intervals import Interval, allowed
from indicators.model import Finding
from indicators.rules.references import expression_names
from indicators.rules.ruleset import RuleSet
from indicators.rules.schema import CheckEntry
from indicators.table.cells import number_text
from indicators.table.columns import PLACE

Row = Mapping[Hashable, object]
_CHOICES = 64  # combinations of claims tried for one identity


def identity_findings(claims: pd.DataFrame, rules: RuleSet) -> list[Finding]:
    """One finding for each claim that a declared identity speaks of and whose other indicators are found.

    Scope sentence takes the others from the claim's sentence; document from its document, of the same place and period;
    place from any document, of the same place and year. All are of one status. Where several claims of an indicator
    are in reach, one combination that holds is enough; where none holds, only an unambiguous one is a fault.
    """
    rows = claims[(claims["review"] != "rejected") & (claims["repeats"] == "")]
    found: list[Finding] = []
    for id_, check in rules.checks.items():
        names = sorted(expression_names(check.equals) or ())
        if not names:
            continue
        others = {name: rows[rows["indicator"] == name].to_dict("records") for name in names}
        for claim in rows[rows["indicator"] == check.claim].to_dict("records"):
            reach = [[row for row in others[name] if _in_reach(claim, row, check.scope)] for name in names]
            if all(reach):
                finding = _finding(id_, check, claim, names, reach)
                found += [finding] if finding else []
    return found


def _in_reach(claim: Row, row: Row, scope: str) -> bool:
    if row["status"] != claim["status"] or row["claim_id"] == claim["claim_id"]:
        return False
    if scope == "sentence":
        near = abs(int(str(row["start"])) - int(str(claim["start"]))) < len(str(claim["sentence"]))
        return near and row["document"] == claim["document"] and row["sentence"] == claim["sentence"]
    if any(row[name] != claim[name] for name in (*PLACE, "zone")):
        return False
    if scope == "document":
        return row["document"] == claim["document"] and _year(row) == _year(claim)
    return bool(claim["level"]) and _year(row) == _year(claim) != ("", "")


def _year(row: Row) -> tuple[str, str]:
    return str(row["period_start"])[:4], str(row["period_end"])[:4]


def _finding(
    id_: str, check: CheckEntry, claim: Row, names: Sequence[str], reach: Sequence[Sequence[Row]]
) -> Finding | None:
    spaces = {str(row["claim_id"]): _allowed(row) for row in (claim, *(row for rows in reach for row in rows))}
    wanted = spaces[str(claim["claim_id"])].widened(check.tolerance)
    single = all(len({number(row) for row in rows}) == 1 for rows in reach)
    for chosen in islice(product(*reach), _CHOICES):
        result = evaluate(check.equals, {n: spaces[str(row["claim_id"])] for n, row in zip(names, chosen, strict=True)})
        if result is None:
            continue
        holds = result.meets(wanted)
        if holds or single:
            exact = {n: Interval(v, v) for n, v in zip(names, map(number, chosen), strict=True)}
            middle = evaluate(check.equals, exact)
            return _say(id_, check, claim, chosen, middle.low if middle else math.nan, holds=holds)
    return None


def number(row: Row) -> float:
    """The value of a claim."""
    return float(str(row["value"]))


def _allowed(row: Row) -> Interval:
    low, high = float(str(row["value_low"])), float(str(row["value_high"]))
    return allowed(str(row["text"]), number(row), low, high, str(row["unit"]))


def _say(id_: str, check: CheckEntry, claim: Row, chosen: Sequence[Row], value: float, *, holds: bool) -> Finding:
    here = [row for row in chosen if row["document"] == claim["document"]]
    spans = [(int(str(row["start"])), int(str(row["end"]))) for row in (claim, *here)]
    parts = [f"{row['indicator_name']} {row['text']}" for row in chosen]
    result, unit = number_text(float(f"{value:.4g}")) if abs(value) < 1000 else number_text(value), claim["unit"]
    zh_name, en_name = (check.name.zh, check.name.en or id_) if check.name else (id_, id_)
    words = {
        "zh": f"{zh_name}：由{'、'.join(parts)}算得{result}{unit}，与“{claim['text']}”{'相符' if holds else '不符'}",
        "en": f"{en_name}: {check.equals} = {result} {unit}, "
        f"{'agrees' if holds else 'does not agree'} with “{claim['text']}”",
    }
    return Finding(
        "adds_up" if holds else "does_not_add_up",
        "info" if holds else "warning",
        str(claim["document"]),
        min(start for start, _ in spans),
        max(end for _, end in spans),
        tuple(str(row["claim_id"]) for row in (claim, *chosen)),
        words,
    )
