"""What the dashboard asks of the tables: rows narrowed, counted and grouped where they stand, small frames back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from indicators.table.columns import PLACE
from indicators.table.store import Rows

LEVELS = ("country", "province", "city", "county", "town", "village")
UNDATED = "period_start = '' AND period_end = ''"
Choice = str | Collection[str] | None
_COUNTY = ["province", "city", "county"]
_PATH = ", ".join(PLACE)


def filter_rows(
    rows: Rows, *, period: tuple[str, str] | None = None, with_undated: bool = False, **choices: Choice
) -> Rows:
    """Rows of a table that pass every filter.

    `choices` names columns: a text, several texts, or None or "" or an empty collection for no filter
    (county="台山市", status=["actual", "past"]). A column the table lacks filters nothing. `period` is a first and last
    day (2015, 2015-12 or 2015-12-03, "" for open): rows whose period touches it; undated ones only `with_undated`.
    """
    for column, choice in choices.items():
        if choice and column in rows.columns:
            rows = rows.among(column, [choice] if isinstance(choice, str) else list(choice))
    if period and any(period):
        (first, last), inside = period, f"NOT ({UNDATED})"
        inside += " AND left(if(period_end <> '', period_end, '9999'), ?) >= ?"
        values: list[object] = [len(first), first]
        if last:
            inside += " AND left(if(period_start <> '', period_start, period_end), ?) <= ?"
            values += [len(last), last]
        rows = rows.where(f"({inside}) OR ({UNDATED})" if with_undated else inside, *values)
    return rows


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


def places_count(observations: Rows) -> pd.DataFrame:
    """Number of places with an observation: columns level, indicator, places; levels without a place are left out."""
    # Places of one indicator and level stand beside each other in no table: hashed, they need no room for their names.
    return observations.query(
        f"SELECT level, indicator, count(DISTINCT hash({_PATH})) AS places FROM {{rows}} WHERE level <> '' "  # noqa: S608
        "GROUP BY level, indicator ORDER BY places DESC, indicator"
    )


def levels_count(observations: Rows, indicator: str = "") -> dict[str, int]:
    """Number of places with an observation (of the indicator, if one is named) by level, finest last.

    Levels without a place are left out: {"county": 2, "town": 4}.
    """
    rows = observations.where("indicator = ?", indicator) if indicator else observations
    found = rows.query(
        f"SELECT level, count(DISTINCT hash({_PATH})) AS places FROM {{rows}} GROUP BY level"  # noqa: S608
    )
    counts = dict(zip(found["level"], found["places"], strict=True))
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


def counties(rows: Rows) -> pd.DataFrame:
    """One row a county that rows name: columns county_code, province, city, county, sorted by code."""
    return rows.query(
        "SELECT county_code, min(province) AS province, min(city) AS city, min(county) AS county FROM {rows} "
        "WHERE county_code <> '' AND county <> '' GROUP BY county_code ORDER BY county_code"
    )


def coverage(claims: Rows, numbers: Rows, places: pd.DataFrame | None = None, most: int = 40) -> pd.DataFrame:
    """For each indicator and county whether it is reported; one row a pair, nothing is 0 by absence.

    Columns indicator, indicator_name, topic, province, city, county, claims, finer, state. `claims` counts claims of
    the county itself, `finer` those of its towns and villages. `state`: reported, finer (only towns or villages report
    it), not_reported (documents speak of the county, none of the indicator) or no_document. The counties are `places`
    (columns province, city, county), by default those that documents speak of; the indicators the `most` that most
    counties report, widest first.
    """
    spoken = numbers.query("SELECT DISTINCT province, city, county FROM {rows} WHERE county <> ''")
    places = spoken if places is None else places[_COUNTY]
    inside = claims.where("county <> ''")
    names = claims.query(
        """SELECT indicator, min(indicator_name) AS indicator_name, min(topic) AS topic,
        1000 * count(DISTINCT if(level = 'county', hash(province, city, county), NULL))
        + count(DISTINCT if(level IN ('town', 'village'), hash(province, city, county), NULL)) AS reached
        FROM {rows} GROUP BY indicator ORDER BY reached DESC, indicator LIMIT ?""",
        most,
    ).drop(columns="reached")
    counts = inside.among("indicator", list(names["indicator"])).query(
        """SELECT indicator, province, city, county, count(*) FILTER (level = 'county') AS claims,
        count(*) FILTER (level IN ('town', 'village')) AS finer FROM {rows} GROUP BY ALL"""
    )
    heard = pd.concat([spoken, counts[_COUNTY]]).drop_duplicates().assign(heard=True)
    table = names.merge(places, how="cross").merge(counts, on=["indicator", *_COUNTY], how="left")
    table = table.merge(heard, on=_COUNTY, how="left").fillna({"claims": 0, "finer": 0})
    table = table.astype({"claims": "int64", "finer": "int64"})
    known = table.pop("heard").notna()
    state = pd.Series("no_document", index=table.index, dtype="str").mask(known, "not_reported")
    table["state"] = state.mask(table["finer"] > 0, "finer").mask(table["claims"] > 0, "reported")
    return table


def unclaimed(quantities: Rows) -> Rows:
    """The claim-class numbers that no rule captured."""
    return quantities.where("class = 'claim' AND indicator = ''")


def unclaimed_by_unit(quantities: Rows) -> pd.DataFrame:
    """Unclaimed numbers by unit, most first: columns unit, numbers, documents, sample (the first sentence)."""
    return unclaimed(quantities).query(
        """SELECT unit, count(*) AS numbers, count(DISTINCT document) AS documents,
        first(sentence ORDER BY document, start) AS sample
        FROM {rows} GROUP BY unit ORDER BY numbers DESC, unit"""
    )


def behind(claims: Rows, observation: pd.Series[Any]) -> pd.DataFrame:
    """The claims of an observation's indicator, unit, place, status, time and basis whose period lies in its period."""
    for column in ("indicator", "unit", "level", *PLACE, "status", "time", "basis"):
        claims = claims.where(f"{column} = ?", str(observation[column]))
    start, end = str(observation["period_start"]), str(observation["period_end"])
    if not start and not end:
        return claims.where(UNDATED).frame()
    return claims.where(f"period_start >= ? AND period_end <= ? AND NOT ({UNDATED})", start, end).frame()


def years(rows: Rows) -> list[int]:
    """Years that periods of the table touch, ascending."""
    found = rows.query(
        """SELECT DISTINCT left(unnest([period_start, period_end]), 4) AS year FROM
        (SELECT DISTINCT period_start, period_end FROM {rows}) ORDER BY year"""
    )
    return [int(year) for year in found["year"] if year]
