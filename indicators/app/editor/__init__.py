"""A text editor for the rules: CodeMirror 6, bundled in `editor.js` (source under tools/editor), nothing fetched.

Two components of Streamlit share a key. `edit` mounts the editor: the text goes to the browser with a `revision` and is
written into the editor only when that changes, so reruns never touch what is being typed. `mark` hands it what changes
with every pause, in a message of its own: that of `edit` (700 kB with the program) stays the same while somebody types,
and Streamlit sends the hash of a message that the browser has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import streamlit as st

from indicators.errors import Fault

CSS = """
.cm-editor {
  --editor-key: var(--st-blue-text-color);
  --editor-text: var(--st-green-text-color);
  --editor-comment: color-mix(in srgb, var(--st-text-color) 72%, var(--st-background-color));
  --editor-line: color-mix(in srgb, var(--st-primary-color) 9%, transparent);
  --editor-selection: color-mix(in srgb, var(--st-primary-color) 28%, transparent);
}
"""
MOST_MARKS = 200
PHRASES = {
    "Completions": "可选内容", "Diagnostics": "问题", "No diagnostics": "没有问题", "Find": "查找",
    "Replace": "替换", "next": "下一个", "previous": "上一个", "all": "全部", "match case": "区分大小写",
    "regexp": "正则", "by word": "整词", "replace": "替换", "replace all": "全部替换", "close": "关闭",
    "Go to line": "转到行", "go": "转到", "current match": "当前匹配", "on line": "在行",
    "replaced $ matches": "替换了 $ 处", "replaced match on line $": "替换了第 $ 行的匹配",
    "Fold line": "折叠", "Unfold line": "展开", "folded code": "已折叠", "unfold": "展开", "to": "到",
    "Selection deleted": "已删除所选", "Control character": "控制字符",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands in the editor: its text, over which `revision` it was typed, and the how manieth report it is."""

    revision: str
    sequence: int
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Which file is edited, and the hash of what is saved of it."""

    path: str
    digest: str


def edit(
    key: str,
    revision: str,
    text: str,
    label: str,
    language: str,
    vocabulary: dict[str, Any],
    file: Kept,
    goto: tuple[str, int] | None = None,
    on_save: Callable[[], None] = lambda: None,
    on_left: Callable[[], None] = lambda: None,
    height: str = "max(18rem, 46vh)",
) -> Edit | None:
    """Draw the editor; what was typed last, None where nothing was. Ctrl+S calls `on_save`.

    The browser keeps what is typed over `file` until it is saved, and brings it back when the page is loaded anew;
    where the file has changed meanwhile, the component's state `left` holds it while `on_left` is called.

    `goto` (a token, a line) moves the cursor there once a token. `height` is a CSS length.
    """
    data = {
        "key": key,
        "revision": revision,
        "text": text,
        "label": label,
        "language": language,
        "phrases": PHRASES if language == "zh" else {},
        "vocabulary": vocabulary,
        "goto": {"asked": goto[0], "line": goto[1]} if goto else None,
        "height": height,
        "file": file.path,
        "saved": file.digest,
    }
    result = _editor()(
        key=key,
        data=data,
        default={"edit": None},
        on_edit_change=lambda: None,
        on_save_change=on_save,
        on_left_change=on_left,
    )
    return as_edit(result.get("edit"))


def as_edit(state: Any) -> Edit | None:
    """The browser's state as an Edit, None where it is none."""
    if not isinstance(state, dict) or not isinstance(state.get("text"), str):
        return None
    return Edit(str(state.get("revision", "")), int(state.get("sequence", 0)), state["text"])


def mark(key: str, edit: Edit, touched: bool, faults: Sequence[Fault], words_of: Callable[[Fault], str]) -> None:
    """Mark faults at their lines and columns in the editor of that key, as long as it still holds the text of `edit`.

    `touched`: that text differs from the file; where it does not, the browser forgets what it kept. `words_of` gives
    the words of a fault in the language of the page.
    """
    marks = [
        {
            "line": fault.location.line,
            "column": max(1, fault.location.column),
            "severity": {"error": "error", "warning": "warning"}.get(fault.severity, "info"),
            "message": words_of(fault),
        }
        for fault in faults[:MOST_MARKS]
        if fault.location.line
    ]
    data = {"key": key, "revision": edit.revision, "sequence": edit.sequence, "touched": touched, "faults": marks}
    _marks()(key=f"{key}-marks", data=data, height=1)


def asset(name: str) -> str:
    """The text of a file of this folder."""
    return resources.files("indicators.app.editor").joinpath(name).read_text("utf-8")


@cache
def _editor() -> Any:
    return st.components.v2.component("indicators_editor", js=asset("editor.js"), css=CSS, isolate_styles=False)


@cache
def _marks() -> Any:
    return st.components.v2.component("indicators_marks", js=asset("marks.js"), isolate_styles=False)
