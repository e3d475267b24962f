"""The documents table as a form: what a person types goes into the metadata.csv beside the documents.

What was typed and not yet saved lives in the session as drafts, by document and column: it outlives a change of page,
of language or of the files. Saving writes the drafts and nothing else; where somebody else changed metadata.csv
meanwhile nothing is written, and what they changed is said.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from indicators.app import access, audit, loading, problems, session_corpus, showing, state
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.app.words import plain, spoken, word_of
from indicators.errors import EmptyFolderError, Fault, IndicatorsError, Location
from indicators.reading.files import metadata_homes
from indicators.reading.metadata import DATES
from indicators.reading.metadata_writing import Opened, open_metadata, save, wrong_dates
from indicators.reading.shelf import Home
from indicators.table.corrections import cells_of
from indicators.table.store import Rows

TYPED = ("published", "written", "place", "title", "source", "url")  # dates first: without them nothing compares
COLUMNS = [
    *("open", "document", "undated_claims", *TYPED, "claims", "quantities", "characters", "status", "reason"),
    *("encoding", "same_as"),
]
WIDTHS = {"title": 320, "published": 110, "written": 110}  # pixels
ORDER = "undated_claims DESC, document"
SHEET, SAID = "documents-sheet", "documents-said"
Draft = dict[tuple[str, str], str]  # (document, column) -> words


@dataclass
class Sheet:
    """The table as this session sees it. `made_of` says when it must be made anew.

    `stored` is the table as the files have it, `frame` the one with the drafts, `opened` what the drafts are against.
    """

    made_of: tuple[str, ...] = ()
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    stored: pd.DataFrame = field(default_factory=pd.DataFrame)
    drafts: Draft = field(default_factory=dict)
    homes: dict[str, Home | None] = field(default_factory=dict)
    opened: dict[Path, Opened] = field(default_factory=dict)
    key: str = ""


def show(tables: Tables, chosen: str) -> None:
    """Draw the table, the buttons below it, and what is wrong with what was typed."""
    if not access.may_write() or tables.project is None:
        _plain(tables)
        return
    sheet = _sheet(tables, chosen)
    st.data_editor(
        sheet.frame,
        key=sheet.key,
        hide_index=True,
        column_config=_columns(),
        column_order=order(tables.documents),
        disabled=[name for name in COLUMNS if name not in ("open", *TYPED)],
        on_change=_typed,
        height=420 if len(sheet.frame) > 11 else "auto",
    )
    if len(tables.documents) > len(sheet.frame):
        st.caption(t("table.cut", shown=len(sheet.frame), rows=len(tables.documents)))
    _said()
    _report(sheet)


def order(documents: Rows) -> list[str]:
    """The columns as they are shown: where a file could not be read, its status and the reason stand in front."""
    if documents.where("status <> 'read'").empty:
        return COLUMNS
    first = ["open", "document", "status", "reason"]
    return [*first, *(name for name in COLUMNS if name not in first)]


def _plain(tables: Tables) -> None:
    """The table where nobody may write: a row chosen is shown below."""
    columns = order(tables.documents)[1:]
    row = showing.show_rows(tables.documents, columns, "documents-table", choose=True, order=ORDER)
    at = None if row is None else str(row["document"])
    if at is not None and st.session_state.get("documents-row") != at:
        state.choose("document", [at])
    st.session_state["documents-row"] = at


def _sheet(tables: Tables, chosen: str) -> Sheet:
    """This session's sheet, made anew where the tables, the language or the document shown have changed."""
    sheet: Sheet = st.session_state.setdefault(SHEET, Sheet())
    made_of = (tables.version, state.language(), chosen)
    if sheet.made_of == made_of and sheet.key in st.session_state:
        return sheet
    if sheet.made_of[:1] != made_of[:1]:
        sheet.homes = _homes(tables)
        if not sheet.drafts:
            sheet.opened = {}
        for path in {home.path for home in sheet.homes.values() if home}:
            if path not in sheet.opened:
                _open(sheet, path)
    shown = tables.documents.frame(limit=showing.ROWS, order=ORDER)
    language = state.language()
    frame = shown.assign(
        open=shown["document"] == chosen,
        status=[word_of("status", value, language) for value in shown["status"]],
        reason=[spoken(value, language) for value in shown["reason"]],
    )[COLUMNS].astype(dict.fromkeys(TYPED, "object"))
    sheet.stored = frame.copy()
    for (document, column), words in sheet.drafts.items():
        frame.loc[frame["document"] == document, column] = words
    sheet.made_of, sheet.frame, sheet.key = made_of, frame, f"documents-editor-{uuid.uuid4().hex}"
    return sheet


def _homes(tables: Tables) -> dict[str, Home | None]:
    """Where the row of each document stands; of copies, where one of them has a row."""
    corpus = session_corpus.current()
    found = {}
    with contextlib.suppress(EmptyFolderError):  # every document is an upload so far
        found = metadata_homes(tables.project.corpus) if tables.project.corpus else {}
    if corpus is not None and corpus.files():
        found |= metadata_homes(corpus.root)
    copied = tables.documents.where("same_as <> ''").frame(["document", "same_as"])
    for name, copies in zip(copied["document"], copied["same_as"], strict=True):
        named = [home for copy in [name, *copies.split(";")] if (home := found.get(copy)) and home.named]
        if named:
            found[name] = named[0]
    return found


