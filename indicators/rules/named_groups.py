"""What the words caught by a pattern's named groups mean: part, time and basis."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from importlib import resources

NAMED = ("part", "time", "basis", "scope", "place", "period")
_LIST_MARKS = re.compile(r"[、,，/]")
_LAST_WORDS = re.compile(r"以及|[和及与暨]")


@cache
def _meanings(group: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    text = resources.files("indicators.rules").joinpath("named_groups.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    rows = csv.DictReader(io.StringIO("\n".join(lines)))
    return tuple((re.compile(row["pattern"]), row["meaning"]) for row in rows if row["group"] == group)


@cache
def meaning(group: str, words: str, otherwise: str) -> str:
    """The `time` or `basis` that a named group's words stand for; `otherwise` where the table knows none.

    >>> meaning("basis", "比上年", "unstated"), meaning("time", "", "stock")
    ('yoy', 'stock')
    """
    if not words:
        return otherwise
    return next((value for pattern, value in _meanings(group) if pattern.search(words)), otherwise)


def labels(words: str, count: int) -> list[str]:
    """The labels of `count` values named in one run of words; [] where the numbers differ.

    >>> labels("和平镇、新会镇和县城", 3), labels("县和乡", 2), labels("市、镇", 3)
    (['和平镇', '新会镇', '县城'], ['县', '乡'], [])
    """
    pieces = [piece for piece in _LIST_MARKS.split(words) if piece]
    if len(pieces) == count:
        return pieces
    last = [piece for piece in _LAST_WORDS.split(pieces[-1]) if piece] if pieces else []
    if len(pieces) - 1 + len(last) == count:
        return [*pieces[:-1], *last]
    every = [inner for piece in pieces for inner in _LAST_WORDS.split(piece) if inner]
    return every if len(every) == count else []
