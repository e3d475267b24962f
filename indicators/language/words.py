"""Words that hold a numeral without counting anything: idioms, names, places (data/idioms.csv, data/names.csv)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indicators.language.lexicon import lexicon
from indicators.language.units import unit_at

_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿\d]")


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word with a numeral; `offset` is where its first numeral stands. cls: name, idiom or none (no expression)."""

    word: str
    offset: int
    cls: str


@cache
def word_signs() -> frozenset[str]:
    """Pairs of characters: at a word's first numeral, it with the next one or it with the one before is one of them."""
    return frozenset(_index())


@cache
def _index() -> dict[str, tuple[NumberWord, ...]]:
    """Two characters around the first numeral (it and the next, or the one before and it) -> words, longest first."""
    grouped: dict[str, list[NumberWord]] = {}
    for row in (*lexicon("names"), *lexicon("idioms")):
        word = row["word"]
        numeral = _NUMERAL.search(word)
        if numeral is None:
            continue
        offset = numeral.start()
        key = word[offset : offset + 2] if offset + 1 < len(word) else word[offset - 1 : offset + 1]
        grouped.setdefault(key, []).append(NumberWord(word, offset, row["class"]))
    return {key: tuple(sorted(words, key=lambda w: -len(w.word))) for key, words in grouped.items()}


def word_at(text: str, offset: int) -> NumberWord | None:
    """The longest word of the tables whose first numeral stands at `offset`.

    >>> word_at("打通最后一公里", 4).word, word_at("一公里", 0)
    ('最后一公里', None)
    """
    index = _index()
    keys = text[offset : offset + 2], text[offset - 1 : offset + 1] if offset else ""
    best: NumberWord | None = None
    for key in keys:
        for candidate in index.get(key, ()):
            start = offset - candidate.offset
            if start >= 0 and text.startswith(candidate.word, start) and _is_whole(text, start, candidate.word):
                if best is None or len(candidate.word) > len(best.word):
                    best = candidate
                break
    return best


def _is_whole(text: str, start: int, word: str) -> bool:
    """A word of digits (12345, 双11) is none where the number goes on or counts something (12345.6, 12345元)."""
    if start and word[0].isdigit() and (text[start - 1].isdigit() or text[start - 1] in ".,"):
        return False
    if start and text[start - 1] in "块毛" and word in ("五一", "六一", "七一", "八一"):
        return False  # 三块八一斤
    if not word[-1].isdigit():
        return True
    end = start + len(word)
    return text[end : end + 1] not in tuple("0123456789.万亿%") and unit_at(text, end) is None
