"""Readings -> the quantities table: one row for every numeric expression, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pandas as pd

from indicators.language.reader import Reading
from indicators.rules.matches import Match
from indicators.table.claims import Lists, Part
from indicators.table.columns import QUANTITIES, build
from indicators.table.resolving import (
    NEVER,
    NOWHERE,
    PERIOD_CELLS,
    PLACE_CELLS,
    SentenceWords,
    add_rows,
    period_cells,
    place_cells,
    statuses_at,
)


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
    sentences, captured = SentenceWords(reading), captors(matches)
    spans = list(zip(quantities.start, quantities.end, strict=True))
    owners = [captured[q][0] if q in captured else None for q in range(len(spans))]
    wanted = list(zip(quantities.cls, owners, spans, strict=True))
    places = [place_cells(reading, by, *at) if cls == "claim" else NOWHERE for cls, by, at in wanted]
    add_rows(lists, PLACE_CELLS, places)
    days = [period_cells(reading, by, *at) if cls == "claim" else NEVER for cls, by, at in wanted]
    add_rows(lists, PERIOD_CELLS, days)
    starts, ends = folded.starts(quantities.start), folded.ends(quantities.end)
    statuses = statuses_at(quantities.status, (start for start, _, _ in days), reading)
    columns: dict[str, Iterable[object]] = {
        "document": [reading.document.name] * len(spans),
        "start": starts,
        "end": ends,
        "text": map(folded.original.__getitem__, map(slice, starts, ends)),
        "class": quantities.cls,
        "value": quantities.value,
        "value_low": quantities.low,
        "value_high": quantities.high,
        "unit": quantities.unit,
        "qualifier": quantities.qualifier,
        "status": (
            "past" if owner and owner.role == "past" else status for owner, status in zip(owners, statuses, strict=True)
        ),
        "kind": quantities.kind,
        "indicator": (
            ";".join(dict.fromkeys(match.indicator.id for match in captured[q])) if q in captured else ""
            for q in range(len(spans))
        ),
        "sentence": map(sentences.at, quantities.start),
        "per": quantities.per,
    }
    for name, cells in columns.items():
        lists[name].extend(cells)


def captors(matches: Sequence[Match]) -> dict[int, list[Match]]:
    """The matches of each quantity, its owner before those that share it (`also`)."""
    by_quantity: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        by_quantity[match.quantity].append(match)
    for shared in by_quantity.values():
        shared.sort(key=lambda match: match.indicator.also)
    return dict(by_quantity)
