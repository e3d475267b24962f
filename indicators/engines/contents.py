"""What is in the files of a corpus: their hashes, kept beside the tables so that an unchanged file is not read again.

A file of the same path, size and time of change is taken for unchanged. That misses a file that was changed within the
same size and given its old time back (`touch -r`, some copying tools); `recheck` reads them all.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from indicators.engines.folder import Folder
from indicators.engines.running import run
from indicators.engines.tasks import SHARD, Announce, Task, shards
from indicators.reading.files import Entry, hash_entry
from indicators.reading.walking import OWN_FOLDER

_INDEX = f"{OWN_FOLDER}/files.parquet"
_YOUNG = 2 * 10**9  # ns: a file changed so shortly before it was read may change again within the same time stamp
Facts = tuple[int, int, str]  # size, time of change, hash


@dataclass(frozen=True)
class HashEntries:
    """The job that reads and hashes files where the workers are."""

    def run(self, task: Task, failed: Mapping[str, str], announce: Announce | None = None) -> list[str]:
        """The hashes of a task's files, in their order; "" for one that cannot be read."""
        return [hash_entry(entry) if isinstance(entry, Entry) else "" for entry in task.entries]


def hashed(entries: Sequence[Entry], folder: Folder, recheck: bool = False, cluster: str = "") -> list[Entry]:
    """Entries with their content hashes ("" for refused ones), read only where `folder` does not know them yet."""
    known = {} if recheck else _read_index(folder)
    begun = time.time_ns()
    found = [_known(entry, known.get(os.fsencode(entry.path))) for entry in entries]
    unknown = [index for index, entry in enumerate(found) if not entry.content_hash and not entry.reason]
    digests = _hash([found[index] for index in unknown], cluster)
    for index, digest in zip(unknown, digests, strict=True):
        found[index] = replace(found[index], content_hash=digest)
    kept = [entry for entry in found if entry.content_hash and 0 < entry.mtime_ns < begun - _YOUNG]
    if unknown or len(kept) != len(known):
        _write_index(folder, kept)
    return found


def _known(entry: Entry, facts: Facts | None) -> Entry:
    if facts and not entry.reason and facts[:2] == (entry.size, entry.mtime_ns):
        return replace(entry, content_hash=facts[2])
    return entry


def _hash(entries: Sequence[Entry], cluster: str) -> list[str]:
    if cluster:
        tasks = list(shards(entries, 16 * SHARD))
        parts = {task.number: digests for task, digests in run(HashEntries(), tasks, cluster=cluster)}
        return [digest for number in sorted(parts) for digest in parts[number]]
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(hash_entry, entries))


def _read_index(folder: Folder) -> dict[bytes, Facts]:
    data = folder.read(_INDEX)
    if data is None:
        return {}
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        columns = pq.read_table(io.BytesIO(data)).to_pydict()
        rows = zip(columns["size"], columns["mtime_ns"], columns["hash"], strict=True)
        return dict(zip(columns["path"], rows, strict=True))
    except (pa.ArrowInvalid, KeyError, OSError):  # cut off by a power cut: read the files again
        return {}


def _write_index(folder: Folder, entries: Sequence[Entry]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {
        "path": pa.array([os.fsencode(entry.path) for entry in entries], pa.binary()),
        "size": pa.array([entry.size for entry in entries], pa.int64()),
        "mtime_ns": pa.array([entry.mtime_ns for entry in entries], pa.int64()),
        "hash": pa.array([entry.content_hash for entry in entries], pa.string()),
    }
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream, compression="zstd")
    folder.write(_INDEX, stream.getvalue())
