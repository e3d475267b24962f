"""PDF files -> text: lines joined into paragraphs, so that sentences are whole, radicals made characters.

Headers and footers stay where the page has them. A line goes on in the next one where it reaches the right margin and
the next begins at the left one, over the end of a page too. A table of figures with lines around its cells is read row
by row; one that goes on over the end of a page is one table.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from indicators.errors import ReadingError
from indicators.reading.deadline import within
from indicators.reading.formats import Extracted
from indicators.reading.limits import check
from indicators.reading.pdf_streams import check_streams
from indicators.reading.pdf_tables import PageTable, continued, tables_on
from indicators.reading.radicals import without_radicals
from indicators.reading.tables_as_text import table_lines

_LEADER = re.compile(r"(?:(?:[.·]\s?){4,}|…{2,})\s*[\divxlc]+$")  # dots, then a page: a line of the contents


_TABLE = re.compile(rb"startxref\s+\d+")  # where the table of a PDF's objects begins
_UNNAMED = re.compile(r"\(cid:\d+\)")  # how the parser writes a letter of a font without a table of characters


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: left and right end, top, height of its letters, in points; margins of its page."""

    text: str
    left: float
    right: float
    top: float
    height: float
    margins: tuple[float, float]


def extract(data: bytes) -> Extracted:
    """The text of a PDF; raises ReadingError for one that is encrypted, scanned or over a limit."""
    check("pdf_bytes", len(data))
    if b"%PDF-" not in data[:1024]:
        raise ReadingError("not a PDF file / 不是 PDF 文件")
    damaged = check_streams(data)
    pieces, images = _read(data)
    if not pieces and not images:  # its table of objects may be false: without one the parser looks for them
        pieces, images = _read(_TABLE.sub(b"startxref\n0", data))
    if not pieces:
        why = "scanned pages without text; run OCR" if images else "its pages hold no text"
        raise ReadingError(f"{why} / PDF 中没有文字(可能是扫描件,请先做文字识别)")
    found = _named("\n".join(_texts(pieces)))
    if not damaged:
        return found
    note = (
        f"{damaged} damaged parts: text may be missing; print it anew / 有 {damaged} 处损坏,可能缺字,请重新打印为 PDF"
    )
    return replace(found, note="; ".join(filter(None, (found.note, note))))


def _read(data: bytes) -> tuple[list[Line | PageTable], bool]:
    """The lines and tables of all pages, and whether a page holds a picture; raises ReadingError as `extract` does."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of what it mends
    try:
        with pdfplumber.open(io.BytesIO(data)) as opened:
            check("pdf_pages", len(opened.pages))
            return _pieces(opened)
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)):
            raise ReadingError("encrypted; save it without a password / 已加密,请另存为无密码的文件") from error
        words = f"damaged PDF file: {type(cause).__name__}; open it and print it anew"
        raise ReadingError(f"{words} / PDF 已损坏,请打开后重新打印为 PDF") from error


def _named(text: str) -> Extracted:
    """The text with \ufffd for letters of which the file gives the shape alone; refused where these are most."""
    text, unnamed = _UNNAMED.subn("\ufffd", text)
    if 2 * unnamed > len(text):
        raise ReadingError(
            "its fonts do not say which letters they show; run OCR, or print it anew"
            " / 字体没有文字编码,请做文字识别(OCR)或重新打印为 PDF"
        )
    note = f"{unnamed} letters unknown: their fonts do not name them / 有 {unnamed} 个字因字体没有文字编码未能读出"
    return Extracted(text, "pdf", note=note * bool(unnamed))


def _pieces(opened: Any) -> tuple[list[Line | PageTable], bool]:
    """The lines and tables of all pages in their order, and whether a page holds a picture."""
    pieces: list[Line | PageTable] = []
    images = False
    for page in opened.pages:
        found = within("pdf_page_seconds", partial(_on_page, page), f"page {page.page_number}")
        if pieces and found and isinstance(pieces[-1], PageTable) and isinstance(found[0], PageTable):
            whole = continued(pieces[-1], found[0])
            pieces[-1:], found[:1] = ([whole], []) if whole else (pieces[-1:], found[:1])
        pieces.extend(found)
        images = images or bool(page.images)
        page.close()
    return pieces, images


def _on_page(page: Any) -> list[Line | PageTable]:
    """The lines and tables of a page from its top to its end."""
    tables = tables_on(page)
    outside = page.filter(lambda thing: not any(table.holds(thing) for table in tables)) if tables else page
    found = outside.extract_text_lines(return_chars=True)
    margins = (min(line["x0"] for line in found), max(line["x1"] for line in found)) if found else (0.0, 0.0)
    pieces: list[Line | PageTable] = []
    for line in found:
        while tables and tables[0].box[1] < line["top"]:
            pieces.append(tables.pop(0))
        height = max(char["size"] for char in line["chars"])
        pieces.append(Line(without_radicals(line["text"]), line["x0"], line["x1"], line["top"], height, margins))
    return [*pieces, *tables]


def _texts(pieces: list[Line | PageTable]) -> Iterator[str]:
    """Paragraphs, and the rows of tables as sentences; the lines above a table name its unit and time."""
    lines: list[Line] = []
    title = next((piece.text for piece in pieces if isinstance(piece, Line)), "")
    for piece in pieces:
        if isinstance(piece, Line):
            lines.append(piece)
            continue
        if lines:
            yield joined(lines)
        yield from table_lines(piece.grid, [*(line.text for line in lines[:-3:-1]), title])
        lines = []
    if lines:
        yield joined(lines)


def joined(lines: list[Line]) -> str:
    """Lines as paragraphs, one a line."""
    paragraphs: list[str] = []
    before: Line | None = None
    for line in lines:
        if before is not None and _goes_on(before, line):
            glue = " " if _latin(paragraphs[-1][-1:]) and _latin(line.text[:1]) else ""
            paragraphs[-1] += glue + line.text
        else:
            paragraphs.append(line.text)
        before = line
    return "\n".join(paragraphs)


def _goes_on(line: Line, after: Line) -> bool:
    """True where `after` is the rest of the paragraph that `line` is in: same letters, full line, no indent, no gap."""
    em = line.height
    if abs(after.height - em) > 0.1 * em or line.right < line.margins[1] - 1.8 * em:
        return False
    if _LEADER.search(line.text):
        return False
    if after.left > after.margins[0] + 1.2 * em:
        return False
    return after.top < line.top or after.top - line.top < 2.6 * em


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()
