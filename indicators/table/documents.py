"""Documents -> the documents table: one row a file, refused ones too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from indicators.model import Document
from indicators.table.columns import DOCUMENTS, build


def documents_table(documents: Iterable[Document], quantities: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """One row a document, columns DOCUMENTS, in the order given.

    `quantities`, `claims` count the rows of those tables; `undated_claims` the claims without a period. Byte-identical
    files are one row: `same_as` lists the other paths, joined by ';'.
    """
    counts = {
        "quantities": quantities["document"].value_counts(),
        "claims": claims["document"].value_counts(),
        "undated_claims": claims.loc[undated(claims), "document"].value_counts(),
    }
    return build(DOCUMENTS, document_lists(documents, counts))


def document_lists(
    documents: Iterable[Document], counts: Mapping[str, Mapping[str, int] | pd.Series[int] | None]
) -> dict[str, list[object]]:
    """The columns of the documents table. `counts` gives rows by document name; None: not counted, absent cells."""
    kept = list(documents)
    names = [document.name for document in kept]
    lists: dict[str, list[object]] = {
        name: [getattr(document, name) for document in kept] for name in DOCUMENTS if hasattr(Document, name)
    }
    lists["document"] = list(names)
    lists["characters"] = [len(document.text) for document in kept]
    lists["same_as"] = [";".join(document.same_as) for document in kept]
    for column, count in counts.items():
        lists[column] = [None if count is None else int(count.get(name, 0)) for name in names]
    return lists


def undated(claims: pd.DataFrame) -> pd.Series[bool]:
    """True for each claim without a period."""
    return (claims["period_start"] == "") & (claims["period_end"] == "")
