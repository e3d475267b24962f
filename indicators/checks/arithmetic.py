"""Arithmetic that texts offer themselves, found without being told: information where it holds, else a warning."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from indicators.checks.passages import Passage, Relation, claim_ids, passage
from indicators.checks.products import products
from indicators.checks.shares import shares
from indicators.checks.steps import steps
from indicators.checks.sums import sums
from indicators.model import Document, Finding


def arithmetic_findings(documents: Iterable[Document], quantities: pd.DataFrame, claims: pd.DataFrame) -> list[Finding]:
    """One finding for each total and parts, percent and numbers, from-change-to and product within a sentence.

    `quantities` and `claims` are the tables of the documents. A finding spans its numbers and names their claims;
    numbers that no rule captured stand in its words.
    """
    ids = claim_ids(claims)
    rows = {str(name): part for name, part in quantities.groupby("document", sort=False)}
    found: list[Finding] = []
    for document in documents:
        if document.name in rows:
            relations = _relations(passage(document, rows[document.name], ids))
            found.extend(_finding(document.name, relation) for relation in relations)
    return found


def _relations(whole: Passage) -> list[Relation]:
    """All relations of a document; of those between the same numbers only the first."""
    found: dict[frozenset[int], Relation] = {}
    for numbers in whole.by_sentence():
        for look in (steps, sums, shares, products):
            for relation in look(whole, numbers):
                found.setdefault(frozenset(number.left for number in relation.numbers), relation)
    return list(found.values())


def _finding(document: str, relation: Relation) -> Finding:
    return Finding(
        "adds_up" if relation.holds else "does_not_add_up",
        "info" if relation.holds else "warning",
        document,
        min(number.start for number in relation.numbers),
        max(number.end for number in relation.numbers),
        tuple(id_ for number in relation.numbers for id_ in number.ids),
        {"zh": relation.zh, "en": relation.en},
    )
