"""Words that every match of a pattern must hold, how far from the number they stand, and how large it unrolls.

A sentence without any of them cannot match, so the regular expression need not run. Sound, not complete: where the
pattern uses something this reader does not follow (flags, conditionals, verbs), it answers None: run it everywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indicators.rules.macros import VALUE_PIN
from indicators.rules.pattern_parts import EMPTY, NOTHING, ONE, OPAQUE, VALUE, Sequence, Shape, literal, one_of
from indicators.rules.reach import UNBOUNDED, Anchor, Reach

MOST_UNROLLED = 50_000
_DEEPEST = 60
_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d*)(,?)(\d*)\})([?+]?)")
_ESCAPE = re.compile(r"\\(?:[pPN]\{[^{}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[gL]<[^>]*>|.)", re.DOTALL)
_FLAGS = re.compile(r"\?[a-zA-Z0-9]*(?:-[a-zA-Z]+)?[:)]")
_NAMED = re.compile(r"\?P?<[^\W\d]\w*>")
_PLAIN = re.compile(r"[^\\\[\](){}|*+?.^$\ue000-\uf8ff]+(?![*+?{])")
_ZERO_WIDTH_ESCAPES = "bBAZzGKmM"
_ONE_CHARACTER_ESCAPES = "dDsSwWpPNxuU"


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
    if reader.at < len(pattern) or reader.flagged:
        return Shape(None, None, size)
    return Shape(result.exact, result.required, size, result.length, result.pin, reader.reach(result))


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.largest = 0
        self.flagged = False
        self.loose = False  # the number may stand where a match only looks, or a match may begin elsewhere
        self.looking = False  # the end of the text that is searched may decide

    def reach(self, whole: Shape) -> Reach:
        """How far from a number the pattern looks."""
        pin = whole.pin
        anchor = None if whole.required is None else Anchor(whole.required, UNBOUNDED, UNBOUNDED)
        anchor = (pin.anchor if pin is not None and not self.loose else None) or anchor
        needs = tuple(words for words in whole.needs if anchor is None or words != anchor.words)
        if pin is None or self.loose:
            return Reach(anchor, needs=needs)
        return Reach(anchor, pin.before, pin.after, pin.must, pin.must and not self.looking, whole.runs, needs)

    def alternation(self, depth: int) -> Shape:
        if depth > _DEEPEST:
            self.largest = MOST_UNROLLED + 1
            raise _UnreadableError
        branches = [self.sequence(depth)]
        while self.at < len(self.pattern) and self.pattern[self.at] == "|":
            self.at += 1
            branches.append(self.sequence(depth))
        return one_of(branches)

    def sequence(self, depth: int) -> Shape:
        items = Sequence()
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            atom = self.atom(depth)
            items.add(atom, *self.quantifier())
            self.largest = max(self.largest, items.size)
        return items.shape()

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
        plain = _PLAIN.match(self.pattern, self.at)
        if plain:
            self.at = plain.end()
            return literal(plain.group())
        character = self.pattern[self.at]
        if character == "(":
            return self.group(depth)
        if character == "[":
            self.skip_class()
            return ONE
        if character == "\\":
            return self.escape()
        self.at += 1
        if character in "^$":
            self.looking = True
            return NOTHING
        if character == VALUE_PIN:
            return VALUE
        if character == "." or "\ue000" <= character <= "\uf8ff":
            return ONE
        if character in "*+?{":
            raise _UnreadableError
        return literal(character)

    def escape(self) -> Shape:
        escape = _ESCAPE.match(self.pattern, self.at)
        if not escape:
            raise _UnreadableError
        self.at = escape.end()
        words = escape.group()[1:]
        if len(words) == 1 and not words.isalnum():
            return literal(words)
        if words in _ZERO_WIDTH_ESCAPES:
            self.looking = True
            self.loose = self.loose or words in "GK"
            return NOTHING
        return ONE if words[0] in _ONE_CHARACTER_ESCAPES else OPAQUE

    def skip_class(self) -> None:
        self.at += 1
        if self.pattern[self.at] == "^":
            self.at += 1
        first = True
        while first or self.pattern[self.at] != "]":
            if self.pattern.startswith("[:", self.at):
                raise _UnreadableError  # [[:alpha:]]
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
            return NOTHING
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
                    return NOTHING
            elif pattern.startswith("?P=", self.at) and ")" in pattern[self.at :]:
                self.at = pattern.index(")", self.at) + 1
                return OPAQUE
            else:
                raise _UnreadableError  # calls of other groups
        inner = self.alternation(depth + 1)
        if self.at >= len(pattern):
            raise _UnreadableError
        self.at += 1
        if not look:
            return inner
        self.looking = True
        self.loose = self.loose or inner.pin is not None
        return Shape(EMPTY, None, inner.size, 0)


def _product(pattern: str) -> int:
    """All repetitions of a pattern multiplied: the most that nesting them could give."""
    product = 1
    for match in _QUANTIFIER.finditer(pattern):
        product = min(product * max(1, int((match.group(4) or match.group(2) or "1")[:9])), 10 * MOST_UNROLLED)
    return product
