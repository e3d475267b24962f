"""Rows of metadata.csv for documents that have none: what they say of themselves, for a person to check."""

from __future__ import annotations

from pathlib import Path

from indicators.model import Document
from indicators.reading.datewords import iso_date
from indicators.reading.files import Paths, list_entries, metadata_homes, read_entry, with_copies
from indicators.reading.metadata import DATES
from indicators.reading.metadata_writing import open_metadata, save

_GUESSED = ("title", "source", "published", "written", "place", "url")


def guessed_row(document: Document) -> dict[str, str]:
    """The cells of a new row: what is known or guessed of a document, marked as checked by nobody."""
    cells = {name: getattr(document, name).replace("\ufffd", "") for name in _GUESSED}  # a file with it is not written
    return {**cells, **{name: iso_date(cells[name]) for name in DATES}, "checked": "no"}


def add_rows(paths: Paths) -> list[tuple[Path, int]]:
    """Add a row for each document that can be read and has none; the files written, and how many rows each got.

    Rows that are there stay as they are. Raises ReadingError as `read_documents` does, OutputError where a file cannot
    be written; those before it are.
    """
    kept = list(paths) if not isinstance(paths, (str, Path)) else paths
    homes = metadata_homes(kept)
    due: dict[Path, dict[str, dict[str, str]]] = {}
    for entry in with_copies(list_entries(kept)):
        home = homes.get(entry.name)
        if entry.row is None and not entry.reason and home is not None:
            document = read_entry(entry)
            if document.status == "read":
                due.setdefault(home.path, {})[home.file] = guessed_row(document)
    opened = {path: open_metadata(path) for path in due}
    for path, rows in due.items():
        save(opened[path], rows)
    return [(path, len(rows)) for path, rows in due.items()]
