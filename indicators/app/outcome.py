"""What the workbench shows of a text's examination: one line of status, the problems by line, the preview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from indicators.app import changes, state
from indicators.app.background.desk import Job
from indicators.app.background.protocol import Move, Preview
from indicators.app.editing import Sheet
from indicators.app.loading import Tables
from indicators.app.state import t
from indicators.app.words import plain
from indicators.errors import Fault

PREVIEWED = frozenset({"faults", "preview", "moves"})  # parts of a job that the preview shows, or clears it
MOST_PROBLEMS = 12
MOST_CLAIMS = 30
MOST_MOVES = 12


def words_of(fault: Fault) -> str:
    """What is wrong and what to do, in the language of the page."""
    if state.language() == "zh" and fault.zh:
        return fault.zh
    return "; ".join(part for part in (fault.message, fault.remedy) if part)


def failure(job: Job, limit: float) -> str:
    """Why a job gave nothing."""
    if job.failed == "time":
        return t("editor.too_slow", seconds=limit)
    return t("editor.worker_ended", reason="" if job.failed == "ended" else job.failed)


def show_status(place: Any, job: Job, sheet: Sheet, limit: float) -> None:
    """One line: valid or not, examples, warnings, how long it took."""
    if job.failed:
        place.error(failure(job, limit), icon=":material/timer_off:")
        return
    broken, found = job.parts.get("faults", ()), job.parts.get("examples", ())
    parts = [t("editor.status.broken", count=len(broken)) if broken else t("editor.status.ok")]
    failing = sum(fault.severity == "error" for fault in found)
    parts += [t("editor.status.failing", count=failing)] if failing else []
    parts += [t("editor.status.warnings", count=len(found) - failing)] if len(found) > failing else []
    parts += [t("editor.status.unsaved")] if sheet.touched else []
    parts.append(t("editor.status.seconds", seconds=job.seconds))
    line = " · ".join(parts)
    if broken:
        place.error(line, icon=":material/error:")
    elif failing:
        place.warning(line, icon=":material/warning:")
    else:
        place.success(line, icon=":material/check_circle:")


def show_problems(place: Any, parts: Mapping[str, Any], sheet: Sheet) -> None:
    """Each problem with its line; those of this file lead there."""
    faults: list[Fault] = [*parts.get("faults", ()), *parts.get("examples", ())]
    faults.sort(key=lambda fault: fault.severity != "error")
    if not faults:
        place.empty()
        return
    with place.container():
        for number, fault in enumerate(faults[:MOST_PROBLEMS]):
            own = fault.location.path == sheet.opened.path.name and fault.location.line
            where = t("editor.line", line=fault.location.line) if own else str(fault.location)
            icon = ":material/error:" if fault.severity == "error" else ":material/info:"
            label = f"{where} · {plain(words_of(fault))}"
            if own:
                args = (sheet, fault.location.line)
                st.button(label, key=f"problem-{number}", icon=icon, type="tertiary", on_click=_go, args=args)
            else:
                st.caption(f"{icon} {label}")
        if len(faults) > MOST_PROBLEMS:
            st.caption(t("editor.more_faults", count=len(faults) - MOST_PROBLEMS))


def _go(sheet: Sheet, line: int) -> None:
    sheet.go(line)


def show_preview(place: Any, parts: Mapping[str, Any], tables: Tables | None) -> None:
    """Claims gained, lost and changed, then the rankings that move; as far as they are known."""
    preview: Preview | None = parts.get("preview")
    if preview is None or tables is None:
        if parts:
            place.empty()
        return
    with place.container():
        for rule, reason in preview.failed.items():
            st.warning(t("editor.rule_failed", rule=rule, reason=reason), icon=":material/timer_off:")
        if preview.covered < preview.documents:
            st.caption(t("editor.covered", covered=preview.covered, documents=preview.documents))
        if not any(preview.counts.values()):
            st.caption(t("editor.nothing", claims=preview.claims, documents=preview.covered))
            return
        st.html(changes.style(state.dark()))
        st.subheader(t("editor.diff"))
        left, right = st.columns([3, 2], gap="large")
        with left:
            _claims(preview, tables)
        with right:
            if "moves" in parts:
                _moves(parts["moves"], preview)


def _claims(preview: Preview, tables: Tables) -> None:
    """The counts in one line, then each kind of change that there is."""
    frames = {"gained": preview.gained, "lost": preview.lost, "changed": preview.changed}
    language = state.language()
    counts = {kind: t(f"editor.{kind}", count=preview.counts[kind]) for kind in frames}
    st.markdown(f"**{' · '.join(counts.values())}**")
    for kind, frame in frames.items():
        if not len(frame):
            continue
        rows = frame.head(MOST_CLAIMS)
        st.html(changes.claims_html(kind, rows, preview.names, tables.documents_by_name, language))
        if preview.counts[kind] > MOST_CLAIMS:
            st.caption(t("editor.listed", shown=MOST_CLAIMS, count=preview.counts[kind]))


def _moves(moves: tuple[Move, ...], preview: Preview) -> None:
    if not moves:
        st.caption(t("editor.moves.none"))
        return
    st.markdown(f"**{t('editor.moves', count=len(moves))}**")
    st.html("".join(changes.move_html(move, preview.names, state.language()) for move in moves[:MOST_MOVES]))
    if len(moves) > MOST_MOVES:
        st.caption(t("editor.moves.more", count=len(moves) - MOST_MOVES))
