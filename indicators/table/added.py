"""A claim that no rule captured, as a row: what the reader knows of the number, for a person's decision to build on."""

from __future__ import annotations

from indicators.language.reader import read
from indicators.model import Document
from indicators.rules.conversion import into
from indicators.rules.ruleset import Indicator
from indicators.table.claims import ClaimIds
from indicators.table.corrections import Cells
from indicators.table.resolving import PERIOD_CELLS, PLACE_CELLS, SentenceWords, period_cells, place_cells


def added_row(document: Document, span: tuple[int, int], indicator: Indicator) -> Cells:
    """The claims row of the number at `span` (characters of Document.text) for an indicator.

    `value` is None where no number is read there; then a person must say it.
    """
    reading = read(document)
    folded, quantities = reading.folded, reading.quantities
    at = next(
        (
            q
            for q in range(len(quantities))
            if folded.start(quantities.start[q]) < span[1] and span[0] < folded.end(quantities.end[q])
        ),
        None,
    )
    read_there: Cells
    if at is None or quantities.value[at] is None:
        # Nothing is read here: place and period of the sentence still are.
        left = min(folded.offset(span[0]), max(0, len(folded.text) - 1))
        right = left + 1
        read_there = {"value": None, "qualifier": "exact", "status": "actual"}
        start, end = span
    else:
        left, right = quantities.start[at], quantities.end[at]
        start, end = folded.start(left), folded.end(right)
        unit = quantities.unit[at]
        ends = (quantities.value[at], quantities.low[at], quantities.high[at])
        value, low, high = (into(indicator, number, unit) for number in ends)
        read_there = {
            "value": value,
            "value_low": low,
            "value_high": high,
            "qualifier": quantities.qualifier[at],
            "status": quantities.status[at],
            "part": quantities.part[at],
            "per": quantities.per[at],
        }
    return {
        **dict(zip(PLACE_CELLS, place_cells(reading, None, left, right), strict=True)),
        **dict(zip(PERIOD_CELLS, period_cells(reading, None, left, right), strict=True)),
        **read_there,
        "claim_id": ClaimIds(document).of(start, end, indicator.id),
        "indicator": indicator.id,
        "indicator_name": str(indicator.name),
        "topic": indicator.topic,
        "unit": indicator.unit,
        "kind": indicator.kind,
        "time": indicator.time or "",
        "basis": (indicator.basis or "unstated") if indicator.kind == "change" else "",
        "document": document.name,
        "title": document.title,
        "source": document.source,
        "published": document.published,
        "sentence": SentenceWords(reading).at(left),
        "text": document.text[start:end],
        "start": start,
        "end": end,
    }
