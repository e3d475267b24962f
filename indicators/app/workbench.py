"""The rules workbench: config.yaml in an editor; on every pause it is checked, its examples run, the corpus re-read.

All of it is one fragment: typing reruns it alone, and a newer text interrupts the run that waits for the older one's
result. The work is done in a process of its own (`background`), so that no pattern can hold up the server.
"""

from __future__ import annotations

import atexit
import uuid
from functools import cache

import streamlit as st

from indicators.app import access, audit, editing, editor, loading, merging, outcome, problems, state
from indicators.app.background.desk import Desk, Job
from indicators.app.background.protocol import Corpus, Drafted, Task
from indicators.app.editing import Sheet
from indicators.app.editor.vocabulary import vocabulary
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.errors import IndicatorsError, OutputError, RuleError, unwritable

SHEET, SAID, SESSION, KEY, LEFT = "rules-sheet", "rules-said", "rules-session", "rules-editor", "rules-left"
TURN = 0.15  # seconds between two looks whether something newer was typed


@cache
def desk() -> Desk:
    """The one worker of this server."""
    made = Desk()
    atexit.register(made.close)
    return made


def show(tables: Tables | None) -> None:
    """Draw the workbench; without tables (the rules on disk are broken) there is no preview."""
    sheet = _sheet()
    address = state.chosen("draft")
    if address:
        state.choose("draft", [])
        _draft(tables, sheet, address[0])
    if goto := state.chosen("line"):
        state.choose("line", [])
        sheet.go(int(goto[0]) if goto[0].isdigit() else 1)
    _workbench(tables)


@st.fragment
def _workbench(tables: Tables | None) -> None:
    """The editor, its buttons and what the text would do."""
    sheet = _sheet()
    language = state.language()
    about = "editor.about" if access.may_write() else "editor.read_only"
    st.caption(t(about, path=sheet.opened.path.name))
    _buttons(sheet)
    label = t("editor.label")
    words = _vocabulary(language, tables.rules.rules_version if tables else "", tables)
    kept = editor.Kept(str(sheet.opened.path), sheet.opened.digest)
    typed = editor.edit(KEY, sheet.revision, sheet.pushed, label, language, words, kept, sheet.goto, _save, _leave)
    if typed is not None:
        sheet.typed(typed.revision, typed.sequence, typed.text)
    st.caption(t("editor.keys"))
    if st.session_state.pop(f"{SAID}-fresh", False):
        st.rerun()  # the file was written: every page's tables follow
    _said()
    _left(sheet)
    _conflict(sheet)
    _report(tables, sheet)


@st.cache_data(max_entries=8, show_spinner=False)
def _vocabulary(language: str, version: str, _tables: Tables | None) -> dict[str, object]:
    return vocabulary(_tables.rules if _tables else None)


def _sheet() -> Sheet:
    """This session's sheet; the file anew where another one is shown, or it changed and nothing was typed over it."""
    path = loading.config_path()
    sheet: Sheet | None = st.session_state.get(SHEET)
    if sheet is None or sheet.opened.path != path:
        fresh = sheet is None
        sheet = st.session_state[SHEET] = editing.open_sheet(path)
        typed = editor.as_edit((st.session_state.get(KEY) or {}).get("edit")) if fresh else None
        if typed is not None:  # the server has forgotten this browser, the browser not what was typed
            sheet.pushed, sheet.revision = typed.text, typed.revision
    elif not sheet.touched and (now := editing.others(sheet.opened)) is not None:
        sheet.opened = now
        sheet.push(now.text)
    return sheet


def _buttons(sheet: Sheet) -> None:
    row = st.container(horizontal=True)
    closed = not access.may_write()
    row.button(t("editor.save"), icon=":material/save:", type="primary", on_click=_save, disabled=closed)
    row.button(t("editor.reload"), icon=":material/refresh:", on_click=_reload)
    row.download_button(
        t("editor.download"), sheet.text, sheet.opened.path.name, "application/yaml", icon=":material/download:",
        on_click="ignore",
    )  # fmt: skip


def _reload() -> None:
    """Put the file as it is on disk into the editor; undo brings the text back."""
    sheet: Sheet = st.session_state[SHEET]
    sheet.opened = editing.open_sheet(sheet.opened.path).opened
    sheet.push(sheet.opened.text)


def _save() -> None:
    """Write the text, what the browser has just told included."""
    sheet: Sheet = st.session_state[SHEET]
    typed = editor.as_edit((st.session_state.get(KEY) or {}).get("edit"))
    if typed is not None:
        sheet.typed(typed.revision, typed.sequence, typed.text)
    if not access.may_write():
        return
    try:
        facts = editing.versions(sheet) if audit.kept() else {}
        with audit.change("rules", access.who(), file=sheet.opened.path.name, **facts):
            sheet.opened = editing.save(sheet.opened, sheet.text)
        sheet.text = sheet.opened.text
        st.session_state[SAID] = ("success", t("editor.saved"))
        st.session_state[f"{SAID}-fresh"] = True
        loading.forget()
    except RuleError as error:
        st.session_state[SAID] = ("error", error)
        if error.faults[0].location.line:
            sheet.go(error.faults[0].location.line)
    except OSError as error:  # the log of changes cannot be written: nothing is changed without it
        st.session_state[SAID] = ("error", OutputError(faults=(unwritable(audit.path(), error),)))
    except OutputError as error:
        if editing.others(sheet.opened) is None:  # else `_conflict` says it, with both ways out
            st.session_state[SAID] = ("error", error)


