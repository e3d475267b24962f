"""The job that writes each shard's rows as Parquet parts, named by all that decides what is in them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indicators.engines.folder import open_folder
from indicators.engines.reading_shards import ReadRows, Rows
from indicators.engines.tasks import Announce, Task
from indicators.engines.version import engine_version
from indicators.errors import OutputError
from indicators.reading.files import Entry
from indicators.rules.ruleset import RuleSet
from indicators.table.columns import CLAIMS, DOCUMENTS, QUANTITIES
from indicators.table.exports import parquet_bytes

SKETCHES = ".indicators/sketches"  # what near-copies are found by; not for readers


@dataclass(frozen=True, slots=True)
class Part:
    """A shard that was written: its file name, the rows of each table, rules that failed in it and why."""

    name: str
    rows: Mapping[str, int]
    failed_rules: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WriteParts:
    """The job that writes to a folder. `tables`: what is wanted of claims, quantities, documents and sketches."""

    rules: RuleSet
    folder: str
    tables: tuple[str, ...]
    version: str

    def run(self, task: Task, failed: Mapping[str, str], announce: Announce | None = None) -> Part:
        """Write the parts of a task, its documents last: where those stand, all stand. See `Job.run`."""
        if self.version != engine_version():
            raise OutputError("workers must have the same version of indicators as this process / 各进程的版本须相同")
        read = ReadRows(self.rules, "quantities" in self.tables, SKETCHES in self.tables)
        rows = read.run(task, failed, announce)
        whole = not rows.shard.failed and "failed" not in rows.documents["status"] and _as_listed(task, rows)
        name = part_name(part_key(self.tables, self.rules, task.entries), whole)
        counts, folder = {}, open_folder(self.folder)
        tables = {"claims": (CLAIMS, rows.shard.claims), "quantities": (QUANTITIES, rows.shard.quantities)}
        for table, (columns, lists) in {**tables, "documents": (DOCUMENTS, rows.documents)}.items():
            if table == "documents" and SKETCHES in self.tables:
                folder.write(f"{SKETCHES}/{name}", _sketch_bytes(rows.documents["document"], rows.sketches))
            if table in self.tables:
                folder.write(f"{table}/{name}", parquet_bytes(columns, lists))
                counts[table] = len(next(iter(lists.values())))
        return Part(name, counts, rows.shard.failed)


def _as_listed(task: Task, rows: Rows) -> bool:
    """Whether every file still held what it held when it was listed; the part's name speaks of that."""
    listed = (entry.content_hash if isinstance(entry, Entry) else "" for entry in task.entries)
    return all(not old or old == new for old, new in zip(listed, rows.documents["content_hash"], strict=True))


def _sketch_bytes(documents: Sequence[object], sketches: Sequence[bytes]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.table({"document": pa.array(documents, pa.string()), "sketch": pa.array(sketches)}), stream)
    return stream.getvalue()


def part_name(key: str, whole: bool = True) -> str:
    """File name of a part. One in which something failed or changed has another name: the next run tries it again."""
    return f"part-{key}.parquet" if whole else f"partial-{key}.parquet"


def part_key(tables: Sequence[str], rules: RuleSet, entries: Sequence[object]) -> str:
    """Hash of all that decides the rows of a shard: wanted tables, rules, package, contents, names and metadata."""
    digest = hashlib.sha256(f"{sorted(tables)} {rules.rules_version} {engine_version()}".encode())
    for entry in entries:
        if isinstance(entry, Entry):
            facts = (entry.name, entry.content_hash, entry.reason, entry.same_as, entry.row and _words(entry))
            digest.update(repr(facts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:24]


def _words(entry: Entry) -> tuple[str, ...]:
    row = entry.row
    return (row.title, row.source, row.published, row.written, row.place, row.url) if row else ()
