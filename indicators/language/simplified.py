"""Traditional characters of numerals, units and cue words as simplified ones (data/traditional.csv)."""

from __future__ import annotations

import re
from functools import cache

from indicators.language.lexicon import lexicon


@cache
def _table() -> tuple[re.Pattern[str], dict[int, str]]:
    """A class of all the traditional characters, and the translation table."""
    rows = lexicon("traditional")
    characters = "".join(row["traditional"] for row in rows)
    return re.compile(f"[{characters}]"), {ord(row["traditional"]): row["simplified"] for row in rows}


def simplified(text: str) -> str:
    """The text with the characters of the table simplified: as long as before, so offsets stay; itself without any.

    >>> simplified("流轉土地2.3萬畝")
    '流轉土地2.3万亩'
    """
    traditional, table = _table()
    return text.translate(table) if traditional.search(text) else text
