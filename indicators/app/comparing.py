"""Observations -> rows ready to compare and to draw. Pure functions; levels, times and bases are never mixed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from indicators.app.selection import LEVELS, place_labels, years
from indicators.app.words import Language, word, word_of
from indicators.charts import PALETTE, readable

PLACE = ["province", "city", "county", "town", "village"]


@dataclass(frozen=True, slots=True)
class Group:
    """Observations that may stand in one ranking: one indicator, one unit, one `time`, one `basis`, one status."""

    indicator: str
    unit: str
    time: str
    basis: str
    status: str
    rows: pd.DataFrame


def levels(observations: pd.DataFrame) -> dict[str, int]:
    """How many distinct places have a value at each level, coarse to fine; levels without places are left out."""
    counts: dict[str, int] = {}
    for level in LEVELS:
        own = observations[observations["level"] == level]
        if len(own):
            counts[level] = len(own[PLACE].fillna("").drop_duplicates())
    return counts


def widest(counts: dict[str, int]) -> str:
    """The level with most places; the county where another has no more."""
    if not counts:
        return ""
    most = max(counts.values())
    return "county" if counts.get("county") == most else max(counts, key=lambda level: counts[level])


def by_places(observations: pd.DataFrame) -> dict[str, int]:
    """Indicator -> number of places with a value, most places first, then by id."""
    if observations.empty:
        return {}
    known = observations.assign(place=observations[PLACE].fillna("").agg("|".join, axis=1))
    counts = known.groupby("indicator")["place"].nunique()
    ordered = sorted(counts.items(), key=lambda pair: (-int(pair[1]), str(pair[0])))
    return {str(indicator): int(count) for indicator, count in ordered}


def groups(observations: pd.DataFrame, indicator: str) -> list[Group]:
    """The rankings of one indicator, the one with most places first."""
    keys = ["unit", "time", "basis", "status"]
    own = observations[observations["indicator"] == indicator]
    parts = own.assign(**{key: own[key].fillna("").astype(str) for key in keys}).groupby(keys, sort=True)
    found = [Group(indicator, *(str(part) for part in key), rows) for key, rows in parts]
    return sorted(found, key=lambda group: -len(group.rows))


def period_label(row: pd.Series, language: Language) -> str:
    """The period of a row: a year, a month, a day or from..to; the word for undated where it has none."""
    start, end = (str(row[name])[:10] if pd.notna(row[name]) and row[name] != "" else "" for name in _PERIOD)
    if not start and not end:
        return word("period.undated", language)
    if start == end or not start or not end:
        return start or end
    if start[:4] == end[:4] and start[5:] == "01-01" and end[5:] == "12-31":
        return start[:4]
    if start[:7] == end[:7] and start[8:] == "01" and int(end[8:]) >= 28:
        return start[:7]
    return f"{start}–{end}"


_PERIOD = ("period_start", "period_end")


def value_label(value: float, unit: str, qualifier: str, language: Language) -> str:
    """A value with the mark of its qualifier: 约53%."""
    return word_of("mark", qualifier, language) + readable(value, unit, language == "zh")


def drawn(group: Group, language: Language, colours: dict[str, str]) -> pd.DataFrame:
    """Rows for `charts.compare` and `charts.over_time`: the observations of `group` with place, year, label, hover, colour.

    The colour is that of the row's county wherever it stands; places above counties take a neutral one.
    """  # fmt: skip
    rows = group.rows.copy()
    rows["place"] = place_labels(rows)
    rows["year"] = years(rows)
    rows["period"] = [period_label(row, language) for _, row in rows.iterrows()]
    rows["label"] = [
        value_label(row["value"], group.unit, row["qualifier"], language) for _, row in rows.iterrows()
    ]  # fmt: skip
    rows["hover"] = [_hover(row, language) for _, row in rows.iterrows()]
    rows["colour"] = rows["county_code"].fillna("").astype(str).map(colours).fillna(PALETTE[9])
    return rows


def _hover(row: pd.Series, language: Language) -> str:
    claims = word("hover.claims", language, claims=int(row["claims"]), sources=int(row["sources"]))
    lines = [f"<b>{row['place']}</b>", f"{row['label']} · {row['period']}", claims]
    if row["conflict"] is True or str(row["conflict"]) in ("True", "1", "yes", "true"):
        lines.append(word("hover.conflict", language))
    return "<br>".join(lines)


def latest(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a place: the one with the latest period; undated rows only where a place has no other."""
    ordered = rows.sort_values(["year", "claims"], kind="stable", na_position="first")
    return ordered.drop_duplicates("place", keep="last")


def spans_years(rows: pd.DataFrame) -> bool:
    """Whether some place has values of at least two calendar years, so that a line says more than a bar."""
    dated = rows[rows["year"].notna()]
    return bool((dated.groupby("place")["year"].nunique() >= 2).any())


def from_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims in the shape of observations, one row a claim: for statuses that observations leave out."""
    rows = claims.copy()
    rows["claims"], rows["sources"], rows["spread"], rows["conflict"] = 1, 1, None, False
    return rows
