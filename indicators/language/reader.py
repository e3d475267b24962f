"""Document -> Reading: everything the language layer knows of one document, each part read when first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.language import dates as date_reader
from indicators.language import gazetteer, quantities
from indicators.language.columns import Quantities
from indicators.language.dates import DateExpression
from indicators.language.folding import Folded, fold, fold_all
from indicators.language.lazily import lazily
from indicators.language.periods import Timeline
from indicators.language.places import PlaceReader
from indicators.language.sentences import Sentences, split_sentences
from indicators.model import Document


@dataclass(frozen=True)
class Reading:
    """One document as read. Offsets are folded; `folded.start`, `folded.end` and `folded.surface` map them back.

    `spans`: the sentences that numbers are read in, sorted; None for all.
    """

    document: Document
    spans: tuple[tuple[int, int], ...] | None = None

    def within(self, spans: tuple[tuple[int, int], ...]) -> Reading:
        """The same document, its numbers read in some sentences alone; what has been read is kept."""
        narrowed = Reading(self.document, spans)
        vars(narrowed).update(
            {name: vars(self)[name] for name in ("folded", "title", "sentences", "dates") if name in vars(self)}
        )
        return narrowed

    @lazily
    def folded(self) -> Folded:
        """The folded view of the text."""
        return fold(self.document.text)

    @lazily
    def title(self) -> str:
        """The document's title, folded."""
        return fold(self.document.title).text

    @lazily
    def sentences(self) -> Sentences:
        """Paragraphs and sentences, as columns."""
        return split_sentences(self.folded.text)

    @lazily
    def dates(self) -> list[DateExpression]:
        """Calendar expressions in order, disjoint."""
        return date_reader.scan(self.folded.text)

    @lazily
    def quantities(self) -> Quantities:
        """Every numeric expression, as columns."""
        if self.spans == ():
            return Quantities()
        return quantities.scan(self.folded.text, self.dates, self.spans, self.sentences)

    @lazily
    def timeline(self) -> Timeline:
        """Answers which period a span speaks of."""
        document = self.document
        return Timeline(
            self.folded.text,
            self.sentences,
            self.dates,
            published=document.published,
            written=document.written,
            title=self.title,
        )

    @lazily
    def places(self) -> PlaceReader:
        """Answers which place a span speaks of."""
        document = self.document
        return PlaceReader(
            self.folded.text,
            self.sentences,
            gazetteer.load(),
            title=document.title,
            source=document.source,
            place=document.place,
        )


def read_all(documents: Sequence[Document]) -> list[Reading]:
    """The readings of some documents, their texts and titles folded together."""
    readings = [Reading(document) for document in documents]
    texts, titles = (fold_all([getattr(each, name) for each in documents]) for name in ("text", "title"))
    for reading, text, title in zip(readings, texts, titles, strict=True):
        vars(reading).update(folded=text, title=title.text)
    return readings


def read(document: Document) -> Reading:
    """The reading of a document; nothing is computed before it is used."""
    return Reading(document)
