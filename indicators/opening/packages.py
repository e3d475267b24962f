"""A downloaded data package as the dashboard needs it: unpacked into a temporary folder, checked, only looked at."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.errors import Fault, Location, ReadingError, RuleError
from indicators.model import Document
from indicators.opening import Opened, rules_said, signature
from indicators.rules.loading import load_rules
from indicators.rules.ruleset import RuleSet
from indicators.table.store import Store
from indicators.table.unpacking import read_manifest, table_files, unpack
from indicators.table.versions import Versions

SUFFIX = ".zip"
_NEEDED = ("claims", "quantities", "observations", "documents", "findings")
_MORE = ("rejected",)
_FACTS = ("content_hash", "encoding", "title", "source", "url", "published", "written", "place")


@dataclass(frozen=True, slots=True)
class About:
    """What a package says of itself: its day (ISO, "" for an old one), the versions, whether full texts are in it."""

    made: str
    versions: Mapping[str, str]
    has_texts: bool


def open_zip(path: Path) -> Opened:
    """The tables, rules and texts of a data package. Raises ReadingError for one that is damaged or was changed."""
    folder, manifest = _unpacked(path, signature(path))
    found = table_files(folder)
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        message = f"holds no table {missing[0]}"
        raise ReadingError(faults=(Fault(Location(str(path)), message, "download it again", f"没有表 {missing[0]}"),))
    tables = {name: (found[name],) for name in (*_NEEDED, *_MORE) if name in found}
    documents = _documents(folder / "texts", pd.read_parquet(found["documents"]))
    return Opened(path, _rules(folder, tables), _versions(manifest), tables, documents)


def about(path: Path) -> About:
    """What the manifest of a package says; nothing else of it is read."""
    manifest = read_manifest(path)
    texts = any(str(name).startswith("texts/") for name in manifest["files"])
    versions = {str(name): str(value) for name, value in manifest["versions"].items()}
    return About(str(manifest.get("made", "")), versions, texts)


@lru_cache(maxsize=4)
def _unpacked(path: Path, version: str) -> tuple[Path, dict[str, Any]]:
    """The folder that holds the package at `version`, and its manifest. The folder stays while the server runs."""
    folder = Path(tempfile.mkdtemp(prefix="indicators-package-"))
    return folder, unpack(path, folder)


def _versions(manifest: Mapping[str, Any]) -> Versions:
    known = {entry.name for entry in fields(Versions)}
    return Versions(**{name: str(value) for name, value in manifest["versions"].items() if name in known})


def _rules(folder: Path, tables: Mapping[str, tuple[Path, ...]]) -> RuleSet:
    """The rules of the package with its packs; where today's program cannot read them, what the claims say of them."""
    try:
        return load_rules(folder / "config.yaml", shipped=folder / "packs")
    except RuleError:
        with Store(tables) as store:
            return rules_said(store)


def _documents(folder: Path, table: pd.DataFrame) -> dict[str, Document]:
    """The full texts that came along, by name of the document."""
    found = {}
    for row in table.to_dict("records"):
        name = str(row["document"])
        path = folder / name
        if path.resolve().is_relative_to(folder.resolve()) and path.is_file():
            document = Document(name, path.read_bytes().decode("utf-8"))
            facts: dict[str, Any] = {fact: str(row.get(fact) or "") for fact in _FACTS}
            found[name] = replace(document, **facts)
    return found
