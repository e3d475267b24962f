"""What is known of a claim besides its sentence, in words: how value, place and period were read, document, rule."""

from __future__ import annotations

from typing import Any

import pandas as pd

from indicators.app import rulebook
from indicators.app.comparing import period_label
from indicators.app.words import Language, word, word_of

Fact = tuple[str, str, bool]  # name, value, whether it is code


def facts_of(rules: Any, claim: pd.Series[Any], place: str, language: Language) -> list[Fact]:
    """The facts of one row of the claims table, in the order to show; those without a value are empty.

    `place` is what the claim's place is called (`selection.place_labels`).
    """
    rule = str(claim["rule"])
    low, high = (_number(claim[name]) for name in ("value_low", "value_high"))
    reading = f"{claim['text']} → {_number(claim['value'])} {claim['unit']}"
    if claim["qualifier"] != "exact":
        reading += f" ({word_of('qualifier', claim['qualifier'], language)}; {low or '−∞'} … {high or '∞'})"
    title = " · ".join(str(claim[name]) for name in ("title", "source", "published") if _filled(claim[name]))
    called = " · ".join([place, _read_from("place_from", claim, language)])
    period = " · ".join([period_label(claim.to_dict(), language), _read_from("period_from", claim, language)])
    return [
        (word("column.indicator", language), rulebook.indicator_name(rules, str(claim["indicator"]), language), False),
        (word("evidence.read", language), reading, False),
        (word("column.status", language), word_of("status", claim["status"], language), False),
        (word("evidence.place", language), called, False),
        (word("evidence.period", language), period, False),
        (word("column.document", language), str(claim["document"]), False),
        (word("column.title", language), title, False),
        (word("column.rule", language), f"{rule}  {rulebook.pattern_of(rules, rule)}", True),
    ]


def _read_from(column: str, claim: pd.Series[Any], language: Language) -> str:
    """Where a place or a period was read, in words."""
    where = word_of(column, claim[column], language)
    return where if claim[column] in ("none", "") else word("read_from", language, where=where)


def _filled(value: Any) -> bool:
    return bool(pd.notna(value) and str(value))


def _number(value: Any) -> str:
    return f"{float(value):,.10g}" if _filled(value) else ""
