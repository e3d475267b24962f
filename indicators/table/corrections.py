"""What a person writes into reviews.csv -> cells of a claim: numbers, places and periods as the reader reads them."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Mapping

from indicators.language import gazetteer
from indicators.language.numerals import read_number
from indicators.language.places import read_place
from indicators.reading.datewords import iso_date
from indicators.table.resolving import NEVER, NOWHERE, PERIOD_CELLS, PLACE_CELLS

Cells = dict[str, object]
# The cells that a person looks at when she confirms a claim; what they held then outlives a changed rule or reader.
CONFIRMED = (
    *("value", "unit", "qualifier", "status", "part", "per", "time", "basis", "scope"),
    *("province", "city", "county", "town", "village", "level", "county_code", "period_start", "period_end"),
)
_SEPARATOR = re.compile(r"\s*(?:/(?=\s*\d{4})|至|—+|–)\s*")


def cells_of(field: str, words: str) -> Cells:
    """The claim's cells that a correction sets. Raises ValueError with what is wrong and how to write it.

    >>> cells_of("period", "2015-11")
    {'period_start': '2015-11-01', 'period_end': '2015-11-30', 'period_from': 'none'}
    """
    if field == "value":
        return {"value": _number(words)}
    if field == "place":
        return _place(words)
    if field == "period":
        return _period(words)
    if field == "claim":
        return as_confirmed(words)
    return {field: words}


def snapshot(row: Mapping[str, object]) -> str:
    """A claim's cells as a confirmed review keeps them: name=value joined by "; ", absent cells left out."""
    cells = ((name, row[name]) for name in CONFIRMED)
    return "; ".join(f"{name}={_plain(cell)}" for name, cell in cells if _plain(cell))


def as_confirmed(words: str) -> Cells:
    """The cells of a `snapshot`; cells that it leaves out are empty.

    >>> as_confirmed("value=1185; unit=个")["county"]
    ''
    """
    if not words.strip():
        return {}
    cells: Cells = dict.fromkeys(CONFIRMED, "")
    for part in words.split("; "):
        name, _, value = part.partition("=")
        if name.strip() not in CONFIRMED:
            raise ValueError(f"'{name.strip()}' is no cell of a claim; write name=value, joined by '; '")
        cells[name.strip()] = value.strip()
    cells["value"] = _number(str(cells["value"]))
    return cells


def differences(row: Mapping[str, object], cells: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """(name, cell of the row, cell that replaces it) wherever they say different things."""
    found = []
    for name, cell in cells.items():
        was, now = _plain(row[name]), _plain(cell)
        if was != now:
            found.append((name, was, now))
    return found


def _plain(cell: object) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return f"{cell:.15g}" if isinstance(cell, float | int) else str(cell)


def _number(words: str) -> float:
    try:
        return float(read_number(words.replace(",", "").removesuffix("%")))
    except ValueError:
        raise ValueError(f"'{words}' is no number; write it like 1185, -3.5 or 3.5万") from None


def _place(words: str) -> Cells:
    if not words:
        return dict(zip(PLACE_CELLS, NOWHERE, strict=True))
    place = read_place(words, gazetteer.load())
    if not place.level:
        raise ValueError(f"'{words}' is no place of the gazetteer; write it from the province down")
    names = ("province", "city", "county", "town", "village", "level", "county_code", "zone")
    return {**{name: getattr(place, name) for name in names}, "place_as_written": words, "place_from": "none"}


def _period(words: str) -> Cells:
    if not words:
        return dict(zip(PERIOD_CELLS, NEVER, strict=True))
    ends = [iso_date(part) for part in _SEPARATOR.split(words, maxsplit=1)]
    if not all(ends):
        raise ValueError(f"'{words}' is no period; write 2015, 2015-11, 2015-11-30 or 2015-01-01/2015-11-30")
    start, end = _first(ends[0]), _last(ends[-1])
    if start > end:
        raise ValueError(f"'{words}' ends before it begins")
    return {"period_start": start, "period_end": end, "period_from": "none"}


def _first(day: str) -> str:
    return day + "-01-01"[len(day) - 4 :] if len(day) < 10 else day


def _last(day: str) -> str:
    if len(day) == 4:
        return f"{day}-12-31"
    return f"{day}-{calendar.monthrange(int(day[:4]), int(day[5:7]))[1]:02d}" if len(day) == 7 else day
