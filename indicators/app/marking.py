"""How the numbers of a document are marked: their kind, a line on what each became, the page they stand on. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from indicators.app import rulebook
from indicators.app.reader import KINDS, Number
from indicators.app.words import Language, word, word_of

CHOICES = ("claims", "unclaimed", "all")
PAGE = 20_000  # characters of a long document that travel to the browser at once


def kind_of(number_class: str, indicator: str) -> str:
    """claimed, unclaimed, or the class of a number that is no claim.

    >>> kind_of("claim", ""), kind_of("date", "")
    ('unclaimed', 'date')
    """
    if number_class != "claim":
        return number_class
    return "claimed" if indicator else "unclaimed"


def kinds(numbers: pd.DataFrame) -> list[str]:
    """The kind of each row of quantities."""
    return [kind_of(str(cls), str(ids)) for cls, ids in zip(numbers["class"], numbers["indicator"], strict=True)]


def chosen(numbers: pd.DataFrame, choice: str) -> pd.Series[bool]:
    """Which rows of quantities a choice of CHOICES keeps: the claims, the unclaimed among them, or all."""
    claims = numbers["class"] == "claim"
    if choice == "unclaimed":
        return claims & (numbers["indicator"] == "")
    return claims if choice == "claims" else claims | True


def names_of(rules: Any, ids: str, language: Language) -> str:
    """Names of the indicators of a quantity, whose ids are joined by ;."""
    return "、".join(rulebook.indicator_name(rules, name, language) for name in ids.split(";") if name)


def marks(rules: Any, numbers: pd.DataFrame, language: Language) -> list[Number]:
    """A mark for each row of quantities, in order of the text; one that overlaps an earlier one is left out."""
    found: list[Number] = []
    position = 0
    rows = sorted(numbers.to_dict("records"), key=lambda row: int(row["start"]))
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        if position <= start < end:
            kind = kind_of(str(row["class"]), str(row["indicator"]))
            found.append(Number(start, end, kind, _note(rules, row, language)))
            position = end
    return found


def _note(rules: Any, row: dict[Any, Any], language: Language) -> str:
    if row["class"] != "claim":
        return word_of("class", row["class"], language)
    value = f"{row['value']:,.10g} {row['unit']} · " if pd.notna(row["value"]) else ""
    return value + (names_of(rules, row["indicator"], language) or word("fate.unclaimed", language))


def legend_html(found: Sequence[str], language: Language) -> str:
    """Every kind as it is marked, with the number of those in `found`; kinds that are not there are left out."""
    counts = Counter(found)
    chips = "".join(
        f'<span><mark class="{kind}">12</mark>{escape(word_of("fate", kind, language))} {counts[kind]}</span>'
        for kind in KINDS
        if counts[kind]
    )
    return f'<div class="kinds">{chips}</div>'


def pages(text: str, starts: Sequence[int], ends: Sequence[int], size: int = PAGE) -> list[int]:
    """Where the pages of a text begin: at lines where there are some, never within a number (its start and end).

    >>> pages("一行字\\n" * 10, [], [], 16)
    [0, 16, 32]
    """
    found = [0]
    while len(text) - found[-1] > size:
        want = found[-1] + size
        cut = text.rfind("\n", found[-1] + size // 2, want) + 1 or want
        at = bisect_right(starts, cut) - 1
        if at >= 0 and cut < ends[at]:
            cut = starts[at] if starts[at] > found[-1] else ends[at]
        if cut >= len(text):
            break
        found.append(cut)
    return found


def page_of(begins: Sequence[int], offset: int) -> int:
    """The page, from 0, that holds a character."""
    return max(0, bisect_right(begins, offset) - 1)
