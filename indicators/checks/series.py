"""Denominators from outside: the `series` files of config.yaml. They are never claims."""

from __future__ import annotations

import csv
import io
import math
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from indicators.errors import Fault, Location, ReadingError
from indicators.language.units import convert
from indicators.reading.csv_rows import as_faults
from indicators.reading.regular import read_regular
from indicators.rules.messages import nearest

SERIES = ("county_code", "indicator", "period_start", "period_end", "value", "unit", "source", "url")
_NEEDED = SERIES[:6]
_TIMES = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_CODE = re.compile(r"\d{6}")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def load_series(names: Sequence[str], folder: Path, units: Mapping[str, str]) -> pd.DataFrame:
    """The series files of those names below `folder`, joined. Raises ReadingError with every fault of all of them."""
    frames, faults = [], []
    for name in names:
        try:
            data = read_regular(folder / name)
        except OSError as error:
            reason = error.strerror or str(error)
            faults.append(Fault(Location(name), f"cannot be read: {reason}", "check the path", "无法读取"))
            continue
        with as_faults(name):
            frame, wrong = read_series(name, data, units)
        frames.append(frame)
        faults += wrong
    if faults:
        raise ReadingError(faults=tuple(faults))
    return join_series(frames)


def read_series(name: str, data: bytes, units: Mapping[str, str]) -> tuple[pd.DataFrame, list[Fault]]:
    """The rows of a series file (CSV, UTF-8, columns SERIES; source and url may lack) and all its faults.

    `units` gives each known indicator its unit; values are converted into it. Periods may be YYYY, YYYY-MM or days and
    become days. A row with a fault is left out.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        fault = Fault(Location(name), "not UTF-8", "save the file as UTF-8", "文件不是 UTF-8 编码，请另存为 UTF-8")
        return _frame([]), [fault]
    lines = text.splitlines()
    reader = csv.DictReader(io.StringIO(text))
    header = [column.strip() for column in reader.fieldnames or ()]
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        words = ", ".join(missing)
        place = Location(name, 1, 1, lines[0] if lines else "")
        fault = Fault(place, f"no column {words}", f"columns are {', '.join(SERIES)}", f"缺少列 {words}")
        return _frame([]), [fault]
    reader.fieldnames = header
    rows: list[dict[str, object]] = []
    faults: list[Fault] = []
    for cells in reader:
        line = reader.line_num
        row, wrong = _row({key: (cells.get(key) or "").strip() for key in SERIES}, units)
        if wrong:
            place = Location(name, line, 1, lines[line - 1] if line <= len(lines) else "")
            faults += [Fault(place, message, remedy, zh) for message, remedy, zh in wrong]
        else:
            rows.append(row)
    return _frame(rows), faults


def _row(cells: dict[str, str], units: Mapping[str, str]) -> tuple[dict[str, object], list[tuple[str, str, str]]]:
    """The row, or what is wrong with it: message, remedy, Chinese."""
    wrong: list[tuple[str, str, str]] = []
    if not _CODE.fullmatch(cells["county_code"]):
        code = cells["county_code"]
        wrong.append((f"county_code '{code}' is not six digits", "write 441323", f"县码“{code}”不是六位数字"))
    unit = units.get(cells["indicator"])
    if unit is None:
        near = nearest(cells["indicator"], units)
        remedy = f"did you mean '{near}'?" if near else "use an id of config.yaml"
        wrong.append((f"unknown indicator '{cells['indicator']}'", remedy, f"没有指标“{cells['indicator']}”"))
    start, end = day(cells["period_start"], last=False), day(cells["period_end"], last=True)
    if not start or not end or start > end:
        words = f"{cells['period_start']}–{cells['period_end']}"
        wrong.append((f"no period: '{words}'", "write 2019 or 2019-12-31", f"“{words}”不是时期"))
    number = _number(cells["value"])
    value = _converted(number, cells["unit"], unit) if unit is not None and number is not None else number
    if number is None:
        wrong.append((f"no number: '{cells['value']}'", "write 2239 or 12.5", f"“{cells['value']}”不是数"))
    elif value is None:
        message = f"unit '{cells['unit']}' does not convert into '{unit}'"
        wrong.append((message, f"give the value in {unit}", f"单位“{cells['unit']}”不能换算为“{unit}”"))
    return {**cells, "value": value, "unit": unit, "period_start": start, "period_end": end}, wrong


def _converted(number: float, written: str, into: str) -> float | None:
    """The number in the indicator's unit; yearbooks write 万元 and 亿元."""
    value = convert(number, written, into)
    if value is None and written[:1] in _TIMES:
        value = convert(number * _TIMES[written[0]], written[1:], into)
    return value


def _number(words: str) -> float | None:
    try:
        number = float(words.replace(",", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def day(words: str, *, last: bool) -> str:
    """The first or last day of YYYY, YYYY-MM or YYYY-MM-DD; "" where it is none.

    >>> day("2019", last=True), day("2020-02", last=True), day("2019-13", last=False)
    ('2019-12-31', '2020-02-29', '')
    """
    found = _DAY.fullmatch(words)
    if not found:
        return ""
    year, month = int(found[1]), int(found[2] or (12 if last else 1))
    if not 1 <= month <= 12 or not year:
        return ""
    longest = monthrange(year, month)[1]
    number = int(found[3] or (longest if last else 1))
    return f"{year:04}-{month:02}-{number:02}" if 1 <= number <= longest else ""


def _frame(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame([dict(row) for row in rows], columns=list(SERIES))
    return frame.astype({"value": "float64"})


def join_series(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Several files as one frame, columns SERIES."""
    return pd.concat(frames, ignore_index=True) if frames else _frame([])
