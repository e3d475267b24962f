"""Tables that stand in files, opened without a corpus: what `indicators dashboard PATH` is given.

PATH is a folder that `indicators extract --output DIR` wrote (manifest.json names its parts), one Parquet file of
claims, or a data package that was downloaded (`packages`). What is opened is only looked at: nothing is read again,
nobody edits rules or reviews.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indicators.engines.folder import open_folder
from indicators.engines.store import MANIFEST, is_store, read_manifest
from indicators.errors import Fault, IndicatorsError, Location, ReadingError
from indicators.model import Document
from indicators.rules.loading import load_rules
from indicators.rules.ruleset import Indicator, RuleSet
from indicators.rules.schema import Words
from indicators.table.columns import CLAIMS
from indicators.table.store import Store
from indicators.table.versions import Versions

OPEN_VARIABLE = "INDICATORS_OPEN"
_SAID = ("indicator", "indicator_name", "topic", "unit", "kind", "time")


@dataclass(frozen=True, slots=True)
class Opened:
    """What `loading` needs besides a project.

    `tables`: name (claims, and whichever of quantities, observations, documents, findings there are) -> its Parquet
    files, rows in order. `documents`: texts by name, none where they did not come along.
    """

    path: Path
    rules: RuleSet
    versions: Versions
    tables: Mapping[str, tuple[Path, ...]]
    documents: Mapping[str, Document] = field(default_factory=dict)


def given() -> Path | None:
    """The PATH that this dashboard was started with, None where it shows the project of a config.yaml."""
    path = os.environ.get(OPEN_VARIABLE, "")
    return Path(path) if path else None


def signature(path: Path) -> str:
    """A key of what stands at `path` now: it changes when a writer finishes."""
    file = path / MANIFEST if path.is_dir() else path
    facts = file.stat() if file.is_file() else None
    words = f"{file}|{facts.st_size}|{facts.st_mtime_ns}" if facts else f"{file}|missing"
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def open_path(path: Path, config: Path | None = None) -> Opened:
    """The tables at `path`; names and definitions from `config` where its rules are those that made the tables.

    Raises ReadingError where there are no claims to show, saying what to do.
    """
    if path.suffix.lower() == ".zip":
        from indicators.opening.packages import open_zip

        return open_zip(path)
    import duckdb

    tables = _files(path)
    try:
        with Store(tables) as store:
            _check_columns(path, store)
            versions_used = sorted(str(name) for name in store.rows("claims").values("rules_version"))
            rules = _rules_of(config, versions_used) or rules_said(store)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise _fault(path, f"cannot be read: {reason}", "write it again", "无法读取，请重新写出") from error
    return Opened(path, rules, Versions(documents=_digest(tables), rules="+".join(versions_used)), tables)


def _files(path: Path) -> dict[str, tuple[Path, ...]]:
    if path.is_file() and path.suffix.lower() == ".parquet":
        return {"claims": (path,)}
    if not path.is_dir() or not is_store(path):
        message = "no folder of tables (no manifest.json in it)" if path.is_dir() else "nothing that can be opened"
        raise _fault(path, message, "give a folder that `indicators extract --output DIR` wrote", "不是指标数据文件夹")
    manifest = read_manifest(open_folder(path))
    found = {} if manifest is None else {name: manifest.parts(name) for name in manifest.tables}
    if not found.get("claims"):
        raise _fault(path, "holds no claims", f"write them: indicators extract --output {path}", "文件夹中没有指标数据")
    return {name: tuple(path / part for part in parts) for name, parts in found.items() if parts}


def _check_columns(path: Path, store: Store) -> None:
    missing = [name for name in CLAIMS if name not in store.columns("claims")]
    if missing:
        raise _fault(
            path,
            f"no claims table: no column {missing[0]}",
            "write it again with this version",
            "不是指标数据表，请用本版本重新写出",
        )


def _rules_of(config: Path | None, versions: list[str]) -> RuleSet | None:
    """The rules of `config`, if they are the ones that made the table."""
    if config is None or not config.is_file():
        return None
    try:
        rules = load_rules(config)
    except IndicatorsError:
        return None
    return rules if versions == [rules.rules_version] else None


def rules_said(store: Store) -> RuleSet:
    """As much of the rules as the claims themselves say: each indicator's name, topic, unit and kind."""
    first = ", ".join(f"first({name}) AS {name}" for name in _SAID)
    said = store.rows("claims").query(
        f"SELECT {first} FROM {{rows}} AS c GROUP BY c.indicator ORDER BY count(*) DESC, 1"  # noqa: S608
    )
    return RuleSet(indicators=tuple(_indicator(row) for row in said.to_dict("records")))


def _indicator(said: Mapping[Hashable, str]) -> Indicator:
    name = Words.model_construct(zh=said["indicator_name"] or said["indicator"])
    facts: dict[str, Any] = {name: said[name] for name in ("topic", "unit", "kind")}
    return Indicator.model_construct(id=said["indicator"], name=name, patterns=(), time=said["time"] or None, **facts)


def _digest(tables: Mapping[str, tuple[Path, ...]]) -> str:
    """What the files are: parts of a folder carry the hash of their contents in their names, a file its state."""
    facts = [f"{name}|{file.name}|{file.stat().st_size}" for name, files in tables.items() for file in files]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:12]


def _fault(path: Path, message: str, remedy: str, zh: str) -> ReadingError:
    return ReadingError(faults=(Fault(Location(str(path)), message, remedy, zh),))
