"""Entries of a corpus -> tasks: the shards that processes and machines work on, and what such work may use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from indicators.errors import IndicatorsError
from indicators.model import Document
from indicators.reading.files import Entry

SHARD = 1 << 20  # bytes of documents in a shard: work for a second or less, and what one changed document costs
_PARTS = 16_384  # shards of a corpus at most: a larger corpus gets larger shards
_MOST = 2000  # documents of a shard
R_co = TypeVar("R_co", covariant=True)
Announce = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Task:
    """A shard: entries to be read, or documents already read, and their size in bytes. `number` is its place."""

    number: int
    entries: tuple[Entry | Document, ...]
    size: int


class Job(Protocol[R_co]):
    """What is done with each task. Frozen and picklable; gives the same wherever it runs."""

    def run(self, task: Task, failed: Mapping[str, str], announce: Announce | None = None) -> R_co:
        """Do one task; documents named in `failed` are not read again and reported with that reason.

        With `announce` documents are read one by one, each named beforehand, so that who watches knows the guilty one;
        an exception then fails its document alone. Without, it comes out.
        """


class EngineError(IndicatorsError):
    """The engine itself cannot go on: workers do not start, the cluster is gone."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may use before it is replaced: wall time by bytes, and private memory by the largest document."""

    seconds: float = 60.0
    bytes_a_second: int = 20_000
    memory: int = 2 << 30
    memory_a_byte: int = 40
    start: float = 300.0

    def time(self, size: int) -> float:
        """Seconds that reading `size` bytes may take."""
        return self.seconds + size / self.bytes_a_second

    def bytes(self, largest: int) -> int:
        """Private memory that a worker may hold where the largest document has so many bytes."""
        return self.memory + self.memory_a_byte * largest


def shards(entries: Iterable[Entry], target: int = 0) -> Iterator[Task]:
    """Cut a corpus, in its order, into tasks of about `target` bytes (by default as many as its size asks for).

    Where a shard ends is decided by the names of documents, so that a document more or less changes only the shard it
    is in, and most often no other.
    """
    kept = list(entries)
    target = target or shard_bytes(sum(entry.size for entry in kept))
    shard: list[Entry] = []
    size = number = 0
    for entry in kept:
        shard.append(entry)
        size += entry.size
        if len(shard) >= _MOST or size >= 2 * target or (size >= target / 2 and _ends(entry, target / 2)):
            yield Task(number, tuple(shard), size)
            shard, size, number = [], 0, number + 1
    if shard:
        yield Task(number, tuple(shard), size)


def shard_bytes(total: int) -> int:
    """Bytes of a shard of a corpus of `total` bytes: a power of two, so that a growing corpus seldom changes it.

    >>> shard_bytes(10_000), shard_bytes(10**12)
    (1048576, 67108864)
    """
    size = SHARD
    while size * _PARTS < total:
        size *= 2
    return size


def _ends(entry: Entry, mean: float) -> bool:
    """Whether a shard ends with this document: as likely as its share of `mean` bytes, decided by its name."""
    draw = int.from_bytes(hashlib.blake2b(entry.name.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big")
    return draw < (1 << 32) * max(entry.size, 1) / mean


def size_of(entry: Entry | Document) -> int:
    """Bytes of a document, about."""
    return entry.size if isinstance(entry, Entry) else 3 * len(entry.text)
