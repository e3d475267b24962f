"""What came of a fault, and the table of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

HEAD = ("fault", "what was written or read", "tried", "survived", "data lost", "message", "re-run completes")


@dataclass
class Outcome:
    """One line of the table. `wrong` says what went wrong, each time it did; `skipped` why nothing was tried."""

    fault: str
    what: str
    tried: int = 0
    lost: int = 0
    messages: int = 0
    expected_messages: int = 0
    unfinished: int = 0
    wrong: list[str] = field(default_factory=list)
    skipped: str = ""

    def check(self, holds: bool, kind: str, words: str) -> None:
        """Count one requirement: `kind` is lost, message, unfinished or survived."""
        if kind == "message":
            self.expected_messages += 1
            self.messages += holds
        elif not holds and kind == "lost":
            self.lost += 1
        elif not holds and kind == "unfinished":
            self.unfinished += 1
        if not holds:
            self.wrong.append(f"{kind}: {words}")

    def cells(self) -> tuple[str, ...]:
        """The line of the table."""
        if self.skipped:
            return (self.fault, self.what, "-", "-", "-", "-", f"not tried: {self.skipped}")
        survived = self.tried - len({words for words in self.wrong if not words.startswith("message")})
        said = f"{self.messages} of {self.expected_messages}" if self.expected_messages else "none needed"
        done = "yes" if not self.unfinished else f"not {self.unfinished} times"
        return (self.fault, self.what, str(self.tried), str(survived), str(self.lost), said, done)


def table(outcomes: Iterable[Outcome]) -> str:
    """All outcomes as a Markdown table, and below it what went wrong."""
    found = list(outcomes)
    lines = ["| " + " | ".join(cells) + " |" for cells in (HEAD, ("---",) * len(HEAD), *(one.cells() for one in found))]
    for one in found:
        lines += [f"- {one.fault}, {one.what}: {words}" for words in dict.fromkeys(one.wrong)]
    return "\n".join(lines)
