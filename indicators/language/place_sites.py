"""Villages, estates and farms that a text has named with their town, wherever it names them again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from indicators.language.han import HAN
from indicators.language.local_names import COMMON
from indicators.language.longest_match import HashedText, LongestMatch

if TYPE_CHECKING:
    from indicators.language.place_paths import Spot

_STEM = re.compile(f"({HAN}{{2,5}})村")
_AFTER_STEM = re.compile(r"(?![村镇乡路街山河江湖溪岭桥坝峡]|街道|社区|水库|流域|大[桥坝]|大道|小学|学校|公路|景区)")
_AFTER_SHORT_STEM = re.compile(r"位于|地处|坐落|建在|全村|地势|海拔|人多|村民")
_IDEOGRAPH = re.compile(HAN)
_SHORT_STEM = 2
_FEW = 32


class Sites:
    """The sites of a text by name; 陈家湾 stands for 陈家湾村, a stem of two characters only where one is described."""

    def __init__(self, named: dict[str, Spot]) -> None:
        self._named = named
        self._stems: dict[str, str] = {}  # stem -> the village's name
        for name in named:
            stem = _STEM.fullmatch(name)
            if stem is not None and stem[1] not in COMMON:
                self._stems[stem[1]] = name
        self._words = [*named, *(stem for stem in self._stems if stem not in named)]

    def find(self, text: str) -> list[Spot]:
        """Where the sites are named in a text, disjoint and in order; of those that start first, the longest name."""
        found: list[Spot] = []
        free = 0
        for start, longest in self._beginnings(text):
            spot = self._at(text, start, longest) if start >= free else None
            if spot is not None:
                found.append(spot)
                free = spot.end
        return found

    def _beginnings(self, text: str) -> Iterable[tuple[int, int]]:
        """Where the words may begin, ascending, and how long they can be: most texts have few, each looked for by C."""
        if len(self._words) > _FEW:
            return LongestMatch(self._words).beginnings(HashedText(text))
        longest = max(map(len, self._words))
        starts: set[int] = set()
        for head in {word[:2] for word in self._words}:
            at = text.find(head)
            while at >= 0:
                starts.add(at)
                at = text.find(head, at + 1)
        return [(start, longest) for start in sorted(starts)]

    def _at(self, text: str, start: int, longest: int) -> Spot | None:
        words = [text[start : start + length] for length in range(longest, 1, -1)]
        for word in words:
            if word in self._named:
                return self._named[word]._replace(start=start, end=start + len(word), weak=False)
        stems = [word for word in words if word in self._stems and _stands(text, start, word)]
        if not stems:
            return None
        stem = stems[0] if len(stems) == 1 else next(stem for stem in self._stems if stem in stems)
        return self._named[self._stems[stem]]._replace(start=start, end=start + len(stem), weak=False)


def _stands(text: str, start: int, stem: str) -> bool:
    """Whether a stem means its village where it stands."""
    end = start + len(stem)
    if len(stem) > _SHORT_STEM:
        return _AFTER_STEM.match(text, end) is not None
    inside = start > 0 and _IDEOGRAPH.match(text, start - 1) is not None
    return not inside and _AFTER_SHORT_STEM.match(text, end) is not None
