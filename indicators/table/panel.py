"""Observations -> a panel for statistics packages: one row a county and year, one column an indicator."""

from __future__ import annotations

import pandas as pd

KEY = ("county_code", "province", "city", "county", "year")
_LONGEST = 32  # characters of a variable's name in Stata


def panel(observations: pd.DataFrame, claims: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The panel, and the observations that had no cell of their own in it.

    The panel has county_code, province, city, county, year; then for each indicator its value and `n_<indicator>`, the
    independent texts behind it. Only observations of counties, status actual, that lie within one year take part; an
    empty cell is "not reported", never 0. Sums of a part (市, 镇, 村) or of a narrower subject are no figures of the
    county and stay out. An indicator that is told in two units, as stock and flow, or against two bases has one column
    for each: gdp__yoy. Where two observations still claim one cell, the one with more texts, then more claims, then
    the first is taken and the others are returned. Values at constant prices, where there are any, stand at the end in
    columns r_<indicator>.
    """
    rows = _of_whole_counties(observations, claims)
    rows["column"] = _columns(rows)
    ordered = rows.sort_values(["sources", "claims"], ascending=False, kind="stable")
    taken = ordered.drop_duplicates([*KEY, "column"])
    others = rows.drop(index=taken.index)
    names = sorted(taken["column"].unique())
    table = taken[list(KEY)].drop_duplicates().sort_values(["county_code", "year"]).reset_index(drop=True)
    for name in names:
        own = taken.loc[taken["column"] == name, [*KEY, "value", "sources"]]
        own = own.rename(columns={"value": name, "sources": _counted(name, names)})
        table = table.merge(own, on=list(KEY), how="left")
    if "value_real" in taken:
        real = taken[taken["value_real"].notna()]
        for name in sorted(real["column"].unique()):
            own = real.loc[real["column"] == name, [*KEY, "value_real"]]
            table = table.merge(own.rename(columns={"value_real": f"r_{name}"[:_LONGEST]}), on=list(KEY), how="left")
    return table, others[list(observations.columns)].reset_index(drop=True)


def _of_whole_counties(observations: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    own = claims.drop_duplicates("claim_id").set_index("claim_id")
    narrow = (own["scope"] != "") | ~own["part"].isin(["", "low", "high"])
    year = observations["period_start"].str[:4]
    whole = (
        (observations["level"] == "county")
        & (observations["county_code"] != "")
        & (observations["status"] == "actual")
        & (year != "")
        & (year == observations["period_end"].str[:4])
        & ~observations["claim_id"].map(narrow).fillna(False).astype(bool)
        & observations["value"].notna()
    )
    return observations[whole].assign(year=pd.to_numeric(year[whole]).astype("int64"))


def _columns(rows: pd.DataFrame) -> list[str]:
    """Name of each row's column: the indicator's id, with what tells its series apart where it has several."""
    series = rows[["indicator", "unit", "time", "basis"]].drop_duplicates()
    several = series["indicator"].value_counts()
    names = []
    for indicator, unit, time, basis in rows[["indicator", "unit", "time", "basis"]].itertuples(index=False):
        own = series[series["indicator"] == indicator]
        words = [indicator]
        if several[indicator] > 1:
            parts = zip(("time", "basis", "unit"), (time, basis, unit), strict=True)
            words += [word for name, word in parts if word and own[name].nunique() > 1]
        names.append("__".join(words))
    return names


def _counted(name: str, names: list[str]) -> str:
    """The column of how many texts: short enough for Stata, and no other's name."""
    short = f"n_{name}"[:_LONGEST]
    clashes = [other for other in names if f"n_{other}"[:_LONGEST] == short]
    if len(clashes) > 1:
        short = f"n{clashes.index(name)}_{name}"[:_LONGEST]
    return short
