"""What YAML parsers say of a broken text, in words for people who write lists of indicators."""

from __future__ import annotations

import re
from typing import Any

import yaml

from indicators.errors import FaultList
from indicators.rules.messages import say
from indicators.rules.scalars import LINE_BREAK

# What the two YAML parsers say (libyaml and pure Python word it differently) -> key of the message.
_PROBLEMS = (
    ("found a tab", "yaml_tab"),
    ("mapping values are not allowed", "yaml_colon"),
    ("block sequence entries are not allowed", "yaml_list_here"),
    ("sequence entries are not allowed", "yaml_list_here"),
    ("cannot start any token", "yaml_token"),
    ("did not find expected alphabetic or numeric", "yaml_star"),
    ("expected alphabetic or numeric", "yaml_star"),
    ("could not find expected ':'", "yaml_no_colon"),
    ("did not find expected '-' indicator", "yaml_dash"),
    ("expected <block end>", "yaml_indent"),
    ("did not find expected key", "yaml_indent"),
    ("unexpected end of stream", "yaml_quote"),
    ("did not find expected ',' or", "yaml_bracket"),
    ("expected ',' or", "yaml_bracket"),
    ("unknown escape character", "yaml_escape"),
)

_WIDE_COLON = re.compile(r"\s*(?:- )?\{?[A-Za-z0-9_]+\s*：")


def add_yaml_fault(error: yaml.MarkedYAMLError, faults: FaultList) -> None:
    """Add what a YAML parser says of a text, in our words, at its place."""
    mark: Any = error.problem_mark or error.context_mark
    begun_before = ("unexpected end of stream", "could not find expected ':'")
    if any(words in str(error.problem) for words in begun_before) and error.context_mark is not None:
        mark = error.context_mark
    problem = str(error.problem or error.context or "")
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    wide = _wide_colon(faults.lines, line)
    if wide is not None:
        say("yaml_wide_colon").add(faults, *wide)
        return
    key = next((key for words, key in _PROBLEMS if words in problem), "yaml_other")
    if key == "yaml_colon" and _deeper(faults.lines, line):
        key, column = "yaml_deeper", _indent(faults.lines[line - 1]) + 1
    say(key, reason=problem).add(faults, line, column)


def _wide_colon(lines: list[str], line: int) -> tuple[int, int] | None:
    """Line and column of a full-width colon behind a key, in the faulty line or the last one written before it."""
    for at in [line, *(before for before in range(line - 1, 0, -1) if _written(lines, before))][:2]:
        found = _WIDE_COLON.match(lines[at - 1]) if 0 < at <= len(lines) else None
        if found is not None:
            return at, found.end()
    return None


def _deeper(lines: list[str], line: int) -> bool:
    """Whether a line is indented more than the last one written before it, which has its value already."""
    before = next((lines[at - 1] for at in range(line - 1, 0, -1) if _written(lines, at)), "")
    complete = not before.rstrip().endswith((":", "|", ">"))
    return complete and 0 < line <= len(lines) and _indent(before) < _indent(lines[line - 1])


def _written(lines: list[str], line: int) -> bool:
    return 0 < line <= len(lines) and lines[line - 1].strip()[:1] not in ("", "#")


def _indent(line: str) -> int:
    """How far the words of a line are indented, the dash of a list counted in."""
    return len(line) - len(line.lstrip(" -"))


def bad_character(text: str) -> tuple[int, int, str]:
    """Line, column and code (U+0001) of the first character that YAML does not allow; 1, 1, "" where there is none."""
    bad = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    if bad is None:
        return 1, 1, ""
    breaks = list(LINE_BREAK.finditer(text, 0, bad.start()))
    column = bad.start() - (breaks[-1].end() if breaks else 0) + 1
    return len(breaks) + 1, column, f"U+{ord(bad.group()):04X}"
