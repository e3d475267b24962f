"""reviews.csv beside metadata.csv: what a person decided about claims. Append-only, one decision a line, made for git.

A line names its claim by document, indicator and quote, so that it is found again after rules, encodings and the
reader have changed. `corrected` and `added` take one line a field; the lines of one person on one claim add up until
she decides otherwise: her later `confirmed`, `rejected` or `unsure` replaces all she said before, and `withdrawn` takes
it back, as if she had said nothing.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path

from indicators.errors import Fault, FaultList, Location, ReadingError
from indicators.reading.csv_rows import csv_rows
from indicators.reading.encodings import decode
from indicators.reading.metadata import file_key
from indicators.reading.quotes import Quote
from indicators.reading.regular import read_regular
from indicators.reading.replacing import one_writer, replace_file

FILE_NAME = "reviews.csv"
DECISIONS = ("confirmed", "rejected", "corrected", "added", "unsure", "withdrawn")
# What a person may correct. `claim`: the cells of a claim as it was confirmed, name=value joined by "; ".
FIELDS = (
    *("value", "unit", "qualifier", "status", "part", "place", "period", "per", "time", "basis", "scope"),
    "claim",
)
_CHOICES = {
    "qualifier": ("exact", "approx", "nearly", "at_least", "at_most"),
    "status": ("actual", "planned", "standard", "past"),
}
_NEEDED = ("document", "indicator", "exact", "decision")


@dataclass(frozen=True, slots=True)
class Review:
    """One line of reviews.csv. `start` counts characters of the decoded text, -1 where the cell is empty."""

    reviewed_at: str
    reviewer: str
    document: str
    document_hash: str
    indicator: str
    start: int
    exact: str
    prefix: str
    suffix: str
    decision: str
    field: str = ""
    value: str = ""
    note: str = ""
    rules_version: str = ""
    path: str = FILE_NAME
    line: int = 0

    @property
    def quote(self) -> Quote:
        """The words that the review is about."""
        return Quote(self.exact, self.prefix, self.suffix, self.start)


COLUMNS = tuple(entry.name for entry in fields(Review) if entry.name not in ("path", "line"))


def read_reviews(path: Path, shown: str = "") -> tuple[list[Review], FaultList]:
    """The reviews of a file in its order, and its faults as `reviews.csv:17:4: ...`; a line with a fault is left out.

    `column` of a fault counts the cells of its line from 1. No file is no reviews. Raises ReadingError where the file
    cannot be read at all or has no header.
    """
    if not path.exists():
        return [], FaultList(shown or str(path))
    try:
        text = decode(read_regular(path, "reviews_bytes")).text
    except (OSError, ReadingError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        where, words = Location(shown or str(path)), f"cannot be read: {reason}"
        raise ReadingError(
            faults=(Fault(where, words, "mend it or take it away", "无法读取，请修好或移走"),)
        ) from error
    return parse_reviews(text, shown or str(path))


def parse_reviews(text: str, path: str = FILE_NAME) -> tuple[list[Review], FaultList]:
    """The reviews in a CSV text, and its faults. Raises ReadingError where the header lacks a column."""
    faults = FaultList(path)  # no caret: a fault's column counts cells, not characters
    rows = csv_rows(list(io.StringIO(text, newline="")), path)
    header = [cell.strip().lower() for _, _, cells in itertools.islice(rows, 1) for cell in cells]
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        faults.add(1, 1, f"no column {', '.join(missing)}", f"begin with {','.join(COLUMNS)}", "表头缺少列")
        raise ReadingError(faults=tuple(faults.faults))
    found: list[Review] = []
    for begin, _, cells in rows:
        again = [cell.strip().lower() for cell in cells] == header  # two people made the file at the same moment
        if any(cell.strip() for cell in cells) and not again:
            review = _review(begin + 1, header, cells, faults, path)
            if review:
                found.append(review)
    return found, faults


def _review(line: int, header: Sequence[str], cells: Sequence[str], faults: FaultList, path: str) -> Review | None:
    """The review of one line; None, with its faults, where it says nothing that can be applied."""
    values = dict.fromkeys(COLUMNS, "")
    for name, cell in zip(header, cells, strict=False):
        if name in values:
            # The quote and what stands around it keep their white space: they are matched against the text.
            values[name] = cell if name in ("exact", "prefix", "suffix", "note") else cell.strip()
    found = list(_wrong(values))
    if len(cells) > len(header):
        faults.add(line, len(header) + 1, "more cells than columns", "quote cells that hold a comma", "多余的格")
    for name, message, remedy, zh in found:
        faults.add(line, header.index(name) + 1 if name in header else 1, message, remedy, zh)
    if found or len(cells) > len(header):
        return None
    values.update(
        decision=values["decision"].lower(), field=values["field"].lower(), document=file_key(values["document"])
    )
    start = values.pop("start")
    return Review(**values, start=int(start) if start else -1, path=path, line=line)


def _wrong(values: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """What is wrong with a line: column, what, what to do, and what in Chinese."""
    for name in _NEEDED:
        if not values[name].strip():
            yield name, f"{name} is empty", f"say the {name}", f"{name} 为空"
    decision, name, value = values["decision"].lower(), values["field"].lower(), values["value"]
    if decision and decision not in DECISIONS:
        yield "decision", f"'{decision}' is no decision", f"write one of {', '.join(DECISIONS)}", "决定有误"
    if name and name not in FIELDS:
        yield "field", f"'{name}' cannot be corrected", f"write one of {', '.join(FIELDS)}", "字段有误"
    elif decision == "corrected" and not name:
        yield "field", "corrected, but no field is named", f"write one of {', '.join(FIELDS)}", "未写明更正的字段"
    choices = _CHOICES.get(name)
    if choices and value not in choices:
        yield "value", f"'{value}' is no {name}", f"write one of {', '.join(choices)}", "值有误"
    elif name == "value" and not value:
        yield "value", "no value is given", "write the right number", "缺少更正后的数值"
    if values["start"] and not values["start"].isdecimal():
        yield "start", f"'{values['start']}' is no offset", "write a whole number or leave it empty", "位置有误"


def append_reviews(path: Path, reviews: Iterable[Review]) -> None:
    """Append lines to a reviews.csv, made with a header where it does not exist; nothing that stands is changed.

    Two people who decide at once both keep their lines, in one order. The first line of a new file begins with a byte
    order mark, for Excel. A clock that was set back does not make a decision older than those before it.
    Raises OSError where it cannot be written; then the file is as it was.
    """
    with one_writer(path.parent):
        before = read_regular(path) if path.exists() else b""
        replace_file(path, before + _after(before, list(reviews), path))


def _after(before: bytes, reviews: Sequence[Review], path: Path) -> bytes:
    """The bytes that put reviews behind those of a file; `before` are the bytes of that file."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    if not before:
        writer.writerow(COLUMNS)
    latest = _latest(before, path)
    for review in reviews:
        latest[review.reviewer] = at = max(review.reviewed_at, latest.get(review.reviewer, ""))
        dated = replace(review, reviewed_at=at)
        cells = ["" if (cell := getattr(dated, name)) == -1 else str(cell) for name in COLUMNS]
        # One decision stays one line for git; the white space of a quote counts for nothing.
        writer.writerow([" ".join(cell.splitlines()) for cell in cells])
    data = lines.getvalue().encode("utf-8")
    if not before:
        return b"\xef\xbb\xbf" + data
    return data if before.endswith(b"\n") else b"\n" + data  # an editor that dropped the last line break


def _latest(before: bytes, path: Path) -> dict[str, str]:
    """When each reviewer decided last, by the lines that stand; nothing where they cannot be read."""
    found: dict[str, str] = {}
    with suppress(ReadingError):
        for review in parse_reviews(decode(before).text, str(path))[0] if before else ():
            found[review.reviewer] = max(review.reviewed_at, found.get(review.reviewer, ""))
    return found
