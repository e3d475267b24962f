"""Which trigger words stand around each number: what most of the patterns that read its sentence cannot do without.

A pattern that says of a number that it is a plan, a rule or an earlier value needs one of a few words beside it, and
most numbers have none of them. They are looked for once, for all numbers of a text, on an array of its code points: a
class of words is a bit, set on each character at which a word of the class may begin. Bits may be set in vain, never
missing: only the first two characters of a word are compared, each by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indicators.language.clauses import MARKS, WINDOW
from indicators.language.code_points import CharacterSet, Codes, code_points
from indicators.language.hit import Hit
from indicators.language.lexicon import lexicon

NEAR = 30  # characters before a number in which what it is per and which way it goes is said
_BASIC = 0x10000  # code points beyond have no words


class Around(NamedTuple):
    """Bits of the classes of words around a number.

    `near`: the NEAR characters before it, whatever stands between; `left` and `before`: its sentence and its clause up
    to its numeral, from at most WINDOW characters before it on.
    """

    near: int
    left: int
    before: int


@cache
def trigger(*names: str) -> int:
    """The bits of some classes of words: those of data/triggers.csv, and the cues of statuses by their reach."""
    return sum(3 << 2 * list(_words()).index(name) for name in names)


@cache
def _words() -> dict[str, list[str]]:
    words = {row["class"]: row["words"].split() for row in lexicon("triggers")}
    for row in lexicon("statuses"):
        if row["status"] not in ("done", "total"):  # these only take back what others say
            words.setdefault(f"{row['reach']} cue", []).append(row["cue"])
    return words


@cache
def _digits() -> CharacterSet:
    """The digits of a folded text: circled ones and the like stand below the ideographs, other scripts' are gone."""
    return CharacterSet(character for character in map(chr, range(0x3400)) if character.isdigit())


@cache
def _tables() -> tuple[NDArray[np.uint32], NDArray[np.uint32], CharacterSet]:
    """What a character may begin, what it may go on with, and the marks between clauses.

    Of the two bits of a class the first is for its words of one character, which go on with anything.
    """
    first, second = np.zeros(_BASIC + 1, np.uint32), np.zeros(_BASIC + 1, np.uint32)
    for name, words in _words().items():
        one = trigger(name) // 3
        second |= one
        for word in words:
            bit = one if len(word) == 1 else 2 * one
            first[ord(word[0])] |= bit
            second[ord(word[-1] if len(word) == 1 else word[1])] |= bit
    return first, second, CharacterSet(MARKS)


def surroundings(text: str, hits: Sequence[Hit], sentences: Sequence[tuple[int, int]]) -> list[Around]:
    """The words around each of some numbers, sorted; `sentences` are the spans of the sentence that each is in."""
    codes = code_points(text)
    first, second, marks = _tables()
    bits = np.zeros(len(codes) + 1, np.uint32)
    bits[:-1] = first.take(codes, mode="clip")
    bits[:-1] &= np.append(second.take(codes[1:], mode="clip"), second[_BASIC])
    start, number = np.array([(hit.start, hit.number_start) for hit in hits], np.int64).T
    begin = np.maximum(start - WINDOW, 0)
    windows = np.empty((3, len(hits), 2), np.int64)
    windows[:, :, 0] = (
        np.maximum(start - NEAR, 0),
        np.maximum(begin, [span[0] for span in sentences]),
        np.maximum(begin, _clause_starts(codes, marks, start)),
    )
    windows[:, :, 1] = start, number, number
    found = np.bitwise_or.reduceat(bits, windows.ravel())[::2].reshape(3, -1)
    found[windows[:, :, 0] == windows[:, :, 1]] = 0
    return [Around(*each) for each in found.T.tolist()]


def _clause_starts(codes: Codes, marks: CharacterSet, start: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where the clause of each offset begins, or before: a mark between two digits may be part of a number."""
    at = marks.holds(codes).nonzero()[0]
    digits = _digits()
    at = at[~(digits.holds(codes.take(at + 1, mode="clip")) & digits.holds(codes.take(at - 1, mode="clip")))]
    begins = np.append(0, at + 1)
    return begins[at.searchsorted(start, "left")]
