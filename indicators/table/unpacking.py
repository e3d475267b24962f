"""Opening a data package (`table.package`): unpacked into a folder within limits, every checksum verified."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from indicators.errors import Fault, Location, ReadingError
from indicators.reading.limits import LIMITS, MB
from indicators.table.package import MANIFEST

TABLES_FOLDER = "data"
_BROKEN = (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError)
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Package:
    """The tables of a data package by name, and its manifest (see `table.package`)."""

    tables: dict[str, pd.DataFrame]
    manifest: dict[str, Any]


def open_package(path: Path) -> Package:
    """The tables of a data package, checksums verified. Raises ReadingError as `unpack` does."""
    with tempfile.TemporaryDirectory(prefix="indicators-") as folder:
        manifest = unpack(path, Path(folder))
        found = table_files(Path(folder))
        return Package({name: pd.read_parquet(file) for name, file in found.items()}, manifest)


def table_files(folder: Path) -> dict[str, Path]:
    """The Parquet file of each table of an unpacked package, by name."""
    return {file.stem: file for file in sorted((folder / TABLES_FOLDER).glob("*.parquet"))}


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of a data package; nothing else of it is read or checked. Raises ReadingError where it has none."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _manifest(path, archive)
    except _BROKEN as error:
        raise _broken(path, error) from error


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Write the files of a data package below an empty folder; its manifest.

    Raises ReadingError, saying which file, where one was changed, is missing or not listed, where a name would lead
    out of the folder, and where the archive is none or unpacks to more than it should.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check(path, archive)
            manifest = _manifest(path, archive)
            named = {entry.filename: entry for entry in archive.infolist() if entry.filename != MANIFEST}
            for name, digest in manifest["files"].items():
                if name not in named or _write(archive, named.pop(name), folder / name) != digest:
                    raise _changed(path, name)
            if named:
                raise _changed(path, next(iter(named)))
    except _BROKEN as error:
        raise _broken(path, error) from error
    return manifest


def _manifest(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    remedy = "choose a ZIP that the Download page made"
    try:
        if archive.getinfo(MANIFEST).file_size > LIMITS["package_manifest_bytes"]:
            raise _fault(path, f"its {MANIFEST} is too long", remedy, "清单过大")
        manifest = json.loads(archive.read(MANIFEST))
        files, versions = manifest["files"], manifest["versions"]
        if not isinstance(files, Mapping) or not isinstance(versions, Mapping):
            raise ValueError("no lists")
    except (KeyError, ValueError, TypeError) as error:
        raise _fault(path, f"no {MANIFEST} of a data package", remedy, "不是数据包") from error
    return {str(name): value for name, value in manifest.items()}


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> str:
    """Write one file; the SHA-256 of what it held."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with archive.open(entry) as source, target.open("xb") as stream:
        while block := source.read(_BLOCK):
            digest.update(block)
            stream.write(block)
    return digest.hexdigest()


def _check(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse archives that would fill the disk, and names that lead elsewhere or stand twice."""
    entries = archive.infolist()
    whole = sum(entry.file_size for entry in entries)
    bombs = (one for one in entries if one.file_size > LIMITS["zip_ratio"] * max(1, one.compress_size) + MB)
    many = len(entries) > LIMITS["package_members"]
    if many or whole > LIMITS["package_bytes"] or next(bombs, None):
        message = f"unpacks to {whole:,} bytes in {len(entries):,} files"
        raise _fault(path, message, f"at most {LIMITS['package_bytes']:,} bytes are opened", "解压后过大")
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        outside = PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts
        if outside or "\\" in name or ":" in name or "\0" in entry.orig_filename or name.casefold() in seen:
            raise _fault(path, f"holds a file that leads elsewhere: {name}", "do not trust it", f"文件名越界：{name}")
        seen.add(name.casefold())


def _changed(path: Path, name: str) -> ReadingError:
    message = f"{name} is not what the manifest says"
    return _fault(path, message, "download it again", f"{name} 与清单不符，请重新下载")


def _broken(path: Path, error: BaseException) -> ReadingError:
    return _fault(path, f"cannot be opened: {error}", "download it again", "无法打开，请重新下载")


def _fault(path: Path, message: str, remedy: str, zh: str) -> ReadingError:
    return ReadingError(faults=(Fault(Location(str(path)), message, remedy, zh),))
