"""Writing metadata.csv: cells that a person typed, rows for new files. Everything else stays as it is, byte for byte.

The file keeps its encoding, delimiter, line ends, columns that are not ours and the order of its rows. One in GBK stays
in GBK as long as that has the characters; a new one is UTF-8 with a byte order mark, which Excel needs.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from indicators.errors import Fault, Location, OutputError, ReadingError, unwritable
from indicators.reading.datewords import iso_date
from indicators.reading.encodings import decode
from indicators.reading.metadata import COLUMNS, DATES, Metadata, Row, delimiter, file_key, parse_metadata, records
from indicators.reading.regular import read_regular
from indicators.reading.replacing import replace_file

Cells = Mapping[str, Mapping[str, str]]  # file -> column -> words
HEADER = COLUMNS[:6]  # of a new file; url and checked are added where they hold something
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Opened:
    """A metadata.csv as it was read; `data` None where there is no file yet."""

    path: Path
    data: bytes | None = None
    text: str = ""
    encoding: str = "utf-8-sig"
    metadata: Metadata = field(default_factory=Metadata)


def open_metadata(path: Path) -> Opened:
    """The file as it is now. Raises ReadingError with all its faults, OutputError where it cannot be written anew."""
    if not path.exists():
        return Opened(path)
    try:
        data = read_regular(path, "metadata_bytes")
    except OSError as error:
        raise ReadingError(f"{path}: cannot be read: {error.strerror or error}") from error
    text, encoding = decode(data)
    if "\ufffd" in text:
        message, remedy = "holds damaged characters", "mend them first: writing would make them final"
        raise OutputError(faults=(Fault(Location(str(path)), message, remedy, "有损坏的字符,请先修好再写入"),))
    if encoding.startswith("utf-8"):
        encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    return Opened(path, data, text, encoding, parse_metadata(text, str(path)))


def save(opened: Opened, cells: Cells) -> Opened:
    """Write cells into the file in one step; the file as opened anew.

    Raises OutputError, and writes nothing, where a date is none (each cell is named), the file has changed since it was
    opened (what changed is said), or it cannot be written.
    """
    typed = {file: {name: " ".join(words.split()) for name, words in row.items()} for file, row in cells.items()}
    if faults := wrong_dates(opened.path, typed):
        raise OutputError(faults=faults)
    now = open_metadata(opened.path)
    if now.data != opened.data:
        raise OutputError(faults=changes(opened, now))
    target = opened.path.resolve()
    if target.parent != opened.path.parent.resolve():
        message, remedy = "is a link that leads out of the folder", "put the file itself there"
        raise OutputError(faults=(Fault(Location(str(opened.path)), message, remedy, "是指向文件夹之外的链接"),))
    try:
        replace_file(target, _encoded(with_cells(opened.text, typed), opened.encoding))
    except OSError as error:
        raise OutputError(faults=(unwritable(opened.path, error),)) from error
    return open_metadata(opened.path)


def wrong_dates(path: Path, cells: Cells) -> tuple[Fault, ...]:
    """Cells of the date columns that hold no date, each with its file and column."""
    return tuple(
        Fault(
            Location(f"{path.name}[{file}, {name}]"),
            f"'{row[name]}' is no date",
            "write 2015, 2015-12 or 2015-12-03",
            f"“{row[name]}”不是日期;请写成 2015、2015-12 或 2015-12-03",
        )
        for file, row in cells.items()
        for name in DATES
        if row.get(name) and not iso_date(row[name])
    )


def changes(before: Opened, after: Opened) -> tuple[Fault, ...]:
    """What somebody else changed in the file since it was opened, a fault each, at the line where it stands now."""
    old, new = before.metadata.rows, after.metadata.rows
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key, Row(key)), new.get(key, Row(key))
        names = [name.name for name in fields(Row) if name.name not in ("file", "line")]
        differing = [(name, getattr(was, name), getattr(now, name)) for name in names]
        for name, one, other in differing:
            if one != other:
                message = f"{key}, {name}: somebody else changed '{one}' to '{other}'"
                zh = f"{key} 的 {name}:他人把“{one}”改成了“{other}”"
                found.append(Fault(Location(str(after.path), now.line, 1), message, "look at it, then save again", zh))
    message, zh = "somebody else changed the file", "文件已被他人修改"
    return tuple(found) or (Fault(Location(str(after.path)), message, "look at it, then save again", zh),)


def with_cells(text: str, cells: Cells) -> str:
    """The text of a metadata.csv with these cells; a file that has no row gets one at the end.

    >>> with_cells("file,title\\na.txt,甲\\n", {"a.txt": {"source": "某报"}, "b.txt": {"title": "乙"}})
    'file,title,source\\na.txt,甲,某报\\nb.txt,乙,\\n'
    """
    line_end = "\r\n" if "\r\n" in text or not text.strip() else "\n"
    rows = list(records(text or ",".join(HEADER) + line_end))
    header = next(row for _, _, row in rows if any(row))
    names = [name.lower() for name in header]
    wanted = {column for row in cells.values() for column in row if row[column]}
    added = [column for column in COLUMNS if column in wanted - set(names)]
    pen = _Pen(delimiter(text), line_end, len(names) + len(added))
    due = {file_key(file): row for file, row in cells.items()}
    out = []
    for _, raw, row in rows:
        filled = dict(zip(names, row, strict=False))
        if row is header:
            out.append(pen.padded(raw, row, added) if added else raw)
        elif any(row) and (typed := due.pop(file_key(filled.get("file", "")), None)) is not None:
            out.append(pen.row([*_typed(names, row, typed), *(_cell(typed, column) for column in added)]))
        else:
            out.append(pen.padded(raw, row) if added and any(row) else raw)
    if due and out and not out[-1].endswith(("\n", "\r")):
        out[-1] += line_end
    for file, typed in due.items():
        out.append(pen.row([_cell({**typed, "file": file}, column) for column in [*names, *added]]))
    return "".join(out)


def _typed(names: list[str], row: list[str], typed: Mapping[str, str]) -> list[str]:
    """The cells of a row under its columns, those that were typed in their place."""
    filled = [*row, *[""] * (len(names) - len(row))]
    own = [name if names.index(name) == at and name != "file" else "" for at, name in enumerate(names)]
    return [_cell(typed, name) if name in typed else words for name, words in zip(own, filled, strict=False)]


def _cell(typed: Mapping[str, str], column: str) -> str:
    words = typed.get(column, "")
    return iso_date(words) if column in DATES else words


class _Pen:
    """Writes rows as the file has them. A cell that Excel would take for a formula gets a ' before it."""

    def __init__(self, comma: str, line_end: str, width: int) -> None:
        self.comma, self.line_end, self.width = comma, line_end, width

    def row(self, cells: list[str]) -> str:
        safe = [f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell for cell in cells]
        line = io.StringIO(newline="")
        csv.writer(line, delimiter=self.comma, lineterminator=self.line_end).writerow(safe)
        return line.getvalue()

    def padded(self, raw: str, row: list[str], more: list[str] | None = None) -> str:
        """A row as it is written, with further cells behind it."""
        bare = raw.rstrip("\r\n")
        rest = [*[""] * (self.width - len(row) - len(more or ())), *(more or ())]
        return bare + "".join(self.comma + cell for cell in rest) + raw[len(bare) :]


def _encoded(text: str, encoding: str) -> bytes:
    """The text in the file's own encoding where that has its characters, else in UTF-8 with a byte order mark."""
    own = {"gb18030": "gbk"}.get(encoding, encoding)
    try:
        return text.encode(own if own in ("utf-8", "utf-8-sig", "gbk") else "utf-8-sig")
    except UnicodeEncodeError:
        return text.encode("utf-8-sig", "replace")
