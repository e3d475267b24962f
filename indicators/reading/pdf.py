"""PDF files -> text: lines joined into paragraphs, so that sentences are whole, radicals made characters.

Headers and footers stay where the page has them. A line goes on in the next one where it reaches the right margin and
the next begins at the left one, over the end of a page too.
"""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from typing import Any

from indicators.errors import ReadingError
from indicators.reading.formats import Extracted
from indicators.reading.limits import LIMITS, check
from indicators.reading.radicals import without_radicals


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
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as opened:
            lines, images = _lines(opened)
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)):
            raise ReadingError("encrypted; save it without a password / 已加密,请另存为无密码的文件") from error
        raise ReadingError(f"damaged PDF file: {type(cause).__name__} / PDF 已损坏") from error
    if not lines:
        why = "scanned pages without text; run OCR" if images else "its pages hold no text"
        raise ReadingError(f"{why} / PDF 中没有文字(可能是扫描件,请先做文字识别)")
    return Extracted(without_radicals(joined(lines)), "pdf")


def _lines(opened: Any) -> tuple[list[Line], bool]:
    """The lines of all pages, and whether a page holds a picture."""
    lines: list[Line] = []
    images = False
    deadline = time.monotonic() + LIMITS["pdf_seconds"]
    check("pdf_pages", len(opened.pages))
    for page in opened.pages:
        images = images or bool(page.images)
        found = page.extract_text_lines(return_chars=True)
        margins = (min(line["x0"] for line in found), max(line["x1"] for line in found)) if found else (0.0, 0.0)
        for line in found:
            height = max(char["size"] for char in line["chars"])
            lines.append(Line(line["text"], line["x0"], line["x1"], line["top"], height, margins))
        page.close()
        if time.monotonic() > deadline:
            number = f"page {page.page_number}, limit pdf_seconds = {LIMITS['pdf_seconds']}"
            raise ReadingError(f"takes too long: {number} / 读取超时,限制 pdf_seconds")
    return lines, images


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
    if after.left > after.margins[0] + 1.2 * em:
        return False
    return after.top < line.top or after.top - line.top < 2.6 * em


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()
