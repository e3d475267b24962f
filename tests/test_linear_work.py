"""However long a document or a sentence of it, a number costs the same: work is counted, twice the text takes twice."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from types import FrameType

import pytest

from indicators.language import gazetteer
from indicators.language.reader import read
from indicators.model import Document
from indicators.table.columns import PLACE
from indicators.table.repeats import mark_repeats

COUNTIES = sorted(name for name in gazetteer.load().name if name.endswith("县"))[:400]
MEANING = ("indicator", "value", "value_low", "value_high", "unit", "status", "part", "per")
SHAPES: dict[str, Callable[[int], str]] = {
    "no marks": lambda n: "".join(f"{county}有三个村庄" for county in names(n)),
    "one list": lambda n: f"{'、'.join(names(n))}分别有{'、'.join(['3个'] * n)}。",
    "many lists": lambda n: "".join(f"{'、'.join(names(3))}分别有3个、5个、7个。" for _ in range(n // 3)),
    "a list goes on": lambda n: f"{'、'.join(names(2))}分别有三个。{'收入三万元。' * n}",
    "towns and villages": lambda n: "".join(f"台山市台城街道{village}村有{n}户。" for village in villages(n)),
}


def names(count: int) -> list[str]:
    return random.Random(count).sample(COUNTIES, count)


def villages(count: int) -> list[str]:
    return ["".join(random.Random(number).choices("溪桥湾塘岗坡岭坑", k=3)) for number in range(count)]


@pytest.fixture(scope="module")
def apart() -> Iterator[Executor]:
    """A fresh process: where greenlets have run (the browser tests), CPython 3.11 hangs once calls are counted."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        yield processes


def work(task: Callable[[], object]) -> int:
    """How many calls a task makes, those of the library in C counted too."""
    calls = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        task()
    finally:
        sys.setprofile(None)
    return calls


def asking(text: str) -> Callable[[], object]:
    """A task: the place and period of every number of a text that has been read."""
    reading = read(Document(name="endless", text=text, published="2020-05-01"))
    spans = list(zip(reading.quantities.start, reading.quantities.end, strict=True))
    assert len(spans) > 40
    return lambda: [(reading.places.at(*span), reading.timeline.at(*span)) for span in spans]


def asked(shape: str) -> tuple[int, int]:
    """The work for a text of a shape and for one of twice its length."""
    asking(SHAPES[shape](180))()  # tables that are made once a process are not counted
    return work(asking(SHAPES[shape](90))), work(asking(SHAPES[shape](180)))


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_takes_twice_the_work(shape: str, apart: Executor) -> None:
    once, twice = apart.submit(asked, shape).result()
    assert twice < 2.4 * once


def marked(count: int) -> int:
    """The work for so many counties' claims that are told twice."""
    text = "".join(f"{county}3个\n" for county in names(count)) + "".join(
        f"{county}全年新建成了3个,都有专人负责。\n" for county in names(count)
    )
    reading = read(Document(name="endless", text=text))
    rows = [at for at, character in enumerate(text) if character == "3"]
    same = {name: ["x"] * len(rows) for name in MEANING}
    places = {name: [""] * len(rows) for name in PLACE}
    lists = {**same, **places, "start": rows, "claim_id": [str(row) for row in rows], "repeats": [""] * len(rows)}
    lists["county"] = names(count) * 2
    done = work(lambda: mark_repeats(lists, 0, reading))  # type: ignore[arg-type]
    assert lists["repeats"][1:count] == lists["claim_id"][count + 1 :]  # the first one stands in the lead too
    return done


def test_equal_claims_cost_each_other_nothing(apart: Executor) -> None:
    assert apart.submit(marked, 400).result() < 2.4 * apart.submit(marked, 200).result()
