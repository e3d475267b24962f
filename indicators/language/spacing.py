"""Which white space of a text stays in its folded view: spaces between words, hard line breaks.

Works on the arrays of `folding.fold_all`: `forms` holds the code points of the folded texts, 0 for each blank; `blanks`
the offsets of the blanks, sorted; `kinds` their kinds; `edges` the offsets of the characters that stand before, between
and behind the texts, sorted: no blanks. Of a run of blanks one character stays or none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from indicators.language.code_points import CharacterSet, Codes, Flags, as_text

Offsets = NDArray[np.intp]
Kinds = NDArray[np.uint8]

# Invisible in print: control, zero-width and direction marks. They never separate two words.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_LINE, _SPACE, _UNSEEN = 1, 2, 3  # an invisible character's kind is 3 and the columns that it takes
_WIDE = 0x2E7F  # characters after it take two columns in print, others one
_NARROW = 30  # columns; shorter lines say nothing of the page's width, nor do fewer than these:
_FEW_LINES = 8
_LONG_LINE = 35  # a heading is shorter; a paragraph cut by a column or page end is longer
_NEW_PARAGRAPH = re.compile(r"[一二三四五六七八九十]+[、.]|[(第●◆■▲►▼·*#•]|\d+(?:[、)]|\.(?!\d))")
_DECIMAL = re.compile(r"\d+\.\d")
_LATIN_WORD = CharacterSet(character for character in map(chr, range(128)) if character.isalnum())
_CLOSED = CharacterSet('。.!?;:”’"』」》)]】…>—')
_RATIO_MARK = CharacterSet(":∶")
_MULTIPLIER = CharacterSet("万亿")
_UNIT = CharacterSet("元人亩吨户斤平公千美立")  # first characters of the units that line ends tear off their numbers


def blank_kind(character: str) -> int:
    """The kind of a character that is white space or invisible, 0 for every other.

    >>> blank_kind("元"), blank_kind(" ") == blank_kind("\\t") > 0
    (0, True)
    """
    if character == "\n":
        return _LINE
    if _INVISIBLE.match(character):
        return _UNSEEN + (0 if character.isspace() else 2 if ord(character) > _WIDE else 1)
    return _SPACE if character.isspace() else 0


def place_blanks(forms: Codes, blanks: Offsets, kinds: Kinds, edges: Offsets) -> None:
    """Write the blanks that stay into `forms`, as a space or a line break; the others stay 0. There is one at least."""
    runs = _runs(forms, blanks, kinds, edges)
    hard = runs.line < len(forms)
    apart = ~hard & (runs.space < len(forms)) & runs.inner & _separate(runs)
    if hard.any():
        hard[_soft_breaks(forms, blanks, kinds, runs, edges)] = False
        forms[runs.line[hard]] = ord("\n")
    forms[runs.space[apart]] = ord(" ")


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of blanks, one entry a run.

    `line` and `space` are the offsets of its first line break and visible space, the length of the text without one;
    `flush`: its last blank is a line break; `inner`: it stands between characters of its text, `before` and `after`.
    """

    start: Offsets
    end: Offsets
    line: Offsets
    space: Offsets
    flush: Flags
    inner: Flags
    before: Codes
    after: Codes


def _runs(forms: Codes, blanks: Offsets, kinds: Kinds, edges: Offsets) -> _Runs:
    length = len(forms)
    edge = np.zeros(length, bool)
    edge[edges] = True
    last = (np.concatenate((blanks[1:] - blanks[:-1], [2])) > 1).nonzero()[0]
    first = np.concatenate(([0], last[:-1] + 1))
    start, end = blanks[first], blanks[last] + 1
    return _Runs(
        start,
        end,
        line=np.minimum.reduceat(np.where(kinds == _LINE, blanks, length), first),
        space=np.minimum.reduceat(np.where(kinds == _SPACE, blanks, length), first),
        flush=kinds[last] == _LINE,
        inner=~(edge[start - 1] | edge[end]),
        before=forms[start - 1],
        after=forms[end],
    )


def _separate(runs: _Runs) -> Flags:
    """Spaces that mean something: between Latin words (2013 2014, Web site), between columns side by side."""
    words = _LATIN_WORD.holds(runs.before) & _LATIN_WORD.holds(runs.after)
    return words | ((runs.end - runs.start > 3) & _is_han(runs.before) & _is_han(runs.after))


def _is_digit(codes: Codes) -> Flags:
    return (codes >= ord("0")) & (codes <= ord("9"))


def _is_han(codes: Codes) -> Flags:
    return (codes >= 0x3400) & (codes <= 0x9FFF)


