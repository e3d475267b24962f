"""What in the tables needs a person's look: rows narrowed to one kind, one function a kind."""

from __future__ import annotations

import pandas as pd

from indicators.table import queries
from indicators.table.store import Rows


def undated(claims: Rows) -> Rows:
    """Claims without a period."""
    return claims.where(queries.UNDATED)


def inherited(claims: Rows) -> Rows:
    """Claims whose place was not read in their own sentence but taken from farther away, or not found at all."""
    return claims.where("place_from NOT IN ('clause', 'sentence')")


def reposts(documents: Rows) -> Rows:
    """Documents written in another year than they were published in, and those whose bytes stand twice."""
    moved = "written <> '' AND published <> '' AND left(written, 4) <> left(published, 4)"
    return documents.where(f"({moved}) OR same_as <> ''")


def silent(documents: Rows) -> Rows:
    """Documents that were read and brought no claim of an indicator."""
    return documents.where("status = 'read' AND claims = 0")


def refused(documents: Rows) -> Rows:
    """Documents that could not be read."""
    return documents.where("status = 'refused'")


def conflicts(observations: Rows) -> Rows:
    """Observations whose sources contradict each other."""
    return observations.where("conflict")


def counts(claims: Rows, numbers: Rows, documents: Rows, observations: Rows, checks: pd.DataFrame) -> dict[str, int]:
    """How many rows each kind has, in the order of the Quality page; `checks` are the findings of the project."""
    return {
        "unclaimed": len(queries.unclaimed(numbers)),
        "checks": len(checks),
        "conflicts": len(conflicts(observations)),
        "undated": len(undated(claims)),
        "inherited": len(inherited(claims)),
        "silent": len(silent(documents)),
        "reposts": len(reposts(documents)),
        "refused": len(refused(documents)),
    }
