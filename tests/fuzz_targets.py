"""What must hold of any input: one function a room, run by the property tests, by the kept inputs and by tools/fuzz.py.

A target takes a text or bytes, raises nothing but AssertionError where the promise is broken, and returns nothing.
"""

from __future__ import annotations

import hashlib
import math
import re
import time
from bisect import bisect_right
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from fuzz_pieces import CONFIG_TEXT, DATA, PIECES, YAML_PIECES, changed, soup

from indicators.engines import local
from indicators.engines.shard import process
from indicators.errors import Fault, ReadingError, RuleError
from indicators.language.numerals import read_number
from indicators.language.periods import read_period
from indicators.language.quantities import read_quantities
from indicators.model import Document
from indicators.project import Project
from indicators.reading.datewords import iso_date
from indicators.reading.encodings import decode, sound
from indicators.reading.formats import extract
from indicators.reading.guessing import guess
from indicators.reading.metadata import parse_metadata
from indicators.reading.reviews import parse_reviews
from indicators.reading.tables_as_text import table_lines
from indicators.rules.loading import load_rules, load_rules_text
from indicators.rules.ruleset import RuleSet
from indicators.table.exports import to_bytes

CONFIG = Path(__file__).parent.parent / "config.yaml"
FOUND = DATA / "found"


@cache
def rules() -> RuleSet:
    """The shipped rules."""
    return load_rules(CONFIG)


def text(words: str) -> None:
    """Every table of a document: spans of `Document.text`, every digit once, claims among the numbers, sound cells."""
    words = sound(words)
    document = Document("a.txt", words, title=words[:20], published="2015-12-08")
    shard = process([document], rules())
    table = shard.quantities
    spans = list(zip(table["start"], table["end"], strict=True))
    assert spans == sorted(spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans)), "spans overlap"
    assert [words[start:end] for start, end in spans] == table["text"]
    inside = [False] * len(words)
    for start, end in spans:
        inside[start:end] = [True] * (end - start)
    assert all(inside[at.start()] for at in re.finditer(r"\d", words)), "a digit in no row"
    starts = dict(spans)
    for run in re.finditer("[0-9]+", words):
        end = spans[bisect_right(spans, run.start(), key=lambda span: span[0]) - 1][1]
        assert run.end() <= end, f"the digits {run[0][:40]} are in two rows"
    claims = shard.claims
    for row in range(len(claims["start"])):
        start, end = claims["start"][row], claims["end"][row]
        assert starts.get(start) == end, "a claim that is no number"
        assert claims["text"][row] == words[start:end]
        assert claims["text"][row] in claims["sentence"][row]
        _sound(claims, row)
    for row in range(len(spans)):
        _sound(table, row)
    for finding in shard.findings:
        assert 0 <= finding.start <= finding.end <= len(words)
        assert finding.message["zh"] and finding.message["en"]


def _sound(table: dict[str, list[object]], row: int) -> None:
    values = [table[name][row] for name in ("value_low", "value", "value_high")]
    assert all(value is None or math.isfinite(value) for value in values), values  # type: ignore[arg-type]
    known = [value for value in values if value is not None]
    assert known == sorted(known), values  # type: ignore[type-var]
    days = [str(table[name][row]) for name in ("period_start", "period_end") if table[name][row]]
    assert days == sorted(days), days


def tables(words: str) -> None:
    """Two documents through every table, check and export: CSV, Parquet and XLSX are written."""
    half = len(words) // 2
    documents = [Document("a.txt", words, "a", title=words[:9]), Document("b.txt", words[half:], "b", published="2016")]
    paths = ("fuzzed",)
    project = Project(CONFIG, rules(), use_reviews=False, _kept={paths: local.extract(documents, rules())})
    assert not project.refused(paths)
    for table in (project.extract, project.quantities, project.observations, project.documents, project.findings):
        frame = table(paths)
        for kind in ("csv", "parquet", "xlsx"):
            assert to_bytes(frame, kind)


def words_alone(words: str) -> None:
    """The library's functions of a short text, and those that read its head."""
    for quantity in read_quantities(words):
        assert quantity.surface == words[quantity.start : quantity.end]
    for reader in (read_number, lambda given: read_period(given, date(2015, 12, 8))):
        with suppress(ValueError):
            reader(words)
    guess(words)
    assert re.fullmatch(r"(?:\d{4}(?:-\d\d){0,2})?", iso_date(words))
    for parse in (parse_metadata, parse_reviews):
        try:
            parse(words)
        except ReadingError as error:
            assert error.faults
            _located(error.faults, words)
    rows = [re.split("[|,\t]", line) for line in words.split("\n")]
    assert all("\n" not in line for line in table_lines(rows))


