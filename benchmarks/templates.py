"""The seeds as templates: sentences whose names, dates and numbers are slots, to be filled anew for each document.

A sentence is a tuple of pieces: text as it stands, or a `Slot`. What is a number is what the project itself reads as a
claim, so that “123工作法” or 第一书记 stay as they are; names come from `data/seed_names.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from indicators.language.quantities import read_quantities

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds"
REFERENCE = {"000": 2015, "001": 2018, "002": 2023, "003": 2014, "004": 2019}  # the years that the seeds are of

DIGIT, NUMERAL, PLAIN = range(3)  # kinds of sentence: holds an ASCII digit, else a Chinese numeral, else neither
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]")
_DIGIT = re.compile(r"[0-9]")
_SENTENCE = re.compile(r"[^。!?！？]*(?:[。!?！？]+[”’」』)]*|$)")
_CONTACT = re.compile(r"电话|邮箱|备案|版权|@")
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?=年|-\d)|(?P<month>\d{1,2})(?=月)|(?<=月)(?P<day>\d{1,2})(?=日)"
    r"|(?<=\d{4}-)(?P<month2>\d\d)(?=-)|(?<=\d{4}-\d\d-)(?P<day2>\d\d)|(?<=全)(?P<kind>[县区])|(?P<kind2>[县区])(?=委|领导)"
)
_COUNT = re.compile(r"\d+|[二两三四五六七八九](?=[个名人户次项家条层期])")


@dataclass(frozen=True, slots=True)
class Slot:
    """A hole in a sentence. `kind`: name, year, month, day, letter (县 or 区), digits or han.

    `key` is (group, role) of a name; `shape` the distance to the reference year, or (digits, trailing zeros).
    """

    kind: str
    key: tuple[str, str] = ("", "")
    shape: tuple[int, int] = (0, 0)


Piece = str | Slot


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's pieces and its kind."""

    pieces: tuple[Piece, ...]
    kind: int


Paragraph = tuple[Sentence, ...]


def kind_of(text: str) -> int:
    """DIGIT, NUMERAL or PLAIN."""
    return DIGIT if _DIGIT.search(text) else NUMERAL if _NUMERAL.search(text) else PLAIN


def sentences_of(paragraph: str) -> list[str]:
    """The sentences of a paragraph, closing quotes included."""
    return [found for found in _SENTENCE.findall(paragraph) if found.strip()]


def shares(texts: Iterator[str]) -> tuple[float, float]:
    """Shares of sentences that hold some numeral character, and an ASCII digit."""
    kinds = [kind_of(s) for text in texts for line in text.splitlines() for s in sentences_of(line) if len(s) > 5]
    return sum(kind != PLAIN for kind in kinds) / len(kinds), kinds.count(DIGIT) / len(kinds)


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table in `data/`."""
    with (HERE / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def seed_paragraphs() -> tuple[tuple[Paragraph, ...], ...]:
    """For each seed its paragraphs as templates; lines with somebody's telephone or address are left out."""
    return tuple(_paragraphs(path) for path in sorted(SEEDS.glob("*.txt")))


def _paragraphs(path: Path) -> tuple[Paragraph, ...]:
    number = path.name[:3]
    names = {row["name"]: (_group(row), row["role"]) for row in rows("seed_names") if row["seed"] == number}
    found = []
    for line in path.read_text("utf-8").splitlines():
        line = line.strip()
        if line and not _CONTACT.search(line):
            found.append(tuple(_sentence(words, names, REFERENCE[number]) for words in sentences_of(line)))
    return tuple(found)


def _group(row: dict[str, str]) -> str:
    return row["group"] if row["group"] == "main" else row["seed"] + row["group"]


def _sentence(text: str, names: dict[str, tuple[str, str]], reference: int) -> Sentence:
    slots = dict(_slots(text, names, reference))
    pieces: list[Piece] = []
    done = 0
    for start, end in sorted(slots):
        if start < done:
            continue
        if start > done:
            pieces.append(text[done:start])
        pieces.append(slots[start, end])
        done = end
    return Sentence((*pieces, text[done:]), kind_of(text))


def _slots(text: str, names: dict[str, tuple[str, str]], reference: int) -> Iterator[tuple[tuple[int, int], Slot]]:
    """Spans and slots of a sentence: numbers first, so that names and dates win where both begin alike."""
    for quantity in read_quantities(text):
        if quantity.class_ == "claim":
            for hit in _COUNT.finditer(text, quantity.start, quantity.end):
                if slot := _count(hit.group()):
                    yield hit.span(), slot
    for hit in _DATE.finditer(text):
        yield hit.span(), _date(str(hit.lastgroup), hit.group(), reference)
    longest = sorted(names, key=len, reverse=True)
    for hit in re.finditer("|".join(map(re.escape, longest)), text) if names else ():
        yield hit.span(), Slot("name", _suffixed(hit.group(), names[hit.group()]))


def _count(digits: str) -> Slot | None:
    if not digits[0].isascii():
        return Slot("han")
    if digits.startswith("0"):
        return None
    return Slot("digits", shape=(len(digits), len(digits) - len(digits.rstrip("0"))))


def _date(group: str, digits: str, reference: int) -> Slot:
    kind = group.rstrip("2")
    if kind == "year":
        return Slot("year", shape=(int(digits) - reference, 0))
    return Slot("letter") if kind == "kind" else Slot(kind, shape=(len(digits), int(digits.startswith("0"))))


def _suffixed(name: str, key: tuple[str, str]) -> tuple[str, str]:
    """A village named with its 村 stays one: the suffix goes into the role."""
    group, role = key
    return (group, role + ":村") if role.startswith("village") and name.endswith("村") else key
