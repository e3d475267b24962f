"""Writing an indicator into a rule file: everything else stays as it is, byte for byte; in one step or not at all."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from indicators.errors import Location, OutputError, unwritable
from indicators.reading.regular import read_regular
from indicators.reading.replacing import one_writer, replace_file
from indicators.rules.loading import load_rules_text
from indicators.rules.messages import say

_FLOW = ("name", "counts", "not_counts", "examples")  # maps written on one line: {zh: 甲, en: A}


@dataclass(frozen=True, slots=True)
class Opened:
    """A rule file as it was read; `digest` tells whether it has changed since."""

    path: Path
    text: str
    digest: str


def open_rules(path: Path) -> Opened:
    """The file as it is now; a BOM is dropped from the text. Raises OutputError where it cannot be read."""
    try:
        data = read_regular(path)
        return Opened(path, data.decode("utf-8-sig"), hashlib.sha256(data).hexdigest())
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(faults=(say("file_unread", reason=error).at(Location(str(path))),)) from error


def rendered(id_: str, entry: Mapping[str, Any], notes: tuple[str, ...] = (), indent: int = 2) -> str:
    """An indicator as YAML lines, indented as an entry of `indicators:`, with `notes` as comments above it."""
    pad = " " * indent
    stream = io.StringIO()
    _yaml().dump({id_: _styled(entry)}, stream)
    lines = [*(f"# {note}" for note in notes), *stream.getvalue().splitlines()]
    return "".join(f"{pad}{line}\n" if line else "\n" for line in lines)


def inserted(text: str, id_: str, entry: Mapping[str, Any], notes: tuple[str, ...] = ()) -> str:
    """The text of a rule file with the indicator as the last one of `indicators:`; nothing else changes."""
    break_ = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    tree = _yaml().load(text) or CommentedMap()
    indicators = tree.get("indicators")
    if isinstance(indicators, CommentedMap) and indicators and not indicators.fa.flow_style():
        at = _last_line(tree, lines)
        block = ["", *rendered(id_, entry, notes, indicators.lc.col).rstrip("\n").split("\n")]
        lines[at:at] = block
    elif not indicators:
        lines = _with_first(tree, lines, rendered(id_, entry, notes).rstrip("\n").split("\n"))
    else:  # indicators: {a: {...}} on one line: ruamel writes the file anew, comments kept
        indicators[id_] = _styled(entry)
        stream = io.StringIO()
        _yaml().dump(tree, stream)
        lines = stream.getvalue().split("\n")
    return break_.join(lines)


def save(opened: Opened, text: str, added: Collection[str] = ()) -> None:
    """Write `text`, which must hold the indicators as before and `added`; OutputError where it holds others.

    Raises as `write` does; then the file stays as it is.
    """
    path = opened.path
    before, after = (load_rules_text(words, path.name, path.parent).indicators for words in (opened.text, text))
    ids = {indicator.id for indicator in before}
    if [one for one in after if one.id in ids] != list(before) or {one.id for one in after} - ids != set(added):
        raise OutputError(faults=(say("file_unequal").at(Location(str(path))),))
    write(opened, text)


def write(opened: Opened, text: str) -> Opened:
    """Write `text` over the file in one step, with its permissions; the file as opened anew.

    Raises RuleError where the text is broken, OutputError where the file has changed since it was opened or cannot be
    written; then the file stays as it is.
    """
    load_rules_text(text, opened.path.name, opened.path.parent)
    try:
        with one_writer(opened.path.resolve().parent):
            if open_rules(opened.path).digest != opened.digest:
                raise OutputError(faults=(say("file_changed").at(Location(str(opened.path))),))
            replace_file(opened.path, text.encode())
    except OSError as error:
        raise OutputError(faults=(unwritable(opened.path, error),)) from error
    return open_rules(opened.path)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _last_line(tree: CommentedMap, lines: list[str]) -> int:
    """Number (from 0) of the line before which a new entry goes: after the last line of `indicators:`.

    Blank lines and comments that stand before the next key belong to that key.
    """
    first = tree.lc.key("indicators")[0]
    following = [tree.lc.key(key)[0] for key in tree if tree.lc.key(key)[0] > first]
    at = min(following, default=len(lines))
    while at > first + 1 and (not lines[at - 1].strip() or _own_comment(lines[at - 1])):
        at -= 1
    return at


def _own_comment(line: str) -> bool:
    """A comment in the first column, or a document's end mark: nothing of an indicator."""
    return line.startswith(("#", "..."))


def _with_first(tree: CommentedMap, lines: list[str], block: list[str]) -> list[str]:
    """Lines with the first indicator, where `indicators:` is missing or holds nothing."""
    if "indicators" in tree:
        at = tree.lc.key("indicators")[0]
        key, _, rest = lines[at].partition("indicators:")
        comment = "  #" + rest.partition("#")[2] if "#" in rest else ""
        return [*lines[:at], f"{key}indicators:{comment}", *block, *lines[at + 1 :]]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return [*lines, *([""] if lines else []), "indicators:", *block, ""]


def _styled(entry: Mapping[str, Any]) -> CommentedMap:
    """The entry with patterns quoted, texts and examples on one line each."""
    whole = CommentedMap()
    for key, value in entry.items():
        if key == "patterns":
            whole[key] = CommentedSeq([SingleQuotedScalarString(pattern) for pattern in value])
        elif key == "examples":
            whole[key] = CommentedSeq([_on_one_line(example) for example in value])
        else:
            whole[key] = _on_one_line(value) if key in _FLOW else value
    return whole


def _on_one_line(cells: Mapping[str, Any]) -> CommentedMap:
    line = CommentedMap(cells)
    line.fa.set_flow_style()
    return line