def _typed() -> None:
    """Take what was typed into the drafts; a tick in the first column shows that document."""
    sheet: Sheet = st.session_state[SHEET]
    edited = st.session_state.get(sheet.key, {}).get("edited_rows", {})
    for row, cells in edited.items():
        before = sheet.frame.iloc[int(row)]
        for column, words in cells.items():
            if column == "open":
                state.choose("document", [str(before["document"])])
                state.choose("at", [])
            else:
                typed, key = str(words or "").strip(), (str(before["document"]), column)
                if typed == sheet.stored[column].iloc[int(row)]:
                    sheet.drafts.pop(key, None)
                else:
                    sheet.drafts[key] = typed


def _report(sheet: Sheet) -> None:
    """What is typed and not saved, what is wrong with it, and the buttons."""
    if not sheet.drafts:
        st.caption(t("documents.about_table"))
        return
    faults = wrong_dates(Path("metadata.csv"), _by_file(sheet.drafts))
    for fault in faults:
        st.error(plain(problems.fault_text(fault)), icon=":material/event_busy:")
    for document, words in unknown_places(sheet.drafts):
        st.warning(t("documents.no_place", document=document, place=words), icon=":material/wrong_location:")
    row = st.container(horizontal=True, vertical_alignment="center")
    row.button(
        t("documents.save", count=len(sheet.drafts)), type="primary", icon=":material/save:", on_click=_save,
        disabled=bool(faults),
    )  # fmt: skip
    row.button(t("documents.drop"), icon=":material/undo:", on_click=_drop)


def unknown_places(drafts: Mapping[tuple[str, str], str]) -> list[tuple[str, str]]:
    """Document and words of each typed place that the gazetteer does not know."""
    found = []
    for (document, column), words in drafts.items():
        try:
            cells_of("place", words if column == "place" else "")
        except ValueError:
            found.append((document, words))
    return found


def _save() -> None:
    """Write the drafts, file by file; those that were written are no drafts any more."""
    sheet: Sheet = st.session_state[SHEET]
    due: dict[Path, dict[str, dict[str, str]]] = {}
    names: dict[tuple[Path, str], str] = {}
    faults: list[Fault] = []
    for (document, column), words in sheet.drafts.items():
        home = sheet.homes.get(document)
        if home is None:
            message, remedy, zh = "its metadata.csv cannot be written", "unpack the archive", "其 metadata.csv 无法写入"
            faults.append(Fault(Location(document), message, remedy, zh))
            continue
        due.setdefault(home.path, {}).setdefault(home.file, {})[column] = words
        names[home.path, home.file] = document
    saved = 0
    for path, cells in due.items():
        try:
            with audit.change("metadata", access.who(), file=path.name, cells=cells):
                sheet.opened[path] = save(sheet.opened.get(path) or open_metadata(path), cells)
        except IndicatorsError as error:
            faults += error.faults or [Fault(Location(str(path)), str(error))]
            _open(sheet, path)  # said once; the next time it is known
            continue
        for file, row in cells.items():
            for column in row:
                saved += sheet.drafts.pop((names[path, file], column), None) is not None
    st.session_state[SAID] = (saved, tuple(faults))
    sheet.made_of = ()
    corpus = session_corpus.current()
    if corpus is not None:
        corpus.changed += 1
    loading.forget()


def _open(sheet: Sheet, path: Path) -> None:
    """Look at a metadata.csv as it is now; what is wrong with it is said when somebody saves."""
    sheet.opened.pop(path, None)
    with contextlib.suppress(IndicatorsError):
        sheet.opened[path] = open_metadata(path)


def _drop() -> None:
    """Forget what was typed."""
    sheet: Sheet = st.session_state[SHEET]
    sheet.drafts.clear()
    sheet.made_of = ()


def _said() -> None:
    """What saving had to say, once."""
    saved, faults = st.session_state.pop(SAID, (0, ()))
    if saved:
        st.success(t("documents.saved", count=saved), icon=":material/check_circle:")
    if faults:
        problems.show(IndicatorsError(faults=faults), "documents.unsaved")


def _by_file(drafts: Draft) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for (document, column), words in drafts.items():
        found.setdefault(document, {})[column] = words
    return found


def _columns() -> dict[str, Any]:
    """Names, widths and hints of the columns in the language of the page."""
    dates = t("documents.date_help")
    config: dict[str, Any] = {name: t(f"column.{name}") for name in COLUMNS if name not in TYPED}
    config["open"] = st.column_config.CheckboxColumn(t("column.open"), width="small", help=t("documents.open_help"))
    config["document"] = st.column_config.TextColumn(t("column.document"), width="medium", pinned=False)
    for name in TYPED:
        is_date = name in DATES
        config[name] = st.column_config.TextColumn(
            t(f"column.{name}"), width=WIDTHS.get(name, 160), help=dates if is_date else None
        )
    return config
