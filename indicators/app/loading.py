"""The project and its tables, loaded once for everybody and again when a file changes.

Every cached function takes a VERSION KEY, never a frame: Streamlit hashes only a sample of a large frame, so a corrected
cell would keep showing the old figures. The frames are shared between sessions: read them, never write into them.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from indicators.model import Document
from indicators.project import load_project

CONFIG_VARIABLE = "INDICATORS_CONFIG"


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one version of data and rules; `documents_by_name` holds the decoded texts."""

    version: str
    project: Any
    claims: pd.DataFrame
    quantities: pd.DataFrame
    observations: pd.DataFrame
    documents: pd.DataFrame
    documents_by_name: dict[str, Document]

    @property
    def rules(self) -> Any:
        """The rule set that made the claims."""
        return self.project.rules


def config_path() -> Path:
    """The config.yaml of this dashboard: `INDICATORS_CONFIG`, or config.yaml in the working folder."""
    return Path(os.environ.get(CONFIG_VARIABLE) or "config.yaml").resolve()


def signature(config: Path) -> str:
    """A key that changes when config.yaml, a pack or a document beside it does: names, sizes and times of files."""
    digest = hashlib.sha256(str(config).encode())
    for path in sorted([config, *_files_beside(config)]):
        if path.is_file():
            facts = path.stat()
            digest.update(f"{path}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def _files_beside(config: Path) -> list[Path]:
    """The files of the corpus of `config`, through a project cached by the state of config.yaml alone."""
    facts = config.stat()
    project = open_project(str(config), f"{facts.st_size}|{facts.st_mtime_ns}")
    found: list[Path] = []
    for root in getattr(project, "corpus", ()):
        path = config.parent / root
        found.extend(path.rglob("*") if path.is_dir() else [path])
    return found


@st.cache_resource(max_entries=4, show_spinner=False)
def open_project(config: str, version: str) -> Any:
    """The project of `config`; `version` only keys the cache. Raises RuleError where config.yaml is broken."""
    return load_project(config)


@st.cache_resource(max_entries=3, show_spinner=False)
def load_tables(config: str, version: str) -> Tables:
    """All tables of `config` at `version` (a `signature`)."""
    project = load_project(config)
    documents = {document.name: document for document in project.read_documents()}
    return Tables(
        version=f"{project.data_version[:8]}-{project.rules_version[:8]}",
        project=project,
        claims=project.extract(),
        quantities=project.quantities(),
        observations=project.observations(),
        documents=project.documents(),
        documents_by_name=documents,
    )


def current() -> Tables:
    """The tables of the files as they are now."""
    config = config_path()
    return load_tables(str(config), signature(config))
