"""Texts in which words that a pattern repeats ((?:已|共|累计)*) run on for longer than `reach` takes them to."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from indicators.language.code_points import CharacterSet, code_points
from indicators.rules.reach import STRETCH, Reach

_BEYOND = "\U00010000"  # stands for all characters beyond the basic plane


class Stretches:
    """Knows the repeated words of some patterns by their characters."""

    def __init__(self, reaches: Iterable[Reach]) -> None:
        self._runs = frozenset().union(*(reach.runs for reach in reaches))
        every: frozenset[str] = frozenset().union(*self._runs)
        self._any = CharacterSet(min(character, _BEYOND) for character in every)

    def run_on(self, text: str) -> bool:
        """Whether more than STRETCH characters in a row are all of one pattern's repeated words."""
        if len(text) <= STRETCH or not self._runs:
            return False
        others = np.flatnonzero(~self._any.holds(code_points(text)))
        bounds = np.concatenate(([-1], others, [len(text)]))
        long = np.flatnonzero(np.diff(bounds) > STRETCH + 1)
        stretches = zip((bounds[long] + 1).tolist(), bounds[long + 1].tolist(), strict=True)
        return any(self._is_run(text[start:end]) for start, end in stretches)

    def _is_run(self, words: str) -> bool:
        """Whether more than STRETCH of these characters in a row are in one of the sets: one of every so many is."""
        for run in self._runs:
            if any(words[at] in run for at in range(STRETCH, len(words), STRETCH + 1)):
                length = 0
                for character in words:
                    length = length + 1 if character in run else 0
                    if length > STRETCH:
                        return True
        return False
