"""DOCUMENT:OFFSET, how a person points at a number: which document, which number, which line and column."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.errors import Fault, Location, ReadingError
from indicators.language.reader import Reading
from indicators.model import Document
from indicators.rules.messages import nearest, say


def split_address(address: str) -> tuple[str, int]:
    """Document and offset; the last colon splits. Raises ReadingError where there is no offset.

    >>> split_address("reports:2021/a.txt:17")
    ('reports:2021/a.txt', 17)
    """
    document, colon, offset = address.rpartition(":")
    if not colon or not document or not (offset.isascii() and offset.isdigit()) or len(offset) > 12:
        raise ReadingError(faults=(say("address_form", written=address).at(Location(address)),))
    return document, int(offset)


def named(documents: Sequence[Document], name: str) -> Document:
    """The document of that name, or the only one whose path ends with it, or that it ends with (seeds/a.txt: a.txt).

    Raises ReadingError where there is none, or several, and where it could not be read.
    """
    name = name.replace("\\", "/").removeprefix("./")
    chosen = [document for document in documents if document.name == name]
    chosen = chosen or [document for document in documents if f"/{document.name}".endswith(f"/{name}")]
    chosen = chosen or [document for document in documents if f"/{name}".endswith(f"/{document.name}")]
    if not chosen:
        near = nearest(name, [document.name for document in documents])
        raise ReadingError(faults=(say("document_unknown", near=near, name=name).at(Location(name)),))
    if len(chosen) > 1:
        listed = ", ".join(document.name for document in chosen[:5])
        raise ReadingError(faults=(say("document_several", name=name, listed=listed).at(Location(name)),))
    if chosen[0].status == "refused":
        raise ReadingError(faults=(say("document_refused", reason=chosen[0].reason).at(Location(name)),))
    return chosen[0]


def place_of(reading: Reading, offset: int) -> Location:
    """Line and column (from 1) of an offset of Document.text, with the line."""
    text = reading.document.text
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)].rstrip("\r")
    return Location(reading.document.name, text.count("\n", 0, offset) + 1, offset - start + 1, line)


def quantity_at(reading: Reading, offset: int) -> int:
    """Row in `reading.quantities` of the number at an offset of Document.text.

    Raises ReadingError where no number stands there, with the nearest one.
    """
    text, quantities, folded = reading.document.text, reading.quantities, reading.folded
    if not 0 <= offset < max(1, len(text)):
        fault = say("offset_outside", offset=offset, length=len(text)).at(Location(reading.document.name))
        raise ReadingError(faults=(fault,))
    spans = [(folded.start(a), folded.end(b)) for a, b in zip(quantities.start, quantities.end, strict=True)]
    for row, (start, end) in enumerate(spans):
        if start <= offset < end:
            return row
    raise ReadingError(faults=(_nothing(reading, offset, spans, text),))


def _nothing(reading: Reading, offset: int, spans: list[tuple[int, int]], text: str) -> Fault:
    place = place_of(reading, offset)
    if not spans:
        return say("offset_no_numbers").at(place)
    start, end = min(spans, key=lambda span: min(abs(span[0] - offset), abs(span[1] - 1 - offset)))
    return say("offset_no_number", words=text[start:end], at=start).at(place)
