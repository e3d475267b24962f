"""How to cite a table: CITATION.cff and BibTeX with the version of the data, and the dates it was made of."""

from __future__ import annotations

from collections.abc import Mapping

from indicators import __version__

_CFF = """cff-version: 1.2.0
message: Please cite this data set with its data_version.
type: dataset
title: {title}
version: {data_version}
date-released: {made}
abstract: >-
  {claims} claims of {indicators} indicators from {documents} documents, captured by rules with
  the indicators package {package}; parts and their versions are in manifest.json.
authors:
  - name: The compilers of this data set
keywords: [Chinese county reports, indicators, information extraction]
"""
_BIBTEX = """@misc{{indicators-{data_version},
  title        = {{{title}}},
  year         = {{{year}}},
  version      = {{{data_version}}},
  note         = {{{claims} claims of {indicators} indicators from {documents} documents; indicators {package}}},
}}
"""


def citation(title: str, data_version: str, made: str, counts: Mapping[str, int]) -> dict[str, bytes]:
    """CITATION.cff and citation.bib; `made` is an ISO day, `counts` gives claims, indicators and documents."""
    facts = {
        "title": title,
        "data_version": data_version,
        "made": made,
        "year": made[:4],
        "package": __version__,
        **{name: counts[name] for name in ("claims", "indicators", "documents")},
    }
    return {"CITATION.cff": _CFF.format(**facts).encode(), "citation.bib": _BIBTEX.format(**facts).encode()}
