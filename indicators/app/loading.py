"""The project and its tables, loaded once for everybody and again when a file changes.

Every cached function takes a VERSION KEY, never a frame: Streamlit hashes only a sample of a large frame, so a
corrected cell would keep showing the old figures. The frames are shared between sessions: read them, never write
into them.
"""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import streamlit as st

from indicators.app import session_corpus
from indicators.model import Document
from indicators.project import load_project
from indicators.reading.metadata import FILE_NAME as METADATA
from indicators.table.observations import observations
from indicators.table.versions import Versions

if TYPE_CHECKING:
    from indicators.table.reviewing import Reviewed

CONFIG_VARIABLE = "INDICATORS_CONFIG"
_LAST: dict[str, Any] = {}  # config -> the project as it was loaded last, whose extraction the next one goes on from


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one version of data and rules; `documents_by_name` holds the decoded texts."""

    versions: Versions
    project: Any
    claims: pd.DataFrame
    quantities: pd.DataFrame
    observations: pd.DataFrame
    documents: pd.DataFrame
    findings: pd.DataFrame
    documents_by_name: dict[str, Document]
    has_reviews: bool = False

    @property
    def rules(self) -> Any:
        """The rule set that made the claims."""
        return self.project.rules

    @property
    def version(self) -> str:
        """The versions of all parts in a form that fits an address."""
        return self.versions.short

    @property
    def reviewed(self) -> Reviewed:
        """The claims after review, those that were rejected, and the lines of reviews.csv that nobody can apply."""
        return cast("Reviewed", self.project.reviewed())


def config_path() -> Path:
    """The config.yaml of this dashboard: `--config`, `INDICATORS_CONFIG`, or config.yaml in the working folder."""
    if "--config" in sys.argv[:-1]:
        return Path(sys.argv[sys.argv.index("--config") + 1]).resolve()
    return Path(os.environ.get(CONFIG_VARIABLE) or "config.yaml").resolve()


@st.cache_data(ttl=3, show_spinner=False)
def signature(config: str) -> str:
    """A key of names, sizes and times of config.yaml, packs, documents, metadata and reviews.

    Raises RuleError where config.yaml is broken or missing.
    """
    path = Path(config)
    digest = hashlib.sha256(config.encode())
    for file in sorted({path, *_files_of(path)}):
        if file.is_file():
            facts = file.stat()
            digest.update(f"{file}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def _files_of(config: Path) -> list[Path]:
    """Corpus files and packs of `config`, through a project cached by the state of config.yaml alone."""
    facts = config.stat() if config.is_file() else None
    project = open_project(str(config), f"{facts.st_size}|{facts.st_mtime_ns}" if facts else "missing")
    found = [config.parent / pack for pack in project.rules.packs if pack.endswith((".yaml", ".yml"))]
    for root in project.rules.corpus:
        path = config.parent / root
        found.extend(path.rglob("*") if path.is_dir() else [path, path.with_name(METADATA)])
    return [*found, *project.review_files()]


@st.cache_resource(max_entries=4, show_spinner=False)
def open_project(config: str, version: str) -> Any:
    """The project of `config`; `version` only keys the cache. Raises RuleError where config.yaml is broken."""
    return load_project(config)


@st.cache_resource(max_entries=3, show_spinner=False)
def load_tables(config: str, version: str) -> Tables:
    """All tables of `config` at `version` (a `signature`); documents that did not change are not extracted again."""
    project, before = load_project(config), _LAST.get(config)
    if before is not None and before.rules_version == project.rules_version:
        project = project.continued(before.extraction())
    _LAST[config] = project
    return tables_of(project)


def tables_of(project: Any) -> Tables:
    """All tables of a project."""
    documents = {document.name: document for document in project.extraction().documents}
    return Tables(
        versions=project.versions(),
        project=project,
        claims=project.extract(),
        quantities=project.quantities(),
        observations=project.observations(),
        documents=project.documents(),
        findings=project.findings(),
        documents_by_name=documents,
        has_reviews=any(path.is_file() for path in project.review_files()),
    )


def current() -> Tables:
    """The tables of the files as they are now. Raises IndicatorsError where rules or corpus are broken."""
    config = str(config_path())
    return session_corpus.in_session(load_tables(config, signature(config)), tables_of)


def observations_of(tables: Tables, statuses: tuple[str, ...]) -> pd.DataFrame:
    """Observations of claims of other statuses than actual, which are never mixed with actual ones."""
    if session_corpus.holds(tables):
        return observations(tables.claims, tables.documents, statuses, copies=tables.project.copies())
    config = str(config_path())
    return _observations(config, signature(config), statuses) if statuses != ("actual",) else tables.observations


@st.cache_resource(max_entries=12, show_spinner=False)
def _observations(config: str, version: str, statuses: tuple[str, ...]) -> pd.DataFrame:
    tables = load_tables(config, version)
    return observations(tables.claims, tables.documents, statuses, copies=tables.project.copies())


def forget() -> None:
    """Look at the files again at once, after the dashboard wrote one."""
    signature.clear()
