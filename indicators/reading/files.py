"""Paths -> Documents: files listed without being read, metadata laid beside them, copies read once.

A document's name is its POSIX path relative to the corpus root: the folder given, or the parent of the file given.
No file stops a run: one that cannot be read is a Document with status refused and a reason. An `Entry` is a file that
has not been read yet; it holds all that `read_entry` needs, so that any process or machine may read it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from indicators.errors import Fault, ReadingError
from indicators.model import Document
from indicators.reading.archives import read_bytes
from indicators.reading.formats import extract, kind_of
from indicators.reading.guessing import guess
from indicators.reading.limits import check
from indicators.reading.metadata import Metadata, Row
from indicators.reading.shelf import Home, Shelf
from indicators.reading.walking import Found, named, walk

__all__ = [
    "Entry",
    "list_entries",
    "metadata_homes",
    "metadata_warnings",
    "read_documents",
    "read_entry",
    "with_copies",
]

Paths = str | Path | Iterable[str | Path]
Hasher = Callable[["list[Entry]"], "list[str]"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the corpus before it is read: document name, absolute path or URL, size in bytes, time of change.

    `row` is its line of metadata.csv, `same_as` the names of files with the same bytes, `content_hash` their SHA-256
    where it is known; `reason` refuses the file unread.
    """

    name: str
    path: str
    size: int = 0
    mtime_ns: int = 0
    reason: str = ""
    row: Row | None = None
    same_as: tuple[str, ...] = ()
    content_hash: str = ""


def read_documents(paths: Paths, root: Path | None = None, metadata: Metadata | None = None) -> Iterator[Document]:
    """Documents of files and folders (recursive, sorted by name); one that cannot be read has status refused.

    `root` fixes the folder that names are relative to. `metadata` replaces the metadata.csv files beside the
    documents. Byte-identical files are one Document, the first by name; `same_as` lists the others.
    Raises ReadingError at once, before any document is read, for a path that does not exist, a folder without
    files, and faults in a metadata.csv (all of them).
    """
    entries = list_entries(paths, root, metadata)
    return (read_entry(entry) for entry in with_copies(entries))


def list_entries(paths: Paths, root: Path | None = None, metadata: Metadata | None = None) -> list[Entry]:
    """The files that `read_documents` would read, in its order, each copy by itself; nothing but metadata is opened.

    Raises ReadingError as `read_documents` does.
    """
    files = _files(paths, root)
    shelf = Shelf(files, metadata)
    return [Entry(file.name, file.path, file.size, file.mtime_ns, file.reason, shelf.row(file)) for file in files]


def metadata_warnings(paths: Paths, root: Path | None = None) -> tuple[Fault, ...]:
    """What in the metadata.csv files deserves a look: columns that are not read, rows whose document does not exist.

    Raises ReadingError as `read_documents` does.
    """
    return Shelf(_files(paths, root)).warnings()


def metadata_homes(paths: Paths, root: Path | None = None) -> dict[str, Home | None]:
    """Document name -> where its row of metadata.csv stands or would stand, None where none can be written.

    Raises ReadingError as `read_documents` does.
    """
    files = _files(paths, root)
    shelf = Shelf(files)
    return {file.name: shelf.home(file) for file in files}


def _files(paths: Paths, root: Path | None) -> list[Found]:
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    return named([file for path in given for file in walk(path, root)])


def with_copies(entries: Iterable[Entry], hasher: Hasher | None = None) -> list[Entry]:
    """Entries of which byte-identical ones are one: the first, with the others' names and, if it has none, their row.

    Only files of equal size are compared. `hasher` gives the hashes of entries that have none yet, "" for a file that
    cannot be read; by default they are read here, one after the other.
    """
    kept = list(entries)
    sizes: dict[int, list[int]] = defaultdict(list)
    for index, entry in enumerate(kept):
        if not entry.reason:
            sizes[entry.size].append(index)
    unknown = [i for same_size in sizes.values() if len(same_size) > 1 for i in same_size if not kept[i].content_hash]
    for index, digest in zip(unknown, (hasher or _hashes)([kept[index] for index in unknown]), strict=True):
        kept[index] = replace(kept[index], content_hash=digest)
    first: dict[tuple[str, str], int] = {}
    copies: dict[int, list[Entry]] = defaultdict(list)
    for index, entry in enumerate(kept):
        key = (entry.content_hash, kind_of(entry.path))
        if entry.content_hash and first.setdefault(key, index) != index:
            copies[first[key]].append(entry)
    for index, others in copies.items():
        row = kept[index].row or next((other.row for other in others if other.row), None)
        kept[index] = replace(kept[index], row=row, same_as=tuple(other.name for other in others))
    later = {id(other) for others in copies.values() for other in others}
    return [entry for entry in kept if id(entry) not in later]


def _hashes(entries: list[Entry]) -> list[str]:
    return [hash_entry(entry) for entry in entries]


def hash_entry(entry: Entry) -> str:
    """SHA-256 of a file's bytes, "" where it cannot be read."""
    try:
        return content_hash(read_bytes(entry.path))
    except (OSError, ReadingError):
        return ""


def content_hash(data: bytes) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_entry(entry: Entry) -> Document:
    """The Document of a file: text, metadata of its row (or of a copy's), guesses for what the row leaves empty."""
    row = entry.row or Row(entry.name)
    known = {
        **{name: getattr(row, name) for name in ("title", "source", "published", "written", "place", "url")},
        **{f"{name}_from": "metadata" for name in ("title", "source", "published", "place") if getattr(row, name)},
        "same_as": entry.same_as,
    }
    if entry.reason:
        return Document(entry.name, "", "", "", status="refused", reason=entry.reason, **known)
    digest = ""
    try:
        check("file_bytes", entry.size)
        data = read_bytes(entry.path)
        digest = content_hash(data)
        found = extract(entry.path, data)
    except OSError as error:
        reason = f"cannot be opened: {error.strerror or error} / 无法打开"
        return Document(entry.name, "", "", "", status="refused", reason=reason, **known)
    except ReadingError as error:
        return Document(entry.name, "", digest, "", status="refused", reason=str(error), **known)
    guessed = guess(found.text)
    for name in ("title", "source", "published"):
        if known[name]:
            continue
        if words := getattr(found, name):
            known[name], known[f"{name}_from"] = words, getattr(found, f"{name}_from")
        elif words := getattr(guessed, name):
            known[name], known[f"{name}_from"] = words, "text"
    return Document(entry.name, found.text, digest, found.encoding, reason=found.note, **known)
