"""pydantic's errors -> faults at the line and column of the key or value that they are about."""

from __future__ import annotations

import types
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from indicators.errors import Fault, FaultList
from indicators.rules.located import Node, Source
from indicators.rules.messages import Message, nearest, say

_TYPES = {
    "tuple_type": "value_list",
    "dict_type": "value_mapping",
    "model_type": "value_mapping",
    "string_type": "value_text",
    "string_too_short": "value_empty",
    "too_short": "value_empty",
    "string_too_long": "value_long",
    "too_long": "value_long",
}
Path = tuple[str | int, ...]


def add_schema_faults(error: ValidationError, model: type[BaseModel], root: Node, faults: FaultList) -> None:
    """Add a fault for each error of a validation of `root` against `model`."""
    entries = error.errors(include_url=False)
    meant = {_meant(entry["loc"], model) for entry in entries if entry["type"] == "extra_forbidden"}
    for entry in entries:
        if entry["type"] == "missing" and tuple(entry["loc"]) in meant:
            continue  # a misspelt key is one fault, not two
        path = tuple(step for step in entry["loc"] if step != "[key]")
        key, value = root.key(path), root.find(path)
        context = dict(entry.get("ctx") or {})
        words = _words(entry["type"], path, context, value, known_keys(model, path[:-1]))
        if entry["type"] == "missing":
            key = root.key(path[:-1]) if path[:-1] else root
        at_key = entry["type"] in ("extra_forbidden", "missing", "string_pattern_mismatch") or value.empty
        place = key if at_key else value
        words.add(faults, place.line, place.column)


def _meant(path: Path, model: type[BaseModel]) -> Path:
    """The path of the key that an unknown key was meant to be."""
    return (*path[:-1], nearest(str(path[-1]), known_keys(model, path[:-1])))


def _words(kind: str, path: Path, context: dict[str, Any], value: Node, known: list[str]) -> Message:
    """What to say of one of pydantic's errors."""
    name = _name(path)
    if kind == "extra_forbidden":
        return say("key_unknown", near=nearest(name, known), name=name, known=", ".join(known))
    if kind == "missing":
        return say("key_missing", name=name, parent=_name(path[:-1]) or "config.yaml")
    if kind == "literal_error":
        choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
        written = value.value if isinstance(value.value, str) else "..."
        return say(
            "value_choice", near=nearest(written, choices), written=written, name=name, listed=", ".join(choices)
        )
    if kind == "string_pattern_mismatch":
        return say("value_id", name=name)
    if kind == "rule_fault":
        return Message(str(context["message"]), str(context["remedy"]), str(context["zh"]))
    if kind in _TYPES:
        return say(_TYPES[kind], name=name, most=context.get("max_length", ""))
    return say("value_other", name=name, kind=kind)


def comma_warnings(source: Source) -> list[Fault]:
    """Warnings of texts cut by an unquoted comma: `{zh: 甲, 乙}` is read as one text, but is two keys of YAML."""
    warnings: list[Fault] = []
    open_ = [source.root]
    while open_:
        node = open_.pop()
        if isinstance(node.value, dict):
            open_.extend(node.value.values())
            cut = [key for key in node.value if node.value[key].empty and key not in ("zh", "en")]
            if "zh" in node.value:
                warnings += [say("lint_comma", name=key).at(source.location(node.keys[key]), "warning") for key in cut]
        elif isinstance(node.value, list):
            open_.extend(node.value)
    return warnings


def _name(path: Path) -> str:
    """The last step of a path as one would name it: gdp, examples 2."""
    if len(path) > 1 and isinstance(path[-1], int):
        return f"{path[-2]} {path[-1] + 1}"
    return str(path[-1]) if path else ""


def known_keys(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The keys that may stand in the entry at a path of a file of that model.

    >>> from indicators.rules.schema import ConfigFile
    >>> known_keys(ConfigFile, ("indicators", "gdp", "name"))
    ['zh', 'en']
    """
    kind: Any = model
    for step in path:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
            kind = fields.get(str(step))
        else:
            inner = get_args(kind)
            kind = inner[1 if get_origin(kind) is dict else 0] if inner else None
        kind = _bare(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [field.alias or name for name, field in kind.model_fields.items()]
    return []


def _bare(kind: Any) -> Any:
    """An annotation without Annotated and without `| None`."""
    while get_origin(kind) is Annotated or isinstance(kind, types.UnionType):
        kind = next(inner for inner in get_args(kind) if inner is not type(None))
    return kind
