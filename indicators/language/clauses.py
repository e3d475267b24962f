"""The clause around a number: what stands with it between two marks."""

from __future__ import annotations

WINDOW = 90  # how far before and after a number its sentence is read
MARKS = frozenset(",。:;!?\n…—")


def bounded_clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a span, cut off `WINDOW` characters away so that endless clauses cost no more than others.

    >>> text = "投资8万元,共1,200户受益。"
    >>> text[slice(*bounded_clause(text, 8, 13))]
    '共1,200户受益'
    """
    left = right = 0
    for left in range(start, max(0, start - WINDOW) - 1, -1):
        if left == 0 or (text[left - 1] in MARKS and not inside_number(text, left - 1)):
            break
    for right in range(end, min(len(text), end + WINDOW) + 1):
        if right == len(text) or (text[right] in MARKS and not inside_number(text, right)):
            break
    return left, right


def inside_number(text: str, offset: int) -> bool:
    """Whether a mark is a comma or colon between digits."""
    inner = 0 < offset < len(text) - 1 and text[offset] in ",:"
    return inner and text[offset - 1].isdigit() and text[offset + 1].isdigit()
