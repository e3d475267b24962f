"""Paths -> Documents: the walk over files and folders, metadata laid beside them, copies read once.

A document's name is its POSIX path relative to the corpus root: the folder given, or the parent of the file given.
No file stops a run: one that cannot be read is a Document with status refused and a reason.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indicators.errors import Fault, Location, ReadingError
from indicators.model import Document
from indicators.reading.encodings import decode
from indicators.reading.guessing import guess
from indicators.reading.metadata import FILE_NAME, Metadata, Row, read_metadata

FORMATS = (".txt", ".md")
_NOT_DOCUMENTS = (FILE_NAME, "reviews.csv")
Paths = str | Path | Iterable[str | Path]


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be read: where it is, the corpus root it belongs to, its name; `reason` refuses it unread."""

    path: Path
    root: Path
    name: str
    reason: str = ""


def read_documents(paths: Paths, root: Path | None = None, metadata: Metadata | None = None) -> Iterator[Document]:
    """Documents of files and folders (recursive, sorted by name); one that cannot be read has status refused.

    `root` fixes the folder that names are relative to. `metadata` replaces the metadata.csv files beside the
    documents. Byte-identical files are one Document, the first by name; `same_as` lists the others.
    Raises ReadingError at once, before any document is read, for a path that does not exist, a folder without
    files, and faults in a metadata.csv (all of them).
    """
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    files = _named([file for path in given for file in _walk(Path(path), root)])
    shelf = _Shelf(files, metadata)
    return _read_all(files, shelf)


def metadata_warnings(paths: Paths, root: Path | None = None) -> tuple[Fault, ...]:
    """What in the metadata.csv files deserves a look: columns that are not read, rows whose document does not exist.

    Raises ReadingError as `read_documents` does.
    """
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    files = _named([file for path in given for file in _walk(Path(path), root)])
    return _Shelf(files, None).warnings()


def _read_all(files: list[_File], shelf: _Shelf) -> Iterator[Document]:
    copies = _copies(files)
    later = {copy.name for others in copies.values() for copy in others}
    for file in files:
        if file.name not in later:
            yield _read(file, copies.get(file.name, []), shelf)


def _walk(path: Path, root: Path | None) -> list[_File]:
    """The files at a path, sorted by name; names are made in `_named`."""
    if not path.exists():
        raise _fault(path, "no such file or folder", "check the path", "路径不存在")
    if path.is_file() or not path.is_dir():
        return [_File(path, root or path.parent, "", _reason(path, None))]
    inside = path.resolve()
    files: list[_File] = []
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in sorted([*names, *links]):
            if not name.startswith(".") and name not in _NOT_DOCUMENTS:
                child = Path(folder) / name
                files.append(_File(child, root or path, "", _reason(child, inside)))
    if not files:
        raise _fault(path, "the folder holds no documents", f"put {' or '.join(FORMATS)} files into it", "文件夹为空")
    return files


def _fault(path: Path, message: str, remedy: str, zh: str) -> ReadingError:
    return ReadingError(faults=(Fault(Location(str(path)), message, remedy, zh),))


def _reason(path: Path, inside: Path | None) -> str:
    """Why a file is refused unread, "" where it may be read. A folder is met here only as a symbolic link."""
    if path.is_symlink() and inside and not path.resolve().is_relative_to(inside):
        return "symbolic link that leads out of the folder / 指向文件夹之外的链接"
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"cannot be opened: {error.strerror} / 无法打开"
    if stat.S_ISDIR(mode):
        return "symbolic link to a folder; its files are read where they are / 指向文件夹的链接"
    if not stat.S_ISREG(mode):
        return "not a regular file / 不是普通文件"
    if path.suffix.lower() not in FORMATS:
        known = " ".join(FORMATS)
        return (
            f"format {path.suffix or 'without suffix'} is not read; formats read: {known} / 不支持此格式,可读: {known}"
        )
    return ""


def _named(files: list[_File]) -> list[_File]:
    """Files with their names, each path once; a name taken by another root's file gets its root's name before it."""
    named: dict[str, _File] = {}
    seen: set[Path] = set()
    for file in files:
        where = file.path.absolute()
        if where in seen:
            continue
        seen.add(where)
        name = _relative(where, file.root.absolute())
        if name in named:
            name = f"{_printable(file.root.absolute().name)}/{name}"
        if name in named:
            name = _printable(where.as_posix())
        named[name] = _File(file.path, file.root, name, file.reason)
    return list(named.values())


