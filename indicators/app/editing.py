"""The text being edited beside the file on disk, without Streamlit. A broken file is never written.

A sheet is what one session edits. Two people may edit one file: whoever saves second is shown what the first changed,
and takes it in (`merging.merged`) or takes the file as it is.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

from indicators.errors import RuleError
from indicators.rules.loading import load_rules_text
from indicators.rules.saving import Opened, open_rules, write


def _token() -> str:
    return uuid.uuid4().hex


@dataclass
class Sheet:
    """The file as opened, and the text over it. `pushed` is the text the browser was given with `revision`.

    `goto` (a token, a line) is where the cursor is wanted.
    """

    opened: Opened
    pushed: str
    text: str
    revision: str = field(default_factory=_token)
    sequence: int = 0
    goto: tuple[str, int] | None = None

    @property
    def touched(self) -> bool:
        """Whether the text differs from the file as opened."""
        return self.text != self.opened.text

    def typed(self, revision: str, sequence: int, text: str) -> None:
        """Take what the browser tells, unless it is about a text that has been replaced meanwhile."""
        if revision == self.revision:
            self.sequence, self.text = sequence, text

    def push(self, text: str, line: int = 0) -> None:
        """Put another text into the browser, and the cursor at `line` if one is named."""
        self.pushed = self.text = text
        self.revision, self.sequence = _token(), 0
        if line:
            self.go(line)

    def go(self, line: int) -> None:
        """Put the cursor at the beginning of a line."""
        self.goto = (_token(), line)


def open_sheet(path: Path) -> Sheet:
    """A sheet with the file as it is. Raises OutputError where it cannot be read."""
    opened = open_rules(path)
    return Sheet(opened, opened.text, opened.text)


def save(opened: Opened, text: str) -> Opened:
    """Write the editor's text over the file; raises as `rules.saving.write` does."""
    return write(opened, text.replace("\r\n", "\n"))


def others(opened: Opened) -> Opened | None:
    """The file as it is now, where it is no longer what was opened. Raises OutputError where it cannot be read."""
    now = open_rules(opened.path)
    return now if now.digest != opened.digest else None


def changes(before: str, after: str, context: int = 2) -> str:
    """What changed between two texts, as the lines of a unified diff without its head.

    >>> changes("a\\nb\\n", "a\\nc\\n").splitlines()
    ['@@ -1,2 +1,2 @@', ' a', '-b', '+c']
    """
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=context)
    return "\n".join(list(lines)[2:])


def versions(sheet: Sheet) -> dict[str, str]:
    """What a log says of a save: the rules' version before ("" where they were broken) and after.

    Raises RuleError where the new text is broken.
    """
    path, before = sheet.opened.path, ""
    with suppress(RuleError):
        before = _version(sheet.opened.text, path)
    return {"rules_version_before": before, "rules_version_after": _version(sheet.text, path)}


def _version(text: str, path: Path) -> str:
    return load_rules_text(text, path.name, path.parent).rules_version
