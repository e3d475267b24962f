"""What claims and quantities rows share: the place, period and words of a span, as columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from indicators.language import gazetteer
from indicators.language.periods import read_period
from indicators.language.places import read_place
from indicators.language.reader import Reading
from indicators.model import Period
from indicators.rules.matches import Match

_BREAKS = re.compile(r"[ \t]*[\r\n]+[ \t]*")
PLACE_CELLS = (
    "province", "city", "county", "town", "village", "level", "county_code", "zone", "place_as_written", "place_from",
)  # fmt: skip
PERIOD_CELLS = ("period_start", "period_end", "period_from")
NOWHERE = (*[""] * 9, "none")
NEVER = ("", "", "none")
Cells = tuple[str, ...]


def place_cells(reading: Reading, match: Match | None, start: int, end: int) -> Cells:
    """Place of a folded span, a Place as it is; the words of a rule's {place} come before what the resolver finds."""
    named = read_place(match.place, gazetteer.load()) if match and match.place else None
    if named is None or not named.level:
        named = reading.places.at(start, end)
    elif named.read_from == "none":
        named = named._replace(read_from="clause")
    return named


def period_cells(reading: Reading, match: Match | None, start: int, end: int) -> Cells:
    """Period of a folded span, as PERIOD_CELLS; a rule's {period} comes before what the timeline finds."""
    named = None
    if match and match.period and (reference := reading.timeline.reference):
        named = _named(match.period, reference)
    if named:
        return *_days(named), "clause"
    period = reading.timeline.at(start, end)
    days = _days(period)
    return (*days, period.read_from) if any(days) else NEVER


def _named(words: str, reference: date) -> Period | None:
    """The period that a rule's {period} captured; None where the words name no days."""
    try:
        period = read_period(words, reference)
    except ValueError:
        return None
    return period if period.start or period.end else None


def _days(period: Period) -> tuple[str, str]:
    """First and last day as ISO text, "" where there is none."""
    return _written(period.start), _written(period.end)


@lru_cache(4096)
def _written(day: date | None) -> str:
    """A day as ISO text; a corpus names the same ones again and again."""
    return day.isoformat() if day else ""


def statuses_at(statuses: Iterable[str], starts: Iterable[object], reading: Reading) -> list[str]:
    """Statuses beside the first days of their periods (ISO text): what begins after the text was written is planned."""
    written = reading.timeline.reference
    if written is None:
        return list(statuses)
    last = written.isoformat()
    return [
        "planned" if status == "actual" and str(start) > last else status
        for status, start in zip(statuses, starts, strict=True)
    ]


def add_rows(lists: dict[str, list[object]], names: Sequence[str], rows: Iterable[Cells]) -> None:
    """Append rows of text cells to the columns of these names."""
    for name, cells in zip(names, zip(*rows, strict=True), strict=False):
        lists[name].extend(cells)


_LONGEST = 2_000  # characters of a sentence that a row carries; prose stays under 600


class SentenceWords:
    """Sentences of a document as written, line breaks as one space; each made once.

    Of a run of text without a sentence end that is longer than 2,000 characters (a table, a hostile file) only the
    surroundings of the offset are given, … where it is cut: rows must not each carry the whole file.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._made: dict[int, str] = {}

    def at(self, offset: int) -> str:
        """The sentence that holds a folded offset."""
        sentences = self._reading.sentences
        index = sentences.at(offset)
        if sentences.end[index] - sentences.start[index] > _LONGEST:
            return self._cut(sentences.start[index], sentences.end[index], offset)
        if index not in self._made:
            self._made[index] = self._words(sentences.start[index], sentences.end[index])
        return self._made[index]

    def _words(self, start: int, end: int) -> str:
        words = self._reading.folded.surface(start, end)
        return (_BREAKS.sub(" ", words) if "\n" in words or "\r" in words else words).strip()

    def _cut(self, start: int, end: int, offset: int) -> str:
        left, right = max(start, offset - _LONGEST // 2), min(end, offset + _LONGEST // 2)
        return f"{'…' if left > start else ''}{self._words(left, right)}{'…' if right < end else ''}"
