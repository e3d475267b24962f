"""What claims and quantities rows share: the place, period and words of a span, as columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from indicators.language import gazetteer
from indicators.language.periods import read_period
from indicators.language.places import read_place
from indicators.language.reader import Reading
from indicators.model import Period, Place
from indicators.rules.matches import Match

_BREAKS = re.compile(r"[ \t]*[\r\n]+[ \t]*")
Row = Mapping[str, object]

NOWHERE = {
    "province": "",
    "city": "",
    "county": "",
    "town": "",
    "village": "",
    "level": "",
    "county_code": "",
    "zone": "",
    "place_as_written": "",
    "place_from": "none",
}
NEVER = {"period_start": "", "period_end": "", "period_from": "none"}


def place_columns(reading: Reading, match: Match | None, start: int, end: int) -> dict[str, str]:
    """Place of a folded span; the words of a rule's {place} come before what the resolver finds."""
    place = read_place(match.place, gazetteer.load()) if match and match.place else None
    if place is None or not place.level:
        place = reading.places.at(start, end)
    elif place.read_from == "none":
        return {**_place(place), "place_from": "clause"}
    return _place(place)


def _place(place: Place) -> dict[str, str]:
    return {
        "province": place.province,
        "city": place.city,
        "county": place.county,
        "town": place.town,
        "village": place.village,
        "level": place.level,
        "county_code": place.county_code,
        "zone": place.zone,
        "place_as_written": place.surface,
        "place_from": place.read_from,
    }


def period_columns(reading: Reading, match: Match | None, start: int, end: int) -> dict[str, str]:
    """Period of a folded span; the words of a rule's {period} come before what the timeline finds."""
    reference = reading.timeline.reference
    named = _named(match.period, reference) if match and match.period and reference else None
    if named:
        return {**_period(named), "period_from": "clause"}
    return _period(reading.timeline.at(start, end))


def _named(words: str, reference: date) -> Period | None:
    """The period that a rule's {period} captured; None where the words name no days."""
    try:
        period = read_period(words, reference)
    except ValueError:
        return None
    return period if period.start or period.end else None


def _period(period: Period) -> dict[str, str]:
    return {
        "period_start": _iso(period.start),
        "period_end": _iso(period.end),
        "period_from": period.read_from if period.start or period.end else "none",
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


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
            words = self._reading.folded.surface(sentences.start[index], sentences.end[index])
            self._made[index] = _BREAKS.sub(" ", words).strip()
        return self._made[index]

    def _cut(self, start: int, end: int, offset: int) -> str:
        left, right = max(start, offset - _LONGEST // 2), min(end, offset + _LONGEST // 2)
        words = _BREAKS.sub(" ", self._reading.folded.surface(left, right)).strip()
        return f"{'…' if left > start else ''}{words}{'…' if right < end else ''}"
