"""Paths -> the files of a corpus in their order, with names and what a directory tells of them; only the member
lists of archives are opened.

Order: the files of a folder sorted by name, then its folders. A corpus of a hundred thousand files is walked in about
a second: one system call a file, strings instead of paths.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from indicators.errors import EmptyFolderError, Fault, Location, ReadingError
from indicators.reading import archives
from indicators.reading.encodings import decode
from indicators.reading.formats import FORMATS
from indicators.reading.metadata import FILE_NAME
from indicators.reading.sources import filesystem, is_url, local
from indicators.reading.unread import why_unread

OWN_FOLDER = ".indicators"  # marks a folder of tables that the project wrote: no part of a corpus
# Bytes that are no UTF-8 (surrogates), and letters that GBK bytes give by chance when they are read as UTF-8.
_DOUBTFUL = re.compile("[\x00-\x1f\x7f-\x9f\u0250-\u036f\u0500-\u07ff\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # two bytes by chance: no file is named in UTF-16
_NOT_DOCUMENTS = (FILE_NAME, "reviews.csv")


@dataclass(frozen=True, slots=True)
class Found:
    """A file: absolute path or URL, the root that its name is relative to, its folder as the user wrote it.

    `size` in bytes, `mtime_ns` its time of change in nanoseconds, 0 where unknown; `reason` refuses it unread.
    """

    path: str
    root: str
    shown: str
    name: str = ""
    size: int = 0
    mtime_ns: int = 0
    reason: str = ""


def walk(path: str | Path, root: str | Path | None = None) -> list[Found]:
    """The files at a path or URL, members for an archive: archive.zip/inner.txt.

    Raises ReadingError where the path does not exist or is a folder without files.
    """
    return [file for found in _walk(path, root) for file in _unpacked(found)]


def _unpacked(found: Found) -> list[Found]:
    """The members of an archive in its place; any other file as it is."""
    if found.reason or not found.path.lower().endswith(archives.SUFFIX):
        return [found]
    try:
        members = archives.members(found.path)
    except OSError as error:
        return [replace(found, reason=f"cannot be opened: {error.strerror or error} / 无法打开")]
    except ReadingError as error:
        return [replace(found, reason=str(error))]
    shown, inside = f"{found.shown}/{found.path.rpartition('/')[2]}", []
    for member in members:
        *folders, name = member.name.split("/")
        if (
            name in _NOT_DOCUMENTS
            or name.startswith(".")
            or any(step.startswith((".", "__MACOSX")) for step in folders)
        ):
            continue
        path = f"{found.path}/{member.name}"
        reason = member.reason or _unknown_format(path)
        words = "/".join([shown, *folders])
        inside.append(Found(path, found.root, words, "", member.size, found.mtime_ns, reason))
    return inside or [replace(found, reason="the archive holds no documents / 压缩包中没有文档")]


def _walk(path: str | Path, root: str | Path | None) -> list[Found]:
    where = local(path)
    base = local(root) if root else ""
    if is_url(where):
        return _walk_url(where, base)
    if not Path(where).exists():
        raise _fault(str(path), "no such file or folder", "check the path", "路径不存在")
    if not Path(where).is_dir():
        folder = str(Path(where).parent)
        return [_looked_at(Found(where, base or folder, str(Path(path).parent)), "")]
    files = list(_inside(where, str(path).removeprefix("file://"), base or where, os.path.realpath(where)))
    if not files:
        remedy, zh = f"put {', '.join(FORMATS)} files into it", "文件夹为空"
        raise EmptyFolderError(faults=(Fault(Location(str(path)), "the folder holds no documents", remedy, zh),))
    return files


def all_empty(paths: Iterable[str | Path]) -> bool:
    """Whether every one of these paths is a folder without a document. Raises ReadingError where one is missing."""
    for path in paths:
        try:
            walk(path, None)
        except EmptyFolderError:
            continue
        return False
    return True


def _fault(path: str, message: str, remedy: str, zh: str) -> ReadingError:
    return ReadingError(faults=(Fault(Location(path), message, remedy, zh),))


def _inside(folder: str, shown: str, root: str, real: str) -> Iterator[Found]:
    """The files of a folder and of the folders in it; `real` is the corpus that links must not lead out of."""
    try:
        with os.scandir(folder) as scan:
            listed = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield Found(folder, root, str(Path(shown).parent), reason=f"cannot be opened: {error.strerror} / 无法打开")
        return
    if any(entry.name == OWN_FOLDER for entry in listed):
        return
    folders = []
    for entry in listed:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            folders.append(entry.name)
        elif entry.name not in _NOT_DOCUMENTS:
            found = Found(f"{folder}/{entry.name}", root, shown)
            yield _looked_at(found, real) if entry.is_symlink() else _judged(found, entry)
    for name in folders:
        yield from _inside(f"{folder}/{name}", f"{shown}/{name}", root, real)


def _looked_at(found: Found, real: str) -> Found:
    """A file with its size, time and reason; one that is a link must not lead out of the folder `real`."""
    if real and not f"{os.path.realpath(found.path)}/".startswith(f"{real.rstrip('/')}/"):
        return replace(found, reason="symbolic link that leads out of the folder / 指向文件夹之外的链接")
    return _judged(found, Path(found.path))


def _judged(found: Found, entry: os.DirEntry[str] | Path) -> Found:
    """A file with its size, its time, and why it is refused unread. A folder is met here only as a symbolic link."""
    try:
        facts = entry.stat()
    except OSError as error:
        return replace(found, reason=f"cannot be opened: {error.strerror} / 无法打开")
    reason = ""
    if stat.S_ISDIR(facts.st_mode):
        reason = "symbolic link to a folder; its files are read where they are / 指向文件夹的链接"
    elif not stat.S_ISREG(facts.st_mode):
        reason = "not a regular file / 不是普通文件"
    reason = reason or _unknown_format(found.path)
    return Found(found.path, found.root, found.shown, "", facts.st_size, facts.st_mtime_ns, reason)


def _unknown_format(path: str) -> str:
    begin, dot, end = path.rpartition("/")[2].rpartition(".")
    suffix = dot + end if begin else ""
    return "" if suffix.lower() in FORMATS else why_unread(suffix, " ".join(FORMATS))


def _walk_url(url: str, base: str) -> list[Found]:
    try:
        system, inside = filesystem(url)
        facts = system.find(inside, detail=True)
        url = str(system.unstrip_protocol(inside))
    except OSError as error:
        raise _fault(url, error.strerror or str(error), "check the path", "路径不存在") from error
    files = []
    for path in sorted(facts, key=lambda path: _in_order(path, inside)):
        steps = path[len(inside) :].strip("/").split("/")
        if steps[-1] in _NOT_DOCUMENTS or any(step.startswith(".") for step in steps[:-1] or steps):
            continue
        full, modified = str(system.unstrip_protocol(path)), facts[path].get("mtime") or facts[path].get("LastModified")
        seconds = modified.timestamp() if hasattr(modified, "timestamp") else modified or 0
        folder = full.rsplit("/", 1)[0]
        size = int(facts[path].get("size") or 0)
        root = base or (folder if steps == [""] else url)
        files.append(Found(full, root, folder, "", size, int(seconds * 1e9), _unknown_format(full)))
    if not files:
        raise _fault(url, "no such file, or a folder without documents", "check the path", "路径不存在或没有文件")
    return files


def _in_order(path: str, inside: str) -> list[tuple[bool, str]]:
    """Sorts as a local walk does: the files of a folder before its folders."""
    *folders, name = path[len(inside) :].strip("/").split("/")
    return [*((True, folder) for folder in folders), (False, name)]


def named(files: list[Found]) -> list[Found]:
    """Files with their names, each path once; a name taken by another root's file gets its root's name before it."""
    taken: dict[str, Found] = {}
    seen: set[str] = set()
    for file in files:
        if file.path in seen:
            continue
        seen.add(file.path)
        short = relative(file.path, file.root)
        full = _printable(file.path)
        choices = (short, f"{_printable(file.root.rpartition('/')[2])}/{short}", full)
        name = next(name for name in chain(choices, (f"{full} ({number})" for number in count(2))) if name not in taken)
        taken[name] = Found(file.path, file.root, file.shown, name, file.size, file.mtime_ns, file.reason)
    return list(taken.values())


def relative(path: str, root: str) -> str:
    """The name of a file below a root, with /; its last part where it does not lie below."""
    begin = root if root.endswith("/") else f"{root}/"
    inside = path[len(begin) :] if path.startswith(begin) else path.rpartition("/")[2]
    return _printable(inside)


def _printable(name: str) -> str:
    r"""A file name that is not UTF-8 (archives made in Chinese Windows) as text; others unchanged.

    Bytes that are no text of any encoding are written as %FF: so the name stands in metadata.csv and is found again.

    >>> _printable("\udcc4\udcea.txt"), _printable("\udcff\udcfe.txt")
    ('年.txt', '%FF%FE.txt')
    """
    if name.isascii() or not _DOUBTFUL.search(name):
        return name
    raw = os.fsencode(name)
    with contextlib.suppress(ReadingError):
        if not raw.startswith(_MARKS) and "\ufffd" not in (text := decode(raw).text):
            return text
    return _SURROGATE.sub(lambda found: f"%{ord(found[0]) & 0xFF:02X}", name)
