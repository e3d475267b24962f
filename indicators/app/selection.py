"""What part of the tables is looked at: a frozen selection and pure functions that apply it to frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

LEVELS = ("country", "province", "city", "county", "town", "village")


@dataclass(frozen=True, slots=True)
class Selection:
    """An empty tuple means all. Counties are division codes; `first_year`, `last_year` inclusive, None for no limit.

    With no limit of years, undated rows are part of the selection; with one they are not.
    """

    topics: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    statuses: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()


def years(frame: pd.DataFrame) -> pd.Series:
    """Calendar year in which each row's period ends; missing (NaN) where the row is undated."""
    dates = frame["period_end"].fillna(frame["period_start"]).replace("", None)
    return pd.to_datetime(dates, errors="coerce", format="mixed").dt.year


def matching(frame: pd.DataFrame, selection: Selection, topic_of: dict[str, str] | None = None) -> pd.DataFrame:
    """The rows of claims, quantities or observations inside `selection`.

    `topic_of` (indicator id -> topic) serves frames without a topic column; a column that a frame lacks is no limit.
    """
    keep = pd.Series(True, index=frame.index)
    limits = (
        ("topic", selection.topics), ("province", selection.provinces), ("city", selection.cities),
        ("county_code", selection.counties), ("status", selection.statuses), ("qualifier", selection.qualifiers),
    )  # fmt: skip
    for column, values in limits:
        if not values:
            continue
        if column == "topic" and column not in frame.columns and topic_of is not None and "indicator" in frame.columns:
            keep &= frame["indicator"].map(topic_of).isin(values)
        elif column in frame.columns:
            keep &= frame[column].astype("string").isin(values).fillna(False)
    if selection.first_year is not None or selection.last_year is not None:
        year = years(frame)
        keep &= (year >= (selection.first_year or 0)) & (year <= (selection.last_year or 9999))
    return frame[keep]


def places(frame: pd.DataFrame, column: str, provinces: Sequence[str] = (), cities: Sequence[str] = ()) -> list[str]:
    """Values of a place column inside the provinces and cities chosen, those with most rows first."""
    inside = frame
    for name, values in (("province", provinces), ("city", cities)):
        if values:
            inside = inside[inside[name].isin(values)]
    found = inside[column].replace("", None).dropna()
    return [str(value) for value in found.value_counts().index]


def counties(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a county of `frame`: columns county_code, province, city, county, label (unique), by code.

    A namesake of another county carries its city in the label. Prefectures without counties (东莞) stand for themselves
    where the frame gives them a code.
    """
    known = frame[frame["county_code"].fillna("").astype(str) != ""]
    rows = known[["county_code", "province", "city", "county"]].drop_duplicates("county_code").copy()
    rows["label"] = rows["county"].fillna("").where(rows["county"].fillna("") != "", rows["city"])
    twice = rows["label"].duplicated(keep=False)
    rows.loc[twice, "label"] = rows.loc[twice, "city"].fillna("") + " " + rows.loc[twice, "label"]
    return rows.sort_values("county_code").reset_index(drop=True)


def place_labels(frame: pd.DataFrame) -> pd.Series:
    """A label for the place of each row: its own level's name, with the county before a town or a village.

    Rows of different places that would share a label get the city, then the province, before it.
    """
    filled = frame[list(LEVELS[1:])].fillna("").astype(str)
    own = pd.Series("", index=frame.index)
    for level in LEVELS[1:]:
        own = own.where(frame["level"] != level, filled[level])
    label = own.where(~frame["level"].isin(["town", "village"]), _joined(filled, ["county", "town", "village"]))
    for parents in (["city"], ["province", "city"]):
        identity = filled.agg("|".join, axis=1) if len(filled) else own
        shared = identity.groupby(label).transform("nunique") > 1
        if shared.any():
            label = label.where(~shared, _joined(filled.assign(own=own), [*parents, "county", "town", "village"]))
    return label.where(label != "", frame["level"].fillna("").astype(str))


def _joined(filled: pd.DataFrame, columns: list[str]) -> pd.Series:
    """The distinct non-empty values of `columns` joined by a middle dot."""
    if filled.empty:
        return pd.Series("", index=filled.index, dtype=object)
    return filled[columns].apply(lambda row: "·".join(dict.fromkeys(value for value in row if value)), axis=1)
