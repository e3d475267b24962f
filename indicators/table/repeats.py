"""Titles, leads and subheadings that say a number of the text beforehand: the same claim, made twice."""

from __future__ import annotations

import re
from bisect import bisect_right

from indicators.language.reader import Reading
from indicators.table.claims import Lists

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
    for row in range(first, len(lists["claim_id"])):
        twins.setdefault(tuple(lists[name][row] for name in _SAME), []).append(row)
    if all(len(rows) < 2 for rows in twins.values()):
        return
    ranks = _Ranks(reading)
    for rows in twins.values():
        for row in rows if len(rows) > 1 else ():
            rank = ranks.at(_offset(lists, row))
            fuller = [
                other for other in rows if ranks.at(_offset(lists, other)) > rank and _one_place(lists, row, other)
            ]
            later = [other for other in fuller if _offset(lists, other) > _offset(lists, row)]
            if fuller:
                body = [other for other in later or fuller if ranks.at(_offset(lists, other)) == BODY]
                lists["repeats"][row] = lists["claim_id"][(body or later or fuller)[0]]


def _offset(lists: Lists, row: int) -> int:
    return int(str(lists["start"][row]))


def _one_place(lists: Lists, row: int, other: int) -> bool:
    """Whether no level names two places: a heading often names fewer levels than the text."""
    names = ("province", "city", "county", "town", "village")
    return all(
        lists[name][row] == lists[name][other] or not lists[name][row] or not lists[name][other] for name in names
    )


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

    def at(self, offset: int) -> int:
        """Rank of the paragraph that holds an offset of Document.text."""
        folded, sentences = self._reading.folded, self._reading.sentences
        at = folded.offset(offset)
        return self._ranks[bisect_right(sentences.paragraph_start, at) - 1]


def _is_heading(line: str) -> bool:
    return len(line) <= _HEADING and not _ENDS.search(line.rstrip("”\"’')"))
