"""Which rules are to be tried on which quantities of some documents: found for all the documents at once, in arrays."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

import numpy as np

from indicators.language.columns import Quantities
from indicators.language.folding import Folded
from indicators.language.sentences import Sentences
from indicators.rules.prefilter import Claims, Hits, Ints
from indicators.rules.ruleset import RuleSet


class Read(Protocol):
    """What matching needs of a `language.reader.Reading`."""

    @property
    def folded(self) -> Folded: ...  # noqa: D102
    @property
    def sentences(self) -> Sentences: ...  # noqa: D102
    @property
    def quantities(self) -> Quantities: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Pairing:
    """What is to be tried in one document.

    `rows` are its claim quantities, `sentence` the number of the sentence that each is in. `pairs`: sentence, rule and
    quantity, in this order. `far`: matches may go further from their number than the rules' reach says.
    """

    rows: list[int]
    sentence: list[int]
    pairs: list[tuple[int, int, int]]
    far: bool

    def claims(self, sentence: int) -> list[int]:
        """The claim quantities of a sentence."""
        return self.rows[bisect_left(self.sentence, sentence) : bisect_right(self.sentence, sentence)]


def joined(texts: Sequence[str]) -> tuple[str, list[int]]:
    """Texts as one, and where each of them begins in it, its end included."""
    return "\n".join(texts), [0, *accumulate(len(text) + 1 for text in texts)]


def pairings(readings: Sequence[Read], ruleset: RuleSet, hits: Hits | None = None) -> list[Pairing]:
    """What is to be tried in each document. `hits` are the words of rules in the joined texts, where known already."""
    text, starts = joined([reading.folded.text for reading in readings])
    prefilter = ruleset.prefilter.of(text)
    far = prefilter is not ruleset.prefilter
    hits = prefilter.find(text) if hits is None else hits
    rows = [_claims(reading.quantities) for reading in readings]
    size = np.array([len(each) for each in rows])
    if not size.sum() or not (len(hits) or len(prefilter.always)):
        return [Pairing(each, _sentences(reading, each), [], far) for reading, each in zip(readings, rows, strict=True)]
    # A document without claims is one sentence: what its sentences are need not be known.
    firsts = [reading.sentences.start if each else [0] for reading, each in zip(readings, rows, strict=True)]
    sentence_starts = np.concatenate([np.array(each) + at for each, at in zip(firsts, starts, strict=False)])
    claims, takes = _columns(readings, rows, np.repeat(starts[:-1], size), sentence_starts, ruleset)
    sentence, rule, place = prefilter.pairs(hits, claims, sentence_starts, takes)
    first = np.cumsum([0, *map(len, firsts)])
    cuts, edges = claims.sentence.searchsorted(first), sentence.searchsorted(first)
    found = []
    for number, each in enumerate(rows):
        mine = slice(edges[number], edges[number + 1])
        numbers = (claims.sentence[cuts[number] : cuts[number + 1]] - first[number]).tolist()
        tried = ((sentence[mine] - first[number]).tolist(), rule[mine].tolist(), claims.row[place[mine]].tolist())
        found.append(Pairing(each, numbers, list(zip(*tried, strict=True)), far))
    return found


def _claims(quantities: Quantities) -> list[int]:
    known = zip(quantities.cls, quantities.value, strict=True)
    return [row for row, (cls, value) in enumerate(known) if cls == "claim" and value is not None]


def _sentences(reading: Read, rows: list[int]) -> list[int]:
    return [reading.sentences.at(reading.quantities.start[row]) for row in rows]


def _columns(
    readings: Sequence[Read], rows: list[list[int]], shift: Ints, sentence_starts: Ints, ruleset: RuleSet
) -> tuple[Claims, np.ndarray[tuple[int, int], np.dtype[np.bool_]]]:
    """The claims of all documents as columns, and which rule takes which of their units."""
    cells = [
        (row, quantities.start[row], quantities.end[row], quantities.group[row], quantities.unit[row])
        for quantities, chosen in zip((reading.quantities for reading in readings), rows, strict=True)
        for row in chosen
    ]
    row, begin, stop, group, unit = zip(*cells, strict=True)
    start, end = np.array(begin) + shift, np.array(stop) + shift
    sentence = sentence_starts.searchsorted(start, "right") - 1
    whole_start, whole_end = _wholes(start, end, sentence, np.array(group))
    number_of = {each: number for number, each in enumerate(dict.fromkeys(unit))}
    units = np.array([number_of[each] for each in unit])
    takes = np.array([ruleset.accepting(each) for each in number_of])
    return Claims(np.array(row), start, end, whole_start, whole_end, sentence, units), takes


def _wholes(start: Ints, end: Ints, sentence: Ints, group: Ints) -> tuple[Ints, Ints]:
    """Where the list or range that each quantity is in begins and ends within its sentence; both ascending."""
    first, last = start.copy(), end.copy()
    members: dict[tuple[int, int], list[int]] = {}
    for place in np.flatnonzero(group >= 0).tolist():
        members.setdefault((int(sentence[place]), int(group[place])), []).append(place)
    for places in members.values():
        first[places], last[places] = start[places[0]], end[places[-1]]
    return np.minimum.accumulate(first[::-1])[::-1], np.maximum.accumulate(last)
