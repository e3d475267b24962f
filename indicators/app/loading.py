"""The project and its tables, loaded once for everybody and again when a file changes.

Every cached function takes a VERSION KEY, never a frame: Streamlit hashes only a sample of a large frame, so a
corrected cell would keep showing the old figures. Tables are `Rows` of one store that all sessions share; a small
project's frames and a folder of a million claims are asked alike.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import streamlit as st

from indicators import opening
from indicators.app import access, session_corpus
from indicators.engines.joining import NOTHING
from indicators.errors import EmptyFolderError
from indicators.model import Document
from indicators.project import load_project
from indicators.reading.metadata import FILE_NAME as METADATA
from indicators.table.derived import complete, write_observations
from indicators.table.store import Rows, Store
from indicators.table.stored_tables import StoredTables
from indicators.table.versions import Versions

if TYPE_CHECKING:
    from indicators.table.reviewing import Reviewed

CONFIG_VARIABLE = "INDICATORS_CONFIG"
_LAST: dict[str, Any] = {}  # config -> the project as it was loaded last, whose extraction the next one goes on from


@dataclass(frozen=True, slots=True)
class Tables(StoredTables):
    """The tables of one version of data and rules; `documents_by_name` holds the decoded texts that there are.

    `project` is None where tables were opened without their corpus: nothing can be read again, reviewed or edited.
    """

    versions: Versions
    project: Any
    rules: Any
    store: Store
    documents_by_name: Mapping[str, Document] = field(default_factory=dict)
    has_reviews: bool = False

    @property
    def spoken(self) -> Rows:
        """The rows that tell which places documents speak of: every number, or the claims where these are all."""
        return self.claims if self.quantities.empty else self.quantities

    @property
    def rejected(self) -> Rows:
        """The claims that reviewers rejected."""
        return self.store.rows("rejected") if "rejected" in self.store else self.claims.where("false")

    @property
    def findings(self) -> pd.DataFrame:
        """What the checks say."""
        return self.store.rows("findings").frame()

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
    """A key of names, sizes and times of config.yaml, packs, documents, metadata and reviews; or of what was opened.

    Raises RuleError where config.yaml is broken or missing.
    """
    if (opened := opening.given()) is not None:
        return opening.signature(opened)
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
    """All tables of `config` at `version` (a `signature`), or of what the dashboard was started with.

    Documents of a corpus that did not change are not extracted again.
    """
    if (path := opening.given()) is not None:
        return opened_tables(opening.open_path(path, Path(config)))
    project, before = load_project(config), _LAST.get(config)
    known = before.extraction() if before and before.rules_version == project.rules_version else NOTHING
    try:
        project = project.continued(known)
    except EmptyFolderError:  # a project begins so: the first documents may be uploads
        project = project.begun()
    _LAST[config] = project
    return tables_of(project)


def tables_of(project: Any) -> Tables:
    """The tables of a project."""
    store = Store(
        {
            "claims": project.extract(),
            "quantities": project.quantities(),
            "observations": project.observations(),
            "documents": project.documents(),
            "findings": project.findings(),
            "rejected": project.reviewed().rejected,
        }
    )
    documents = {document.name: document for document in project.extraction().documents}
    reviews = any(path.is_file() for path in project.review_files())
    return Tables(project.versions(), project, project.rules, store, documents, reviews)


def opened_tables(opened: opening.Opened) -> Tables:
    """The tables that stand in files; those that are missing are made of the claims."""
    store = Store(opened.tables)
    complete(store)
    if "observations" not in store:
        _observe(store, "observations", ("actual",), None)
    return Tables(opened.versions, None, opened.rules, store, opened.documents)


def _observe(store: Store, name: str, statuses: tuple[str, ...], copies: Mapping[str, str] | None) -> None:
    """Add a table of observations to a store, in a file that goes with it."""
    path = write_observations(store, statuses, copies)
    weakref.finalize(store, shutil.rmtree, path.parent, ignore_errors=True)
    store.add(name, [path])


def current() -> Tables:
    """The tables of the files as they are now, for whom may see them. Raises IndicatorsError where they are broken."""
    access.require()
    config = str(config_path())
    return session_corpus.in_session(load_tables(config, signature(config)), tables_of)


def observations_of(tables: Tables, statuses: tuple[str, ...]) -> Rows:
    """Observations of claims of other statuses than actual, which are never mixed with actual ones."""
    if statuses == ("actual",):
        return tables.observations
    if session_corpus.holds(tables):
        return _observed(tables, statuses)
    config = str(config_path())
    return _observations(config, signature(config), statuses)


@st.cache_resource(max_entries=12, show_spinner=False)
def _observations(config: str, version: str, statuses: tuple[str, ...]) -> Rows:
    return _observed(load_tables(config, version), statuses)


def _observed(tables: Tables, statuses: tuple[str, ...]) -> Rows:
    """Observations of these statuses, in a table of the store that is named after them."""
    name = f"observations of {' '.join(statuses)}"
    if name not in tables.store:
        _observe(tables.store, name, statuses, tables.project.copies() if tables.project else None)
    return tables.store.rows(name)


def forget() -> None:
    """Look at the files again at once, after the dashboard wrote one."""
    signature.clear()