def _said() -> None:
    """What the last action had to say, once."""
    kind, words = st.session_state.get(SAID, ("", ""))
    if f"{SAID}-fresh" not in st.session_state:
        st.session_state.pop(SAID, None)
    if isinstance(words, IndicatorsError):
        problems.show(words, "editor.refused")
    elif kind == "success":
        st.success(words, icon=":material/check_circle:")
    elif kind:
        st.warning(words, icon=":material/merge:")


def _leave() -> None:
    """Remember what the browser had kept over a file that has changed since."""
    left = (st.session_state.get(KEY) or {}).get("left")
    if isinstance(left, str):
        st.session_state[LEFT] = left


def _left(sheet: Sheet) -> None:
    """What was typed here before the file changed, and the two ways out."""
    text = st.session_state.get(LEFT)
    if text is None:
        return
    st.warning(t("editor.left", path=sheet.opened.path.name), icon=":material/history:")
    st.code(editing.changes(sheet.opened.text, text), language="diff")
    row = st.container(horizontal=True)
    row.button(t("editor.take_left"), icon=":material/edit_note:", on_click=_take_left)
    row.button(t("editor.drop_left"), icon=":material/delete:", on_click=lambda: st.session_state.pop(LEFT, None))


def _take_left() -> None:
    sheet: Sheet = st.session_state[SHEET]
    sheet.push(st.session_state.pop(LEFT))


def _conflict(sheet: Sheet) -> None:
    """What somebody else changed on disk meanwhile, and the two ways out."""
    now = editing.others(sheet.opened)
    if now is None:
        return
    st.warning(t("editor.conflict", path=sheet.opened.path.name), icon=":material/group:")
    st.code(editing.changes(sheet.opened.text, now.text), language="diff")
    row = st.container(horizontal=True)
    row.button(t("editor.merge"), icon=":material/merge:", on_click=_merge)
    row.button(t("editor.theirs"), icon=":material/file_open:", on_click=_reload)


def _merge() -> None:
    """Take the other's changes into the text."""
    sheet: Sheet = st.session_state[SHEET]
    now = editing.open_sheet(sheet.opened.path).opened
    text, conflicts = merging.merged(sheet.opened.text, sheet.text, now.text)
    sheet.opened = now
    sheet.push(text, text[: text.find(merging.MINE)].count("\n") + 1 if conflicts else 0)
    said = t("editor.conflicts", count=conflicts) if conflicts else t("editor.merged")
    st.session_state[SAID] = ("warning" if conflicts else "success", said)


def _put(tables: Tables | None, sheet: Sheet, text: str, address: str = "") -> Job:
    """Give a task to the worker."""
    session = st.session_state.setdefault(SESSION, uuid.uuid4().hex)
    documents = tuple(tables.documents_by_name.values()) if tables else ()
    corpus = Corpus(f"{hash(documents):x}", documents)
    path = sheet.opened.path
    task = Task(0, corpus.key, path.name, path.parent, sheet.opened.text, text, address)
    return desk().put(session + address, corpus, task)


def _report(tables: Tables | None, sheet: Sheet) -> None:
    """What the text would do, as the worker tells it; a text that was examined before is not examined again."""
    examined = (sheet.text, sheet.opened.digest, tables.version if tables else "")
    known, job = st.session_state.get(f"{SESSION}-job", (None, None))
    if known != examined or job is None or job.cancelled:
        job = _put(tables, sheet, sheet.text)
        st.session_state[f"{SESSION}-job"] = (examined, job)
    status, problems_there, preview = st.container(), st.empty(), st.empty()
    with status:
        line = st.empty()
    shown: set[str] = set()
    while True:
        parts, done = dict(job.parts), job.done
        if outcome.PREVIEWED & (parts.keys() - shown):
            outcome.show_preview(preview, parts, tables)
        shown = set(parts)
        if done:
            break
        line.caption(t("editor.working"))  # a call of Streamlit: a newer text ends this run here
        job.wait(TURN, len(shown))
    outcome.show_status(line, job, sheet, desk().limit)
    outcome.show_problems(problems_there, parts, sheet)
    faults = [*parts.get("faults", ()), *parts.get("examples", ())]
    own = [fault for fault in faults if fault.location.path == sheet.opened.path.name]
    typed = editor.Edit(sheet.revision, sheet.sequence, sheet.text)
    editor.mark(KEY, typed, sheet.touched, own, outcome.words_of)


def _draft(tables: Tables | None, sheet: Sheet, address: str) -> None:
    """Insert an indicator drafted from the number at an address, with the cursor there."""
    with st.spinner(t("editor.drafting")):
        job = _put(tables, sheet, sheet.text, address)
        while not job.done:
            job.wait(60)
    drafted = job.parts.get("drafted", Drafted())
    if drafted.text:
        sheet.push(drafted.text, drafted.line)
        st.session_state[SAID] = ("success", t("editor.drafted", id=drafted.id))
    elif drafted.faults:
        problems.show(IndicatorsError(faults=drafted.faults), "editor.draft_refused")
    else:
        st.error(outcome.failure(job, desk().limit), icon=":material/timer_off:")
