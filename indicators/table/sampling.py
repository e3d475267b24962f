"""Random samples of claims for reviewers: what precision and recall on the user's own corpus are estimated from."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class Share:
    """What one reviewer is given: rows of the claims table and of the quantities table, in an order of her own."""

    claims: pd.DataFrame
    unclaimed: pd.DataFrame


def draw(
    claims: pd.DataFrame, unclaimed: pd.DataFrame, per_indicator: int, seed: int, reviewers: int, numbers: int = 100
) -> list[Share]:
    """One share a reviewer: of each indicator `per_indicator` claims (all where it has fewer), and `numbers` unclaimed.

    Half of each share is common to all reviewers, so that their agreement can be measured; the other halves differ. The
    draw depends on the seed and on the rows alone, not on their order: claims by `claim_id`, numbers by where they
    stand.
    """
    chance = random.Random(seed)
    common: list[int] = []
    own: list[list[int]] = [[] for _ in range(reviewers)]
    ordered = claims.sort_values("claim_id")
    for _, rows in ordered.groupby("indicator", sort=True):
        _deal(chance, rows.index.tolist(), per_indicator, common, own)
    both: list[int] = []
    others: list[list[int]] = [[] for _ in range(reviewers)]
    _deal(chance, unclaimed.sort_values(["document", "start"]).index.tolist(), numbers, both, others)
    return [
        Share(_rows(chance, claims, [*common, *mine]), _rows(chance, unclaimed, [*both, *theirs]))
        for mine, theirs in zip(own, others, strict=True)
    ]


def _deal(chance: random.Random, rows: Sequence[int], size: int, common: list[int], own: list[list[int]]) -> None:
    """Deal a sample of rows: one part to everybody, one part as large to each."""
    sample = chance.sample(list(rows), min(size, len(rows)))
    shared = len(sample) if len(own) == 1 else -(-len(sample) // (len(own) + 1))
    common += sample[:shared]
    for position, row in enumerate(sample[shared:]):
        own[position % len(own)].append(row)


def _rows(chance: random.Random, frame: pd.DataFrame, rows: list[int]) -> pd.DataFrame:
    chance.shuffle(rows)
    return frame.loc[rows].reset_index(drop=True)
