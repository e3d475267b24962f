"""A claims table of any length as Parquet, for trying charts, exports and queries: invented figures of real counties.

Row i depends on the seed number and i alone: 100,000 rows are the first tenth of 1,000,000. Indicators are those of a
config.yaml; each county has its own level of an indicator, which drifts from year to year.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from world import FIRST_YEAR, LAST_YEAR, counties

from indicators.language.gazetteer import CITY, PROVINCE, TOWN, load
from indicators.project import load_project
from indicators.rules.ruleset import RuleSet
from indicators.table.columns import CLAIMS, arrow_schema

BATCH = 10_000  # rows made at once, and rows of a row group
A_DOCUMENT = 8  # claims of a document
CONFIG = Path(__file__).resolve().parents[1] / "config.yaml"
# How often each is, as on the seeds; and for qualifiers their words and what they leave open below and above.
_QUALIFIERS = ("exact", "at_least", "approx", "nearly")
_QUALIFIER_SHARES = (0.75, 0.15, 0.06, 0.04)
_WORDS = {"exact": "", "at_least": "超", "approx": "约", "nearly": "近"}
_LOW = {"exact": 1.0, "at_least": 1.0, "approx": 0.95, "nearly": 0.9}
_HIGH = {"exact": 1.0, "at_least": float("nan"), "approx": 1.05, "nearly": 1.0}
_STATUSES, _STATUS_SHARES = ("actual", "planned", "standard", "past"), (0.9, 0.04, 0.04, 0.02)
_LEVELS, _LEVEL_SHARES = ("city", "county", "town"), (0.05, 0.6, 0.35)

Row = dict[str, Any]
Numbers = npt.NDArray[np.int64]


def batches(count: int, seed: int = 0, config: Path = CONFIG) -> Iterator[pa.Table]:
    """The first `count` rows of the table with that seed number, columns CLAIMS, BATCH rows at a time."""
    rules = load_project(config).rules
    for number in range(-(-count // BATCH)):
        rows = _rows(number, seed, rules)[: count - number * BATCH]
        yield pa.Table.from_pylist(rows, schema=arrow_schema(CLAIMS))


def _rows(number: int, seed: int, rules: RuleSet) -> list[Row]:
    """The rows of one batch, whole."""
    rng = np.random.default_rng((seed, number))
    indicators = [one for one in rules.indicators if one.patterns]
    documents = np.arange(number * BATCH, (number + 1) * BATCH) // A_DOCUMENT
    places, years = _drawn(documents, seed, len(counties()))
    which = rng.integers(len(indicators), size=BATCH)
    drift = rng.normal(0.0, 0.1, BATCH)
    qualifiers = rng.choice(_QUALIFIERS, BATCH, p=_QUALIFIER_SHARES)
    statuses = rng.choice(_STATUSES, BATCH, p=_STATUS_SHARES)
    levels = rng.choice(_LEVELS, BATCH, p=_LEVEL_SHARES)
    towns = rng.integers(1 << 30, size=BATCH)
    rows = []
    for i in range(BATCH):
        indicator = indicators[which[i]]
        place = _place(counties()[places[i]], str(levels[i]), int(towns[i]))
        value = _value(indicator.id, indicator.kind, int(places[i]), int(years[i]), float(drift[i]))
        reading = str(qualifiers[i]), str(statuses[i]), rules.rules_version
        rows.append(_row(number * BATCH + i, indicator, place, int(years[i]), value, reading))
    return rows


def _drawn(documents: Numbers, seed: int, count: int) -> tuple[Numbers, Numbers]:
    """County (a position among `count`) and year of documents, decided by number and seed of each alone."""
    mixed = (documents.astype(np.uint64) + np.uint64(seed * 1_000_003 + 1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(32)
    years = FIRST_YEAR + (mixed >> np.uint64(7)) % np.uint64(LAST_YEAR - FIRST_YEAR + 1)
    return (mixed % np.uint64(count)).astype(np.int64), years.astype(np.int64)


@cache
def _place(county: int, level: str, town: int) -> dict[str, str]:
    """Columns of the place: a city, a county of it, or one of the county's towns."""
    gazetteer = load()
    city, province = gazetteer.up(county, CITY), gazetteer.up(county, PROVINCE)
    towns = [each for each in gazetteer.children.get(county, ()) if gazetteer.level[each] == TOWN]
    level = "county" if level == "city" and city < 0 else level
    names = {
        "province": gazetteer.name[province],
        "city": gazetteer.name[city] if city >= 0 else "",
        "county": gazetteer.name[county] if level != "city" else "",
        "town": gazetteer.name[towns[town % len(towns)]] if level == "town" else "",
    }
    code = gazetteer.code[county] if level != "city" else ""
    return {**names, "level": level, "county_code": code, "place_as_written": names[level]}


