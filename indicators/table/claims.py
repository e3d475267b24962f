"""Matches -> the claims table: one row a claim that a rule captured."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import pandas as pd

from indicators.language.reader import Reading
from indicators.rules.matches import Match
from indicators.table.columns import BY_REVIEW, CLAIMS, build
from indicators.table.divisions import with_code_then
from indicators.table.resolving import SentenceWords, period_columns, place_columns

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
    document, folded, quantities = reading.document, reading.folded, reading.quantities
    text_hash = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest() if matches else ""
    sentences = SentenceWords(reading)
    places: dict[tuple[int, str], dict[str, str]] = {}
    for match in sorted(matches, key=lambda match: quantities.start[match.quantity]):
        q = match.quantity
        left, right = quantities.start[q], quantities.end[q]
        start, end = folded.start(left), folded.end(right)
        key = (q, match.place)
        if key not in places:
            places[key] = place_columns(reading, match, left, right)
        row = {
            **places[key],
            **period_columns(reading, match, left, right),
            **_indicator(match),
            "claim_id": claim_id(document.name, text_hash, start, end, match.indicator.id),
            "qualifier": quantities.qualifier[q],
            "status": "past" if match.role == "past" else quantities.status[q],
            "part": match.part or quantities.part[q],
            "per": quantities.per[q],
            "document": document.name,
            "title": document.title,
            "source": document.source,
            "published": document.published,
            "sentence": sentences.at(left),
            "text": folded.original[start:end],
            "start": start,
            "end": end,
            "rules_version": rules_version,
            "repeats": "",
            "review": "",
        }
        with_code_then(row)
        for name, cells in lists.items():
            cells.append(row[name])


def _indicator(match: Match) -> dict[str, object]:
    """The columns that the rule decides."""
    indicator = match.indicator
    return {
        "indicator": indicator.id,
        "indicator_name": str(indicator.name),
        "topic": indicator.topic,
        "value": match.value,
        "value_low": match.low,
        "value_high": match.high,
        "unit": match.unit,
        "kind": indicator.kind,
        "rule": match.rule,
        "time": match.time,
        "basis": match.basis,
        "scope": match.scope,
    }


def claim_id(document: str, text_hash: str, start: int, end: int, indicator: str) -> str:
    """16 hex digits that name a claim: equal over runs while document name, text, span and indicator are.

    >>> claim_id("a.txt", "00", 3, 8, "villages") == claim_id("a.txt", "00", 3, 8, "villages")
    True
    """
    words = "\0".join((document, text_hash, str(start), str(end), indicator))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
