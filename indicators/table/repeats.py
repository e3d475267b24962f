"""Titles, leads and subheadings that say a number of the text beforehand: the same claim, made twice."""

from __future__ import annotations

import re
from bisect import bisect_right

from indicators.language.reader import Reading
from indicators.table.claims import Lists
from indicators.table.columns import PLACE

_SAME = ("indicator", "value", "value_low", "value_high", "unit", "status", "part", "per")
_HEADING = 40  # characters of a line that may be a heading
_ENDS = re.compile(r"[。;!?…:,]$")


def mark_repeats(lists: Lists, first: int, reading: Reading) -> None:
    """Fill `repeats` of one document's claims, the rows from `first` on.

    A claim in a heading (a short line without a full stop) or in the lead (the first paragraph of the text) repeats the
    next claim of the text that has the same indicator, value, unit and status and no other county. Claims of the text
    proper repeat nothing, however often they say the same.
    """
    twins: dict[tuple[object, ...], list[int]] = {}
    for row, meaning in enumerate(zip(*(lists[name][first:] for name in _SAME), strict=True), first):
        twins.setdefault(meaning, []).append(row)
    if all(len(rows) < 2 for rows in twins.values()):
        return
    ranks = _Ranks(reading)
    for rows in twins.values():
        if len(rows) > 1:
            _mark_twins(lists, rows, [ranks.at(offset) for offset in map(lists["start"].__getitem__, rows)])


def _mark_twins(lists: Lists, rows: list[int], ranks: list[int]) -> None:
    """Fill `repeats` of rows that say the same, in order of the text: the next one of the text, else the first."""
    places = {row: tuple(str(lists[name][row]) for name in PLACE) for row in rows}
    body = _Twins({row: places[row] for row, rank in zip(rows, ranks, strict=True) if rank == BODY})
    lead = _Twins({row: places[row] for row, rank in zip(rows, ranks, strict=True) if rank == LEAD})
    for row, rank in zip(rows, ranks, strict=True):
        fuller = {HEADING: (body, lead), LEAD: (body,)}.get(rank, ())
        asked = [(twins, after) for after in (row, -1) for twins in fuller]
        found = (twins.next(places[row], after) for twins, after in asked)
        if (twin := next((each for each in found if each is not None), None)) is not None:
            lists["repeats"][row] = lists["claim_id"][twin]


class _Twins:
    """Rows in order, asked for by place: a heading often names fewer levels than the text, but no other ones.

    Rows are looked up by the levels that both name, so that a thousand of them cost each other nothing.
    """

    def __init__(self, places: dict[int, tuple[str, ...]]) -> None:
        self._by_levels: dict[tuple[int, ...], dict[int, tuple[str, ...]]] = {}
        for row, place in places.items():
            self._by_levels.setdefault(_named(place), {})[row] = place
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...]], dict[tuple[str, ...], list[int]]] = {}

    def next(self, place: tuple[str, ...], after: int) -> int | None:
        """The first row behind row `after` in which no level names another place; None where there is none."""
        best: int | None = None
        for levels in self._by_levels:
            shared = tuple(level for level in _named(place) if level in levels)
            rows = self._sharing(levels, shared).get(tuple(place[level] for level in shared), [])
            at = bisect_right(rows, after)
            if at < len(rows) and (best is None or rows[at] < best):
                best = rows[at]
        return best

    def _sharing(self, levels: tuple[int, ...], shared: tuple[int, ...]) -> dict[tuple[str, ...], list[int]]:
        """Names of the shared levels -> the rows that name just `levels`."""
        known = self._known.get((levels, shared))
        if known is None:
            known = self._known[levels, shared] = {}
            for row, place in self._by_levels[levels].items():
                known.setdefault(tuple(place[level] for level in shared), []).append(row)
        return known


def _named(place: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(level for level, name in enumerate(place) if name)


HEADING, LEAD, BODY = 0, 1, 2


class _Ranks:
    """What each paragraph of a document is: heading, lead or body."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        sentences, text = reading.sentences, reading.folded.text
        spans = zip(sentences.paragraph_start, sentences.paragraph_end, strict=True)
        self._ranks = [HEADING if _is_heading(text[start:end].strip()) else BODY for start, end in spans]
        bodies = [index for index, rank in enumerate(self._ranks) if rank == BODY]
        if len(bodies) > 2:
            self._ranks[bodies[0]] = LEAD

    def at(self, offset: object) -> int:
        """Rank of the paragraph that holds an offset of Document.text."""
        folded, sentences = self._reading.folded, self._reading.sentences
        at = folded.offset(int(str(offset)))
        return self._ranks[bisect_right(sentences.paragraph_start, at) - 1]


def _is_heading(line: str) -> bool:
    return len(line) <= _HEADING and not _ENDS.search(line.rstrip("”\"’')"))
