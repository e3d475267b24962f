"""What a sentence holds that moves its topic: named places, words that point back at places and words that widen."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from indicators.language.gazetteer import Gazetteer
from indicators.language.place_lists import listed
from indicators.language.place_paths import Spot
from indicators.language.place_reference import HOME, REFERENCE
from indicators.language.place_scope import Scope, scopes
from indicators.language.place_signs import EVENTS, signs
from indicators.language.place_signs import HOME as HOME_SIGN
from indicators.language.place_signs import REFERENCE as REFERENCE_SIGN
from indicators.language.sentences import Sentences

Event = Spot | Scope | re.Match[str]


class SentenceEvents:
    """The events of a text's sentences; `spots` are its named places, in order."""

    def __init__(self, text: str, sentences: Sentences, gazetteer: Gazetteer, spots: list[Spot]) -> None:
        self._text = text
        self._gazetteer = gazetteer
        self._spots = spots
        self.signs = signs(text, sentences)
        starts = self._starts = [spot.start for spot in spots]
        self.first = [bisect_left(starts, start) for start in sentences.start]  # each sentence's first spot ...
        self.last = [bisect_left(starts, end) for end in sentences.end]  # ... and the one after its last

    def spots(self, index: int) -> list[Spot]:
        """The named places of a sentence."""
        return self._spots[self.first[index] : self.last[index]]

    def within(self, start: int, end: int) -> list[Spot]:
        """The named places that begin in `[start, end)`."""
        return self._spots[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def of(self, index: int, start: int, end: int) -> list[tuple[int, Event]]:
        """Offsets and events of the sentence `[start, end)`, in order; a name holds no such words."""
        spots, sign = self.spots(index), self.signs[index]
        joined = listed(self._text, end, spots, self._gazetteer) if len(spots) > 1 else spots
        events: list[tuple[int, Event]] = [(spot.start, spot) for spot in joined]
        if not sign & EVENTS:
            return events
        taken = _Taken(spots)
        if sign & HOME_SIGN:
            events += [(found.start(), found) for found in HOME.finditer(self._text, start, end)]
        if sign & REFERENCE_SIGN:
            for found in REFERENCE.finditer(self._text, start, end):
                if not taken.overlaps(found.start(), found.start() + 1):
                    events.append((found.start(), found))
        for scope in scopes(self._text, start, end, sign):
            if not scope.office or not taken.overlaps(scope.start, scope.end):
                events.append((scope.at, scope))
        return sorted(events, key=lambda each: each[0])


class _Taken:
    """The spans of a sentence's named places."""

    def __init__(self, spots: list[Spot]) -> None:
        self._starts = [spot.start for spot in spots]
        self._ends = list(accumulate((spot.end for spot in spots), max))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether some named place shares a character with `[start, end)`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start
