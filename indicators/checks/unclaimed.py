"""Numbers that no rule captured, and their shapes: the list a user works down.

The shape of a number is its unit, the noun after it and the verb or noun before it: 打造6个主题 is 个, 主题, 打造. The
address of a shape's first number (`draft`) is what `indicators draft` and `indicators explain` take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

_MOST_SAMPLES = 3
_BETWEEN = r"[)）】》”\"'’“‘（(\s]*"
_NOUN = re.compile(rf"{_BETWEEN}的?{_BETWEEN}([\u4e00-\u9fff]{{1,2}})")
_LINKED = re.compile(r"(?:已经|现已|共计|总共|累计|合计|达到了?|共有|现有|[已现共均约有达为是了的近超])+$")
_VERB = re.compile(r"([\u4e00-\u9fff]{1,2})[“\"‘（(\s]*$")
SHAPES = (
    *("unit", "verb", "noun", "count", "documents", "sample", "sentence", "document", "start"),
    *("samples", "draft"),
)


def unclaimed_shapes(quantities: pd.DataFrame) -> pd.DataFrame:
    """Unclaimed numbers by unit, noun after and verb before (two characters each), most frequent first.

    Columns SHAPES: unit, verb, noun, count, documents (how many); of the first one its words, sentence and place; up to
    three different ones with the words around them (`samples`, joined by |); the first one's DOCUMENT:OFFSET (`draft`).
    """
    rows = list(_unclaimed(quantities))
    if not rows:
        return pd.DataFrame(columns=list(SHAPES))
    grouped = pd.DataFrame(rows).groupby(["unit", "verb", "noun"], sort=False)
    shapes = grouped.agg(
        count=("text", "size"),
        documents=("document", "nunique"),
        sample=("text", "first"),
        sentence=("sentence", "first"),
        document=("document", "first"),
        start=("start", "first"),
        samples=("around", lambda words: " | ".join(words.drop_duplicates().head(_MOST_SAMPLES))),
        draft=("address", "first"),
    ).reset_index()
    order = ["count", "unit", "noun", "verb"]
    shapes = shapes.sort_values(order, ascending=[False, True, True, True], kind="stable")
    return shapes[list(SHAPES)].reset_index(drop=True)


def _unclaimed(quantities: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The unclaimed numbers with their shape and the words around them."""
    at = 0
    last: tuple[object, object] = (None, None)
    for row in quantities[["document", "start", "text", "class", "unit", "indicator", "sentence"]].to_dict("records"):
        sentence, text = str(row["sentence"]), str(row["text"])
        if (row["document"], sentence) != last:
            at, last = 0, (row["document"], sentence)
        found = sentence.find(text, at)  # numbers stand in order of the text: the next one, not the first alike
        if found >= 0:
            at = found + len(text)
        if row["class"] != "claim" or row["indicator"]:
            continue
        before, after = (sentence[:found], sentence[at:]) if found >= 0 else ("", "")
        yield {
            **{str(name): cell for name, cell in row.items()},
            "verb": _first(_VERB.search(_LINKED.sub("", before))),
            "noun": _first(_NOUN.match(after)),
            "around": f"{before[-8:]}【{text}】{after[:8]}",
            "address": f"{row['document']}:{row['start']}",
        }


def _first(found: re.Match[str] | None) -> str:
    return found.group(1) if found else ""
