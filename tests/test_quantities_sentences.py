"""Numbers read in chosen sentences only are the rows that the whole text has there. All sentences are invented."""

from __future__ import annotations

import json
from bisect import bisect_right
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.language import dates
from indicators.language.columns import Quantities
from indicators.language.folding import fold
from indicators.language.quantities import scan
from indicators.language.sentences import split_sentences

CASES = Path(__file__).parent / "cases"
SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
COLUMNS = tuple(name for name in Quantities.__slots__ if name != "group")
SENTENCES = [
    json.loads(line)["text"]
    for name in ("quantities", "quantities_wild")
    for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()
]
# Pieces of expressions that reach over the end of a sentence or a line, and what opens or closes them.
PIECES = [
    *'。!?…\n"“”《》「」()3八',
    "……",
    "https://a.cn/?id=31!2",
    "《三问!4答》",
    "“3800!4100!4400!”",
    "“六个……一”",
    "2031-05-06\n10:30",
    "(2031)\n第12号",
    "新建大棚70座、",
    "计划投资8万元。",
    "其中,修路3公里。",
    "5至",
    "8万元",
    "(含3。",
    ")以上",
    "今年要做好以下工作:",
    "二、工作打算\n",
    "由3万元提高到",
    "约",
]


def rows(table: Quantities, kept: list[int]) -> list[tuple[object, ...]]:
    """Rows without their group numbers; groups by the place of their first member."""
    first: dict[int, int] = {}
    found: list[tuple[object, ...]] = []
    for place, row in enumerate(kept):
        group = table.group[row]
        together = -1 if group < 0 else first.setdefault(group, place)
        found.append((*(getattr(table, name)[row] for name in COLUMNS), together))
    return found


def check(text: str, chosen: list[bool]) -> None:
    folded = fold(text).text
    expressions = dates.scan(folded)
    whole = scan(folded, expressions)
    sentences = split_sentences(folded)
    spans = [
        (sentences.start[index], sentences.end[index])
        for index in range(len(sentences.start))
        if chosen[index % len(chosen)]
    ]
    starts = [start for start, _ in spans]
    kept = []
    for row, start in enumerate(whole.start):
        index = bisect_right(starts, start) - 1
        if index >= 0 and start < spans[index][1]:
            kept.append(row)
    part = scan(folded, expressions, spans)
    assert rows(part, list(range(len(part)))) == rows(whole, kept)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from([*PIECES, *PIECES, *SENTENCES]), min_size=1, max_size=14),
    st.lists(st.booleans(), min_size=1, max_size=6),
)
def test_chosen_sentences_of_any_text(pieces: list[str], chosen: list[bool]) -> None:
    check("".join(pieces), chosen)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("step", [2, 5])
def test_chosen_sentences_of_the_seeds(path: Path, step: int) -> None:
    text = path.read_text("utf-8", errors="ignore")
    for first in range(step):
        check(text, [index == first for index in range(step)])


def test_no_sentence_no_row() -> None:
    assert len(scan("建成大棚70座。", [], [])) == 0
