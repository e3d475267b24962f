"""A corpus -> one table in memory, its documents read by whatever engine and let go: for files and standard output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from indicators.engines.reading_shards import ReadRows
from indicators.engines.running import default_workers, in_order, run
from indicators.engines.shard import Shard
from indicators.engines.streaming import Engine
from indicators.engines.tasks import SHARD, shards
from indicators.errors import Fault
from indicators.reading.files import Entry, Paths, list_entries, read_entry, with_copies
from indicators.reading.reviews import Review
from indicators.rules.ruleset import RuleSet
from indicators.table.columns import CLAIMS, DOCUMENTS, QUANTITIES, build
from indicators.table.documents import undated

if TYPE_CHECKING:
    import pandas as pd

_EACH = 4  # shards a process at least, so that none is left without work for long
_SMALL = 1 << 16  # bytes of a shard at least


@dataclass(frozen=True, slots=True)
class Collected:
    """A table, rules that failed and why, and name, status and reason of each document that was not read.

    `review_faults`: lines of reviews.csv that were not applied.
    """

    table: pd.DataFrame
    failed_rules: dict[str, str]
    troubled: tuple[tuple[str, str, str], ...]
    review_faults: tuple[Fault, ...] = ()


def collect(
    paths: Paths,
    rules: RuleSet,
    table: str = "claims",
    engine: Engine | None = None,
    exact: bool = False,
    reviews: Sequence[Review] = (),
    review_faults: Sequence[Fault] = (),
) -> Collected:
    """One table of the documents at `paths`: claims, quantities, documents or observations, `reviews` applied.

    Raises as `streaming.write_folder` does. Only what the table needs is read: claims do without unclaimed numbers. The
    documents that were reviewed are read once more, here. `review_faults` are those known of lines left out.
    """
    engine = engine or Engine()
    entries = with_copies(list_entries(paths))
    whole = sum(entry.size for entry in entries)
    workers = engine.workers or default_workers(whole)
    tasks = list(shards(entries, 0 if workers == 1 else max(_SMALL, min(SHARD, whole // (workers * _EACH)))))
    job = ReadRows(rules, every_number=table in ("quantities", "documents"), sketches=table == "observations")
    rows, documents, sketches = Shard(), {name: list[object]() for name in DOCUMENTS}, list[bytes]()
    results = run(job, tasks, engine.workers, engine.cluster, engine.limits)
    for read in in_order(engine.watched(results, whole)):
        rows.extend(read.shard)
        sketches += read.sketches
        for name, cells in documents.items():
            cells += read.documents[name]
    statuses = zip(documents["document"], documents["status"], documents["reason"], strict=True)
    troubled = tuple((str(name), str(status), str(reason)) for name, status, reason in statuses if status != "read")
    faults = tuple(review_faults)
    if table == "quantities":
        return Collected(build(QUANTITIES, rows.quantities), rows.failed, troubled, faults)
    claims = build(CLAIMS, rows.claims)
    if reviews:
        claims, more = _reviewed(claims, documents, entries, reviews, rules)
        faults += more
    return Collected(_frame(table, claims, documents, sketches, exact), rows.failed, troubled, faults)


def _reviewed(
    claims: pd.DataFrame,
    documents: dict[str, list[object]],
    entries: Sequence[Entry],
    reviews: Sequence[Review],
    rules: RuleSet,
) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    """The claims after review, counted again in `documents`; lines that nobody can apply."""
    from indicators.table.reviewing import apply_reviews

    names = [str(name) for name in documents["document"]]
    hashes = dict(zip(names, map(str, documents["content_hash"]), strict=True))
    at = {entry.name: entry for entry in entries}
    found = apply_reviews(claims, reviews, hashes, cache(lambda name: read_entry(at[name])), rules)
    for column, rows in (("claims", found.claims), ("undated_claims", found.claims[undated(found.claims)])):
        counts = rows["document"].value_counts()
        documents[column] = [int(counts.get(name, 0)) for name in names]
    return found.claims, found.faults


def _frame(
    table: str, claims: pd.DataFrame, documents: dict[str, list[object]], sketches: list[bytes], exact: bool
) -> pd.DataFrame:
    if table == "documents":
        return build(DOCUMENTS, documents)
    if table == "claims":
        return claims
    from indicators.checks.copies import near_copies_of
    from indicators.table.observations import observations

    copies = near_copies_of(zip(map(str, documents["document"]), sketches, strict=True))
    facts = build(DOCUMENTS, {**documents, "quantities": [0] * len(sketches)})
    return observations(claims, facts, exact=exact, copies=copies)
