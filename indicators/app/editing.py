"""Editing config.yaml: check, preview and save, without Streamlit. A broken file is never written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from indicators.errors import Fault, RuleError
from indicators.language.reader import read
from indicators.model import Document
from indicators.rules.linting import lint
from indicators.rules.loading import load_rules_text
from indicators.rules.saving import Opened, write
from indicators.rules.testing import run_examples


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
    """Write the editor's text over the file; raises as `rules.saving.write` does."""
    return write(opened, text.replace("\r\n", "\n"))


def preview(project: Any, text: str) -> pd.DataFrame:
    """The claims that `text` would make of the corpus of `project`. Raises RuleError where the text is broken."""
    claims: pd.DataFrame = project.with_rules(text).extract()
    return claims
