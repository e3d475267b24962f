"""How far from the number the words stand that a pattern needs: what lets a search be refused without being run.

Distances count characters of the sentence with the number in question as one character (`windows`). UNBOUNDED stands
for "however far". Words that a pattern repeats without bound ((?:已|共|累计)*) are taken to fill at most STRETCH
characters; a text in which they run on for longer (`runs`) is matched without regard to distances (`Reach.loosened`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

UNBOUNDED = 1 << 30
NEVER = -1  # the distance of words that never stand on that side of the number
MOST_WORDS = 48
STRETCH = 16

Words = frozenset[str]
Runs = frozenset[frozenset[str]]  # sets of characters


@dataclass(frozen=True, slots=True)
class Anchor:
    """One of `words` stands in every match that holds the number: before it, or after it.

    `left`: the most characters from the beginning of the word to the number behind it; `right`: from the end of the
    number to the end of the word behind it; NEVER where no word stands on that side.
    """

    words: Words
    left: int
    right: int

    def anywhere(self) -> Anchor:
        """The same words, however far from the number."""
        return Anchor(self.words, UNBOUNDED, UNBOUNDED)


@dataclass(frozen=True, slots=True)
class Pin:
    """The number within a part of a pattern: `before` and `after` are the most characters of the part around it.

    `must`: no match of the part is without it. `anchor` is None where no word is sure to stand beside it.
    """

    before: int = 0
    after: int = 0
    must: bool = True
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """What a whole pattern needs for a number: an anchor, and how far a match goes (`before`, `after` the number).

    `must`: no match is without the number. `closed`: nothing behind the last character of a match decides about it.
    `runs`: the characters of the repeated words that the distances count STRETCH for. `needs`: other sets of words of
    each of which every match holds one, wherever.
    """

    anchor: Anchor | None = None
    before: int = UNBOUNDED
    after: int = UNBOUNDED
    must: bool = False
    closed: bool = False
    runs: Runs = frozenset()
    needs: tuple[Words, ...] = ()

    def loosened(self) -> Reach:
        """The same where repeated words may be of any length."""
        if not self.runs:
            return self
        anchor = self.anchor and self.anchor.anywhere()
        return Reach(anchor, UNBOUNDED, UNBOUNDED, self.must, self.closed, needs=self.needs)


ANYWHERE = Reach()


def bounded(length: int) -> int:
    """A distance, cut at UNBOUNDED."""
    return min(length, UNBOUNDED)


def best(candidates: Iterable[Anchor]) -> Anchor | None:
    """The anchor that refuses most: longer words before shorter, up to three characters; then the narrower one."""
    useful = [anchor for anchor in candidates if anchor.words and all(anchor.words)]
    return max(useful, key=_worth) if useful else None


def _worth(anchor: Anchor) -> tuple[int, int, int]:
    shortest = min(map(len, anchor.words))
    width = max(anchor.left, 0) + max(anchor.right, 0)
    return min(shortest, 3), -len(anchor.words) * min(width, 200), shortest


def either(anchors: Sequence[Anchor | None]) -> Anchor | None:
    """The anchor of a part of which any one alternative matches; None where one has none, or the words are too many."""
    words: set[str] = set()
    left = right = NEVER
    for anchor in anchors:
        if anchor is None:
            return None
        words |= anchor.words
        left, right = max(left, anchor.left), max(right, anchor.right)
    return Anchor(frozenset(words), left, right) if 0 < len(words) <= MOST_WORDS else None


def alternative(pins: Sequence[Pin | None]) -> Pin | None:
    """The number within alternatives; those without it take no part: the match would be one of no number."""
    there = [pin for pin in pins if pin is not None]
    if not there:
        return None
    return Pin(
        max(pin.before for pin in there),
        max(pin.after for pin in there),
        len(there) == len(pins) and all(pin.must for pin in there),
        either([pin.anchor for pin in there]),
    )


def repeated(pin: Pin | None, length: int, least: int, most: int) -> Pin | None:
    """The number within a part that stands `least` to `most` times: it stands in one of them, as there is only one."""
    if pin is None or (least, most) == (1, 1):
        return pin
    others = bounded(length * max(0, most - 1))
    return Pin(bounded(pin.before + others), bounded(pin.after + others), pin.must and least > 0, pin.anchor)


@dataclass(frozen=True, slots=True)
class Found:
    """Words of which every match of a sequence holds one, within its items `first` to `last`."""

    words: Words
    first: int
    last: int


def in_sequence(pins: Sequence[tuple[int, Pin]], lengths: Sequence[int], found: Sequence[Found]) -> Pin | None:
    """The number within items that follow each other: `pins` are the items that can hold it, `lengths` their most."""
    if not pins:
        return None
    seen: list[Pin] = []
    for index, pin in pins:
        to_left, to_right = _outward(lengths, index, pin)
        anchors = [] if pin.anchor is None else [pin.anchor]
        for words in found:
            if words.last < index:
                anchors.append(Anchor(words.words, to_left[words.first], NEVER))
            elif words.first > index:
                anchors.append(Anchor(words.words, NEVER, to_right[words.last]))
        seen.append(Pin(to_left.get(0, pin.before), to_right.get(len(lengths) - 1, pin.after), pin.must, best(anchors)))
    whole = alternative(seen)
    assert whole is not None  # noqa: S101 - `pins` is not empty
    return Pin(whole.before, whole.after, any(pin.must for _, pin in pins), whole.anchor)


def _outward(lengths: Sequence[int], index: int, pin: Pin) -> tuple[dict[int, int], dict[int, int]]:
    """For each other item the most characters from its far end to the number."""
    to_left, to_right = {}, {}
    total = pin.before
    for item in range(index - 1, -1, -1):
        to_left[item] = total = bounded(total + lengths[item])
    total = pin.after
    for item in range(index + 1, len(lengths)):
        to_right[item] = total = bounded(total + lengths[item])
    return to_left, to_right
