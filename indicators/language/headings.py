"""Headings of a text, and lines that a page's width broke off."""

from __future__ import annotations

import re

_HEADING_LENGTH = 45
_COMMA_LENGTH = 25
_END_MARKS = frozenset('。!?;:…”’"》)]】、,.|>')
_NO_HEADING = re.compile(r"[。!?;…]|^[“\"].*[”\"]$|^\d+[.、]?$")


def ended(text: str, start: int) -> bool:
    """Whether the line before offset `start` ends with a mark or is empty: a page's width did not break it off."""
    last = start - 1
    while last >= 0 and text[last] == "\n":
        last -= 1
    return last < 0 or start - last > 2 or text[last] in _END_MARKS


def is_heading(line: str, opens: bool = False) -> bool:
    """Whether a line is a heading: short, no sentence, no speech; one with a comma shorter still, unless it opens the
    text: a line that a page's width broke off is none.
    """
    limit = _HEADING_LENGTH if opens or "," not in line else _COMMA_LENGTH
    return len(line) <= limit and not _NO_HEADING.search(line.strip())
