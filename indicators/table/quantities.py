"""Readings -> the quantities table: one row for every numeric expression, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pandas as pd

from indicators.language.reader import Reading
from indicators.rules.matches import Match
from indicators.table.claims import Lists, Part
from indicators.table.columns import QUANTITIES, build
from indicators.table.resolving import NEVER, NOWHERE, SentenceWords, period_columns, place_columns


def quantities_table(parts: Iterable[Part]) -> pd.DataFrame:
    """One row a numeric expression, columns QUANTITIES, in order of the documents and of the text.

    Values are in the unit as written, synonyms folded, changes unsigned. Only class claim has a place and a period.
    """
    lists: Lists = {name: [] for name in QUANTITIES}
    for reading, matches in parts:
        add_quantities(lists, reading, matches)
    return build(QUANTITIES, lists)


def add_quantities(lists: Lists, reading: Reading, matches: Sequence[Match]) -> None:
    """Append one document's numeric expressions to the columns."""
    folded, quantities = reading.folded, reading.quantities
    sentences = SentenceWords(reading)
    captured = captors(matches)
    for q in range(len(quantities)):
        left, right = quantities.start[q], quantities.end[q]
        start, end = folded.start(left), folded.end(right)
        by = captured.get(q, [])
        owner = by[0] if by else None
        claim = quantities.cls[q] == "claim"
        row = {
            **(place_columns(reading, owner, left, right) if claim else NOWHERE),
            **(period_columns(reading, owner, left, right) if claim else NEVER),
            "document": reading.document.name,
            "start": start,
            "end": end,
            "text": folded.original[start:end],
            "class": quantities.cls[q],
            "value": quantities.value[q],
            "value_low": quantities.low[q],
            "value_high": quantities.high[q],
            "unit": quantities.unit[q],
            "qualifier": quantities.qualifier[q],
            "status": "past" if owner and owner.role == "past" else quantities.status[q],
            "kind": quantities.kind[q],
            "indicator": ";".join(dict.fromkeys(match.indicator.id for match in by)),
            "sentence": sentences.at(left),
            "per": quantities.per[q],
        }
        for name, cells in lists.items():
            cells.append(row[name])


def captors(matches: Sequence[Match]) -> dict[int, list[Match]]:
    """The matches of each quantity, its owner before those that share it (`also`)."""
    by_quantity: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        by_quantity[match.quantity].append(match)
    for shared in by_quantity.values():
        shared.sort(key=lambda match: match.indicator.also)
    return dict(by_quantity)
