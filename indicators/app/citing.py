"""How to cite the tables that a page or a report shows. Pure."""

from __future__ import annotations

from indicators.table.citation import citation
from indicators.table.store import Rows


def bibtex(title: str, data_version: str, made: str, claims: Rows, documents: Rows) -> str:
    """The citation as BibTeX; `made` is an ISO day."""
    counts = {"claims": len(claims), "indicators": len(claims.values("indicator")), "documents": len(documents)}
    return citation(title, data_version, made, counts)["citation.bib"].decode()
