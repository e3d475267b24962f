"""metadata.csv beside the documents: title, source, dates and place that a person wrote down.

Columns: file, title, source, published, written, place; optional url, checked. `file` is the path of the document
relative to the folder of metadata.csv. Dates are YYYY, YYYY-MM or YYYY-MM-DD; what Excel makes of them (2015/12/3,
2015年12月) is read too. The file may be UTF-8, with or without a byte order mark, or GBK as Excel saves it.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from indicators.errors import Fault, FaultList, ReadingError
from indicators.reading.csv_rows import csv_rows
from indicators.reading.datewords import iso_date
from indicators.reading.encodings import decode
from indicators.reading.regular import read_regular

FILE_NAME = "metadata.csv"
COLUMNS = ("file", "title", "source", "published", "written", "place", "url", "checked")
DATES = ("published", "written")
_FORMULA = re.compile(r"^'(?='*[=+\-@])")
_CHECKED = {"": "", "yes": "yes", "no": "no", "是": "yes", "否": "no", "y": "yes", "n": "no"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of metadata.csv, white space trimmed, dates in ISO form; "" where a cell is empty."""

    file: str
    title: str = ""
    source: str = ""
    published: str = ""
    written: str = ""
    place: str = ""
    url: str = ""
    checked: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Metadata:
    """The rows of one metadata.csv by file name, and what deserves a warning (columns that are not read)."""

    path: str = ""
    rows: dict[str, Row] = field(default_factory=dict)
    warnings: tuple[Fault, ...] = ()

    def get(self, file: str) -> Row | None:
        """The row of a document, given by its path relative to the folder of metadata.csv."""
        return self.rows.get(file_key(file))


def file_key(file: str) -> str:
    r"""A path as it is looked up: POSIX separators, no leading ./, composed characters (macOS decomposes them).

    >>> file_key(r".\\2015\\a.txt")
    '2015/a.txt'
    """
    return str(PurePosixPath(unicodedata.normalize("NFC", file.strip().replace("\\", "/"))))


def read_metadata(path: Path, shown: str = "") -> Metadata:
    """The metadata of a folder; no file is an empty Metadata.

    Raises ReadingError with every fault of the file, each as `path:line:column: what is wrong; what to do`.
    `shown` is the path as messages name it.
    """
    if not path.exists():
        return Metadata()
    try:
        text = decode(read_regular(path, "metadata_bytes")).text
    except (OSError, ReadingError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ReadingError(f"{shown or path}: cannot be read: {reason}") from error
    return parse_metadata(text, shown or str(path))


def parse_metadata(text: str, path: str = FILE_NAME) -> Metadata:
    """The metadata in a CSV text; raises ReadingError with all faults at once."""
    faults = FaultList(path, text.splitlines())
    lines = list(_cells(text, path))
    if not lines:
        faults.add(1, 1, "no header row", "begin with file,title,source,published,written,place", "没有表头行")
        raise ReadingError(faults=tuple(faults.faults))
    columns = _header(lines[0][1], faults)
    rows: dict[str, Row] = {}
    for number, cells in lines[1:]:
        row = _row(number, cells, columns, faults)
        if row is None:
            continue
        key = file_key(row.file)
        if key in rows:
            _fault(faults, row.line, 1, f"'{row.file}' stands in line {rows[key].line} too", "keep one row", "文件重复")
        rows.setdefault(key, row)
    errors = tuple(fault for fault in faults.faults if fault.severity == "error")
    if errors:
        raise ReadingError(faults=errors)
    return Metadata(path, rows, tuple(faults.faults))


def _cells(text: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """Line number of each row's first line (quoted cells may hold line breaks) and its cells, empty rows left out."""
    for begin, _, cells in records(text, path):
        if any(cells):
            yield begin, cells


def records(text: str, path: str = FILE_NAME) -> Iterator[tuple[int, str, list[str]]]:
    """Every row, empty ones too: number of its first line, the row as it is written, its cells without white space.

    The ' before a cell that Excel would take for a formula ('=1+2) is not part of it: the writer puts it there.
    """
    lines = text.splitlines(keepends=True)
    for begin, end, cells in csv_rows(lines, path, delimiter(text)):
        yield begin + 1, "".join(lines[begin:end]), [_FORMULA.sub("", cell.strip()) for cell in cells]


def delimiter(text: str) -> str:
    """Comma, or what Excel writes where the comma is the decimal mark: semicolon or tab."""
    header = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _header(cells: list[str], faults: FaultList) -> list[str]:
    """Name of each column, "" for those that are not read."""
    names: list[str] = []
    for index, cell in enumerate(cells):
        name = cell.lower()
        if name in COLUMNS and name not in names:
            names.append(name)
            continue
        names.append("")
        near = difflib.get_close_matches(name, COLUMNS, 1, 0.75)
        column = _column(faults, 1, cells, index)
        if name in COLUMNS:
            _fault(faults, 1, column, f"column '{cell}' stands twice", "keep one", "列重复")
        elif near and near[0] not in map(str.lower, cells):
            _fault(faults, 1, column, f"unknown column '{cell}'", f"did you mean '{near[0]}'?", "未知列")
        elif cell:
            faults.add(1, column, f"column '{cell}' is not read", "", "此列不读取", "warning")
    if "file" not in names and not faults.faults[:1]:
        _fault(faults, 1, 1, "no column 'file'", "name the document of each row in a column 'file'", "缺少 file 列")
    return names


def _row(line: int, cells: list[str], columns: list[str], faults: FaultList) -> Row | None:
    """The row of one line, None where it names no file; its faults are added."""
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        column = _column(faults, line, cells, len(columns))
        _fault(faults, line, column, "more cells than columns", "quote cells that hold a comma", "多余的格")
    values = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    for index, name in enumerate(columns[: len(cells)]):
        words = cells[index]
        if name in DATES and words:
            values[name] = iso_date(words)
            if not values[name]:
                message = f"'{words}' is no date"
                _fault(
                    faults,
                    line,
                    _column(faults, line, cells, index),
                    message,
                    "write 2015, 2015-12 or 2015-12-03",
                    "日期有误",
                )
        if name == "checked":
            values[name] = _CHECKED.get(words.lower(), words)
    if not values.get("file"):
        if "file" in columns:
            _fault(faults, line, 1, "no file named", "give the document's path relative to this folder", "缺少文件名")
        return None
    return Row(**values, line=line)


def _column(faults: FaultList, line: int, cells: list[str], index: int) -> int:
    """Column, from 1, at which a cell begins in its line; found by its words, so quotes before it do not mislead."""
    text = faults.lines[line - 1] if line <= len(faults.lines) else ""
    offset = 0
    for cell in cells[: index + 1]:
        found = text.find(cell.split("\n")[0], offset) if cell else offset
        begin = found if found >= 0 else offset
        offset = begin + len(cell) + 1
    return begin + 1


def _fault(faults: FaultList, line: int, column: int, message: str, remedy: str, zh: str) -> None:
    faults.add(line, column, message, remedy, zh)
