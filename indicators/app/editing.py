"""Editing config.yaml: check, preview and save, without Streamlit. A broken file is never written."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.checks.difference import Difference as Difference
from indicators.checks.difference import difference as difference
from indicators.errors import Fault, Location, OutputError, RuleError
from indicators.language.reader import read
from indicators.model import Document
from indicators.rules.linting import lint
from indicators.rules.loading import load_rules_text
from indicators.rules.testing import run_examples


@dataclass(frozen=True, slots=True)
class Opened:
    """A config.yaml as it was when the editor opened it; `digest` tells whether it has changed since."""

    path: Path
    text: str
    digest: str


def open_config(path: Path) -> Opened:
    """The file as it is now; a BOM is dropped. Raises OSError or UnicodeDecodeError where it cannot be read."""
    data = path.read_bytes()
    return Opened(path, data.decode("utf-8-sig"), _digest(data))


def faults_of(text: str, path: Path) -> tuple[Fault, ...]:
    """Every fault of a configuration text whose packs lie beside `path`: syntax, keys, patterns, references."""
    try:
        load_rules_text(text, path.name, path.parent)
    except RuleError as error:
        return error.faults
    return ()


def examined(text: str, path: Path) -> tuple[Fault, ...]:
    """Everything `indicators check` would say of a text: its faults, or else its failing examples and its warnings."""
    faults = faults_of(text, path)
    if faults:
        return faults
    rules = load_rules_text(text, path.name, path.parent)
    return (*run_examples(rules, lambda words: read(Document("example", words))), *lint(rules))


def save(opened: Opened, text: str) -> Opened:
    """Write `text` over the file, atomically, with its permissions; the file as opened anew.

    Raises RuleError where the text is broken, OutputError where the file has changed since it was opened or cannot be
    written; then the file stays as it is.
    """
    faults = faults_of(text, opened.path)
    if faults:
        raise RuleError(faults=faults)
    data = text.replace("\r\n", "\n").encode()
    try:
        now = opened.path.read_bytes()
        if _digest(now) != opened.digest:
            raise OutputError(faults=(_changed(opened.path),))
        _replace(opened.path, data)
    except OSError as error:
        raise OutputError(f"{opened.path}: cannot be written: {error.strerror or error}") from error
    return open_config(opened.path)


def _changed(path: Path) -> Fault:
    return Fault(
        Location(path.name), "changed on disk since it was opened", "reload it, then make your change again",
        zh="打开之后磁盘上的文件已被修改；请重新载入，再作修改",
    )  # fmt: skip


def _replace(path: Path, data: bytes) -> None:
    """Put `data` in place of the file in one step: a reader sees the old file or the new one, never a half."""
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def preview(project: Any, text: str) -> pd.DataFrame:
    """The claims that `text` would make of the corpus of `project`. Raises RuleError where the text is broken."""
    claims: pd.DataFrame = project.with_rules(text).extract()
    return claims


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
