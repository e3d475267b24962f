"""A corpus -> one table in memory, its documents read by whatever engine and let go: for files and standard output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.engines.reading_shards import ReadRows
from indicators.engines.running import default_workers, in_order, run
from indicators.engines.shard import Shard
from indicators.engines.streaming import Engine
from indicators.engines.tasks import SHARD, shards
from indicators.reading.files import Paths, list_entries, with_copies
from indicators.rules.ruleset import RuleSet
from indicators.table.columns import CLAIMS, DOCUMENTS, QUANTITIES, build

if TYPE_CHECKING:
    import pandas as pd

_EACH = 4  # shards a process at least, so that none is left without work for long
_SMALL = 1 << 16  # bytes of a shard at least


@dataclass(frozen=True, slots=True)
class Collected:
    """A table, rules that failed and why, and name, status and reason of each document that was not read."""

    table: pd.DataFrame
    failed_rules: dict[str, str]
    troubled: tuple[tuple[str, str, str], ...]


def collect(
    paths: Paths, rules: RuleSet, table: str = "claims", engine: Engine | None = None, exact: bool = False
) -> Collected:
    """One table of the documents at `paths`: claims, quantities, documents or observations.

    Raises as `streaming.write_folder` does. Only what the table needs is read: claims do without unclaimed numbers.
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
    return Collected(_frame(table, rows, documents, sketches, exact), rows.failed, troubled)


def _frame(
    table: str, rows: Shard, documents: dict[str, list[object]], sketches: list[bytes], exact: bool
) -> pd.DataFrame:
    if table == "quantities":
        return build(QUANTITIES, rows.quantities)
    if table == "documents":
        return build(DOCUMENTS, documents)
    claims = build(CLAIMS, rows.claims)
    if table == "claims":
        return claims
    from indicators.checks.copies import near_copies_of
    from indicators.table.observations import observations

    copies = near_copies_of(zip(map(str, documents["document"]), sketches, strict=True))
    facts = build(DOCUMENTS, {**documents, "quantities": [0] * len(sketches)})
    return observations(claims, facts, exact=exact, copies=copies)
