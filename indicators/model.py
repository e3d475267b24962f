"""The nouns: what the pipeline passes from room to room. No logic, no input or output.

`Document.text` is the decoded text of a file; every offset called `start` or `end` outside `indicators.language`
counts characters of it, half-open. Inside `indicators.language` and `indicators.rules` offsets count characters of
the folded view (`indicators.language.folding.Folded`), which maps them back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Qualifier = Literal["exact", "approx", "nearly", "at_least", "at_most"]
Status = Literal["actual", "planned", "standard", "past"]
ExpressionClass = Literal["claim", "date", "ordinal", "name", "idiom", "id"]
Level = Literal["country", "province", "city", "county", "town", "village", ""]
ReadFrom = Literal["clause", "sentence", "paragraph", "heading", "document", "metadata", "none"]
Kind = Literal["count", "amount", "ratio", "change", "measure", "price"]


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open interval `[start, end)` in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus, decoded. A refused file is a Document too: empty text, `status` refused, a `reason`.

    `status` failed: it was read, but its numbers were not to their end, for the `reason` given; it has no rows.

    `name` is the POSIX path relative to the corpus root. Dates are strings as written in metadata or in the text
    (YYYY, YYYY-MM or YYYY-MM-DD); `language` resolves them. The `*_from` fields say where a value was read:
    "metadata", "text", a mark of a web page ("meta PubDate", "h1", "title") or "" (absent). The text of a PDF, web page
    or Word file is the one that was taken out of it, and offsets are of that.
    """

    name: str
    text: str
    content_hash: str = ""
    encoding: str = "utf-8"
    title: str = ""
    title_from: str = ""
    source: str = ""
    source_from: str = ""
    url: str = ""
    published: str = ""
    published_from: str = ""
    written: str = ""
    place: str = ""
    place_from: str = ""
    same_as: tuple[str, ...] = ()
    status: Literal["read", "refused", "failed"] = "read"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as written, with its place in the document."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """Number, unit and qualifier as read from the text; `surface` is exactly `text[start:end]`.

    `value` has multipliers multiplied out and unit synonyms folded (1.2万余名 -> 12000 人); `low` and `high` are what
    the words allow (None: open or unknown). `class_` tells claims from dates, ordinals, names, idioms and ids; only
    claims are sure to have a value.
    """

    start: int
    end: int
    surface: str
    class_: ExpressionClass
    value: float | None
    low: float | None
    high: float | None
    unit: str
    qualifier: Qualifier
    kind: str = ""
    status: Status = "actual"
    per: str = ""


class Period(NamedTuple):
    """An interval of days, both ends inclusive; None where unknown. `exact`: the words name these very days."""

    start: date | None
    end: date | None
    exact: bool = True
    read_from: ReadFrom = "none"
    surface: str = ""


class Place(NamedTuple):
    """An administrative place from province to village, full official names of today; "" where a level is absent.

    `county_code` is the six-digit division code, "" where the place is coarser than a county. `zone` names a
    development zone that is no division. `surface` is the place as written.
    """

    province: str = ""
    city: str = ""
    county: str = ""
    town: str = ""
    village: str = ""
    level: Level = ""
    county_code: str = ""
    zone: str = ""
    surface: str = ""
    read_from: ReadFrom = "none"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says about claims. `claims` are claim ids; `message` is {"zh": ..., "en": ...}."""

    check: str
    severity: Literal["info", "warning", "error"]
    document: str
    start: int
    end: int
    claims: tuple[str, ...]
    message: dict[str, str]
