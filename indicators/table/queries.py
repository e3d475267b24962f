"""What the dashboard asks of the tables: pure functions from frames to frames."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from indicators.table.columns import PLACE
from indicators.table.documents import undated

LEVELS = ("country", "province", "city", "county", "town", "village")
Choice = str | Collection[str] | None


def filter_rows(
    frame: pd.DataFrame,
    *,
    period: tuple[str, str] | None = None,
    with_undated: bool = False,
    **choices: Choice,
) -> pd.DataFrame:
    """Rows of a table that pass every filter; the index is reset, columns unchanged.

    `choices` names columns: a text, several texts, or None or "" or an empty collection for no filter
    (county="台山市", status=["actual", "past"]). A column the table lacks filters nothing. `period` is a first and last
    day (2015, 2015-12 or 2015-12-03, "" for open): rows whose period touches it; undated ones only `with_undated`.
    """
    keep = pd.Series(True, index=frame.index)
    for column, choice in choices.items():
        if choice and column in frame:
            keep &= frame[column].isin([choice] if isinstance(choice, str) else list(choice))
    if period and any(period):
        first, last = period
        begin = frame["period_start"].where(frame["period_start"] != "", frame["period_end"])
        end = frame["period_end"].where(frame["period_end"] != "", "9999")
        dated = ~undated(frame)
        inside = dated & (end.str[: len(first)] >= first)
        if last:
            inside &= begin.str[: len(last)] <= last
        keep &= (inside | ~dated) if with_undated else inside
    return frame[keep].reset_index(drop=True)


def place_names(frame: pd.DataFrame, full: bool = False) -> pd.Series[str]:
    """Name of each row's place, its finest part (下洞村); `full` gives the path (江门市 台山市 北陡镇 下洞村).

    A row without a place has "". Two places of one name differ by their path only: use `full` where both may occur.
    """
    names = pd.Series("", index=frame.index, dtype="str")
    for column in PLACE:
        cells = frame[column]
        joined = (names + " " + cells).where(names != "", cells) if full else cells
        repeated = names == cells  # 直辖市: city = province
        names = joined.where((cells != "") & ~repeated, names)
    return names


def _places(frame: pd.DataFrame) -> pd.Series[str]:
    """A key per place: the whole path."""
    return frame[list(PLACE)].agg("/".join, axis=1) if len(frame) else pd.Series("", index=frame.index, dtype="str")


def levels_count(observations: pd.DataFrame, indicator: str = "") -> dict[str, int]:
    """Number of places with an observation (of the indicator, if one is named) by level, finest last.

    Levels without a place are left out: {"county": 2, "town": 4}.
    """
    rows = observations[observations["indicator"] == indicator] if indicator else observations
    counts = _places(rows).groupby(rows["level"]).nunique()
    return {level: int(counts[level]) for level in LEVELS if level in counts}


def compare(observations: pd.DataFrame, indicator: str, level: str, *, latest: bool = False) -> pd.DataFrame:
    """Observations of one indicator at one level, for charts and rankings.

    The columns OBSERVATIONS and: place (shortest name that is unique here), n (observations in its ranking) and rank (1
    for the greatest value). A ranking never crosses `time`, `basis`, status or unit. `latest` keeps each place's last
    period. Sorted by ranking and rank. Claims of a list or a narrower scope are rows of their own: see their claim.
    """
    rows = observations[(observations["indicator"] == indicator) & (observations["level"] == level)].copy()
    ranking = ["unit", "status", "time", "basis"]
    if latest:
        rows = rows.sort_values(["period_end", "period_start"]).drop_duplicates([*PLACE, *ranking], keep="last")
    rows["place"] = _shortest(rows)
    groups = rows.groupby(ranking)["value"]
    rows["n"] = groups.transform("size").astype("int64") if len(rows) else pd.Series(dtype="int64")
    rows["rank"] = groups.rank(ascending=False, method="min").astype("int64") if len(rows) else pd.Series(dtype="int64")
    return rows.sort_values([*ranking, "rank", "place", "period_start"]).reset_index(drop=True)


def _shortest(rows: pd.DataFrame) -> pd.Series[str]:
    """The finest name of each place, or its path where two places share the name."""
    short, full = place_names(rows), place_names(rows, full=True)
    paths = full.groupby(short).nunique()
    return short.where(short.map(paths) < 2, full) if len(rows) else short


def coverage(claims: pd.DataFrame, quantities: pd.DataFrame, counties: pd.DataFrame | None = None) -> pd.DataFrame:
    """For each indicator and county whether it is reported; one row a pair, nothing is 0 by absence.

    Columns indicator, indicator_name, topic, province, city, county, claims, finer, state. `claims` counts claims of
    the county itself, `finer` those of its towns and villages. `state`: reported, finer (only towns or villages report
    it), not_reported (documents speak of the county, none of the indicator) or no_document (only for counties that
    `counties` (columns province, city, county) adds to those the documents speak of).
    """
    key = ["province", "city", "county"]
    spoken = quantities.loc[quantities["county"] != "", key].drop_duplicates()
    places = spoken if counties is None else pd.concat([spoken, counties[key]]).drop_duplicates()
    names = claims.drop_duplicates("indicator")[["indicator", "indicator_name", "topic"]]
    table = names.merge(places, how="cross")
    inside = claims[claims["county"] != ""]
    for column, rows in (
        ("claims", inside[inside["level"] == "county"]),
        ("finer", inside[inside["level"].isin(["town", "village"])]),
    ):
        counts = rows.groupby(["indicator", *key]).size().rename(column).reset_index()
        table = table.merge(counts, on=["indicator", *key], how="left")
        table[column] = table[column].fillna(0).astype("int64")
    heard = set(spoken.itertuples(index=False, name=None)) | set(inside[key].itertuples(index=False, name=None))
    known = pd.Series([place in heard for place in table[key].itertuples(index=False, name=None)], index=table.index)
    state = pd.Series("no_document", index=table.index, dtype="str").mask(known.astype(bool), "not_reported")
    table["state"] = state.mask(table["finer"] > 0, "finer").mask(table["claims"] > 0, "reported")
    return table


def unclaimed(quantities: pd.DataFrame) -> pd.DataFrame:
    """The claim-class numbers that no rule captured, in order of the text; columns QUANTITIES."""
    return quantities[(quantities["class"] == "claim") & (quantities["indicator"] == "")].reset_index(drop=True)


def unclaimed_by_unit(quantities: pd.DataFrame, samples: int = 3) -> pd.DataFrame:
    """Unclaimed numbers by unit, most first: columns unit, numbers, documents, sample (sentences, a line each)."""
    rows = unclaimed(quantities)
    groups = rows.groupby("unit")
    table = pd.DataFrame(
        {
            "numbers": groups.size(),
            "documents": groups["document"].nunique(),
            "sample": groups["sentence"].agg(lambda words: "\n".join(words.drop_duplicates().head(samples))),
        }
    )
    return table.sort_values("numbers", ascending=False, kind="stable").reset_index()


def evidence(claims: pd.DataFrame, claim_id: str) -> dict[str, object] | None:
    """One claim as a dict of its columns; None where no claim has that id."""
    rows = claims[claims["claim_id"] == claim_id]
    return {str(name): value for name, value in rows.iloc[0].items()} if len(rows) else None


def behind(claims: pd.DataFrame, observation: pd.Series[Any]) -> pd.DataFrame:
    """The claims of an observation's indicator, unit, place, status, time and basis whose period lies in its period."""
    same = ["indicator", "unit", "level", *PLACE, "status", "time", "basis"]
    keep = pd.Series(True, index=claims.index)
    for column in same:
        keep &= claims[column] == observation[column]
    start, end = str(observation["period_start"]), str(observation["period_end"])
    if start or end:
        keep &= (claims["period_start"] >= start) & (claims["period_end"] <= end) & ~undated(claims)
    else:
        keep &= undated(claims)
    return claims[keep].reset_index(drop=True)


def years(frame: pd.DataFrame) -> list[int]:
    """Years that periods of the table touch, ascending."""
    found = pd.concat([frame["period_start"], frame["period_end"]]).str[:4]
    return sorted({int(year) for year in found.unique() if year})
