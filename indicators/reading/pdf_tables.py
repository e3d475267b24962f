"""Tables of figures on a PDF page, by the lines drawn around their cells, as grids for `tables_as_text`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from indicators.reading.radicals import without_radicals
from indicators.reading.tables_as_text import holds_figures

Box = tuple[float, float, float, float]  # left, top, right, bottom in points
_NEAR = 3.0  # points; edges of cells that are nearer are one


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table where it stands on its page; a cell is "" where empty, None for the rest of one over several columns."""

    box: Box
    grid: list[list[str | None]]

    def holds(self, thing: dict[str, Any]) -> bool:
        """Whether the middle of a character lies in the table."""
        left, top, right, bottom = self.box
        across, down = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return bool(left <= across <= right and top <= down <= bottom)


def tables_on(page: Any) -> list[PageTable]:
    """The tables of figures of a page of pdfplumber's, from the top; those that only frame text are left out."""
    if not (page.lines or page.rects or page.curves):
        return []
    found = []
    for table in page.find_tables():
        grid = _grid(table)
        if holds_figures(grid):
            found.append(PageTable(table.bbox, grid))
    return sorted(found, key=lambda table: table.box[1])


def continued(table: PageTable, after: PageTable) -> PageTable | None:
    """Both as one, where the second is the rest of the first on the next page: as wide, in as many columns.

    A header that stands on both pages is kept once.
    """
    same_columns = max(map(len, table.grid)) == max(map(len, after.grid))
    if not same_columns or abs(table.box[0] - after.box[0]) > _NEAR or abs(table.box[2] - after.box[2]) > _NEAR:
        return None
    repeated = 0
    while repeated < min(len(after.grid), 4) and after.grid[repeated] == table.grid[repeated]:
        repeated += 1
    return replace(table, grid=[*table.grid, *after.grid[repeated:]])


def _grid(table: Any) -> list[list[str | None]]:
    """The words of the cells: one over several columns is followed by None, one over several rows stands in each."""
    cells: list[Box] = [cell for row in table.rows for cell in row.cells if cell]
    words = {
        cell: _words(text)
        for row, texts in zip(table.rows, table.extract(), strict=True)
        for cell, text in zip(row.cells, texts, strict=True)
        if cell
    }
    lefts, tops = _edges(cell[0] for cell in cells), _edges(cell[1] for cell in cells)
    grid: list[list[str | None]] = [[""] * len(lefts) for _ in tops]
    for left, top, right, bottom in cells:
        columns = range(_at(lefts, left), _at(lefts, right - 2 * _NEAR) + 1)
        for row in range(_at(tops, top), _at(tops, bottom - 2 * _NEAR) + 1):
            for column in columns:
                grid[row][column] = words[left, top, right, bottom] if column == columns[0] else None
    return grid


def _edges(offsets: Iterable[float]) -> list[float]:
    """Where columns or rows begin."""
    found: list[float] = []
    for offset in sorted(set(offsets)):
        if not found or offset - found[-1] > _NEAR:
            found.append(offset)
    return found


def _at(edges: list[float], offset: float) -> int:
    return max(0, bisect_right(edges, offset + _NEAR) - 1)


def _words(text: str | None) -> str:
    """The lines of a cell as one; only Latin words are parted by a space."""
    return (
        re.sub(r"(?<![A-Za-z])\s*\n\s*|\s*\n\s*(?![A-Za-z])", "", without_radicals(text or ""))
        .replace("\n", " ")
        .strip()
    )