def _relative(path: Path, root: Path) -> str:
    path, root = Path(os.path.normpath(path)), Path(os.path.normpath(root))
    return _printable(path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name)


def _printable(name: str) -> str:
    """A file name that is not UTF-8 (archives made in Chinese Windows) as text; others unchanged."""
    if name.isascii():
        return name
    raw = os.fsencode(name)
    try:
        return decode(raw).text
    except ReadingError:
        return raw.decode("utf-8", "replace")


def _copies(files: list[_File]) -> dict[str, list[_File]]:
    """Byte-identical files: the first's name -> the others. Only files of equal size are compared."""
    sizes: dict[int, list[_File]] = defaultdict(list)
    for file in files:
        if not file.reason:
            try:
                sizes[file.path.stat().st_size].append(file)
            except OSError:
                continue
    copies: dict[str, list[_File]] = {}
    for same_size in sizes.values():
        if len(same_size) < 2:
            continue
        by_hash: dict[str, list[_File]] = defaultdict(list)
        for file in same_size:
            try:
                by_hash[content_hash(file.path.read_bytes())].append(file)
            except OSError:
                continue
        copies.update({first.name: others for first, *others in by_hash.values() if others})
    return copies


def content_hash(data: bytes) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _read(file: _File, copies: list[_File], shelf: _Shelf) -> Document:
    """The Document of a file: text, metadata of its row (or of a copy's), guesses for what the row leaves empty."""
    same_as = tuple(copy.name for copy in copies)
    row = next((row for row in map(shelf.row, [file, *copies]) if row), Row(file.name))
    known = {
        **{name: getattr(row, name) for name in ("title", "source", "published", "written", "place", "url")},
        **{f"{name}_from": "metadata" for name in ("title", "source", "published", "place") if getattr(row, name)},
    }
    if file.reason:
        return Document(file.name, "", "", "", same_as=same_as, status="refused", reason=file.reason, **known)
    digest = ""
    try:
        data = file.path.read_bytes()
        digest = content_hash(data)
        text, encoding = decode(data)
    except OSError as error:
        reason = f"cannot be opened: {error.strerror} / 无法打开"
        return Document(file.name, "", "", "", same_as=same_as, status="refused", reason=reason, **known)
    except ReadingError as error:
        return Document(file.name, "", digest, "", same_as=same_as, status="refused", reason=str(error), **known)
    guessed = guess(text)
    for name in ("title", "source", "published"):
        if not known[name] and (words := getattr(guessed, name)):
            known[name], known[f"{name}_from"] = words, "text"
    return Document(file.name, text, digest, encoding, same_as=same_as, **known)


class _Shelf:
    """The metadata of every folder of the corpus, read before any document."""

    def __init__(self, files: list[_File], metadata: Metadata | None) -> None:
        self._given = metadata
        self._folders: dict[Path, Metadata] = {}
        faults: list[Fault] = []
        for folder in sorted({folder for file in files for folder in _folders(file)}) if metadata is None else []:
            try:
                self._folders[folder] = read_metadata(folder / FILE_NAME)
            except ReadingError as error:
                faults.extend(error.faults or (Fault(Location(str(folder / FILE_NAME)), str(error)),))
        if faults:
            raise ReadingError(faults=tuple(faults))

    def warnings(self) -> tuple[Fault, ...]:
        """Warnings of every metadata.csv, in order of folder and line."""
        found: list[Fault] = []
        for folder, metadata in sorted(self._folders.items()):
            found.extend(metadata.warnings)
            for row in metadata.rows.values():
                if not (folder / row.file.replace("\\", "/")).exists():
                    where = Location(metadata.path, row.line, 1)
                    message, remedy = f"no document '{row.file}'", "correct the name or delete the row"
                    found.append(Fault(where, message, remedy, "没有这个文件", "warning"))
        return tuple(found)

    def row(self, file: _File) -> Row | None:
        """The row of a file in the nearest metadata.csv that names it, from its own folder up to the root."""
        if self._given is not None:
            return self._given.get(file.name)
        for folder in _folders(file):
            name = unicodedata.normalize("NFC", _relative(file.path.absolute(), folder.absolute()))
            if row := self._folders[folder].get(name):
                return row
        return None


def _folders(file: _File) -> list[Path]:
    """The folders whose metadata.csv may name a file, nearest first: its own up to the corpus root."""
    own = file.path.parent
    if own.is_relative_to(file.root):
        return [own, *(parent for parent in own.parents if parent.is_relative_to(file.root))]
    return [own]
