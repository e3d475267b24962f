"""A sentence as a rule reads it: the quantity in question is one private-use character, the rest stays as written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indicators.rules.macros import PAST_PIN, VALUE_PIN

LONGEST = 2_000  # a longer sentence (a table, a list without stops) is read this far around the quantity
_AROUND = 800

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """`text`: a stretch of the folded text from `start`, each of `cuts` (folded spans, sorted) as one character.

    `pin` is where in `text` the value stands.
    """

    text: str
    start: int
    cuts: tuple[Span, ...]
    pin: int

    def back(self, offset: int) -> int:
        """The folded offset of an offset in `text`."""
        folded = self.start + offset
        for start, end in self.cuts:
            if folded <= start:
                return folded
            folded += end - start - 1
        return folded

    def span(self, start: int, end: int) -> Span:
        """The folded span of a span of `text`."""
        return self.back(start), self.back(end)


def window(text: str, sentence: Span, value: Span, past: Span | None = None) -> Window:
    """The window on a sentence with a value, and a past value, pinned.

    >>> window("成立党支部1185个。", (0, 11), (5, 10)).text
    '成立党支部\\ue000。'
    """
    start, end = sentence
    if end - start > LONGEST:
        start, end = max(start, value[0] - _AROUND), min(end, value[1] + _AROUND)
    if past is None or past[0] < start or end < past[1]:
        before = _clean(text[start : value[0]])
        return Window(f"{before}{VALUE_PIN}{_clean(text[value[1] : end])}", start, (value,), len(before))
    pins = sorted([(value, VALUE_PIN), (past, PAST_PIN)])
    pieces: list[str] = []
    last = start
    for (pin_start, pin_end), pin in pins:
        pieces += [_clean(text[last:pin_start]), pin]
        last = pin_end
    pieces.append(_clean(text[last:end]))
    whole = "".join(pieces)
    return Window(whole, start, tuple(span for span, _ in pins), whole.index(VALUE_PIN))


def _clean(text: str) -> str:
    """Text without characters that would read as pins (PDF fonts use the private area)."""
    if VALUE_PIN in text or PAST_PIN in text:
        return text.replace(VALUE_PIN, "\ufffd").replace(PAST_PIN, "\ufffd")
    return text


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with one of the others."""
    return any(start < span[1] and span[0] < end for start, end in others)
