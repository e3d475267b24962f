"""What part of the tables is looked at, how it is applied, and what its places are called. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from indicators.table import queries
from indicators.table.queries import LEVELS, filter_rows
from indicators.table.store import Rows


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


def matching(rows: Rows, selection: Selection, topic_of: dict[str, str] | None = None) -> Rows:
    """The rows of claims, quantities or observations inside `selection`.

    `topic_of` (indicator id -> topic) serves observations, which have no topic column.
    """
    indicators: list[str] = []
    if selection.topics and "topic" not in rows.columns and topic_of is not None:
        indicators = [name for name, topic in topic_of.items() if topic in selection.topics] or [""]
    limited = selection.first_year is not None or selection.last_year is not None
    return filter_rows(
        rows,
        period=(str(selection.first_year or ""), str(selection.last_year or "")) if limited else None,
        topic=selection.topics,
        indicator=indicators,
        province=selection.provinces,
        city=selection.cities,
        county_code=selection.counties,
        status=selection.statuses,
        qualifier=selection.qualifiers,
    )


def names(rows: Rows, column: str, provinces: Sequence[str] = (), cities: Sequence[str] = ()) -> list[str]:
    """Values of a place column inside the provinces and cities chosen, those with most rows first."""
    return [str(value) for value in filter_rows(rows, province=provinces, city=cities).values(column)]


def counties(rows: Rows) -> pd.DataFrame:
    """One row a county that rows name: columns county_code, province, city, county, label (unique), sorted by code.

    A namesake of another county carries its city in the label.
    """
    found = queries.counties(rows)
    shared = found["county"].duplicated(keep=False)
    return found.assign(label=found["county"].where(~shared, found["city"] + found["county"]))


def own_names(frame: pd.DataFrame) -> pd.Series[str]:
    """The name of each row's place at its own level: 北陡镇 for a town."""
    names = pd.Series("", index=frame.index, dtype="str")
    for level in LEVELS[1:]:
        names = names.where(frame["level"] != level, frame[level])
    return names.where(names != "", frame["level"])


def place_labels(frame: pd.DataFrame) -> pd.Series[str]:
    """A label for the place of each row: its own level's name, with the county before a town or a village.

    Places that would share a label get the city, then the province, before it.
    """
    label = own_names(frame)
    if frame.empty:
        return label
    levels = [frame[level] for level in LEVELS[1:]]  # row by row through pandas costs 0.3 ms a row
    path = pd.Series(["|".join(row) for row in zip(*levels, strict=True)], index=frame.index, dtype="str")
    fine = frame["level"].isin(["town", "village"])
    label = label.where(~fine, _joined(frame, ["county", "town", "village"]))
    for parents in (["city"], ["province", "city"]):
        shared = path.groupby(label).transform("nunique") > 1
        label = label.where(~shared, _joined(frame, [*parents, "county", "town", "village"]))
    return label


def _joined(frame: pd.DataFrame, columns: list[str]) -> pd.Series[str]:
    """The distinct non-empty values of `columns`, joined by a middle dot."""
    cells = frame[columns].itertuples(index=False, name=None)
    return pd.Series(
        ["·".join(dict.fromkeys(str(cell) for cell in row if cell)) for row in cells], index=frame.index, dtype="str"
    )
