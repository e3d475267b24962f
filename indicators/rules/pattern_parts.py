"""What is known of a part of a pattern, and how parts that follow each other or stand for each other add up."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.rules.reach import (
    ANYWHERE,
    MOST_WORDS,
    STRETCH,
    UNBOUNDED,
    Found,
    Pin,
    Reach,
    Runs,
    Words,
    alternative,
    bounded,
    in_sequence,
    repeated,
)

EMPTY: Words = frozenset({""})


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a part of a pattern.

    `exact`: all strings it can match, None where they are too many to list. `required`: every match holds one of
    these, None where nothing is known. `size`: characters once repetitions are written out. `length`: the most
    characters that it can match. `pin`: where the number stands in it, None where it stands nowhere. `runs`: the
    characters of each of its parts that are repeated without bound, and taken to be no longer than STRETCH. `needs`:
    sets of words of each of which every match holds one.
    """

    exact: Words | None
    required: Words | None
    size: int = 1
    length: int = UNBOUNDED
    pin: Pin | None = None
    reach: Reach = ANYWHERE
    runs: Runs = frozenset()
    needs: tuple[Words, ...] = ()


OPAQUE = Shape(None, None)
ONE = Shape(None, None, length=1)
VALUE = Shape(None, None, length=1, pin=Pin())
NOTHING = Shape(EMPTY, None, length=0)


def literal(words: str) -> Shape:
    """The shape of characters that stand for themselves."""
    exact = frozenset({words})
    return Shape(exact, exact, len(words), len(words))


def one_of(branches: list[Shape]) -> Shape:
    """The shape of parts of which any one matches."""
    if len(branches) == 1:
        return branches[0]
    return Shape(
        _union([branch.exact for branch in branches]),
        _union([branch.required for branch in branches]),
        sum(branch.size for branch in branches),
        max(branch.length for branch in branches),
        alternative([branch.pin for branch in branches]),
        runs=frozenset().union(*(branch.runs for branch in branches)),
    )


class Sequence:
    """Parts that follow each other, added one by one: what they need together."""

    def __init__(self) -> None:
        self.size = 0
        self.lengths: list[int] = []
        self.pins: list[tuple[int, Pin]] = []
        self.found: list[Found] = []
        self.run = EMPTY  # all strings that the parts from `since` on can match
        self.since = 0
        self.broken = False
        self.runs: Runs = frozenset()

    def add(self, atom: Shape, least: int, most: int | None) -> None:
        """One more part, that stands `least` to `most` times."""
        here = len(self.lengths)
        times = UNBOUNDED if most is None else most
        self.size += atom.size * max(1, least if most is None else most)
        self.runs |= atom.runs
        if most is None and atom.exact is not None:
            self.lengths.append(STRETCH)
            self.runs |= {frozenset("".join(atom.exact))}
        else:
            self.lengths.append(bounded(atom.length * times))
        pin = repeated(atom.pin, atom.length, least, times)
        if pin is not None:
            self.pins.append((here, pin))
        exact = atom.exact
        if exact is not None and (least, most) == (0, 1):
            exact = exact | EMPTY
        joined = _join(self.run, exact) if most == 1 and exact is not None else None
        if joined is not None:
            self.run = joined
            return
        self._break(here)
        if least >= 1 and atom.exact is not None:
            self.found.append(Found(atom.exact, here, here))
            if most == least == 1:
                self.run, self.since = atom.exact, here
        elif least >= 1 and atom.required is not None:
            self.found.append(Found(atom.required, here, here))

    def _break(self, here: int) -> None:
        self.broken = True
        self.found.append(Found(self.run, self.since, here - 1))
        self.run, self.since = EMPTY, here + 1

    def shape(self) -> Shape:
        """What is known of all parts together."""
        found = [*self.found, Found(self.run, self.since, len(self.lengths) - 1)]
        found = [entry for entry in found if entry.words and all(entry.words)]
        return Shape(
            None if self.broken else self.run,
            _best([entry.words for entry in found]),
            self.size,
            bounded(sum(self.lengths)),
            in_sequence(self.pins, self.lengths, found),
            runs=self.runs,
            needs=tuple(entry.words for entry in found),
        )


def _join(left: Words, right: Words) -> Words | None:
    if len(left) * len(right) > MOST_WORDS:
        return None
    return frozenset(a + b for a in left for b in right)


def _union(parts: list[Words | None]) -> Words | None:
    union: set[str] = set()
    for part in parts:
        if part is None:
            return None
        union |= part
    return frozenset(union) if len(union) <= MOST_WORDS else None


def _best(useful: list[Words]) -> Words | None:
    """The set whose shortest word is longest; the smaller set among equals."""
    return max(useful, key=lambda words: (min(map(len, words)), -len(words))) if useful else None
