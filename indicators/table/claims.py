"""Matches -> the claims table: one row a claim that a rule captured."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

import pandas as pd

from indicators.language.reader import Reading
from indicators.model import Document
from indicators.rules.matches import Match
from indicators.table.columns import BY_REVIEW, CLAIMS, build
from indicators.table.divisions import codes_then
from indicators.table.resolving import (
    PERIOD_CELLS,
    PLACE_CELLS,
    Cells,
    SentenceWords,
    add_rows,
    period_cells,
    place_cells,
    statuses_at,
)

Part = tuple[Reading, Sequence[Match]]
Lists = dict[str, list[object]]


def claims_table(parts: Iterable[Part], rules_version: str = "") -> pd.DataFrame:
    """One row a claim, columns CLAIMS, in order of the documents and of the text.

    `parts` gives each document's reading with the matches in it. Values are in the indicator's unit, multipliers out;
    start and end are offsets in Document.text, half-open.
    """
    lists = empty_lists()
    for reading, matches in parts:
        add_claims(lists, reading, matches, rules_version)
    return build(CLAIMS, lists)


def empty_lists() -> Lists:
    """The claims table as columns without rows, to be filled by `add_claims`."""
    return {name: [] for name in CLAIMS if name not in BY_REVIEW}


def add_claims(lists: Lists, reading: Reading, matches: Sequence[Match], rules_version: str = "") -> None:
    """Append one document's claims to the columns."""
    if not matches:
        return
    document, quantities = reading.document, reading.quantities
    ordered = sorted(matches, key=lambda match: quantities.start[match.quantity])
    spans = [(quantities.start[match.quantity], quantities.end[match.quantity]) for match in ordered]
    _add_places(lists, reading, ordered)
    add_rows(lists, PERIOD_CELLS, [period_cells(reading, m, *span) for m, span in zip(ordered, spans, strict=True)])
    _add_words(lists, reading, spans)
    _add_numbers(lists, reading, ordered)
    where_and_when = ("county_code", "period_start", "period_end", "place_as_written")
    lists["code_then"].extend(codes_then(*(lists[name][-len(ordered) :] for name in where_and_when)))
    written = (lists[name][-len(ordered) :] for name in ("start", "end", "indicator"))
    lists["claim_id"].extend(map(ClaimIds(document).of, *written))
    same = {
        "document": document.name,
        "title": document.title,
        "source": document.source,
        "published": document.published,
        "rules_version": rules_version,
        "repeats": "",
        "review": "",
    }
    for name, cell in same.items():
        lists[name].extend([cell] * len(ordered))


def _add_places(lists: Lists, reading: Reading, matches: Sequence[Match]) -> None:
    """The place of each number, read once for all indicators that share it."""
    quantities, known, rows = reading.quantities, dict[tuple[int, str], Cells](), list[Cells]()
    for match in matches:
        q = match.quantity
        cells = known.get((q, match.place))
        if cells is None:
            cells = place_cells(reading, match, quantities.start[q], quantities.end[q])
            known[q, match.place] = cells
        rows.append(cells)
    add_rows(lists, PLACE_CELLS, rows)


def _add_words(lists: Lists, reading: Reading, spans: Sequence[tuple[int, int]]) -> None:
    """The words of each number, its sentence and where it stands in Document.text."""
    folded, sentences = reading.folded, SentenceWords(reading)
    starts = folded.starts([left for left, _ in spans])
    ends = folded.ends([right for _, right in spans])
    lists["start"].extend(starts)
    lists["end"].extend(ends)
    lists["text"].extend(map(folded.original.__getitem__, map(slice, starts, ends)))
    lists["sentence"].extend(sentences.at(left) for left, _ in spans)


def _add_numbers(lists: Lists, reading: Reading, matches: Sequence[Match]) -> None:
    """What the rule decides of each number, and how it was written."""
    quantities = reading.quantities
    for name, cell in _RULED.items():
        lists[name].extend(map(cell, matches))
    rows = [match.quantity for match in matches]
    for name, column in (("qualifier", quantities.qualifier), ("per", quantities.per)):
        lists[name].extend(map(column.__getitem__, rows))
    statuses = ["past" if match.role == "past" else quantities.status[match.quantity] for match in matches]
    lists["status"].extend(statuses_at(statuses, lists["period_start"][-len(matches) :], reading))
    lists["part"].extend(match.part or quantities.part[match.quantity] for match in matches)


_RULED: dict[str, Callable[[Match], object]] = {
    "indicator": attrgetter("indicator.id"),
    "indicator_name": lambda match: str(match.indicator.name),
    "topic": attrgetter("indicator.topic"),
    "value": attrgetter("value"),
    "value_low": attrgetter("low"),
    "value_high": attrgetter("high"),
    "unit": attrgetter("unit"),
    "kind": attrgetter("indicator.kind"),
    "rule": attrgetter("rule"),
    "time": attrgetter("time"),
    "basis": attrgetter("basis"),
    "scope": attrgetter("scope"),
}


class ClaimIds:
    """16 hex digits that name a claim: equal over runs while document name, text, span and indicator are."""

    def __init__(self, document: Document) -> None:
        text_hash = hashlib.sha256(_bytes(document.text)).hexdigest()
        self._stem = hashlib.sha256(_bytes(f"{document.name}\0{text_hash}\0"))

    def of(self, start: int, end: int, indicator: str) -> str:
        """The id of the claim at `[start, end)` of Document.text for an indicator."""
        named = self._stem.copy()
        named.update(_bytes(f"{start}\0{end}\0{indicator}"))
        return named.hexdigest()[:16]


def _bytes(words: str) -> bytes:
    return words.encode("utf-8", "surrogatepass")
