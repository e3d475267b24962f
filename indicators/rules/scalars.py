"""Where each character of a YAML scalar's value stands in the scalar as written."""

from __future__ import annotations

import re

LINE_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")  # as YAML counts lines
_FOLD = re.compile(r"[ \t]*(?:(?:\r\n|[\n\r\x85\u2028\u2029])[ \t]*)+")
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?:\r\n|[\n\r])[ \t]*|.)", re.DOTALL)


def scalar_offsets(raw: str, style: str | None, value: str) -> list[int]:
    """For each character of a scalar's value, its offset in the scalar as written (`raw`).

    >>> scalar_offsets("'it''s'", "'", "it's")
    [1, 2, 3, 5]
    """
    if style in ("|", ">"):
        return _block_offsets(raw, value)
    offsets: list[int] = []
    at = 1 if style in ("'", '"') else 0
    while at < len(raw) and len(offsets) < len(value):
        space = _FOLD.match(raw, at)
        if space:  # a line break inside the scalar: one break reads as a space, n + 1 breaks as n breaks
            offsets.extend([space.start()] * max(1, len(LINE_BREAK.findall(space.group())) - 1))
            at = space.end()
            continue
        step = 1
        if style == "'" and raw.startswith("''", at):
            step = 2
        elif style == '"' and raw[at] == "\\":
            escape = _ESCAPE.match(raw, at)
            step = len(escape.group()) if escape else 2
            if escape and LINE_BREAK.match(escape.group(), 1):
                at += step
                continue
        offsets.append(at)
        at += step
    return offsets


def _block_offsets(raw: str, value: str) -> list[int]:
    """Offsets of the characters of a block scalar: its lines without their common indentation.

    A break counts where the value has a space or a break: folded scalars (>) read some breaks as spaces, some not.
    """
    header = LINE_BREAK.search(raw)
    if header is None:
        return []
    indent = _indent(raw[header.end() :]) - _indent(value)
    offsets: list[int] = []
    at = header.end()
    while at < len(raw) and len(offsets) < len(value):
        line_end = LINE_BREAK.search(raw, at)
        end = line_end.start() if line_end else len(raw)
        offsets.extend(range(min(at + indent, end), end))
        if len(offsets) < len(value) and value[len(offsets)] in " \n":
            offsets.append(end)
        at = line_end.end() if line_end else len(raw)
    return offsets[: len(value)]


def _indent(text: str) -> int:
    """Spaces before the first line that holds more than spaces."""
    line = next((line for line in LINE_BREAK.split(text) if line.strip(" ")), "")
    return len(line) - len(line.lstrip(" "))
