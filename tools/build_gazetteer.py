"""Build indicators/language/data/divisions.csv from the table of divisions (CSV, plain or .xz).

usage: build_gazetteer.py SOURCE.csv[.xz] [TARGET.csv]

The source has one row a division, with the columns code, name, level (province, prefecture, county, town, zone),
parent_code, short_name, lat and lon. The target has one row a province, prefecture or county, in the order of the
codes, and its towns in one cell, so that it is small without compression, reads in milliseconds and diffs well:

    code,name,short,lat,lon,towns,zones
    440781,台山市,台山,22.251,112.794,台城街道 大江镇 水步镇 ...,

`short` stands only where it is not the name without its last character; a town is written 翠玉傈僳族普米族乡/翠玉
where its short name is not the name without 镇, 乡, 街道 and the like. Towns that the source puts under a
development zone stand with the division that holds the zone. The same source gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import lzma
import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "indicators" / "language" / "data" / "divisions.csv"
TOWN_SUFFIX = re.compile(r"(?:街道办事处|街道|办事处|苏木|地区|镇|乡)$")
HOLDER_ZONE = re.compile(r"^(?:（[^）]*）|.*园-|.*(?:开发区|高新区|保税区|工业园区|科技新城)(?=..+))")
NO_TOWN = re.compile(r"特殊|管理委员会|居民办事处|人民政府|小镇$|工程公司|机厂|^(?:街道|镇|乡)$")
LEVELS = ("province", "prefecture", "county")


def read_source(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    text = (lzma.decompress(content) if path.suffix == ".xz" else content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def county_short(name: str) -> str:
    return name[:-1] if len(name) > 2 else ""


def town_name(name: str, holders: list[str]) -> str:
    """A town's name without the division or zone that the source wrote before it; "" where it is no town's name.

    四平市铁东区平东街道 -> 平东街道, 郑州经济技术开发区明湖街道 -> 明湖街道; 芒市镇 stays.
    """
    if NO_TOWN.search(name):
        return ""
    bare = HOLDER_ZONE.sub("", name)
    for holder in holders:
        bare = bare.removeprefix(holder)
    return bare if TOWN_SUFFIX.sub("", bare) else name


def town_cell(name: str, row: dict[str, str]) -> str:
    """A town's cell entry; its short name only where it cannot be derived."""
    short = row["short_name"] if name == row["name"] else ""
    derived = TOWN_SUFFIX.sub("", name)
    if len(derived) < 2:
        derived = ""
    return name if short in (derived, "", name) else f"{name}/{short}"


def holder_names(kept: dict[str, dict[str, str]], code: str) -> list[str]:
    """Names that may stand before a town's, longest first: 四平市铁东区, 四平市, 铁东区."""
    name = kept[code]["name"]
    above = kept[code]["parent_code"]
    city = kept[above]["name"] if above in kept else ""
    return [city + name, name] if city else [name]


def build(rows: list[dict[str, str]]) -> str:
    """The target's text."""
    kept = {row["code"]: row for row in rows if row["level"] in LEVELS}
    parents = {row["code"]: row["parent_code"] for row in rows}
    towns: dict[str, list[str]] = {}
    zones: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda each: each["code"]):
        if row["level"] in LEVELS:
            continue
        holder = row["parent_code"]
        while holder not in kept:
            holder = parents[holder]
        if row["level"] == "town":
            name = town_name(row["name"], holder_names(kept, holder))
            if name and " " not in name:
                towns.setdefault(holder, []).append(town_cell(name, row))
        elif " " not in row["name"] and len(row["name"]) > 2:
            zones.setdefault(holder, []).append(row["name"])
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["code", "name", "short", "lat", "lon", "towns", "zones"])
    for code in sorted(kept):
        row = kept[code]
        short = "" if row["short_name"] == county_short(row["name"]) else row["short_name"]
        cells = [" ".join(column.get(code, [])) for column in (towns, zones)]
        writer.writerow([code, row["name"], short, row["lat"], row["lon"], *cells])
    return stream.getvalue()


def main() -> int:
    if len(sys.argv) not in (2, 3):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    target = Path(sys.argv[2]) if len(sys.argv) == 3 else TARGET
    target.write_bytes(build(read_source(Path(sys.argv[1]))).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
