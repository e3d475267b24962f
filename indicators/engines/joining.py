"""Tables brought up to date with a changed list of documents: those that were read before are not read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from indicators.engines.local import Extraction, extract
from indicators.engines.shard import batches
from indicators.model import Document
from indicators.rules.ruleset import RuleSet
from indicators.table.columns import CLAIMS, QUANTITIES, empty

Watch = Callable[[int, int], None]

NOTHING = Extraction((), empty(CLAIMS), empty(QUANTITIES), (), {})


def updated(known: Extraction, documents: Sequence[Document], rules: RuleSet, watch: Watch | None = None) -> Extraction:
    """The tables of `documents` under `rules`, with the rows that `known` holds of documents that are the same.

    Equal, row for row, to `extract(documents, rules)`; `known` must have been made by the same rules. `watch` is told
    after every few documents how many of the new ones are read and how many there are.
    """
    before = {document.name: document for document in known.documents}
    kept = {one.name for one in documents if _as_read(before.get(one.name), one)}
    fresh = [document for document in documents if document.name not in kept]
    parts = [_only(known, kept)]
    done = 0
    for batch in batches(fresh):
        parts.append(extract(batch, rules))
        done += len(batch)
        if watch:
            watch(done, len(fresh))
    return _ordered(joined(parts), [document.name for document in documents])


def joined(parts: Sequence[Extraction]) -> Extraction:
    """The tables of several lists of documents, none of which stands in two of them, one behind the other."""
    return Extraction(
        tuple(document for part in parts for document in part.documents),
        _concatenated([part.claims for part in parts]),
        _concatenated([part.quantities for part in parts]),
        tuple(finding for part in parts for finding in part.findings),
        {rule: reason for part in parts for rule, reason in part.failed.items()},
    )


def _as_read(before: Document | None, now: Document) -> bool:
    """Whether a document is what it was; that it could not be read to its end is what came of it then."""
    if before is not None and before.status == "failed":
        before = replace(before, status="read", reason="")
    return before == now


def _only(known: Extraction, names: set[str]) -> Extraction:
    if len(names) == len(known.documents):
        return known
    return Extraction(
        tuple(document for document in known.documents if document.name in names),
        known.claims[known.claims["document"].isin(names)],
        known.quantities[known.quantities["document"].isin(names)],
        tuple(finding for finding in known.findings if finding.document in names),
        known.failed,
    )


def _concatenated(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)] or list(frames[:1])
    return (filled[0] if len(filled) == 1 else pd.concat(filled)).reset_index(drop=True)


def _ordered(whole: Extraction, names: Sequence[str]) -> Extraction:
    """The tables with their rows in the order of documents that `names` gives."""
    place = {name: position for position, name in enumerate(names)}

    def sorted_rows(frame: pd.DataFrame) -> pd.DataFrame:
        order = frame["document"].map(place).to_numpy().argsort(kind="stable")
        return frame.iloc[order].reset_index(drop=True)

    return Extraction(
        tuple(sorted(whole.documents, key=lambda document: place[document.name])),
        sorted_rows(whole.claims),
        sorted_rows(whole.quantities),
        tuple(sorted(whole.findings, key=lambda finding: place[finding.document])),
        whole.failed,
    )
