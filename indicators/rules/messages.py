"""What is said of a fault, in English and in Chinese: rows of `messages.csv` and `tool_messages.csv`, filled in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources

from indicators.errors import Fault, FaultList, Location


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong, what to do, and both in Chinese."""

    message: str
    remedy: str
    zh: str

    def at(self, location: Location, severity: str = "error") -> Fault:
        """The fault that this message describes, at a place."""
        return Fault(location, self.message, self.remedy, self.zh, severity)

    def add(self, faults: FaultList, line: int, column: int) -> None:
        """Add it to the faults of a file."""
        faults.add(line, column, self.message, self.remedy, self.zh)


@cache
def table(name: str = "messages") -> dict[str, dict[str, str]]:
    """The rows of `rules/<name>.csv` by their first column; lines that begin with # are comments."""
    text = resources.files("indicators.rules").joinpath(f"{name}.csv").read_text("utf-8")
    rows = csv.DictReader(
        io.StringIO("\n".join(line for line in text.splitlines() if line and not line.startswith("#")))
    )
    return {row["key"]: row for row in rows}


def say(key: str, near: str = "", **values: object) -> Message:
    """The message of that key. `near`, a known name close to the one written, is asked for in place of the remedy.

    >>> say("topic_unknown", near="money", name="mony").remedy
    "did you mean 'money'?"
    """
    row = table().get(key) or table("tool_messages")[key]
    shown = {name: _shortened(str(value)) for name, value in values.items()}
    message, remedy, zh, zh_remedy = (row[part].format(**shown) for part in ("message", "remedy", "zh", "zh_remedy"))
    if near:
        remedy, zh_remedy = f"did you mean '{near}'?", f"是不是“{near}”？"
    return Message(message, remedy, f"{zh}；{zh_remedy}" if zh_remedy else zh)


def _shortened(words: str) -> str:
    """One line of at most 200 characters: values are users' words."""
    words = " ".join(words.split())
    return words if len(words) <= 200 else words[:199] + "…"


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name nearest to one that is misspelt, "" where none is near.

    >>> nearest("patern", ["patterns", "per"])
    'patterns'
    """
    similar = [other for other in known if abs(len(other) - len(name)) <= 6]
    found = get_close_matches(name[:60], similar, n=1, cutoff=0.55)
    return found[0] if found else ""
