"""Texts for a draft's example and reject: pieces of the corpus that still say what they say in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from indicators.language.reader import Reading
from indicators.language.sentences import clause_span
from indicators.rules.generalising import Surroundings

LONGEST = 400  # characters of an example
MOST = 2000  # what an example may hold
_NEAR = 60  # characters on either side, of a sentence that is too long for an example
_TRIED = 12  # look-alikes that are tried as rejects
_EDGES = " ,，、;；:：\n"
_BREAK = re.compile(r"\s*\n\s*")


def excerpts(reading: Reading, around: Surroundings) -> Iterator[str]:
    """The clause of a number as written, then more and more of its sentence, all of it, and at last its paragraph."""
    text = around.text
    seen: set[str] = set()
    start, end = around.clause
    while True:
        words = _words(reading, start, end)
        if words and words not in seen and len(words) <= LONGEST:
            seen.add(words)
            yield words
        if (start, end) == around.sentence or end - start > LONGEST:
            break
        if start > around.sentence[0]:
            start = max(around.sentence[0], clause_span(text, start - 1, start - 1)[0])
        else:
            end = min(around.sentence[1], clause_span(text, end + 1, end + 1)[1] if end < len(text) else end)
    sentences = reading.sentences
    paragraph = sentences.paragraph[sentences.at(around.value[0])]
    near = (max(around.sentence[0], around.value[0] - _NEAR), min(around.sentence[1], around.value[1] + _NEAR))
    whole_paragraph = (sentences.paragraph_start[paragraph], sentences.paragraph_end[paragraph])
    for span in (around.sentence, near, whole_paragraph):
        whole = _words(reading, *span)
        if whole and whole not in seen and len(whole) <= MOST:
            seen.add(whole)
            yield whole


def look_alikes(
    readings: Sequence[Reading], own: Reading, around: Surroundings, takes: Callable[[str], bool], example: str
) -> Iterator[str]:
    """Clauses of the corpus with a number in a unit that the draft takes, those most like the example first.

    Last, where the corpus offers none: the number by itself.
    """
    pairs = _pairs(example)
    found: dict[str, int] = {}
    for reading in readings:
        quantities = reading.quantities
        for row in range(len(quantities)):
            if quantities.cls[row] != "claim" or quantities.value[row] is None or not takes(quantities.unit[row]):
                continue
            start, end = clause_span(reading.folded.text, quantities.start[row], quantities.end[row])
            if reading is own and start < around.value[1] and around.value[0] < end:
                continue
            words = _words(reading, start, end)
            if words not in found and 4 <= len(words) <= 80 and words not in example and example not in words:
                found[words] = len(pairs & _pairs(words))
    yield from sorted(found, key=lambda words: (-found[words], len(words), words))[:_TRIED]
    yield f"另有{own.folded.surface(*around.value)}。"
    yield "综合评分为95.5。"  # for numbers without a unit, which lose their meaning alone


def _pairs(words: str) -> set[str]:
    return {words[at : at + 2] for at in range(len(words) - 1) if "\u4e00" <= words[at] <= "\u9fff"}


def _words(reading: Reading, start: int, end: int) -> str:
    """The text of a folded span as written, on one line."""
    words = _BREAK.sub("", reading.folded.surface(start, end)).strip(_EDGES)
    return words if words.count("“") == words.count("”") else words.strip("“”")
