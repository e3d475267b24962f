"""Traditional characters of numerals, units and cue words as simplified ones (data/traditional.csv), digits of other
scripts as ASCII ones.
"""

from __future__ import annotations

import re
from functools import cache

from indicators.language.lexicon import lexicon

# The zeros of other living scripts (Unicode, category Nd, below U+10000); their digits follow in order.
_ZEROS = (
    "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0de6\u0e50\u0ed0\u0f20\u1040\u1090"
    "\u17e0\u1810\u1946\u19d0\u1a80\u1a90\u1b50\u1bb0\u1c40\u1c50\ua620\ua8d0\ua900\ua9d0\ua9f0\uaa50\uabf0"
)


@cache
def _table() -> tuple[re.Pattern[str], dict[int, str]]:
    """A class of all the characters that are replaced, and the translation table."""
    table = {ord(row["traditional"]): row["simplified"] for row in lexicon("traditional")}
    table |= {ord(zero) + digit: str(digit) for zero in _ZEROS for digit in range(10)}
    return re.compile(f"[{''.join(map(chr, table))}]"), table


def simplified(text: str) -> str:
    """The text with the characters of the table simplified: as long as before, so offsets stay; itself without any.

    >>> simplified("流轉土地2.3萬畝")
    '流轉土地2.3万亩'
    """
    traditional, table = _table()
    return text.translate(table) if traditional.search(text) else text
