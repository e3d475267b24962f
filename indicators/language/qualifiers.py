"""Qualifier words beside a number: 约8万元左右, 超345%, 近3万元, 5成以上, 10分钟内 (data/qualifiers.csv)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from indicators.language.lexicon import lexicon

_LONGEST = 5


@dataclass(frozen=True, slots=True)
class QualifierWord:
    """A qualifier word; `only` restricts it (see the table), the guards are characters beside it that void it."""

    word: str
    qualifier: str
    not_after: str
    not_before: str
    only: str


@cache
def _words(side: str) -> dict[str, QualifierWord]:
    return {
        row["word"]: QualifierWord(row["word"], row["qualifier"], row["not_after"], row["not_before"], row["only"])
        for row in lexicon("qualifiers")
        if row["side"] == side and row["only"] != "skip"
    }


@cache
def edge(side: str) -> frozenset[str]:
    """Characters in which a word of that side ends (before) or begins (after): most numbers need no more than this."""
    return frozenset(word[-1] if side == "before" else word[0] for word in _words(side))


def before(text: str, start: int, bare: bool) -> QualifierWord | None:
    """The longest qualifier word that ends at `start`. `bare`: the numeral has no digit of its own (百, 万).

    >>> before("收入约8万元", 3, False).qualifier, before("节约8万元", 2, False)
    ('approx', None)
    """
    words = _words("before")
    for length in range(min(_LONGEST, start), 0, -1):
        found = words.get(text[start - length : start])
        if found is None:
            continue
        if found.only == "bare" and not bare:
            continue
        if found.not_after and start > length and text[start - length - 1] in found.not_after:
            continue
        return found
    return None


def after(text: str, end: int, measure: bool) -> QualifierWord | None:
    """The longest qualifier word that begins at `end`. `measure`: the unit is one of time, length or money.

    >>> after("10分钟内完成", 4, True).qualifier, after("10个村内", 4, False)
    ('at_most', None)
    """
    words = _words("after")
    for length in range(_LONGEST, 0, -1):
        found = words.get(text[end : end + length])
        if found is None or (found.only == "measure" and not measure):
            continue
        following = text[end + length : end + length + 1]
        if found.not_before and following and following in found.not_before:
            continue
        return found
    return None
