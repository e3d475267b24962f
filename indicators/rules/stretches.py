"""Texts in which words that a pattern repeats ((?:已|共|累计)*) run on for longer than `reach` takes them to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import and_

import numpy as np

from indicators.language.code_points import CharacterSet, code_points
from indicators.rules.reach import STRETCH, Reach

_BEYOND = "\U00010000"  # stands for all characters beyond the basic plane


class Stretches:
    """Knows the repeated words of some patterns by their characters."""

    def __init__(self, reaches: Iterable[Reach]) -> None:
        runs = frozenset().union(*(reach.runs for reach in reaches))
        self._sets: dict[str, int] = {}  # character -> a bit for each set that it is in
        for number, run in enumerate(runs):
            for character in run:
                self._sets[character] = self._sets.get(character, 0) | 1 << number
        self._any = CharacterSet(min(character, _BEYOND) for character in self._sets)

    def run_on(self, text: str) -> bool:
        """Whether more than STRETCH characters in a row are all of one pattern's repeated words."""
        if len(text) <= STRETCH or not self._sets:
            return False
        others = np.flatnonzero(~self._any.holds(code_points(text)))
        bounds = np.concatenate(([-1], others, [len(text)]))
        long = np.flatnonzero(np.diff(bounds) > STRETCH + 1)
        stretches = zip((bounds[long] + 1).tolist(), bounds[long + 1].tolist(), strict=True)
        return any(self._is_run(text[start:end]) for start, end in stretches)

    def _is_run(self, words: str) -> bool:
        """Whether more than STRETCH of these characters in a row are in one of the sets."""
        sets = [self._sets.get(character, 0) for character in words]
        return any(reduce(and_, sets[at : at + STRETCH + 1]) for at in range(len(sets) - STRETCH))
