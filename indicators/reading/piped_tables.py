"""Tables in plain text, columns between bars or tabs -> lines that the number reader understands, as in other formats.

    单位:万吨 |  |
    产品 | 2012年 |
    粮食 | 12.3 |      ->  粮食:2012年 12.3 万吨。

What is no table of figures stays as it stands: bars between links, text set in columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from indicators.reading.tables_as_text import holds_figures, table_lines

_ROWS = 2  # rows of a table at least, its header among them
_ABOVE = 2  # lines above a table that may say what it is of
_RULE = re.compile(r"[\s|:+-]*")  # |---|---:|
_BARS = re.compile(r"[|｜]")


def tables_to_lines(text: str) -> str:
    """`text` with each table of figures as a line a row; the same text where it has none.

    >>> tables_to_lines("2012年产量\\n产品 | 产量(万吨) |\\n粮食 | 12.3 |\\n油料 | 0.4 |\\n以上。")
    '2012年产量\\n粮食:2012年产量 12.3 万吨。\\n油料:2012年产量 0.4 万吨。\\n以上。'
    """
    if not any(mark in text for mark in "|｜\t"):
        return text
    lines: list[str] = []
    for separator, run in groupby(text.split("\n"), _separator):
        rows = list(run)
        lines += _said(rows, separator, lines) if separator and len(rows) >= _ROWS else rows
    return "\n".join(lines)


def _separator(line: str) -> str:
    """What stands between the columns of a line, "" for a line without columns."""
    return "|" if _BARS.search(line) else "\t" if "\t" in line.strip() else ""


def _said(rows: list[str], separator: str, before: list[str]) -> list[str]:
    """The rows of a table as sentences, or as they stand where they are none; `before` are the lines so far."""
    framed = all(_BARS.match(row.strip()) for row in rows)
    grid = [_cells(row, separator, framed) for row in rows if not _RULE.fullmatch(row)]
    if not holds_figures(grid):
        return rows
    return table_lines(grid, list(_above(before))) or rows


def _cells(row: str, separator: str, framed: bool) -> list[str | None]:
    """The cells of a row; the first bar of a row is its frame only where all rows begin with one."""
    row = row.strip(" \r")
    if separator == "\t":
        return [cell.strip() for cell in row.split("\t")]
    cells = [cell.strip() for cell in _BARS.split(row)]
    return list(cells[framed : -1 if len(cells) > 1 and not cells[-1] else None])


def _above(before: list[str]) -> Iterator[str]:
    """The nearest lines with words, then the text's first one."""
    filled = [line.strip() for line in before[-4:] if line.strip()]
    yield from filled[: -_ABOVE - 1 : -1]
    yield from [line.strip() for line in before[:1]]