def _is_picture(codes: Codes) -> Flags:
    """Emoji and dingbats, which close a line as a mark does."""
    return ((codes >= 0x2600) & (codes <= 0x27BF)) | ((codes >= 0x1F000) & (codes <= 0x1FAFF))


def _soft_breaks(forms: Codes, blanks: Offsets, kinds: Kinds, runs: _Runs, edges: Offsets) -> Offsets:
    """Indexes of the runs that are line breaks inside a sentence.

    The line is cut at the page's width, or a paragraph stops without an end mark, or a unit is torn off its number. An
    indented line and, but for the unit, an enumeration or a heading begins a new paragraph.
    """
    ratio = _RATIO_MARK.holds(runs.before) & _is_digit(forms[runs.start - 2]) & _is_digit(runs.after)
    closed = (_CLOSED.holds(runs.before) & ~ratio) | _is_picture(runs.before)
    open_ends = (runs.inner & runs.flush & ~closed).nonzero()[0]
    before, after = runs.before[open_ends], runs.after[open_ends]
    torn = _MULTIPLIER.holds(before) & _UNIT.holds(after)
    joined = _runs_on(forms, blanks, kinds, runs, open_ends, edges) & ~torn
    if joined.any():
        text = as_text(forms)
        chosen = open_ends[joined]
        spans = zip(runs.start[chosen].tolist(), runs.end[chosen].tolist(), strict=True)
        joined[joined] = [not _opens_paragraph(text, start, end) for start, end in spans]
    return open_ends[torn | joined]


def _opens_paragraph(text: str, start: int, end: int) -> bool:
    """Whether the line at `end` is numbered, or stands in a column of figures under the one that ends at `start`."""
    figures = text[start - 1].isdecimal() and _DECIMAL.match(text, end)
    return bool(figures) or _NEW_PARAGRAPH.match(text, end) is not None


def _runs_on(forms: Codes, blanks: Offsets, kinds: Kinds, runs: _Runs, chosen: Offsets, edges: Offsets) -> Flags:
    """Of the chosen runs, which end a line that looks as if its sentence ran on."""
    lines = np.sort(np.concatenate((edges, blanks[kinds == _LINE]))) + 1
    end = runs.start[chosen]
    start = lines[lines.searchsorted(end, side="right") - 1]
    reach = _reach(forms, blanks, kinds, edges)
    wrap = _wrap_widths(reach[lines[1:]] - reach[lines[:-1]], lines.searchsorted(edges + 1), len(edges) - 1)
    width = wrap[edges.searchsorted(end) - 1]
    # Across an empty line a long line may as well be a headline: only a line that holds a whole sentence is prose.
    one_break = runs.line[chosen] == runs.end[chosen] - 1
    long = one_break & (end - start >= _LONG_LINE) & _hold(",", forms, start, end)
    prose = long | _hold("。!?", forms, start, end)
    found: Flags = np.where(width > 0, reach[end] - reach[start] >= 0.85 * width, prose)
    return found


def _hold(marks: str, forms: Codes, start: Offsets, end: Offsets) -> Flags:
    """Which spans `[start, end)` hold one of a few marks."""
    at: Offsets = reduce(np.logical_or, (forms == ord(mark) for mark in marks)).nonzero()[0]
    return np.asarray(at.searchsorted(start) < at.searchsorted(end))


def _reach(forms: Codes, blanks: Offsets, kinds: Kinds, edges: Offsets) -> NDArray[np.int32]:
    """Columns in print before each offset and in all: Han take two, others one, white space and edges none."""
    columns = (forms > _WIDE).astype(np.int8) + np.int8(1)
    columns[blanks] = np.maximum(kinds, _UNSEEN) - _UNSEEN
    columns[edges] = 0
    return np.concatenate((np.zeros(1, np.int32), np.cumsum(columns, dtype=np.int32)))


def _wrap_widths(widths: NDArray[np.int32], first: Offsets, texts: int) -> NDArray[np.int32]:
    """The wrap width of each text. `widths` are those of all lines, `first` the numbers of the texts' first lines."""
    found = np.zeros(texts, np.int32)
    long = (widths > _NARROW).nonzero()[0]
    cuts = long.searchsorted(first)
    for text in (cuts[1:] - cuts[:-1] >= _FEW_LINES).nonzero()[0].tolist():
        found[text] = _wrap_width(widths[long[cuts[text] : cuts[text + 1]]])
    return found


def _wrap_width(long: NDArray[np.int32]) -> int:
    """Columns at which a hard-wrapped text (PDF) breaks its lines, 0 where lines are paragraphs, by its long lines."""
    long = np.sort(long)
    widest = int(long[int(len(long) * 0.9)])
    full = int(np.count_nonzero((long >= 0.85 * widest) & (long <= 1.1 * widest)))
    return widest if widest <= 110 and full >= 0.4 * len(long) else 0