def _value(indicator: str, kind: str, county: int, year: int, drift: float) -> float:
    """A value of an indicator: log-normal over counties, growing by a tenth in two years; shares stay below 100."""
    draw = hashlib.blake2b(f"{indicator} {county}".encode(), digest_size=8).digest()
    size = int.from_bytes(hashlib.blake2b(indicator.encode(), digest_size=2).digest(), "big") / 65535
    spread = int.from_bytes(draw, "big") / 2**64 * 2 - 1
    value = float(np.exp(2 + 5 * size + spread + 0.05 * (year - FIRST_YEAR) + drift))
    if kind in ("ratio", "change"):
        return round(100 * value / (value + float(np.exp(2 + 5 * size))), 1)
    return float(max(1, round(value))) if kind == "count" else round(value, 2)


def _row(number: int, indicator: Any, place: dict[str, str], year: int, value: float, reading: tuple[str, ...]) -> Row:
    """One row: its sentence holds its words where `start` and `end` say."""
    qualifier, status, version = reading
    surface = f"{_WORDS[qualifier]}{value:g}{indicator.unit}" if value < 1e5 else f"{value:.0f}{indicator.unit}"
    head = f"{year}年，{place['place_as_written']}{indicator.name.zh}"
    start = 200 * (number % A_DOCUMENT) + len(head)
    document = f"{number // A_DOCUMENT // 1000:05}/{number // A_DOCUMENT:08}.txt"
    digest = hashlib.blake2b(f"{document} {start} {indicator.id}".encode(), digest_size=8).hexdigest()
    empty = {name: "" for name, type_ in CLAIMS.items() if type_ == "text"}
    return {
        **empty,
        **place,
        "claim_id": digest,
        "indicator": indicator.id,
        "indicator_name": indicator.name.zh,
        "topic": indicator.topic,
        "unit": indicator.unit,
        "kind": indicator.kind,
        "time": indicator.time or "",
        "value": value,
        "value_low": _bound(value, _LOW[qualifier]),
        "value_high": _bound(value, _HIGH[qualifier]),
        "qualifier": qualifier,
        "status": status,
        "rule": f"{indicator.id}#1",
        "rules_version": version,
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "published": f"{year + 1}-03-01",
        "document": document,
        "title": f"{place['place_as_written']}工作综述",
        "source": f"{place['province']}日报",
        "sentence": f"{head}{surface}。",
        "text": surface,
        "start": start,
        "end": start + len(surface),
        "place_from": "sentence",
        "period_from": "sentence",
    }


def _bound(value: float, times: float) -> float | None:
    """A bound of the value; None where the words leave it open."""
    return None if np.isnan(times) else round(value * times, 4)


def write(path: Path, count: int, seed: int = 0, config: Path = CONFIG) -> None:
    """Write the first `count` rows into a Parquet file, never all of them in memory."""
    with pq.ParquetWriter(path, arrow_schema(CLAIMS)) as writer:
        for table in batches(count, seed, config):
            writer.write_table(table)


def main() -> int:
    """Write a claims table into a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="FILE.parquet")
    parser.add_argument("--rows", type=int, default=100_000, help="100,000")
    parser.add_argument("--seed", type=int, default=0, help="another number, another table (0)")
    parser.add_argument("--config", type=Path, default=CONFIG, help="whose indicators (the project's)")
    given = parser.parse_args()
    write(given.file, given.rows, given.seed, given.config)
    sys.stdout.write(f"{given.rows} rows, {given.file.stat().st_size / 1e6:.1f} MB in {given.file}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
