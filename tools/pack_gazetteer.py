"""Pack the tables of places into indicators/language/data/gazetteer.bin, which is read in milliseconds.

usage: pack_gazetteer.py [TARGET.bin]

Reads divisions.csv, place_aliases.csv, renames.csv and place_traps.csv; to be run after one of them changed (a test
compares). The columns are those of `indicators.language.gazetteer.Gazetteer`; words stand in UTF-8, one a line. The
same tables give the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indicators.language.gazetteer import CITY, COUNTY, PROVINCE, TOWN, town_stem
from indicators.language.lexicon import lexicon

DATA = Path(__file__).resolve().parent.parent / "indicators" / "language" / "data"
AUTONOMOUS = re.compile(r"自治([州县旗])$")
NAN = float("nan")


class Divisions:
    """The divisions as columns: provinces, prefectures and counties in the order of the codes, then the towns."""

    def __init__(self, rows: list[list[str]]) -> None:
        self.name, self.short, self.code, self.zones = ([row[i] for row in rows] for i in (1, 2, 0, 6))
        self.short = [short or county_short(name) for name, short in zip(self.name, self.short, strict=True)]
        self.point = [(float(row[3] or NAN), float(row[4] or NAN)) for row in rows]
        self.by_code = {code: index for index, code in enumerate(self.code)}
        self.level = [PROVINCE if c.endswith("0000") else CITY if c.endswith("00") else COUNTY for c in self.code]
        self.parent = [self.above(code) for code in self.code]
        for index, row in enumerate(rows):
            for cell in row[5].split():
                name, _, short = cell.partition("/")
                self.name.append(name)
                self.short.append(short)
                self.level.append(TOWN)
                self.parent.append(index)

    def above(self, code: str) -> int:
        """The division right above one with a code, -1 above provinces."""
        higher = [code[:2] + "0000"] if code.endswith("00") else [code[:4] + "00", code[:2] + "0000"]
        return next((self.by_code[other] for other in higher if other != code and other in self.by_code), -1)

    def short_name(self, index: int) -> str:
        """As `Gazetteer.short_name`."""
        stem = town_stem(self.name[index]) if self.level[index] == TOWN else ""
        return self.short[index] or (stem if len(stem) > 1 else "")


def county_short(name: str) -> str:
    return name[:-1] if len(name) > 2 else ""


def abbreviations(name: str, short: str) -> list[str]:
    """围场满族蒙古族自治县 -> 围场县, 围场自治县; 八达营蒙古族乡 -> 八达营乡, 八达营民族乡."""
    autonomous = AUTONOMOUS.search(name)
    if autonomous and short:
        return [short + autonomous.group(1), f"{short}自治{autonomous.group(1)}"]
    if name.endswith("族乡") and short:
        return [short + "乡", short + "民族乡"]
    return [town_stem(name) + "街道"] if name.endswith("办事处") else []


def full_names(divisions: Divisions) -> dict[str, list[int]]:
    """Full names, usual abbreviations and former names -> divisions."""
    found: dict[str, list[int]] = {}
    for index, name in enumerate(divisions.name):
        found.setdefault(name, []).append(index)
    pairs = [
        (alias, index)
        for index, name in enumerate(divisions.name)
        if len(name) > 4
        for alias in abbreviations(name, divisions.short_name(index))
    ]
    pairs += [(row["name"], divisions.by_code[row["code"]]) for row in lexicon("place_aliases")]
    in_use = {*found, *(alias for alias, _ in pairs)}
    for row in lexicon("renames"):
        index = divisions.by_code.get(row["successor"], divisions.by_code.get(row["code"][:4] + "00", -1))
        if index >= 0 and row["name"] not in in_use:
            pairs.append((row["name"], index))
    for name, index in pairs:
        if index not in found.setdefault(name, []):
            found[name].append(index)
    return found


def short_names(divisions: Divisions) -> dict[str, list[int]]:
    """Short names of provinces and prefectures (云南, 丽江) -> divisions, provinces first."""
    found: dict[str, list[int]] = {}
    for index, short in enumerate(divisions.short):
        if short and divisions.level[index] in (PROVINCE, CITY):
            found.setdefault(short, []).append(index)
    return found


def lines(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def columns(divisions: Divisions) -> dict[str, npt.NDArray[np.generic]]:
    """The columns of the target. A word has one row: it hides a name, or is a full one, or a short one."""
    hiding = [row["word"] for row in lexicon("place_traps")]
    full = {word: indices for word, indices in full_names(divisions).items() if word not in hiding}
    short = {word: i for word, i in short_names(divisions).items() if word not in hiding and word not in full}
    rows = {word: row for row, word in enumerate([*full, *short, *hiding])}
    meanings = [*full.values(), *short.values(), *([] for _ in hiding)]
    return {
        "name": np.array([rows[name] for name in divisions.name], "<u2"),
        "short": lines(divisions.short),
        "code": lines(divisions.code),
        "level": np.array(divisions.level, np.uint8),
        "parent": np.array(divisions.parent, "<i2"),
        "point": np.array(divisions.point, "<f8"),
        "zones": lines(divisions.zones),
        "words": lines(rows),
        "first": np.cumsum([0, *map(len, meanings)], dtype="<i4"),
        "meanings": np.array([index for indices in meanings for index in indices], "<u2"),
        "kinds": np.array([len(full), len(full) + len(short)], "<i4"),
    }


def main() -> int:
    if len(sys.argv) > 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    target = Path(sys.argv[1]) if len(sys.argv) == 2 else DATA / "gazetteer.bin"
    rows = list(csv.reader(io.StringIO((DATA / "divisions.csv").read_text("utf-8"))))[1:]
    arrays = columns(Divisions(rows))
    head = json.dumps([[name, array.dtype.str, array.nbytes] for name, array in arrays.items()])
    target.write_bytes(b"".join([head.encode(), b"\n", *(array.tobytes() for array in arrays.values())]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
