"""What the dashboard and its worker process tell each other: pickled values, each behind its length."""

from __future__ import annotations

import pickle
import struct
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import pandas as pd

from indicators.errors import Fault
from indicators.model import Document

MOST_CORPORA = 3
T = TypeVar("T")
_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents that previews are about; `key` names them. The worker gets the documents of a key once."""

    key: str
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """Something to work out. `saved` is the text of the file `name` in the folder `base`, `text` the one edited.

    `address` (DOCUMENT:OFFSET): the text is wanted with an indicator drafted from that number. No `text` and no
    `address`: the corpus is only read beforehand.
    """

    number: int
    corpus: str
    name: str
    base: Path
    saved: str
    text: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Cancel:
    """The task of that number is no longer wanted."""

    number: int


@dataclass(frozen=True, slots=True)
class Move:
    """One ranking that is no longer what it was: (place, value as shown) from the greatest down, before and after.

    `time`, `basis`, `unit` tell the rankings of one indicator and level apart.
    """

    indicator: str
    level: str
    unit: str
    time: str
    basis: str
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Claims gained, lost and changed (`checks.difference`, at most `bench.MOST` rows each); `counts` counts them all.

    `claims` counts the claims of the edited text, `covered` of `documents` documents were looked at. `failed`: rules
    that could not be run to their end, and why. `names`: indicator id -> (Chinese, English name).
    """

    gained: pd.DataFrame
    lost: pd.DataFrame
    changed: pd.DataFrame
    counts: dict[str, int]
    claims: int
    covered: int
    documents: int
    failed: dict[str, str]
    names: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drafted:
    """The text with a drafted indicator, which begins at `line`; or why there can be none."""

    text: str = ""
    id: str = ""
    line: int = 0
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A part of a task's result: `what` is faults, preview, moves, examples, drafted, done or broken."""

    number: int
    what: str
    value: Any = None


def keep(corpora: OrderedDict[str, T], key: str, value: T) -> None:
    """Put a corpus in as the one used last; the one used longest ago goes. By this rule both ends keep the same."""
    corpora[key] = value
    corpora.move_to_end(key)
    while len(corpora) > MOST_CORPORA:
        corpora.popitem(last=False)


def send(stream: BinaryIO, value: Any) -> None:
    """Write one value. Raises OSError where nobody listens."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """The next value. Raises EOFError at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - both ends are this program, over a pipe of its own
