"""Words that every match of a pattern must hold, read from the expanded pattern; and how large the pattern unrolls.

A sentence without any of them cannot match, so the regular expression need not run. Sound, not complete: where the
pattern uses something this reader does not follow (flags, conditionals, verbs), it answers None: run it everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

MOST_WORDS = 48
MOST_UNROLLED = 50_000
_DEEPEST = 60
_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d*)(,?)(\d*)\})([?+]?)")
_ESCAPE = re.compile(r"\\(?:[pPN]\{[^{}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[gL]<[^>]*>|.)", re.DOTALL)
_FLAGS = re.compile(r"\?[a-zA-Z0-9]*(?:-[a-zA-Z]+)?[:)]")
_NAMED = re.compile(r"\?P?<[^\W\d]\w*>")
_ZERO_WIDTH_ESCAPES = "bBAZzGKmM"

Words = frozenset[str]
_EMPTY: Words = frozenset({""})


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a part of a pattern.

    `exact`: all strings it can match, None where they are too many to list. `required`: every match holds one of
    these, None where nothing is known. `size`: characters once repetitions are written out.
    """

    exact: Words | None
    required: Words | None
    size: int = 1


_OPAQUE = Shape(None, None)


class _UnreadableError(Exception):
    pass


@lru_cache(maxsize=20_000)
def shape(pattern: str) -> Shape:
    """The shape of an expanded pattern; nothing known where it holds what this reader does not follow.

    >>> sorted(shape("(?:党支部|党组织).{0,3}成立").required)
    ['党支部', '党组织']
    """
    reader = _Reader(pattern)
    try:
        result = reader.alternation(0)
    except (_UnreadableError, IndexError):
        return Shape(None, None, max(reader.largest, _product(pattern)))
    size = max(reader.largest, result.size)
    if reader.at < len(pattern):
        return Shape(None, None, size)
    return Shape(None, None, size) if reader.flagged else Shape(result.exact, result.required, size)


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.largest = 0
        self.flagged = False

    def alternation(self, depth: int) -> Shape:
        if depth > _DEEPEST:
            self.largest = MOST_UNROLLED + 1
            raise _UnreadableError
        branches = [self.sequence(depth)]
        while self.at < len(self.pattern) and self.pattern[self.at] == "|":
            self.at += 1
            branches.append(self.sequence(depth))
        size = sum(branch.size for branch in branches)
        return Shape(
            _union([branch.exact for branch in branches]), _union([branch.required for branch in branches]), size
        )

    def sequence(self, depth: int) -> Shape:
        found: list[Words] = []
        run, broken, size = _EMPTY, False, 0
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            atom = self.atom(depth)
            least, most = self.quantifier()
            size += atom.size * max(1, least if most is None else most)
            self.largest = max(self.largest, size)
            exact = atom.exact
            if exact is not None and (least, most) == (0, 1):
                exact = exact | _EMPTY
            joined = _join(run, exact) if most == 1 and exact is not None else None
            if joined is not None:
                run = joined
                continue
            broken = True
            found.append(run)
            run = _EMPTY
            if least >= 1:
                if atom.exact is not None:
                    run = atom.exact if (least, most) == (1, 1) else _EMPTY
                    found.append(atom.exact)
                elif atom.required is not None:
                    found.append(atom.required)
        best = _best([*found, run])
        return Shape(None if broken else run, best, size)

    def quantifier(self) -> tuple[int, int | None]:
        """How often the atom before stands: least and most (None: without bound)."""
        least, most = 1, 1
        match = _QUANTIFIER.match(self.pattern, self.at)
        if not match:
            return least, most
        self.at = match.end()
        sign, low, comma, high, _ = match.groups()
        if sign:
            return (0 if sign in "*?" else 1), (1 if sign == "?" else None)
        least = int(low[:9]) if low else 0
        return least, (int(high[:9]) if high else None if comma else least)

    def atom(self, depth: int) -> Shape:
        character = self.pattern[self.at]
        if character == "(":
            return self.group(depth)
        if character == "[":
            self.skip_class()
            return _OPAQUE
        if character == "\\":
            escape = _ESCAPE.match(self.pattern, self.at)
            if not escape:
                raise _UnreadableError
            self.at = escape.end()
            words = escape.group()[1:]
            if len(words) == 1 and not words.isalnum():
                return Shape(frozenset({words}), frozenset({words}))
            return Shape(_EMPTY, None) if words in _ZERO_WIDTH_ESCAPES else _OPAQUE
        self.at += 1
        if character in "^$":
            return Shape(_EMPTY, None)
        if character == "." or "\ue000" <= character <= "\uf8ff":
            return _OPAQUE
        if character in "*+?{":
            raise _UnreadableError
        return Shape(frozenset({character}), frozenset({character}))

    def skip_class(self) -> None:
        self.at += 1
        if self.pattern[self.at] == "^":
            self.at += 1
        first = True
        while first or self.pattern[self.at] != "]":
            self.at += 2 if self.pattern[self.at] == "\\" else 1
            first = False
        self.at += 1

    def group(self, depth: int) -> Shape:
        self.at += 1
        look = False
        pattern = self.pattern
        if pattern.startswith("*", self.at) or pattern.startswith("?(", self.at):
            raise _UnreadableError
        if pattern.startswith("?#", self.at):
            self.at = pattern.index(")", self.at) + 1 if ")" in pattern[self.at :] else len(pattern)
            return Shape(_EMPTY, None)
        if pattern.startswith("?", self.at):
            named = _NAMED.match(pattern, self.at)
            heads = [head for head in ("?:", "?>", "?|", "?=", "?!", "?<=", "?<!") if pattern.startswith(head, self.at)]
            if named:
                self.at = named.end()
            elif heads:
                look = heads[0] in ("?=", "?!", "?<=", "?<!")
                self.at += len(heads[0])
            elif flags := _FLAGS.match(pattern, self.at):
                self.flagged = True  # literals may now mean something else; the size stays true
                self.at = flags.end()
                if flags.group().endswith(")"):
                    return Shape(_EMPTY, None)
            elif pattern.startswith("?P=", self.at) and ")" in pattern[self.at :]:
                self.at = pattern.index(")", self.at) + 1
                return _OPAQUE
            else:
                raise _UnreadableError  # calls of other groups
        inner = self.alternation(depth + 1)
        if self.at >= len(pattern):
            raise _UnreadableError
        self.at += 1
        return Shape(_EMPTY, None, inner.size) if look else inner


def _product(pattern: str) -> int:
    """All repetitions of a pattern multiplied: the most that nesting them could give."""
    product = 1
    for match in _QUANTIFIER.finditer(pattern):
        product = min(product * max(1, int((match.group(4) or match.group(2) or "1")[:9])), 10 * MOST_UNROLLED)
    return product


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


def _best(candidates: list[Words]) -> Words | None:
    """The set whose shortest word is longest; the smaller set among equals; None where all hold an empty word."""
    useful = [words for words in candidates if words and all(words)]
    return max(useful, key=lambda words: (min(map(len, words)), -len(words))) if useful else None
