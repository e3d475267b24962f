"""pydantic's errors -> faults at the line and column of the key or value that they are about."""

from __future__ import annotations

import types
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from indicators.errors import FaultList
from indicators.rules.located import Node
from indicators.rules.nearest import did_you_mean

_TYPES = {
    "tuple_type": ("a list", "[甲, 乙] or lines that begin with '- '", "列表", "请写成 [甲, 乙] 或以“- ”开头的行"),
    "dict_type": ("keys with values", "write 'key: value' lines, indented", "键和值", "请写成缩进的“键: 值”行"),
    "model_type": ("keys with values", "write 'key: value' lines, indented", "键和值", "请写成缩进的“键: 值”行"),
    "string_type": ("text", "write one text, in quotes if need be", "文字", "请写一段文字，必要时加引号"),
}


def add_schema_faults(error: ValidationError, model: type[BaseModel], root: Node, faults: FaultList) -> None:
    """Add a fault for each error of a validation of `root` against `model`."""
    for entry in error.errors(include_url=False):
        path = tuple(step for step in entry["loc"] if step != "[key]")
        _add(entry["type"], path, dict(entry.get("ctx") or {}), model, root, faults)


def _add(
    kind: str,
    path: tuple[str | int, ...],
    context: dict[str, Any],
    model: type[BaseModel],
    root: Node,
    faults: FaultList,
) -> None:
    name = str(path[-1]) if path else ""
    key, value = root.key(path), root.find(path)
    if kind == "extra_forbidden":
        asked, zh = did_you_mean(name, known_keys(model, path[:-1]))
        known = ", ".join(known_keys(model, path[:-1]))
        if not value.plain() and len(path) > 1 and set(known_keys(model, path[:-1])) == {"zh", "en"}:
            asked, zh = "quote the text: it holds a comma", "文字中有逗号，请加引号"
        faults.add(
            key.line,
            key.column,
            f"unknown key '{name}'",
            asked or f"known keys: {known}",
            f"未知的键“{name}”；{zh or '可用的键：' + known}",
        )
    elif kind == "missing":
        parent = root.key(path[:-1]) if path[:-1] else root
        where = f" of '{path[-2]}'" if len(path) > 1 and isinstance(path[-2], str) else ""
        faults.add(
            parent.line,
            parent.column,
            f"key '{name}'{where} is missing",
            f"add '{name}:'",
            f"缺少键“{name}”；请添加 {name}:",
        )
    elif kind == "literal_error":
        choices = [choice for choice in _choices(str(context.get("expected", "")))]
        written = str(value.value)[:40]
        asked, zh = did_you_mean(written, choices)
        listed = ", ".join(choices)
        faults.add(value.line, value.column, f"'{written}' is not a value of '{name}'", asked or f"write one of {listed}",
                   f"“{name}”不能取“{written}”；{zh or '请写：' + listed}")  # fmt: skip
    elif kind == "string_pattern_mismatch":
        faults.add(key.line, key.column, f"'{name[:60]}' is no id", "use a-z, 0-9 and _, a letter first, at most 32 characters",
                   f"“{name[:60]}”不能作标识；请用小写字母、数字和 _，以字母开头，最多 32 个字符")  # fmt: skip
    elif kind == "rule_fault":
        faults.add(value.line, value.column, str(context["message"]), str(context["remedy"]), str(context["zh"]))
    elif kind in _TYPES:
        due, remedy, due_zh, remedy_zh = _TYPES[kind]
        place = key if value.empty else value
        faults.add(place.line, place.column, f"'{name}' must hold {due}", remedy, f"“{name}”应为{due_zh}；{remedy_zh}")
    else:
        _add_other(kind, name, context, value, faults)


def _add_other(kind: str, name: str, context: dict[str, Any], value: Node, faults: FaultList) -> None:
    if kind in ("string_too_short", "too_short"):
        faults.add(value.line, value.column, f"'{name}' is empty", "write at least one", f"“{name}”为空；请至少写一个")
    elif kind in ("string_too_long", "too_long"):
        most = context.get("max_length", "")
        faults.add(
            value.line,
            value.column,
            f"'{name}' is longer than {most} characters",
            "shorten it",
            f"“{name}”超过 {most} 个字符；请缩短",
        )
    else:
        faults.add(value.line, value.column, f"'{name}' is not valid ({kind})", "", f"“{name}”无效（{kind}）")


def _choices(expected: str) -> list[str]:
    return [word for word in expected.replace(" or ", ", ").replace("'", "").split(", ") if word]


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
