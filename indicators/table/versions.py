"""What a table was made of, part by part: two tables with equal versions are equal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass, fields

from indicators.language.data_files import gazetteer_version, lexicon_version, reader_version
from indicators.model import Document
from indicators.reading.reviews import COLUMNS, Review
from indicators.rules.ruleset import RuleSet

_METADATA = ("title", "source", "url", "published", "written", "place")
_SHORT = 6  # hex digits of each part in an address


@dataclass(frozen=True, slots=True)
class Versions:
    """Hashes of the parts: documents (names and contents), metadata, reviews, rules, lexicons, gazetteer, reader.

    `reader` is the package's version and a hash of its code. An empty part is one that is not known.
    """

    documents: str = ""
    metadata: str = ""
    reviews: str = ""
    rules: str = ""
    lexicons: str = ""
    gazetteer: str = ""
    reader: str = ""

    @property
    def data_version(self) -> str:
        """One hash of all parts, 12 hex digits: what a citation names."""
        return hashlib.sha256("\0".join(astuple(self)).encode()).hexdigest()[:12]

    @property
    def short(self) -> str:
        """All parts in a form that fits an address; `changed` reads it back."""
        return ".".join(part.rpartition("+")[2][:_SHORT] for part in astuple(self))

    def changed(self, short: str) -> list[str]:
        """Names of the parts that have changed since a `short` form was written; all where it cannot be read.

        >>> Versions(documents="aaaa", rules="bbbb").changed("aaaa...cccc...")
        ['rules']
        """
        names = [entry.name for entry in fields(self)]
        now, then = self.short.split("."), short.split(".")
        if len(then) != len(now):
            return names
        return [name for name, one, other in zip(names, now, then, strict=True) if one != other]

    def listed(self) -> dict[str, str]:
        """The parts by name, and `data_version` first."""
        return {"data_version": self.data_version, **asdict(self)}


def versions(documents: Iterable[Document], reviews: Iterable[Review], rules_version: str) -> Versions:
    """The versions of a corpus with its reviews under rules."""
    contents, metadata, decided = hashlib.sha256(), hashlib.sha256(), hashlib.sha256()
    for document in sorted(documents, key=lambda document: document.name):
        contents.update(f"{document.name}\0{document.content_hash}\0{document.same_as}\n".encode("utf-8", "replace"))
        facts = [getattr(document, name) for name in _METADATA]
        metadata.update(f"{document.name}\0{facts}\n".encode("utf-8", "replace"))
    for review in reviews:
        decided.update(repr([getattr(review, name) for name in COLUMNS]).encode("utf-8", "replace"))
    return Versions(
        documents=contents.hexdigest()[:12],
        metadata=metadata.hexdigest()[:12],
        reviews=decided.hexdigest()[:12],
        rules=rules_version,
        lexicons=lexicon_version(),
        gazetteer=gazetteer_version(),
        reader=reader_version(),
    )


def indicator_versions(rules: RuleSet) -> dict[str, str]:
    """Indicator -> hash of all that decides what it captures by itself, 12 hex digits; examples change nothing."""
    patterns: dict[str, list[str]] = {indicator.id: [] for indicator in rules.indicators}
    for rule in rules.rules:
        patterns[rule.indicator.id].append(rule.expanded.pattern)
    found = {}
    for indicator in rules.indicators:
        unless = [entry.pattern for entry in rules.unless.get(indicator.id, ())]
        facts = indicator.model_dump_json(exclude={"examples", "rejects"})
        found[indicator.id] = hashlib.sha256(repr((facts, patterns[indicator.id], unless)).encode()).hexdigest()[:12]
    return found
