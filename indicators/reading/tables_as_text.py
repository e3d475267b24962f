"""A table of a document -> lines of text that the number reader understands: each number with its header and unit.

    指标      单位  2012年  比上年增长(%)
    粮食产量  万吨  12.3    4.5             ->  粮食产量:2012年 12.3 万吨,比上年增长 4.5 %。

A grid is a list of rows of cells; None is the rest of a cell that goes over several columns. The unit of a number is
that of its own column (in brackets, or %), else of the row's unit column, else in brackets behind the row's name, else
that of the whole table (单位:万元 above it). Where no header names a time, that of the words above the table is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.reading.table_headers import IN_BRACKETS, Header, current, names_time, read_headers, time_of

Grid = Sequence[Sequence[str | None]]

_NUMBER = re.compile(r"[-+−－]?\s*\d[\d,，\s]*(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*年.*)?")
_CAPTION = re.compile(r"(?:计量)?单位\s*[:：]\s*(?P<unit>[^\s,，、;；()（）]{1,8})\s*[)）]?\s*$")
_MINUS = re.compile(r"[-−－]")
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

    >>> holds_figures([["指标", "2012年"], ["粮食产量(万吨)", "12.3"]]), holds_figures([["导航", "正文"]])
    (True, False)
    """
    filled = [cell for row in grid for cell in row if cell]
    if len(grid) < 2 or max(map(len, grid)) < 2 or not filled or max(map(len, filled)) > _LONG_CELL:
        return False
    return sum(map(is_number, filled)) * 5 >= len(filled)


def table_lines(grid: Grid, above: Sequence[str] = ()) -> list[str]:
    """A line for each row below the headers. `above`: lines that say what the table is of, the nearest first.

    >>> table_lines([["指标", "单位", "2012年", "增长%"], ["粮食产量", "万吨", "12.3", "4.5"]])
    ['粮食产量:2012年 12.3 万吨,增长 4.5 %。']
    """
    rows = [[None if cell is None else _clean(cell) for cell in row] for row in grid]
    rows = [row for row in rows if any(row)]
    unit = next(filter(None, map(unit_of_caption, above[:2])), "")
    while rows and sum(bool(cell) for cell in rows[0]) == 1 and len(rows) > 1 and len(rows[0]) > 1:
        title = "".join(cell or "" for cell in rows[0])  # across the table
        above, unit = [title, *above], unit_of_caption(title) or unit
        rows = rows[1:]
    depth = _header_rows(rows)
    if not depth:
        return [" ".join(cell for cell in row if cell) for row in rows]
    table = _Table(read_headers(_headers(rows[:depth]), above), unit, above)
    return [line for row in rows[depth:] if (line := table.line(row))]


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


class _Table:
    """Headers, unit and time of a table: what its rows need to be said."""

    def __init__(self, headers: list[Header], unit: str, above: Sequence[str]) -> None:
        self.headers, self.unit = headers, unit
        self.current = current(headers)
        when = None if self.current else time_of(above)
        self.time = when[0] if when else ""

    def line(self, row: list[str | None]) -> str:
        """A row as a sentence: its names, then each value behind its header and before its unit."""
        none = Header()
        cells = [(self.headers[i] if i < len(self.headers) else none, cell) for i, cell in enumerate(row) if cell]
        own = next((cell for header, cell in cells if header.is_unit), "")
        named: list[str] = []
        values: list[str] = []
        for header, cell in cells:
            if header.is_unit or cell in _NO_VALUE:
                continue
            if _NUMBER.fullmatch(cell):
                if values or named or not re.search("序号|编号|代码|年份|年度", header.words):
                    values.append(self._value(header, cell, own, named, values))
                elif re.search("年份|年度", header.words):
                    named.append(f"{cell}年")
            elif values or (named and re.search(r"\d", cell)):
                values.append(f"{header.words} {cell}".strip())
            elif cell not in named:
                named.append(cell)
        label = " ".join(IN_BRACKETS.sub("", name) or name for name in named)
        if not label or not values:
            return " ".join(filter(None, [label, *values]))
        time = "" if names_time(label) or any(map(names_time, values)) else self.time
        return f"{label}:{time}{','.join(values)}。"

    def _value(self, header: Header, cell: str, own: str, named: list[str], said: list[str]) -> str:
        """A number behind the words of its column; a change names its time where another one was said before it."""
        words = header.words
        if header.is_change and self.current:
            times = [time for value in said if (time := names_time(value))]
            if times and set(times) != {self.current} and self.current not in words:
                same_year = times[-1][:4] == self.current[:4]  # 2013年8月, 2013年1-8月: of the nearer
                words = (times[-1] if same_year else self.current) + words
        number = re.sub(r"\s", "", cell)
        if words and _MINUS.match(number) and not words.endswith("增长"):
            words += "为"  # behind a noun a minus would be a dash
        return " ".join(filter(None, [words, number, self._unit(header, own, named)]))

    def _unit(self, header: Header, own: str, named: list[str]) -> str:
        if header.unit:
            return header.unit
        if not own and named and (behind := IN_BRACKETS.search(named[-1])):
            own = behind["unit"] or behind["sign"]
        own = own or self.unit
        if header.is_change and own in ("%", "％"):
            return "个百分点"
        return "%" if header.in_percent else own
