"""Names that mean something only where their county is spoken of: short ones, and those of its towns."""

from __future__ import annotations

from functools import lru_cache

from indicators.language.gazetteer import Gazetteer
from indicators.language.lexicon import lexicon
from indicators.language.longest_match import LongestMatch

COMMON = frozenset(row["word"] for row in lexicon("place_words") if row["use"] == "common")
_REMEMBERED = 1024  # counties whose names are kept: a corpus names the same ones again and again


@lru_cache(_REMEMBERED)
def local_names(gazetteer: Gazetteer, county: int) -> tuple[dict[str, tuple[int, ...]], LongestMatch]:
    """A county's short name and any names of its towns -> what they may mean, and the table to find them by."""
    short = gazetteer.short[county]
    found: dict[str, list[int]] = {short: [county]} if len(short) > 1 and short not in COMMON else {}
    for word, town in gazetteer.town_names(county).items():
        found.setdefault(word, []).append(town)
        stem = gazetteer.short_name(town)
        if len(stem) > 1 and stem not in COMMON and stem != short:
            found.setdefault(stem, []).append(town)
    names = {word: tuple(dict.fromkeys(i)) for word, i in found.items() if not gazetteer.hides(word)}
    return names, LongestMatch(names)
