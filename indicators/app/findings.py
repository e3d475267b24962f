"""What in the tables needs a person's look: pure selections of rows, one function a kind."""

from __future__ import annotations

import pandas as pd


def unclaimed(quantities: pd.DataFrame) -> pd.DataFrame:
    """Claim-class numbers that no rule captured."""
    free = quantities["indicator"].fillna("").astype(str) == ""
    return quantities[(quantities["class"] == "claim") & free]


def unclaimed_by_unit(quantities: pd.DataFrame) -> pd.DataFrame:
    """Unclaimed numbers grouped: unit, count, documents, example (a sentence); most frequent first."""
    free = unclaimed(quantities)
    free = free.assign(unit=free["unit"].fillna("").astype(str))
    grouped = free.groupby("unit").agg(
        count=("text", "size"), documents=("document", "nunique"), example=("sentence", "first")
    )
    return grouped.sort_values("count", ascending=False, kind="stable").reset_index()


def undated(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims without a period."""
    return claims[_blank(claims["period_start"]) & _blank(claims["period_end"])]


def inherited(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims whose place was not read in their own sentence but taken from farther away, or not found at all."""
    return claims[~claims["place_from"].isin(["clause", "sentence"])]


def reposts(documents: pd.DataFrame) -> pd.DataFrame:
    """Documents written in another year than they were published in, and those whose bytes stand twice."""
    written, published = (documents[name].fillna("").astype(str).str[:4] for name in ("written", "published"))
    moved = (written != "") & (published != "") & (written != published)
    return documents[moved | ~_blank(documents["same_as"])]


def refused(documents: pd.DataFrame) -> pd.DataFrame:
    """Documents that could not be read."""
    return documents[documents["status"] == "refused"]


def conflicts(observations: pd.DataFrame) -> pd.DataFrame:
    """Observations whose sources contradict each other."""
    return observations[observations["conflict"].astype(str).str.lower().isin(["true", "1", "yes"])]


def repeated(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims of a title or lead that repeat one of the body."""
    return claims[~_blank(claims["repeats"])]


def counts(
    claims: pd.DataFrame, quantities: pd.DataFrame, documents: pd.DataFrame, observations: pd.DataFrame
) -> dict[str, int]:
    """How many rows each kind has, in the order of the Quality page."""
    return {
        "conflicts": len(conflicts(observations)),
        "unclaimed": len(unclaimed(quantities)),
        "undated": len(undated(claims)),
        "inherited": len(inherited(claims)),
        "reposts": len(reposts(documents)),
        "refused": len(refused(documents)),
    }


def _blank(column: pd.Series) -> pd.Series:
    return column.isna() | (column.astype(str) == "")
