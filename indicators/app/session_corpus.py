"""The documents that one session uploaded: a temporary folder, read by the project's own code, laid beside its corpus.

Nothing of it leaves the session until a person adds a file to the project. The folder belongs to the session's state:
it is removed with it, and at the latest with the server. What was read is kept by content, so an upload costs its own
reading and the project's tables are not made again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from indicators.app.state import t
from indicators.engines.joining import NOTHING, updated
from indicators.errors import IndicatorsError, ReadingError
from indicators.model import Document
from indicators.reading.adding import add_file, safe_name
from indicators.reading.describing import guessed_row
from indicators.reading.files import Entry, list_entries, read_entry, with_copies
from indicators.reading.limits import LIMITS, check
from indicators.reading.metadata import FILE_NAME
from indicators.reading.metadata_writing import open_metadata, save

if TYPE_CHECKING:
    from indicators.app.loading import Tables
    from indicators.engines.local import Extraction

KEY = "session-corpus"
FOLDER = "本次会话"  # the first part of the name of every uploaded document
LONGEST = "session_characters"
Watch = Callable[[str, int, int], None]  # name of the step, how many are done, of how many


@dataclass
class SessionCorpus:
    """The uploads of a session; `same` names those that are byte for byte a document of the project: they are no news.

    `changed` counts what was done to the folder; tables are kept as long as it stands still.
    """

    _place: Any = field(default_factory=lambda: tempfile.TemporaryDirectory(prefix="indicators-session-"))
    changed: int = 0
    same: dict[str, str] = field(default_factory=dict)
    extraction: Extraction = NOTHING
    _read: dict[Entry, Document] = field(default_factory=dict)
    _rules: str = ""
    _tables: tuple[Any, int, Any] = (None, -1, None)

    @property
    def root(self) -> Path:
        """The folder that document names are relative to."""
        return Path(self._place.name)

    @property
    def folder(self) -> Path:
        """Where the files are."""
        folder = self.root / FOLDER
        folder.mkdir(exist_ok=True)
        return folder

    def files(self) -> list[Path]:
        """The uploaded files in order of their names."""
        return sorted(path for path in self.folder.iterdir() if path.name != FILE_NAME and path.name[0] != ".")

    def put(self, name: str, data: bytes) -> Path:
        """Keep an uploaded file; the one it replaces is the one of the same name and bytes.

        Raises ReadingError where its format is not read or a limit is exceeded, OSError where it cannot be written.
        """
        known, safe = self.files(), safe_name(name)
        check("file_bytes", len(data))
        check("session_files", len(known) + 1)
        if safe.lower().endswith((".txt", ".md")) and len(data) / 4 > LIMITS[LONGEST]:  # no character takes five bytes
            raise ReadingError(_too_long(f"at least {len(data) // 4:,}"))
        check("session_bytes", sum(path.stat().st_size for path in known) + len(data))
        if (there := self.folder / safe).is_file() and there.read_bytes() == data:
            return there
        self.changed += 1
        return add_file(self.folder, safe, data)

    def remove(self, name: str) -> None:
        """Forget an uploaded file."""
        if name in {path.name for path in self.files()}:
            (self.folder / name).unlink()
            self.changed += 1

    def documents_of(self, name: str) -> list[Document]:
        """The documents of an uploaded file: one, or the members of an archive."""
        full = f"{FOLDER}/{name}"
        return [one for one in self.extraction.documents if one.name == full or one.name.startswith(f"{full}/")]

    def add_to(self, roots: Sequence[Path], name: str) -> tuple[Path, str]:
        """Move an uploaded file into the first folder of a corpus, with a row of metadata for each of its documents.

        Returns where it is now, and why its metadata could not be written, "" where it was. Raises ReadingError where
        the corpus has no folder on this machine, OSError where the file cannot be written; then it stays an upload.
        """
        root = next((path for path in roots if path.is_dir()), None)
        if root is None:
            raise ReadingError("the corpus of config.yaml names no folder of this machine / 语料没有写明本机的文件夹")
        added = add_file(root, name, (self.folder / name).read_bytes())
        full = f"{FOLDER}/{name}"
        known = [document for document in self.documents_of(name) if document.status == "read"]
        rows = {added.name + document.name.removeprefix(full): guessed_row(document) for document in known}
        failed = ""
        try:
            save(open_metadata(root / FILE_NAME), rows)
        except IndicatorsError as error:
            failed = str(error)
        self.remove(name)
        return added, failed

    def tables(self, shared: Tables, make: Callable[[Any], Tables], watch: Watch) -> Tables:
        """The tables of the project (`shared`) and of the uploads, made by `make` from the project of both."""
        known, changed, tables = self._tables
        if known is shared and changed == self.changed:
            return tables  # type: ignore[no-any-return]
        self._extract(shared, watch)
        made = make(shared.project.with_more(self.extraction)) if self.extraction.documents else shared
        self._tables = (shared, self.changed, made)
        return made

    def made(self, tables: Tables) -> bool:
        """Whether these are the tables made last."""
        return self._tables[2] is tables

    def _extract(self, shared: Tables, watch: Watch) -> None:
        """Read the files that were not read yet, then the numbers of the documents that are new or changed."""
        project = shared.project
        if self._rules != project.rules_version:
            self._rules, self.extraction = project.rules_version, NOTHING
        listed = with_copies(list_entries(self.root)) if self.files() else []
        entries = [replace(entry, content_hash="") for entry in listed]  # known only beside a file of the same size
        read = {entry: self._read[entry] for entry in entries if entry in self._read}
        held = sum(len(document.text) for document in read.values())
        for number, entry in enumerate(entries):
            if entry not in read:
                watch(entry.name.rpartition("/")[2], number, len(entries))
                read[entry] = _within(read_entry(entry), held)
                held += len(read[entry].text)
        # What was too long may be read once others are removed.
        self._read = {entry: one for entry, one in read.items() if LONGEST not in one.reason}
        documents = [read[entry] for entry in entries]
        there = {one.content_hash: one.name for one in shared.documents_by_name.values() if one.content_hash}
        self.same = {one.name: there[one.content_hash] for one in documents if one.content_hash in there}
        new = [one for one in documents if one.name not in self.same]
        self.extraction = updated(self.extraction, new, project.rules, lambda done, whole: watch("", done, whole))


def _within(document: Document, held: int) -> Document:
    """The document; refused where its text, beside the characters that the session holds already, is too long."""
    whole = held + len(document.text)
    if whole <= LIMITS[LONGEST]:
        return document
    return replace(document, text="", status="refused", reason=_too_long(f"{whole:,}"))


def _too_long(characters: str) -> str:
    en = f"too much text for a session: {characters} characters, limit {LONGEST} = {LIMITS[LONGEST]:,}"
    remedy, zh_remedy = (
        "remove other uploads, or put the file into the corpus folder",
        "请移除其他文件,或放入语料文件夹",
    )
    return f"{en}; {remedy} / 本次会话的文字过多,超过限制 {LONGEST};{zh_remedy}"


def opened() -> SessionCorpus:
    """This session's uploads, an empty folder at first."""
    if KEY not in st.session_state:
        st.session_state[KEY] = SessionCorpus()
    corpus: SessionCorpus = st.session_state[KEY]
    return corpus


