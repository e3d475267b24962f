"""A data package: one ZIP with tables, their schema, the rules that made them, and a checksum of everything.

`datapackage.json` describes the CSV files as Frictionless Data says (https://specs.frictionlessdata.io), so that other
tools validate and load them. `manifest.json` gives the versions of all parts and the SHA-256 of every other file.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd
from pandas.api.types import is_bool_dtype, is_integer_dtype, is_numeric_dtype

from indicators.errors import Fault, Location, ReadingError
from indicators.reading.limits import LIMITS, MB
from indicators.table.columns import DESCRIPTIONS, TABLES
from indicators.table.exports import to_bytes

MANIFEST = "manifest.json"
_MADE = (2000, 1, 1, 0, 0, 0)  # equal contents give equal bytes
_KEYS = {"claims": ["claim_id", "rule"], "documents": ["document"]}


@dataclass(frozen=True, slots=True)
class Package:
    """The contents of a data package: frames by table name, other files by name, the manifest."""

    tables: dict[str, pd.DataFrame]
    files: dict[str, bytes]
    manifest: dict[str, Any]


def package_bytes(
    title: str,
    tables: Mapping[str, pd.DataFrame],
    files: Mapping[str, bytes],
    versions: Mapping[str, str],
    rules: Mapping[str, str],
) -> bytes:
    """The ZIP of a data package; equal arguments give equal bytes. `rules` gives each indicator's own version.

    Each table goes in as NAME.csv, for people and tools, and as data/NAME.parquet, from which `open_package` reads it.
    """
    contents: dict[str, bytes] = {}
    for name, frame in tables.items():
        contents[f"{name}.csv"] = to_bytes(frame, "csv")
        contents[f"data/{name}.parquet"] = to_bytes(frame, "parquet")
    contents |= files
    contents["datapackage.json"] = _json(_description(title, tables, versions))
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(contents.items())}
    contents[MANIFEST] = _json({"title": title, "versions": dict(versions), "rules": dict(rules), "files": sums})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(contents.items()):
            archive.writestr(zipfile.ZipInfo(name, _MADE), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def open_package(path: Path) -> Package:
    """The contents of a data package, checksums verified.

    Raises ReadingError where the file is no data package, a file of it was changed, is missing or not listed, or the
    archive is one that unpacks to more than it should.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_size(path, archive)
            contents = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise _fault(path, f"cannot be opened: {error}", "download it again", "无法打开，请重新下载") from error
    try:
        manifest = json.loads(contents.pop(MANIFEST))
        sums = {str(name): str(digest) for name, digest in manifest["files"].items()}
    except (KeyError, ValueError, AttributeError) as error:
        message = f"no {MANIFEST} of a data package"
        raise _fault(path, message, "choose a ZIP that the Download page made", "不是数据包") from error
    changed = [name for name in sums if hashlib.sha256(contents.get(name, b"")).hexdigest() != sums[name]]
    changed += [name for name in contents if name not in sums]
    if changed:
        message = f"{changed[0]} is not what the manifest says"
        raise _fault(path, message, "download it again", f"{changed[0]} 与清单不符，请重新下载")
    tables = {
        PurePosixPath(name).stem: pd.read_parquet(io.BytesIO(data))
        for name, data in contents.items()
        if name.startswith("data/") and name.endswith(".parquet")
    }
    return Package(tables, contents, manifest)


def _check_size(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse archives that would fill memory, and names that lead elsewhere."""
    entries = archive.infolist()
    whole = sum(entry.file_size for entry in entries)
    bombs = (one for one in entries if one.file_size > LIMITS["zip_ratio"] * max(1, one.compress_size) + MB)
    many = len(entries) > LIMITS["package_members"]
    if many or whole > LIMITS["package_bytes"] or next(bombs, None):
        message = f"unpacks to {whole:,} bytes in {len(entries):,} files"
        raise _fault(path, message, f"at most {LIMITS['package_bytes']:,} bytes are opened", "解压后过大")
    for entry in entries:
        if entry.filename.startswith(("/", "\\")) or ".." in PurePosixPath(entry.filename).parts:
            raise _fault(path, f"holds a file that leads elsewhere: {entry.filename}", "do not trust it", "文件名越界")


def _fault(path: Path, message: str, remedy: str, zh: str) -> ReadingError:
    return ReadingError(faults=(Fault(Location(str(path)), message, remedy, zh),))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _description(title: str, tables: Mapping[str, pd.DataFrame], versions: Mapping[str, str]) -> dict[str, Any]:
    """The Frictionless description of the CSV files."""
    return {
        "profile": "tabular-data-package",
        "name": "indicators",
        "title": title,
        "version": versions.get("data_version", ""),
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name,
                "path": f"{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8-sig",
                "schema": {
                    "fields": [_field(str(column), frame[column]) for column in frame.columns],
                    "missingValues": [""],
                    **({"primaryKey": _KEYS[name]} if name in _KEYS and name in TABLES else {}),
                },
            }
            for name, frame in tables.items()
        ],
    }


def _field(name: str, column: pd.Series[Any]) -> dict[str, Any]:
    type_ = "string"
    if is_bool_dtype(column.dtype):
        type_ = "boolean"
    elif is_integer_dtype(column.dtype):
        type_ = "integer"
    elif is_numeric_dtype(column.dtype):
        type_ = "number"
    described = {"description": DESCRIPTIONS[name]} if name in DESCRIPTIONS else {}
    return {"name": name, "type": type_, **described}
