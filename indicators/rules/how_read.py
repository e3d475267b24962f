"""How one number was read, as JSON-ready cells: words, class, value, place and period, and where each comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indicators.language.reader import Reading
from indicators.rules.matches import Match


def how_read(reading: Reading, row: int, captured: Sequence[Match]) -> dict[str, Any]:
    """How the number was read: words, class, value, place and period, each with where it was read from."""
    quantities = reading.quantities
    left, right = quantities.start[row], quantities.end[row]
    names = ("value", "low", "high", "unit", "qualifier", "status", "kind", "direction", "part", "per")
    cells: dict[str, Any] = {"text": reading.folded.surface(left, right), "class": quantities.cls[row]}
    cells |= {name: getattr(quantities, name)[row] for name in names}
    if captured and captured[0].role == "past":
        cells["status"] = "past"
    if quantities.group[row] >= 0:
        members = [q for q in range(len(quantities)) if quantities.group[q] == quantities.group[row]]
        cells["list"] = [reading.folded.surface(quantities.start[q], quantities.end[q]) for q in members]
    if quantities.cls[row] != "claim":
        return cells
    period, place = reading.timeline.at(left, right), reading.places.at(left, right)
    own_period = next((found.period for found in captured if found.period), "")
    own_place = next((found.place for found in captured if found.place), "")
    levels = [place.province, place.city, place.county, place.town, place.village]
    cells["period"] = {
        "days": "/".join(str(day) for day in (period.start, period.end) if day),
        "words": own_period or period.surface,
        "read_from": "pattern" if own_period else period.read_from,
    }
    cells["place"] = {
        "path": " ".join(level for level in levels if level),
        "words": own_place or place.surface,
        "read_from": "pattern" if own_place else place.read_from,
    }
    return cells