def yaml(words: str) -> None:
    """A config.yaml loads, or every fault says where and what, in both languages."""
    try:
        load_rules_text(words)
    except RuleError as error:
        assert error.faults
        _located(error.faults, words)
        assert all(re.search("[\u4e00-\u9fff]", fault.zh) for fault in error.faults), error.faults


def pattern(words: str) -> None:
    """A pattern of a user: refused, or it runs within its time on a text, itself among it."""
    quoted = words.replace("'", "''")
    config = f"indicators: {{a: {{name: x, kind: count, unit: 个, patterns: ['{quoted}']}}}}"
    try:
        loaded = load_rules_text(config)
    except RuleError as error:
        assert error.faults
        return
    document = Document(
        "a.txt", f"{words}3个。成立村党支部12个,其中1185个村有(3)个,\n共5个党员3%。" + "村" * 60 + "7个。"
    )
    claims = process([document], loaded).claims
    for row in range(len(claims["start"])):
        assert document.text[claims["start"][row] : claims["end"][row]] == claims["text"][row]


def _located(faults: tuple[Fault, ...], words: str) -> None:
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029\x0b\x0c\x1c-\x1e]", words)
    for fault in faults:
        where = fault.location
        assert 0 <= where.line <= len(lines) + 1, fault
        assert where.column <= max(map(len, lines)) + 2, fault
        assert fault.message and fault.in_both_languages()


def page(data: bytes) -> None:
    """A web page gives text or a reason in both languages."""
    _extracted("a.html", data)


def plain(data: bytes) -> None:
    """So does a plain text."""
    _extracted("a.txt", data)
    try:
        decoded = decode(data)
    except ReadingError:
        return
    assert max(decoded.text) < "\ud800" or not re.search("[\ud800-\udfff]", decoded.text)


def pdf(data: bytes) -> None:
    """So does a PDF."""
    _extracted("a.pdf", data)


def docx(data: bytes) -> None:
    """So does a Word file."""
    _extracted("a.docx", data)


def _extracted(name: str, data: bytes) -> None:
    try:
        found = extract(name, data)
    except ReadingError as error:
        assert " / " in str(error), error
    else:
        assert found.text.strip()
        assert not re.search("[\ud800-\udfff]", found.text), "surrogates cannot be written to a file"


@dataclass(frozen=True)
class Target:
    """A promise: its function, the pieces that its texts are made of (None: it takes bytes), its limit in seconds."""

    check: Callable[..., None]
    pieces: list[str] | None = None
    seconds: float = 5
    base: str = ""

    def given(self, data: bytes) -> str | bytes:
        """The input that a fuzzer's bytes stand for: bytes, pieces, or (first byte odd) the base with some changes."""
        if self.pieces is None:
            return data
        return (
            changed(self.base, data[1:], self.pieces) if self.base and data[:1] > b"\x7f" else soup(data, self.pieces)
        )

    def run(self, given: str | bytes) -> None:
        """Raises AssertionError where the promise is broken or processor time runs over the limit."""
        began = time.process_time()
        self.check(given)
        spent = time.process_time() - began
        assert spent < self.seconds, f"took {spent:.1f} s"


TARGETS = {
    "text": Target(text, PIECES),
    "tables": Target(tables, PIECES),
    "words": Target(words_alone, PIECES),
    "yaml": Target(yaml, YAML_PIECES, base=CONFIG_TEXT),
    "pattern": Target(pattern, YAML_PIECES),
    "page": Target(page),
    "plain": Target(plain),
    "pdf": Target(pdf),
    "docx": Target(docx),
}


def kept() -> list[tuple[str, Path]]:
    """The inputs that were found once, with the target that failed on each: data/found/TARGET/NAME."""
    return [(path.parent.name, path) for path in sorted(FOUND.glob("*/*"))]


def read_kept(target: str, path: Path) -> str | bytes:
    """A kept input as its target takes it; texts are kept as UTF-8, surrogates among them."""
    data = path.read_bytes()
    return data if TARGETS[target].pieces is None else data.decode("utf-8", "surrogatepass")


def keep(target: str, given: str | bytes, folder: Path = FOUND) -> Path:
    """Write an input into the folder of its target, named by its hash."""
    data = given if isinstance(given, bytes) else given.encode("utf-8", "surrogatepass")
    path = folder / target / hashlib.sha256(data).hexdigest()[:12]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
