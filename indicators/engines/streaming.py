"""A corpus -> a folder of Parquet tables, shard by shard: never held in memory, interrupted and resumed at will.

A part is named by all that decides its rows, so that what is there need not be made again: after a change of documents
only the shards that hold them are read. The folder's manifest changes last, at once.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import indicators
from indicators.engines.contents import hashed
from indicators.engines.folder import Folder, open_folder
from indicators.engines.parts import SKETCHES, Part, WriteParts, part_key, part_name
from indicators.engines.running import run
from indicators.engines.store import Manifest, read_manifest, read_parts, rows_of, write_manifest
from indicators.engines.tasks import Limits, Task, shards
from indicators.engines.version import engine_version
from indicators.reading.files import Paths, list_entries, with_copies
from indicators.rules.ruleset import RuleSet

# What each command's folder holds.
TABLES: Mapping[str, tuple[str, ...]] = {
    "claims": ("claims", "documents"),
    "quantities": ("claims", "quantities", "documents"),
    "documents": ("claims", "quantities", "documents"),
    "observations": ("claims", "documents", "observations"),
}
Watch = Callable[[int, int], None]
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Engine:
    """How shards are read: processes (None: as many as the corpus deserves) or a Dask scheduler; what they may use.

    `watch` is told, time and again, how many bytes of how many are done.
    """

    workers: int | None = None
    cluster: str = ""
    limits: Limits | None = None
    watch: Watch = field(default=lambda done, whole: None)

    def watched(self, results: Iterator[tuple[Task, R]], whole: int, done: int = 0) -> Iterator[tuple[Task, R]]:
        """The results of tasks as they come, each told to `watch`; `done` bytes of `whole` were done before."""
        self.watch(done, whole)
        for task, result in results:
            done += task.size
            self.watch(done, whole)
            yield task, result


@dataclass(frozen=True, slots=True)
class Written:
    """A folder after a run: what it holds, how many shards were read for it, and documents that gave nothing, why."""

    manifest: Manifest
    shards: int
    read: int
    troubled: tuple[tuple[str, str, str], ...]


def write_folder(
    output: str | Path,
    paths: Paths,
    rules: RuleSet,
    table: str = "claims",
    engine: Engine | None = None,
    exact: bool = False,
    recheck: bool = False,
) -> Written:
    """Bring the tables of a folder up to date with the documents at `paths`; every table it holds, and `table`.

    `exact`: observations keep exact periods. `recheck`: every file is read again to see whether it changed.
    Raises ReadingError for the corpus, OutputError for the folder, EngineError where the engine cannot go on.
    """
    engine = engine or Engine()
    folder = open_folder(output)
    with folder.locked():
        before = read_manifest(folder)
        wanted = {*TABLES[table], *(before.tables if before else ())}
        exact = before.exact if before and table != "observations" else exact
        entries = with_copies(hashed(list_entries(paths), folder, recheck, engine.cluster))
        tasks = list(shards(entries))
        parts, read = _bring_up(folder, tasks, rules, wanted, before, engine)
        tables = {
            name: [{"part": f"{name}/{part.name}", "rows": part.rows[name]} for part in parts]
            for name in ("claims", "quantities", "documents")
            if name in wanted
        }
        if "observations" in wanted:
            tables["observations"] = [_observations(folder, tables, [part.name for part in parts], exact)]
        failed = {rule: reason for part in parts for rule, reason in part.failed_rules.items()}
        manifest = Manifest(
            rules.rules_version,
            engine_version(),
            indicators.__version__,
            time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            len(entries),
            exact,
            failed,
            tables,
        )
        _finish(folder, before, manifest, [part.name for part in parts])
        return Written(manifest, len(tasks), read, _troubled(folder, manifest))


def _bring_up(
    folder: Folder, tasks: Sequence[Task], rules: RuleSet, wanted: set[str], before: Manifest | None, engine: Engine
) -> tuple[list[Part], int]:
    """The parts of all tasks, in their order, and how many had to be made."""
    tables = tuple(sorted((wanted - {"observations"}) | ({SKETCHES} if "observations" in wanted else set())))
    kept = _Kept(folder, tables, before)
    found = {task.number: kept.part(part_name(part_key(tables, rules, task.entries))) for task in tasks}
    missing = [task for task in tasks if found[task.number] is None]
    whole = sum(task.size for task in tasks)
    job = WriteParts(rules, folder.url, tables, engine_version())
    results = run(job, missing, engine.workers, engine.cluster, engine.limits)
    for task, part in engine.watched(results, whole, whole - sum(task.size for task in missing)):
        found[task.number] = part
    return [part for part in found.values() if part is not None], len(missing)


class _Kept:
    """The parts that stand in a folder already: of the last manifest, or of a run that was interrupted after it."""

    def __init__(self, folder: Folder, tables: Sequence[str], before: Manifest | None) -> None:
        self._folder, self._tables = folder, tables
        self._there = {table: folder.names(table) for table in tables}
        self._rows = (
            {part["part"]: part["rows"] for parts in before.tables.values() for part in parts} if before else {}
        )

    def part(self, name: str) -> Part | None:
        """The part of that name, None where one of its tables is missing or cut off."""
        if not all(name in there for there in self._there.values()):
            return None
        named = f"documents/{name}" in self._rows
        rows = {
            table: self._rows.get(f"{table}/{name}", 0) if named else rows_of(self._folder, f"{table}/{name}")
            for table in self._tables
        }
        return None if None in rows.values() else Part(name, {table: count or 0 for table, count in rows.items()})


def _observations(
    folder: Folder, tables: Mapping[str, list[dict[str, Any]]], names: Sequence[str], exact: bool
) -> dict[str, Any]:
    """The observations of the claims parts as one part, made only where it is not there yet."""
    from indicators.checks.copies import near_copies_of
    from indicators.table.exports import frame_of, to_bytes
    from indicators.table.observations import observations

    words = f"{engine_version()} {exact} {' '.join(names)}"
    path = f"observations/part-{hashlib.sha256(words.encode()).hexdigest()[:24]}.parquet"
    rows = rows_of(folder, path)
    if rows is None:
        claims, documents = (
            frame_of(name, read_parts(folder, [part["part"] for part in tables[name]]))
            for name in ("claims", "documents")
        )
        sketches = read_parts(folder, [f"{SKETCHES}/{name}" for name in names]).to_pydict()
        copies = near_copies_of(zip(sketches["document"], sketches["sketch"], strict=True))
        frame = observations(claims, documents, exact=exact, copies=copies)
        folder.write(path, to_bytes(frame, "parquet"))
        rows = len(frame)
    return {"part": path, "rows": rows}


def _finish(folder: Folder, before: Manifest | None, manifest: Manifest, names: Sequence[str]) -> None:
    """Put the manifest in place and remove the parts that neither it nor the one before it names."""
    old = before.all_parts() if before else set()
    new = manifest.all_parts()
    if not before or replace(manifest, written=before.written) != before:
        folder.settle(sorted(new - old))
        write_manifest(folder, manifest)
    sketches = {f"{SKETCHES}/{name}" for name in names}
    for table in ("claims", "quantities", "documents", "observations", SKETCHES):
        for name in folder.names(table):
            path = f"{table}/{name}"
            if path not in new and path not in old and path not in sketches:
                folder.remove(path)


def _troubled(folder: Folder, manifest: Manifest) -> tuple[tuple[str, str, str], ...]:
    """Name, status and reason of each document that was not read."""
    import pyarrow.compute as pc

    rows = read_parts(folder, manifest.parts("documents"), ["document", "status", "reason"])
    rows = rows.filter(pc.not_equal(rows["status"], "read")).to_pydict()
    return tuple(zip(rows["document"], rows["status"], rows["reason"], strict=True))
