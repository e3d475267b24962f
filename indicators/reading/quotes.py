"""A quote found again in a text that may have changed since: the words themselves with what stood on either side."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

CONTEXT = 20  # characters kept on each side of a quote
_ENOUGH = 0.4  # of what stood around must still stand there
_EDIT = 8  # characters that an edit may have put in between
_MOST = 1_000  # occurrences looked at: a quote of one digit in a hostile file stays cheap


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text with up to `CONTEXT` characters on each side; `start` is where they stood, -1 where unknown."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = -1


def quote_at(text: str, start: int, end: int) -> Quote:
    """The quote of `text[start:end]`."""
    return Quote(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start)


def find_quote(text: str, quote: Quote) -> list[tuple[int, int]]:
    """Spans of `text` that may be the quote: one where it is found for sure, none where it is gone, several in doubt.

    White space counts for nothing, so a text with other line breaks holds the same quotes. Of several occurrences the
    one whose surroundings agree best is taken; among equals the one at `start`. Words that now stand within a longer
    number (185个 in 1185个), or whose surroundings are all different, are not the quote.

    >>> find_quote("全县1185个支部，比上年多185个。", Quote("185个", "比上年多", "。"))
    [(14, 18)]
    """
    letters, origin = _squeeze(text)
    exact, prefix, suffix = (_squeeze(words)[0] for words in (quote.exact, quote.prefix, quote.suffix))
    if not exact:
        return []
    places: list[int] = []
    at = letters.find(exact)
    while at >= 0 and len(places) < _MOST:
        if _whole(letters, at, at + len(exact)):
            places.append(at)
        at = letters.find(exact, at + 1)
    scores = [_agreement(letters, at, at + len(exact), prefix, suffix) for at in places]
    best = max(scores, default=0)
    if not places or best < _ENOUGH * (len(prefix) + len(suffix)):
        return []
    taken = [at for at, score in zip(places, scores, strict=True) if score == best]
    spans = [(origin[at], origin[at + len(exact) - 1] + 1) for at in taken]
    return [span for span in spans if span[0] == quote.start] or spans


@lru_cache(maxsize=64)  # many quotes of one text, and four short strings a quote
def _squeeze(text: str) -> tuple[str, list[int]]:
    """Text without white space, and where each character of it stood."""
    origin = [index for index, letter in enumerate(text) if not letter.isspace()]
    return "".join(text[index] for index in origin), origin


def _whole(text: str, start: int, end: int) -> bool:
    """Whether the words do not begin or end in the middle of a written number."""
    before = start > 0 and text[start].isdigit() and text[start - 1].isdigit()
    after = end < len(text) and text[end - 1].isdigit() and text[end].isdigit()
    return not before and not after


def _agreement(text: str, start: int, end: int, prefix: str, suffix: str) -> float:
    """How many characters of what stood around the words still stand there, in order."""
    before = text[max(0, start - len(prefix) - _EDIT) : start]
    after = text[end : end + len(suffix) + _EDIT]
    if before.endswith(prefix) and after.startswith(suffix):
        return len(prefix) + len(suffix)
    pairs = ((before, prefix), (after, suffix))
    blocks = (block for one, other in pairs for block in SequenceMatcher(None, one, other, False).get_matching_blocks())
    # A single character that agrees says nothing; 0.5 keeps an edited place below one that is as it was.
    return max(0.0, sum(block.size for block in blocks if block.size > 1) - 0.5)
