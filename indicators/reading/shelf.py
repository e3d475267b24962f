"""The metadata.csv files of a corpus, read before any document, and the row in them that is about a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from indicators.errors import Fault, Location, ReadingError
from indicators.reading.archives import exists, read_bytes
from indicators.reading.encodings import decode
from indicators.reading.limits import check
from indicators.reading.metadata import FILE_NAME, Metadata, Row, file_key, parse_metadata
from indicators.reading.sources import is_url
from indicators.reading.walking import Found, relative


@dataclass(frozen=True, slots=True)
class Home:
    """The metadata.csv for a file, the file's name in it, and whether it has a row there."""

    path: Path
    file: str
    named: bool


class Shelf:
    """The metadata of every folder that a corpus's files lie in. Raises ReadingError with the faults of all of them."""

    def __init__(self, files: list[Found], given: Metadata | None = None) -> None:
        self._given = given
        self._files = files
        self._taken: dict[tuple[str, str], str] = {}  # folder, name of a row -> file of another name that has the row
        self._folders: dict[str, Metadata] = {}
        shown: dict[str, str] = {}
        for own, root, words in dict.fromkeys((_folder(file), file.root, file.shown) for file in files):
            for level, folder in enumerate(_up(own, root)):
                shown.setdefault(folder, os.path.normpath(Path(words, *[".."] * level)) if level else words)
        faults: list[Fault] = []
        for folder, words in sorted(shown.items()) if given is None else []:
            try:
                self._folders[folder] = _read(f"{folder}/{FILE_NAME}", _shown(words))
            except ReadingError as error:
                faults.extend(error.faults)
        if faults:
            raise ReadingError(faults=tuple(faults))

    def row(self, file: Found) -> Row | None:
        """The row of a file in the nearest metadata.csv that names it, from its own folder up to the root."""
        if self._given is not None:
            return self._given.get(file.name)
        for folder in _up(_folder(file), file.root):
            if row := self._named(file, folder):
                return row
        return None

    def home(self, file: Found) -> Home | None:
        """Where the row of a file stands, or a new one would: in the nearest metadata.csv, else in the root's.

        None where that cannot be written: in an archive, at a URL, or where another file has the row of that name.
        """
        folders = _up(_folder(file), file.root)
        naming = next((folder for folder in folders if self._named(file, folder)), "")
        local = [folder for folder in folders if not is_url(folder) and Path(folder).is_dir()]
        if not local or (naming and naming not in local):
            return None
        folder = naming or next((folder for folder in local if self._folders[folder].path), local[-1])
        name = relative(file.path, folder)
        return Home(Path(folder) / FILE_NAME, name, bool(naming)) if self._may_have(file, folder, name) else None

    def _named(self, file: Found, folder: str) -> Row | None:
        rows = self._folders[folder].rows
        if not rows:
            return None
        name = relative(file.path, folder)
        row = rows.get(name) or rows.get(file_key(name))
        return row if row and self._may_have(file, folder, name) else None

    def _may_have(self, file: Found, folder: str, name: str) -> bool:
        r"""Whether the row of this name is the file's: a\b.txt goes by a/b.txt where no file has that very name."""
        key = file_key(name)
        if key == name:
            return True
        return f"{folder}/{key}" not in self._paths and self._taken.setdefault((folder, key), file.path) == file.path

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(file.path for file in self._files)

    def warnings(self) -> tuple[Fault, ...]:
        """Warnings of every metadata.csv, in order of folder and line."""
        found: list[Fault] = []
        for folder, metadata in sorted(self._folders.items()):
            found.extend(metadata.warnings)
            rows = metadata.rows
            missing = {key for key, row in rows.items() if not exists(f"{folder}/{row.file.replace(chr(92), '/')}")}
            if missing:  # not by the names that rows have: those of other systems, encodings, compositions
                missing -= {file_key(relative(file.path, folder)) for file in self._files}
            for row in (row for key, row in rows.items() if key in missing):
                where = Location(metadata.path, row.line, 1)
                message, remedy = f"no document '{row.file}'", "correct the name or delete the row"
                found.append(Fault(where, message, remedy, "没有这个文件", "warning"))
        return (*found, *self._nameless())

    def _nameless(self) -> Iterator[Fault]:
        """The files that metadata.csv cannot name, as it takes their names for those of others."""
        for file in self._files if self._given is None else ():
            folder, _, name = file.path.rpartition("/")
            if not self._may_have(file, folder, relative(file.path, folder)):
                words = f"{name!r} cannot be named in {FILE_NAME} beside '{file_key(name)}'"
                zh = "metadata.csv 无法区分这两个文件名,请改名"
                yield Fault(Location(file.shown), words, "rename one of them", zh, "warning")


def _read(path: str, shown: str) -> Metadata:
    """The metadata at a path or URL, named `shown` in messages; no file is an empty Metadata."""
    if not exists(path):
        return Metadata()
    try:
        data = read_bytes(path)
        check("metadata_bytes", len(data))
        text = decode(data).text
    except (OSError, ReadingError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        fault = Fault(
            Location(shown),
            f"cannot be read: {reason}",
            "mend it, or give each folder its own",
            "无法读取，请修好，或分放到各文件夹",
        )
        raise ReadingError(faults=(fault,)) from error
    return parse_metadata(text, shown)


def _shown(folder: str) -> str:
    return f"{folder}/{FILE_NAME}" if is_url(folder) else str(Path(folder) / FILE_NAME)


def _folder(file: Found) -> str:
    return file.path.rpartition("/")[0] or "/"


@lru_cache(maxsize=1000)
def _up(own: str, root: str) -> tuple[str, ...]:
    """The folders whose metadata.csv may name a file, nearest first: its own up to the corpus root."""
    if own == root or not own.startswith(root if root.endswith("/") else f"{root}/"):
        return (own,)
    steps = [own]
    while steps[-1] != root and len(steps[-1]) > len(root):
        steps.append(steps[-1].rsplit("/", 1)[0] or "/")
    return tuple(steps)
