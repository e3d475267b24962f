"""Tables that did not come along, made of those that did: what a folder of claims alone can still tell."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pandas as pd

from indicators.table.columns import DOCUMENTS, OBSERVATIONS, QUANTITIES, arrow_schema, empty
from indicators.table.observations import NEEDED, observations
from indicators.table.store import Rows, Store

FINDINGS = ("check", "severity", "document", "start", "end", "claims", "zh", "en")
AT_ONCE = 200_000  # claims that are grouped in memory at a time
_FROM_CLAIMS = {
    "title": "min(title)",
    "source": "min(source)",
    "published": "min(published)",
    "claims": "count(*)",
    "undated_claims": "count(*) FILTER (period_start = '' AND period_end = '')",
    "characters": "0::BIGINT",
    "quantities": "0::BIGINT",
    "status": "'read'",
}


def complete(store: Store) -> None:
    """Add the tables that a store of claims lacks: documents as far as claims name them, no quantities, no findings.

    Not the observations: see `write_observations`.
    """
    if "documents" not in store:
        cells = {name: _FROM_CLAIMS.get(name, "''") for name in DOCUMENTS if name != "document"}
        said = ", ".join(f"{cell} AS {name}" for name, cell in cells.items())
        store.derive("documents", f"SELECT document, {said} FROM claims GROUP BY document ORDER BY document")  # noqa: S608
    if "quantities" not in store:
        store.add("quantities", empty(QUANTITIES))
    if "findings" not in store:
        store.add("findings", pd.DataFrame({name: pd.Series(dtype="str") for name in FINDINGS}))


def write_observations(
    store: Store, statuses: Collection[str] = ("actual",), copies: Mapping[str, str] | None = None
) -> Path:
    """The observations of a store's claims as a Parquet file, a few indicators at a time: memory stays flat.

    The file is the caller's to remove, with the folder that it is alone in.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = Path(tempfile.mkdtemp(prefix="indicators-")) / "observations.parquet"
    documents = store.rows("documents").frame(["document", "content_hash", "written", "published"])
    claims = store.rows("claims").among("status", list(statuses))
    with pq.ParquetWriter(path, arrow_schema(OBSERVATIONS)) as writer:
        for part in _portions(claims):
            made = observations(part.frame(NEEDED), documents, statuses, copies=copies)
            writer.write_table(pa.Table.from_pandas(made, schema=writer.schema, preserve_index=False))
    return path


def _portions(claims: Rows) -> Iterator[Rows]:
    """The claims of a few whole indicators each; observations never cross indicators."""
    counted = claims.counts("indicator")
    chosen: list[str] = []
    rows = 0
    for name in sorted(counted):
        if chosen and rows + counted[name] > AT_ONCE:
            yield claims.among("indicator", chosen)
            chosen, rows = [], 0
        chosen.append(name)
        rows += counted[name]
    if chosen:
        yield claims.among("indicator", chosen)
