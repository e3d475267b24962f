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
from typing import Any

import pandas as pd
from pandas.api.types import is_bool_dtype, is_integer_dtype, is_numeric_dtype

from indicators.table.columns import DESCRIPTIONS, TABLES
from indicators.table.exports import to_bytes

MANIFEST = "manifest.json"
_MADE = (2000, 1, 1, 0, 0, 0)  # equal contents give equal bytes
_KEYS = {"claims": ["claim_id", "rule"], "documents": ["document"]}


def package_bytes(
    title: str,
    tables: Mapping[str, pd.DataFrame],
    files: Mapping[str, bytes],
    versions: Mapping[str, str],
    rules: Mapping[str, str],
    made: str = "",
) -> bytes:
    """The ZIP of a data package; equal arguments give equal bytes. `rules` gives each indicator's own version.

    Each table goes in as NAME.csv, for people and tools, and as data/NAME.parquet, which `table.unpacking` reads.
    `made` is the ISO day it is dated.
    """
    contents: dict[str, bytes] = {}
    for name, frame in tables.items():
        contents[f"{name}.csv"] = to_bytes(frame, "csv")
        contents[f"data/{name}.parquet"] = to_bytes(frame, "parquet")
    contents |= files
    contents["datapackage.json"] = _json(_description(title, tables, versions))
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(contents.items())}
    facts = {"title": title, "made": made, "versions": dict(versions), "rules": dict(rules)}
    contents[MANIFEST] = _json({**facts, "files": sums})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(contents.items()):
            archive.writestr(zipfile.ZipInfo(name, _MADE), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


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
