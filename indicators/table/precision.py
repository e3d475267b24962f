"""How often reviewed claims were right: shares with Wilson's interval, and how far two reviewers agree."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

LEAST = 20  # reviewed claims below which a share says nothing
_NORMAL = 1.959963984540054  # of the normal distribution, for 95 %
_RIGHT, _WRONG = ("confirmed",), ("rejected", "corrected")


@dataclass(frozen=True, slots=True)
class Precision:
    """Of `reviewed` claims `right` were confirmed; unsure and disputed ones are neither."""

    right: int
    reviewed: int

    @property
    def share(self) -> float:
        """The share that was right; NaN where nothing was reviewed."""
        return self.right / self.reviewed if self.reviewed else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval (E. B. Wilson 1927), which holds for small numbers and shares near 1."""
        return wilson(self.right, self.reviewed)

    def words(self) -> str:
        """The share with its interval.

        >>> Precision(19, 20).words()
        '0.950 (0.764-0.991)'
        """
        low, high = self.interval
        return f"{self.share:.3f} ({low:.3f}-{high:.3f})"


def wilson(right: int, reviewed: int) -> tuple[float, float]:
    """Lower and upper end of the 95 % interval of a share; (0, 1) where nothing was reviewed.

    >>> tuple(round(end, 4) for end in wilson(10, 10))
    (0.7225, 1.0)
    """
    if not reviewed:
        return 0.0, 1.0
    square = _NORMAL**2
    share = right / reviewed
    middle = share + square / (2 * reviewed)
    reach = _NORMAL * math.sqrt(share * (1 - share) / reviewed + square / (4 * reviewed**2))
    scale = 1 + square / reviewed
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def kappa(one: Sequence[str], other: Sequence[str]) -> float:
    """Cohen's kappa of two reviewers' decisions on the same claims (J. Cohen 1960); NaN where it is not defined.

    >>> round(kappa("rrww", "rrwr"), 3)
    0.5
    """
    total = len(one)
    if not total:
        return math.nan
    agreed = sum(a == b for a, b in zip(one, other, strict=True)) / total
    first, second = Counter(one), Counter(other)
    chance = sum(first[label] * second[label] for label in first) / total**2
    return (agreed - chance) / (1 - chance) if chance < 1 else math.nan


def precision_by_indicator(claims: pd.DataFrame, rejected: pd.DataFrame | None = None) -> dict[str, Precision]:
    """Indicator -> how many of its reviewed claims were right.

    `rejected` are the claims that reviews took out of the table; without it only corrections count as wrong.
    """
    rows = claims if rejected is None else pd.concat([claims, rejected])
    judged = rows[rows["review"].isin([*_RIGHT, *_WRONG])]
    right = judged["review"].isin(_RIGHT).groupby(judged["indicator"]).agg(["sum", "size"])
    return {str(indicator): Precision(int(row["sum"]), int(row["size"])) for indicator, row in right.iterrows()}
