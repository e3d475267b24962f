"""How the numbers of a document are marked: their kind, and a line on what each became. Pure."""

from __future__ import annotations

from typing import Any

import pandas as pd

from indicators.app import rulebook
from indicators.app.evidence import Mark
from indicators.app.words import Language, word, word_of

COLOUR = {"claimed": "number", "unclaimed": "unclaimed", "date": "date"}
CHOICES = ("claims", "unclaimed", "all")


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


def marks(rules: Any, numbers: pd.DataFrame, language: Language, chosen: int = -1) -> list[Mark]:
    """A mark for each row of quantities; the one that starts at `chosen` stands out. Hovering says what it became."""
    found: list[Mark] = []
    for kind, row in zip(kinds(numbers), numbers.to_dict("records"), strict=True):
        css = f"{kind} chosen" if row["start"] == chosen else kind
        found.append((int(row["start"]), int(row["end"]), css, _note(rules, row, language)))
    return found


def _note(rules: Any, row: dict[Any, Any], language: Language) -> str:
    if row["class"] != "claim":
        return word_of("class", row["class"], language)
    value = f"{row['value']:,.10g} {row['unit']} · " if pd.notna(row["value"]) else ""
    return value + (names_of(rules, row["indicator"], language) or word("fate.unclaimed", language))
