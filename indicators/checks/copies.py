"""Near-copies: documents with the same text but for a few edits, found by sketches of their character runs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt
import pandas as pd

from indicators.checks.passages import Number, claim_ids, passage
from indicators.language.folding import fold
from indicators.model import Document, Finding

_RUN = 5  # characters of a shingle
_SKETCH = 256  # smallest hashes kept of a document: the likeness is right within 0.03
_KEYS = 12  # of them, those by which candidates are found: two alike by 0.7 share one almost surely
_LIKE = 0.7
_SHORT = 40  # a text of fewer shingles is a copy of nothing
_BUCKET = 30  # documents of one key that a document is compared with
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_EDITS = 0.2  # of the sentences with numbers that two texts share, at most so many may differ: else it is a form
_GAP = "\ue000"

Sketch = npt.NDArray[np.uint64]


def sketch(text: str) -> Sketch:
    """The smallest hashes of a text's shingles, sorted. Figures count: last year's form filled in anew is no copy."""
    words = re.sub(r"\s+", "", fold(text).text)
    codes = np.frombuffer(words.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < _RUN + _SHORT:
        return np.empty(0, dtype=np.uint64)
    hashes = np.zeros(len(codes) - _RUN + 1, dtype=np.uint64)
    for shift in range(_RUN):
        hashes = (hashes + codes[shift : shift + len(hashes)]) * _MULTIPLIER
        hashes ^= hashes >> np.uint64(29)
    return np.unique(hashes)[:_SKETCH]


def likeness(one: Sketch, other: Sketch) -> float:
    """Estimated share of common shingles (Jaccard) of two texts; 0 for a text that is too short."""
    if not len(one) or not len(other):
        return 0.0
    union = np.union1d(one, other)[: min(_SKETCH, max(len(one), len(other)))]
    common = np.intersect1d(one, other, assume_unique=True)
    return float(np.isin(union, common).mean())


def near_copies(documents: Iterable[Document]) -> dict[str, str]:
    """Name of each near-copy -> name of the first document that it copies. Whole copies are near-copies too."""
    return near_copies_of(
        (document.name, sketch(document.text).tobytes() if document.status == "read" else b"") for document in documents
    )


def near_copies_of(documents: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """The same from names and the bytes of sketches, which the corpus's store keeps: 2 KB a document in memory."""
    sketches: list[tuple[str, Sketch]] = []
    buckets: dict[int, list[int]] = defaultdict(list)
    original: dict[str, str] = {}
    for own, data in documents:
        mine = np.frombuffer(data, dtype=np.uint64)
        keys = mine[:_KEYS].tolist()
        seen = dict.fromkeys(other for key in keys for other in islice(buckets[key], _BUCKET))
        for other in seen:
            name, theirs = sketches[other]
            if likeness(mine, theirs) >= _LIKE:
                original[own] = name
                break
        else:
            for key in keys:
                buckets[key].append(len(sketches))
            sketches.append((own, mine))
    return original


def copy_findings(
    documents: Sequence[Document], quantities: pd.DataFrame, claims: pd.DataFrame, copies: Mapping[str, str]
) -> list[Finding]:
    """One finding for each sentence of a near-copy that equals one of its original but for numbers.

    Sentences are compared without their claim numbers; one that stands several times in a document is left out.
    Texts of which more than a few sentences differ so are one form filled in twice and give no finding.
    """
    by_name = {document.name: document for document in documents}
    rows = {str(name): part for name, part in quantities.groupby("document", sort=False)}
    ids = claim_ids(claims)
    found: list[Finding] = []
    for copy, original in copies.items():
        if copy not in rows or original not in rows:
            continue
        theirs, mine = (_frames(by_name[name], rows[name], ids) for name in (original, copy))
        shared = [words for words in mine if words in theirs]
        edits = [pairs for words in shared if (pairs := _changed(theirs[words], mine[words]))]
        if len(edits) <= max(1, _EDITS * len(shared)):
            found += [_finding(copy, original, pairs) for pairs in edits]
    return found


def _changed(theirs: Sequence[Number], mine: Sequence[Number]) -> list[tuple[Number, Number]]:
    return [(a, b) for a, b in zip(theirs, mine, strict=False) if a.value != b.value or a.unit != b.unit]


def _frames(
    document: Document, rows: pd.DataFrame, ids: Mapping[tuple[str, int, int], tuple[str, ...]]
) -> dict[str, list[Number]]:
    """Sentences with a mark for each number -> their numbers; those that stand once and have words enough."""
    frames: dict[str, list[Number]] = {}
    twice: set[str] = set()
    for words, numbers in _sentences(document, rows, ids):
        if words in frames:
            twice.add(words)
        frames[words] = numbers
    return {words: numbers for words, numbers in frames.items() if words not in twice and len(words) >= 10}


def _sentences(
    document: Document, rows: pd.DataFrame, ids: Mapping[tuple[str, int, int], tuple[str, ...]]
) -> Iterator[tuple[str, list[Number]]]:
    whole = passage(document, rows, ids)
    by_sentence: dict[int, list[Number]] = defaultdict(list)
    for number in whole.numbers:
        by_sentence[whole.sentences.at(number.left)].append(number)
    for index, numbers in by_sentence.items():
        begin, end = whole.sentences.start[index], whole.sentences.end[index]
        pieces, at = [], begin
        for number in numbers:
            pieces.append(whole.text[at : number.left])
            at = number.right
        yield _GAP.join([*pieces, whole.text[at:end]]), numbers


def _finding(copy: str, original: str, changed: Sequence[tuple[Number, Number]]) -> Finding:
    theirs, mine = [a for a, _ in changed], [b for _, b in changed]
    before, after = "、".join(a.text for a in theirs), "、".join(b.text for b in mine)
    return Finding(
        "copy_differs",
        "warning",
        copy,
        mine[0].start,
        mine[-1].end,
        tuple(id_ for number in (*mine, *theirs) for id_ in number.ids),
        {
            "zh": f"与{original}文字相同，数字不同：此处“{after}”，彼处“{before}”",
            "en": f"same words as {original}, other numbers: “{after}” here, “{before}” there",
        },
    )
