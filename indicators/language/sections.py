"""Stretches of a text that speak of days of their own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heappop, heappush

from indicators.language.intervals import Interval


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text under a dated heading: from offset `start` until `end`."""

    start: int
    end: int
    interval: Interval
    surface: str


class Sections:
    """The dated sections of a text; later and shorter ones lie within earlier and longer ones."""

    def __init__(self, sections: Iterable[Section]) -> None:
        ordered = sorted(sections, key=lambda section: (section.start, -section.end))
        self._edges = sorted({edge for section in ordered for edge in (section.start, section.end)})
        self._inner: list[Section | None] = []  # from each edge to the next
        opened: list[int] = []  # a heap of negative indices: the last that was opened comes first
        following = 0
        for edge in self._edges:
            while following < len(ordered) and ordered[following].start <= edge:
                heappush(opened, -following)
                following += 1
            while opened and ordered[-opened[0]].end <= edge:
                heappop(opened)
            self._inner.append(ordered[-opened[0]] if opened else None)

    def at(self, offset: int) -> Section | None:
        """The innermost section around an offset.

        >>> from indicators.language.intervals import year_interval
        >>> year = year_interval(2015)
        >>> sections = Sections([Section(0, 90, year, "part"), Section(20, 40, year, "chapter")])
        >>> [section and section.surface for section in map(sections.at, (5, 20, 40, 90))]
        ['part', 'chapter', 'part', None]
        """
        index = bisect_right(self._edges, offset) - 1
        return self._inner[index] if index >= 0 else None
