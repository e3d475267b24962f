"""Numbers that no rule captured, and their shapes: the list a user works down."""

from __future__ import annotations

import re

import pandas as pd

from indicators.table.queries import unclaimed

_NOUN = re.compile(r"[)）】》”\"'’\s的]*([\u4e00-\u9fff]{1,2})")
SHAPES = ("unit", "noun", "count", "documents", "sample", "sentence", "document", "start")


def unclaimed_shapes(quantities: pd.DataFrame) -> pd.DataFrame:
    """Unclaimed numbers grouped by unit and the two characters after them, most frequent first.

    Columns SHAPES: unit, noun, count, documents (how many), and of the first one its words, sentence and place.
    """
    free = unclaimed(quantities)
    if free.empty:
        return pd.DataFrame(columns=list(SHAPES))
    nouns = [_noun(sentence, text) for sentence, text in zip(free["sentence"], free["text"], strict=True)]
    grouped = free.assign(noun=nouns).groupby(["unit", "noun"], sort=False)
    shapes = grouped.agg(
        count=("text", "size"),
        documents=("document", "nunique"),
        sample=("text", "first"),
        sentence=("sentence", "first"),
        document=("document", "first"),
        start=("start", "first"),
    ).reset_index()
    shapes = shapes.sort_values(["count", "unit", "noun"], ascending=[False, True, True], kind="stable")
    return shapes[list(SHAPES)].reset_index(drop=True)


def _noun(sentence: str, text: str) -> str:
    at = sentence.find(text)
    found = _NOUN.match(sentence, at + len(text)) if at >= 0 else None
    return found.group(1) if found else ""