def current() -> SessionCorpus | None:
    """This session's uploads; None where it never uploaded anything."""
    return st.session_state.get(KEY)


def in_session(shared: Tables, make: Callable[[Any], Tables]) -> Tables:
    """The tables as this session sees them: `shared` itself where it has uploaded nothing."""
    corpus = current()
    if corpus is None or shared.project is None:
        return shared
    progress = _Progress()
    try:
        return corpus.tables(shared, make, progress)
    finally:
        progress.end()


def holds(tables: Tables) -> bool:
    """Whether these tables hold uploads of this session: what is kept for all sessions is not about them."""
    corpus = current()
    return corpus is not None and bool(corpus.extraction.documents) and corpus.made(tables)


def is_upload(document: str) -> bool:
    """Whether a document was uploaded in this session, by its name."""
    corpus = current()
    return corpus is not None and any(one.name == document for one in corpus.extraction.documents)


class _Progress:
    """A bar in the sidebar, from the first thing that takes time to the last."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __call__(self, name: str, done: int, whole: int) -> None:
        words = t("uploads.reading", name=name) if name else t("uploads.numbers")
        self._bar = self._bar or st.sidebar.progress(0.0)
        self._bar.progress(done / max(1, whole), f"{words} {done}/{whole}")

    def end(self) -> None:
        if self._bar is not None:
            self._bar.empty()
