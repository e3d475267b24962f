"""Paragraphs, sentences and clauses of a folded text, as columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from indicators.language.clauses import inside_number

# A sentence ends with its closing marks: 。” and !」 belong to it. A decimal point or a Latin dot ends none. Every
# branch begins with a literal: `re` then skips to the next of these characters instead of trying at each one.
_CLOSING = '[”’」』)"]*'
_SENTENCE_END = re.compile(f"。[。!?]*{_CLOSING}|![。!?]*{_CLOSING}|\\?[。!?]*{_CLOSING}|……+{_CLOSING}|\n")
CLAUSE_MARKS = ",。:;!?\n，；：！？…—"
_NEXT_MARK = re.compile(f"[{CLAUSE_MARKS}]")
_LAST_MARK = re.compile(f".*{_NEXT_MARK.pattern}", re.DOTALL)
_STRETCH = 48  # characters: most clauses are shorter


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences in folded offsets, sorted: sentence i is `text[start[i]:end[i]]`, of paragraph `paragraph[i]`.

    Paragraphs are the lines of the folded text: `paragraph_start`, `paragraph_end`.
    """

    start: list[int]
    end: list[int]
    paragraph: list[int]
    paragraph_start: list[int]
    paragraph_end: list[int]

    def at(self, offset: int) -> int:
        """Index of the sentence that holds a folded offset."""
        index = bisect_right(self.start, offset) - 1
        return index if index > 0 else 0

    def span(self, offset: int) -> tuple[int, int]:
        """Start and end of the sentence that holds a folded offset; (0, 0) in a text without sentences."""
        if not self.start:
            return 0, 0
        index = self.at(offset)
        return self.start[index], self.end[index]


def split_sentences(text: str) -> Sentences:
    """Sentences of a folded text; every character that is no line break lies in exactly one.

    >>> s = split_sentences("交易2712宗。增幅达到210%。\\n全县")
    >>> [(a, b) for a, b in zip(s.start, s.end)]
    [(0, 8), (8, 17), (18, 20)]
    """
    starts: list[int] = []
    ends: list[int] = []
    paragraph: list[int] = []
    line_starts = [0]
    line_ends: list[int] = []
    begin = line = 0
    for mark in _SENTENCE_END.finditer(text):
        end = stop = mark.end()
        if text[stop - 1] == "\n":
            end -= 1
            line_ends.append(end)
            line_starts.append(stop)
        if end > begin:
            starts.append(begin)
            ends.append(end)
            paragraph.append(line)
        begin, line = stop, len(line_ends)
    if len(text) > begin:
        starts.append(begin)
        ends.append(len(text))
        paragraph.append(line)
    line_ends.append(len(text))
    return Sentences(starts, ends, paragraph, line_starts, line_ends)


def clause_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around `[start, end)`: between ，；。： and line breaks; a comma or colon inside a number is none.

    >>> clause_span("全县共有,成立党支部1,185个,覆盖率约53%", 10, 16)
    (5, 16)
    """
    return _after_mark(text, start), _at_mark(text, end)


def _after_mark(text: str, offset: int) -> int:
    """Where the clause before `offset` begins: behind the last mark; looked for a stretch at a time."""
    while offset > 0:
        first = max(0, offset - _STRETCH)
        found = _LAST_MARK.match(text, first, offset)
        if found is None:
            offset = first
        elif inside_number(text, found.end() - 1):
            offset = found.end() - 1
        else:
            return found.end()
    return 0


def _at_mark(text: str, offset: int) -> int:
    """Where the clause behind `offset` ends."""
    while found := _NEXT_MARK.search(text, offset):
        if not inside_number(text, found.start()):
            return found.start()
        offset = found.end()
    return len(text)
