"""What in the tables needs a person's look: pure selections of rows, one function a kind."""

from __future__ import annotations

import pandas as pd

from indicators.table import queries
from indicators.table.documents import undated


def inherited(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims whose place was not read in their own sentence but taken from farther away, or not found at all."""
    return claims[~claims["place_from"].isin(["clause", "sentence"])]


def reposts(documents: pd.DataFrame) -> pd.DataFrame:
    """Documents written in another year than they were published in, and those whose bytes stand twice."""
    written, published = documents["written"].str[:4], documents["published"].str[:4]
    moved = (written != "") & (published != "") & (written != published)
    return documents[moved | (documents["same_as"] != "")]


def refused(documents: pd.DataFrame) -> pd.DataFrame:
    """Documents that could not be read."""
    return documents[documents["status"] == "refused"]


def conflicts(observations: pd.DataFrame) -> pd.DataFrame:
    """Observations whose sources contradict each other."""
    return observations[observations["conflict"].astype(bool)]


def counts(
    claims: pd.DataFrame,
    numbers: pd.DataFrame,
    documents: pd.DataFrame,
    observations: pd.DataFrame,
    checks: pd.DataFrame,
) -> dict[str, int]:
    """How many rows each kind has, in the order of the Quality page; `checks` are the findings of the project."""
    return {
        "unclaimed": len(queries.unclaimed(numbers)),
        "checks": len(checks),
        "conflicts": len(conflicts(observations)),
        "undated": int(undated(claims).sum()),
        "inherited": len(inherited(claims)),
        "reposts": len(reposts(documents)),
        "refused": len(refused(documents)),
    }
