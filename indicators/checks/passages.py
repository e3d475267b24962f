"""The claims of a document sentence by sentence, with what arithmetic needs of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from indicators.checks.intervals import Interval, allowed
from indicators.language.folding import fold
from indicators.language.sentences import Sentences, clause_span, split_sentences
from indicators.model import Document

_COLUMNS = ["start", "end", "text", "value", "value_low", "value_high", "unit", "qualifier", "per", "kind", "status"]


@dataclass(frozen=True, slots=True)
class Number:
    """One claim quantity. `left`, `right` are folded offsets, `start`, `end` those of Document.text.

    `value` is in the unit as written, multipliers out; `allowed` is what qualifier and rounding leave open; `ids` are
    the claims made of it, none where no rule captured it.
    """

    left: int
    right: int
    start: int
    end: int
    text: str
    value: float
    allowed: Interval
    unit: str
    per: str
    kind: str
    exact: bool
    status: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Numbers that hold together or do not: the words of both languages say how."""

    holds: bool
    numbers: tuple[Number, ...]
    zh: str
    en: str


def relation(numbers: tuple[Number, ...], sum_: str, result: str, stated: Number, *, holds: bool) -> Relation:
    """Numbers and what comes of them, beside what the text states."""
    zh = f"{sum_} = {result}，与“{stated.text}”{'相符' if holds else '不符'}"
    en = f"{sum_} = {result}, {'agrees' if holds else 'does not agree'} with “{stated.text}”"
    return Relation(holds, numbers, zh, en)


def amount(value: float, unit: str) -> str:
    """A computed value in few digits.

    >>> amount(438000, "元"), amount(25688e6, "元"), amount(126, "人")
    ('438000元', '256.88亿元', '126人')
    """
    if abs(value) >= 1e8:
        return f"{value / 1e8:.8g}亿{unit}"
    return f"{value / 1e4:.8g}万{unit}" if abs(value) >= 1e6 else f"{value:.8g}{unit}"


@dataclass(frozen=True)
class Passage:
    """A document's folded text and its numbers in order; `sentences` cut both."""

    text: str
    sentences: Sentences
    numbers: list[Number]

    def by_sentence(self) -> Iterator[list[Number]]:
        """The numbers of each sentence that has two or more; one that begins with 其中 goes on with the one before."""
        held: list[Number] = []
        for index, group in groupby(self.numbers, key=lambda number: self.sentences.at(number.left)):
            numbers = list(group)
            if held and self.text.startswith("其中", self.sentences.start[index]):
                numbers = held + numbers
            elif len(held) > 1:
                yield held
            held = numbers
        if len(held) > 1:
            yield held

    def between(self, first: Number, second: Number) -> str:
        """The folded words between two numbers."""
        return self.text[first.right : second.left]

    def before(self, number: Number, most: int = 16) -> str:
        """The words before a number in its own clause, at most `most` characters of them."""
        begin, _ = clause_span(self.text, number.left, number.right)
        return self.text[max(begin, number.left - most) : number.left]

    def after(self, number: Number, most: int = 12) -> str:
        """The words after a number in its own clause."""
        _, end = clause_span(self.text, number.left, number.right)
        return self.text[number.right : min(end, number.right + most)]

    def paragraph(self, number: Number) -> list[Number]:
        """All numbers of the same paragraph."""
        index = self.sentences.paragraph[self.sentences.at(number.left)]
        begin, end = self.sentences.paragraph_start[index], self.sentences.paragraph_end[index]
        return [other for other in self.numbers if begin <= other.left < end]


def claim_ids(claims: pd.DataFrame) -> dict[tuple[str, int, int], tuple[str, ...]]:
    """Document and span -> ids of the claims made of that number."""
    ids: dict[tuple[str, int, int], tuple[str, ...]] = {}
    for document, start, end, id_ in claims[["document", "start", "end", "claim_id"]].itertuples(index=False):
        ids[document, start, end] = (*ids.get((document, start, end), ()), id_)
    return ids


def passage(document: Document, rows: pd.DataFrame, ids: Mapping[tuple[str, int, int], tuple[str, ...]]) -> Passage:
    """A document as a passage; `rows` are its rows of the quantities table."""
    folded = fold(document.text)
    numbers = []
    for row in rows.loc[(rows["class"] == "claim") & rows["value"].notna(), _COLUMNS].to_dict("records"):
        start, end, value = int(row["start"]), int(row["end"]), float(row["value"])
        text = "".join(str(row["text"]).split())
        unit, qualifier = str(row["unit"]), str(row["qualifier"])
        left, right = folded.offset(start), folded.offset(end)
        space = allowed(text, value, row["value_low"], row["value_high"], unit)
        per, kind, status = str(row["per"]), str(row["kind"]), str(row["status"])
        claimed = ids.get((document.name, start, end), ())
        numbers.append(
            Number(left, right, start, end, text, value, space, unit, per, kind, qualifier == "exact", status, claimed)
        )
    return Passage(folded.text, split_sentences(folded.text), numbers)
