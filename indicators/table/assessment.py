"""Reviews of a random sample -> precision by indicator, the corpus's precision and recall, and how reviewers agree."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from indicators.table.decisions import Verdict
from indicators.table.precision import LEAST, Precision, kappa, wilson
from indicators.table.sheets import NONE, SAMPLE

_COUNTED = ("confirmed", "rejected", "corrected")


@dataclass(frozen=True, slots=True)
class Assessment:
    """What reviews say of a corpus.

    `indicators` has columns indicator, claims, reviewed, right, precision, low, high; NaN under 20 reviewed. `total` is
    the precision weighted by how many claims each assessed indicator has, NaN without any. `agreement` is Cohen's kappa
    over `twice` claims that two reviewers saw. `missed` of `numbers` unclaimed ones belong to an indicator. `sampled`:
    only reviews of a random sample were counted; without any, all reviews are, and say nothing of the corpus.
    """

    indicators: pd.DataFrame
    total: float
    agreement: float
    twice: int
    missed: int
    numbers: int
    recall: float
    sampled: bool


def assess(claims: pd.DataFrame, unclaimed: int, verdicts: Sequence[Verdict]) -> Assessment:
    """The assessment of a claims table (before review); `unclaimed` is how many numbers no rule captured."""
    sampled = [verdict for verdict in verdicts if _is_sampled(verdict)]
    counted = sampled or list(verdicts)
    decided = [verdict for verdict in counted if verdict.indicator != NONE and verdict.decision in _COUNTED]
    right: dict[str, list[bool]] = {}
    for verdict in decided:
        right.setdefault(verdict.indicator, []).append(verdict.decision == "confirmed")
    sizes = claims["indicator"].value_counts()
    table = pd.DataFrame(
        [_row(str(name), int(sizes[name]), right.get(str(name), [])) for name in sorted(sizes.index)],
        columns=["indicator", "claims", "reviewed", "right", "precision", "low", "high"],
    )
    assessed = table[table["reviewed"] >= LEAST]
    weights = assessed["claims"].sum()
    total = float((assessed["precision"] * assessed["claims"]).sum() / weights) if weights else math.nan
    judged = [verdict for verdict in counted if verdict.indicator == NONE or verdict.decision == "added"]
    judged = [verdict for verdict in judged if verdict.decision in ("added", "rejected")]
    missed = sum(verdict.decision == "added" for verdict in judged)
    pairs = [pair for verdict in counted for pair in [_pair(verdict)] if pair]
    agreement = kappa([one for one, _ in pairs], [other for _, other in pairs])
    recall = math.nan
    if len(judged) >= LEAST and not math.isnan(total):
        found, lost = len(claims) * total, unclaimed * missed / len(judged)
        recall = found / (found + lost) if found + lost else math.nan
    return Assessment(table, total, agreement, len(pairs), missed, len(judged), recall, bool(sampled))


def report(assessment: Assessment) -> Iterator[str]:
    """The assessment in lines of words."""
    if not assessment.sampled:
        yield "no review comes from `indicators sample`: these shares are not those of the corpus"
    for row in assessment.indicators.to_dict("records"):
        checked = Precision(int(row["right"]), int(row["reviewed"]))
        if checked.reviewed:
            few = f"not assessed: fewer than {LEAST} reviewed"
            words = f"precision {checked.words()}" if checked.reviewed >= LEAST else few
            yield f"{row['indicator']:32} n {checked.reviewed:4}  {words}"
    idle = int((assessment.indicators["reviewed"] == 0).sum())
    yield f"{idle} indicators with claims were not reviewed"
    yield f"weighted precision {_number(assessment.total)} of the indicators assessed"
    yield f"Cohen's kappa {_number(assessment.agreement)} over {assessment.twice} claims reviewed by two"
    yield f"unclaimed numbers: {assessment.missed} of {assessment.numbers} reviewed belong to an indicator"
    yield f"estimated recall {_number(assessment.recall)}"


def _row(indicator: str, claims: int, right: list[bool]) -> tuple[object, ...]:
    checked = Precision(sum(right), len(right))
    if checked.reviewed < LEAST:
        return indicator, claims, checked.reviewed, checked.right, math.nan, math.nan, math.nan
    return indicator, claims, checked.reviewed, checked.right, checked.share, *wilson(checked.right, checked.reviewed)


def _is_sampled(verdict: Verdict) -> bool:
    return any(line.review.note.startswith(SAMPLE) for line in verdict.lines)


def _pair(verdict: Verdict) -> tuple[str, str] | None:
    """What the first two reviewers of a claim decided."""
    said = list({line.review.reviewer: line.review.decision for line in verdict.lines}.values())
    return (said[0], said[1]) if len(said) > 1 else None


def _number(value: float) -> str:
    return "not assessed" if math.isnan(value) else f"{value:.3f}"
