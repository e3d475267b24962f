"""A table of a document -> lines of text that the number reader understands: each number with its header and unit.

    指标      单位  2012年  比上年增长(%)
    粮食产量  万吨  12.3    4.5             ->  粮食产量:2012年 12.3 万吨,比上年增长 4.5 %。

A grid is a list of rows of cells; None is the rest of a cell that goes over several columns. The unit of a number is
that of its own column (in brackets, or %), else of the row's unit column, else in brackets behind the row's name, else
that of the whole table (单位:万元 above it).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Grid = Sequence[Sequence[str | None]]

_NUMBER = re.compile(r"[-+−－]?\s*\d[\d,，\s]*(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*年.*)?")
_UNIT_NAME = re.compile(r"(?:计量|计算|计价)?单位")
_IN_BRACKETS = re.compile(
    r"[（(]\s*(?:(?:计量)?单位\s*[:：]\s*)?(?P<unit>[^()（）\d]{1,8})\s*[)）]\s*$|(?P<sign>[%％‰])\s*$"
)
_CAPTION = re.compile(r"(?:计量)?单位\s*[:：]\s*(?P<unit>[^\s,，、;；()（）]{1,8})\s*[)）]?\s*$")
_LONG_CELL = 80  # characters
_NO_VALUE = frozenset(["", "-", "--", "—", "——", "–", "/", "…", "……"])


def unit_of_caption(words: str) -> str:
    """The unit that the line above a table gives for all of it; "" where it gives none or several.

    >>> unit_of_caption("表1 主要指标 单位：万元"), unit_of_caption("单位：万元、%")
    ('万元', '')
    """
    found = _CAPTION.search(words.strip())
    return found["unit"] if found else ""


def is_number(cell: str) -> bool:
    """True for a bare number; false for a year, which is a header."""
    return bool(_NUMBER.fullmatch(cell.strip())) and not _YEAR.fullmatch(cell.strip())


def holds_figures(grid: Grid) -> bool:
    """True for a table whose cells are mostly short and at least a fifth numbers; others lay out text.

    >>> holds_figures([["指标", "2012年"], ["粮食产量(万吨)", "12.3"]]), holds_figures([["导航", "正文"], ["1", "2"]][:1])
    (True, False)
    """
    filled = [cell for row in grid for cell in row if cell]
    if len(grid) < 2 or max(map(len, grid)) < 2 or not filled or max(map(len, filled)) > _LONG_CELL:
        return False
    return sum(map(is_number, filled)) * 5 >= len(filled)


def table_lines(grid: Grid, unit: str = "") -> list[str]:
    """A line for each row below the headers; `unit` is that of the whole table.

    >>> table_lines([["指标", "单位", "2012年", "增长%"], ["粮食产量", "万吨", "12.3", "4.5"]])
    ['粮食产量:2012年 12.3 万吨,增长 4.5 %。']
    """
    rows = [[None if cell is None else _clean(cell) for cell in row] for row in grid]
    rows = [row for row in rows if any(row)]
    while rows and sum(bool(cell) for cell in rows[0]) == 1 and len(rows) > 1 and len(rows[0]) > 1:
        unit = unit_of_caption("".join(cell or "" for cell in rows[0])) or unit  # a title across the table
        rows = rows[1:]
    depth = _header_rows(rows)
    if not depth:
        return [" ".join(cell for cell in row if cell) for row in rows]
    headers = _headers(rows[:depth])
    return [line for row in rows[depth:] if (line := _line(headers, row, unit))]


def _clean(cell: str) -> str:
    return re.sub(r"\s+", " ", cell).strip()


def _header_rows(rows: list[list[str | None]]) -> int:
    """How many rows at the top are headers: none of their cells is a number, and a row with numbers follows."""
    for index, row in enumerate(rows[:4]):
        if any(cell and is_number(cell) for cell in row):
            return index
    numbers = any(cell and is_number(cell) for row in rows for cell in row)
    return 1 if len(rows) > 1 and not numbers and any(re.search(r"\d", cell or "") for cell in rows[-1]) else 0


def _headers(rows: list[list[str | None]]) -> list[str]:
    """One header a column: the words of its rows from above, those of a wide cell in each of its columns."""
    width = max(len(row) for row in rows)
    found: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        words = ""
        for column in range(width):
            cell = row[column] if column < len(row) else ""
            words = words if cell is None else cell
            if words and words not in found[column]:
                found[column].append(words)
    return [re.sub(r"^((?:19|20)\d\d)$", r"\1年", "".join(words)) for words in found]


def _line(headers: list[str], row: list[str | None], table_unit: str) -> str:
    """A row as a sentence: its names, then each value behind its header and before its unit."""
    cells = [(headers[index] if index < len(headers) else "", cell) for index, cell in enumerate(row) if cell]
    own = next((cell for header, cell in cells if _UNIT_NAME.fullmatch(header.replace(" ", ""))), "")
    named: list[str] = []
    values: list[str] = []
    for header, cell in cells:
        if _UNIT_NAME.fullmatch(header.replace(" ", "")) or (cell in _NO_VALUE):
            continue
        if _NUMBER.fullmatch(cell):
            if values or named or not re.search("序号|编号|代码|年份|年度", header):
                values.append(_value(header, cell, own, named, table_unit))
            elif re.search("年份|年度", header):
                named.append(f"{cell}年")
        elif values or (named and re.search(r"\d", cell)):
            values.append(f"{header} {cell}".strip())
        elif cell not in named:
            named.append(cell)
    label = " ".join(_IN_BRACKETS.sub("", name) or name for name in named)
    return f"{label}:{','.join(values)}。" if label and values else " ".join(filter(None, [label, *values]))


def _value(header: str, cell: str, own: str, named: list[str], table_unit: str) -> str:
    inside = _IN_BRACKETS.search(header)
    unit = (inside["unit"] or inside["sign"]) if inside else own
    if not unit and named and (behind := _IN_BRACKETS.search(named[-1])):
        unit = behind["unit"] or behind["sign"]
    words = header[: inside.start()].strip() if inside else header
    return " ".join(filter(None, [words, re.sub(r"\s", "", cell), unit or table_unit]))
