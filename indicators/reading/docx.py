"""Word files (.docx) -> text: paragraphs and tables in their order, a table row by row with headers and units.

Properties of the file (author, time of change) are those of whoever saved it last, and are not read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from indicators.errors import ReadingError
from indicators.reading.archives import check_unpacked
from indicators.reading.formats import Extracted
from indicators.reading.limits import check
from indicators.reading.tables_as_text import table_lines

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def extract(data: bytes) -> Extracted:
    """The text of a Word file; raises ReadingError for an encrypted or old one (.doc) and for what is over a limit."""
    check("docx_bytes", len(data))
    if data.startswith(_OLE):
        raise ReadingError("encrypted, or an old Word file (.doc); save it as .docx / 已加密或旧版 Word,请另存为 .docx")
    check_unpacked(data, "docx_unpacked_bytes")
    from docx import Document

    return Extracted("\n".join(_lines(Document(io.BytesIO(data)))), "docx")


def _lines(document: Any) -> Iterator[str]:
    said: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from table_lines(_grid(block), [*said[:-3:-1], *said[:1]])
        else:
            yield block.text
            said += [block.text] if block.text.strip() else []


def _grid(table: Any) -> list[list[str | None]]:
    """The cells of a table; one over several columns is followed by None, one over several rows stands in each."""
    grid: list[list[str | None]] = []
    for row in table.rows:
        check("docx_columns", row.grid_cols_before + sum(cell.grid_span for cell in row._tr.tc_lst))
        cells: list[str | None] = [""] * row.grid_cols_before
        last = None
        for cell in row.cells:
            cells.append(None if cell._tc is last else _words(cell))
            last = cell._tc
        grid.append(cells)
    return grid


def _words(cell: Any) -> str:
    """The text of a cell, that of tables inside it too."""
    inside = [" ".join(filter(None, row)) for table in cell.tables for row in _grid(table)]
    return " ".join([cell.text, *inside]).strip()
