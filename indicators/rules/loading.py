"""YAML files -> a RuleSet, or one RuleError with every fault of every file, each at its line and column."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ValidationError

from indicators.errors import Fault, FaultList, Location, ReadingError, RuleError
from indicators.reading.limits import check
from indicators.reading.regular import read_regular
from indicators.rules import keeping
from indicators.rules.literals import shape
from indicators.rules.located import Node, Source, parse
from indicators.rules.macros import Expanded
from indicators.rules.messages import Message, nearest, say
from indicators.rules.patterns import PatternReader
from indicators.rules.references import check_references
from indicators.rules.ruleset import Indicator, Rule, RuleSet, reach_of
from indicators.rules.schema import ConfigFile, PackFile
from indicators.rules.uncollected import uncollected
from indicators.rules.validation import add_schema_faults, comma_warnings

Read = Callable[[Path], bytes]


@dataclass
class RuleFile:
    """One file read: its tree, its model (None where the schema is broken) and its patterns, expanded."""

    source: Source
    model: PackFile | None
    faults: FaultList
    patterns: dict[tuple[str | int, ...], Expanded] = field(default_factory=dict)

    def node(self, *path: str | int) -> Node:
        """The node at a path of keys."""
        return self.source.root.find(path)


def load_rules(path: Path, read: Read = read_regular, shipped: Path | None = None) -> RuleSet:
    """The rules of a config.yaml and its packs. `read` gives the bytes of a file. Raises RuleError with all faults.

    `shipped` is a folder that holds the packs of this package as they were at another time, instead of today's.
    Rules that were read before, and packs, that have not changed since are not read again: see `keeping`.
    """
    text = _decoded(path, path.name, read)
    key = keeping.key_of(str(path), text)
    with uncollected():
        match keeping.recall(key):
            case RuleSet() as kept, str(digest) if digest == _pack_digest(kept, path.parent, read, shipped):
                return kept
        rules = load_rules_text(text, str(path), path.parent, read, shipped)
    packs = _pack_digest(rules, path.parent, read, shipped)
    if packs is not None:
        keeping.keep(key, (rules, packs))
    return rules


def _pack_digest(rules: RuleSet, base: Path, read: Read, shipped: Path | None) -> str | None:
    """Hash of the packs of a rule set as they are now; None where one cannot be read."""
    try:
        texts = [_pack_text(name, base, read, shipped) for name in rules.packs]
    except _PackError:
        return None
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def load_rules_text(
    text: str,
    path_name: str = "config.yaml",
    base: Path | None = None,
    read: Read = read_regular,
    shipped: Path | None = None,
) -> RuleSet:
    """The rules of a configuration given as text; packs that are paths are looked up below the folder `base`."""
    config = read_rule_file(text, path_name, ConfigFile)
    packs = _read_packs(config, base, read, shipped)
    files = [config, *packs]
    check_references([(file.source, file.model, file.faults) for file in files])
    faults = [fault for file in files for fault in sorted(file.faults.faults, key=_place)]
    if faults:
        raise RuleError(faults=tuple(dict.fromkeys(faults)))
    return _assemble(files)


def read_rule_file(text: str, path_name: str, model: type[PackFile], macros: dict[str, str] | None = None) -> RuleFile:
    """One file parsed, validated, its patterns expanded and compiled; whatever is wrong is in its `faults`."""
    faults = FaultList(path_name)
    source = parse(text.removeprefix("\ufeff"), faults)
    root = source.root
    if root.empty:
        root.value = {}
    if not isinstance(root.value, dict):
        say("file_no_keys").add(faults, root.line, root.column)
        return RuleFile(Source(path_name, text, source.lines, Node(1, 1, {})), None, faults)
    validated: PackFile | None = None
    try:
        validated = model.model_validate(root.plain())
    except ValidationError as error:
        add_schema_faults(error, model, root, faults)
    file = RuleFile(source, validated, faults)
    file.patterns = PatternReader(source, faults, macros or {}).read()
    return file


def _read_packs(config: RuleFile, base: Path | None, read: Read, shipped: Path | None) -> list[RuleFile]:
    node = config.node("packs")
    files: list[RuleFile] = []
    seen: set[str] = set()
    for entry in node.value if isinstance(node.value, list) else []:
        name = entry.value
        if not isinstance(name, str) or not name:
            continue
        if name in seen:
            say("pack_twice", name=name).add(config.faults, entry.line, entry.column)
            continue
        seen.add(name)
        try:
            text = _pack_text(name, base, read, shipped)
        except _PackError as error:
            error.words.add(config.faults, entry.line, entry.column)
            continue
        files.append(read_rule_file(text, f"packs/{name}.yaml" if _shipped(name) else name, PackFile))
    return files


class _PackError(Exception):
    def __init__(self, words: Message) -> None:
        self.words = words
        super().__init__(words.message)


def _shipped(name: str) -> bool:
    return not name.endswith((".yaml", ".yml"))


def shipped_packs(folder: Path | None = None) -> list[str]:
    """Names of the packs that come with the package, or of those in the folder that stands for them."""
    names = [path.name for path in (folder or _packs()).glob("*.yaml")]
    return sorted(name.removesuffix(".yaml") for name in names)


def _packs() -> Path:
    return Path(str(resources.files("indicators").joinpath("packs")))


def _pack_text(name: str, base: Path | None, read: Read, shipped: Path | None) -> str:
    if _shipped(name):
        known = shipped_packs(shipped)
        if name not in known:
            raise _PackError(say("pack_unknown", near=nearest(name, known), name=name, known=", ".join(known) or "-"))
        return _decoded((shipped or _packs()) / f"{name}.yaml", name, read_regular)
    relative = PurePosixPath(name)
    outside = relative.is_absolute() or ".." in relative.parts or "\\" in name or ":" in name or "\0" in name
    path = (base or Path()).joinpath(*relative.parts)
    if outside or base is None or not path.resolve().is_relative_to(base.resolve()):
        raise _PackError(say("pack_outside", name=name))
    try:
        return _decoded(path, name, read)
    except RuleError as error:
        raise _PackError(
            say("pack_unread", name=name, reason=error.faults[0].message, zh=error.faults[0].zh)
        ) from error


def _decoded(path: Path, name: str, read: Read) -> str:
    """The text of a rule file. Raises RuleError where it cannot be read or is not UTF-8."""
    data = b""
    try:
        data = read(path)
        check("rules_bytes", len(data))
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = say("file_encoding").at(Location(name, data[: error.start].count(b"\n") + 1, 1))
    except (OSError, ValueError, ReadingError) as error:
        fault = say("file_unread", reason=getattr(error, "strerror", None) or error).at(Location(name))
    raise RuleError(faults=(fault,))


def _place(fault: Fault) -> tuple[int, int]:
    return fault.location.line, fault.location.column


def _assemble(files: list[RuleFile]) -> RuleSet:
    """The rule set of files without faults."""
    indicators: list[Indicator] = []
    rules: list[Rule] = []
    merged: dict[str, dict[Any, Any]] = {"topics": {}, "macros": {}, "checks": {}, "unless": {}, "locations": {}}
    for file in reversed(files):  # what config.yaml says stands above what a pack says
        model = file.model or PackFile()
        for key, entries in (("topics", model.topics), ("macros", model.macros), ("checks", model.checks)):
            merged[key].update(entries)
        merged["locations"].update(_locations(file.source))
    for file in files:
        macros = dict((file.model or PackFile()).macros)
        for id_, entry in (file.model or PackFile()).indicators.items():
            indicator = Indicator(id=id_, **{name: getattr(entry, name) for name in type(entry).model_fields})
            order = len(indicators)
            indicators.append(indicator)
            path = ("indicators", id_)
            for index in range(len(entry.patterns)):
                expanded = file.patterns[(*path, "patterns", index)]
                source = entry.patterns[index].rstrip("\n")
                words, reach = shape(expanded.pattern).required, reach_of(expanded)
                rules.append(Rule(f"{id_}#{index + 1}", indicator, order, source, macros, expanded, words, reach))
            merged["unless"][id_] = tuple(file.patterns[(*path, "unless", index)] for index in range(len(entry.unless)))
    config = files[0].model if isinstance(files[0].model, ConfigFile) else ConfigFile()
    return RuleSet(
        indicators=tuple(indicators),
        rules=tuple(rules),
        corpus=config.corpus,
        packs=config.packs,
        series=config.series,
        deflator=config.deflator or "",
        warnings=tuple(warning for file in files for warning in comma_warnings(file.source)),
        **merged,
    )


def _locations(source: Source) -> dict[tuple[str | int, ...], Location]:
    found: dict[tuple[str | int, ...], Location] = {}
    open_: list[tuple[tuple[str | int, ...], Node]] = [((), source.root)]
    while open_:
        path, node = open_.pop()
        found.setdefault(path, source.location(node))
        if isinstance(node.value, dict):
            for key, inner in node.value.items():
                open_.append(((*path, key), inner))
                found[(*path, key)] = source.location(node.keys[key])
        elif isinstance(node.value, list):
            open_.extend(((*path, index), inner) for index, inner in enumerate(node.value))
    return found
