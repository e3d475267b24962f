"""Rows of a CSV file that people wrote by hand: a quote that is never closed is a fault, and swallows no rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager

from indicators.errors import Fault, Location, ReadingError


@contextmanager
def as_faults(path: str) -> Iterator[None]:
    """What Python's csv reader refuses (a cell of over 131,072 characters) is a ReadingError that names the file."""
    try:
        yield
    except csv.Error as error:
        raise _fault(path, 0, f"no CSV: {error}") from error


def csv_rows(lines: list[str], path: str, delimiter: str = ",") -> Iterator[tuple[int, int, list[str]]]:
    """Every row: index of its first line, index after its last one, its cells.

    Raises ReadingError, with the line, for a row that goes on to the end of the file because its quote is not closed,
    and for a cell that is too long.
    """
    reader = csv.reader(lines, delimiter=delimiter)
    begin = 0
    with as_faults(path):
        for cells in reader:
            end = reader.line_num
            if end == len(lines) and end - begin > 1 and _is_open(lines[begin:], delimiter):
                raise _fault(path, begin + 1, "a quote is not closed")
            yield begin, end, cells
            begin = end


def _is_open(lines: list[str], delimiter: str) -> bool:
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _fault(path: str, line: int, message: str) -> ReadingError:
    where = Location(path, line, 1) if line else Location(path)
    return ReadingError(faults=(Fault(where, message, 'close it: "…"', "引号没有闭合，或单元格过长；请补上引号"),))
