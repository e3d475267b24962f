"""What can be written in config.yaml, as the editor's completion takes it: from the JSON Schema and the rules at hand.

A place is the path of its keys, with * for an id of the user's own and nothing for a list: "indicators.*.examples".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indicators.language.lexicon import lexicon
from indicators.rules.loading import shipped_packs
from indicators.rules.macros import BUILT_IN
from indicators.rules.schema import json_schema

Option = dict[str, str]


def vocabulary(rules: Any = None) -> dict[str, Any]:
    """`keys` and `values` by place, and `macros`: lists of {label, detail}. `rules` adds what packs define."""
    schema = json_schema()
    keys: dict[str, list[Option]] = {}
    values: dict[str, list[Option]] = {}
    for place, node in _places(schema, schema, ""):
        if "properties" in node:
            known = keys.setdefault(place, [])
            known += [_option(key, inner) for key, inner in node["properties"].items() if _new(known, key)]
        if choices := node.get("enum") or ([str(node["const"])] if "const" in node else []):
            values[place] = [{"label": str(choice)} for choice in choices]
        if node.get("type") == "boolean":
            values[place] = [{"label": "true"}, {"label": "false"}]
    ids = [_named(one.id, one.name) for one in getattr(rules, "indicators", ())]
    topics = [_named(id_, name) for id_, name in getattr(rules, "topics", {}).items()]
    units = [{"label": unit} for unit in dict.fromkeys(row["canonical"] for row in lexicon("units"))]
    values |= {"indicators.*.topic": topics, "indicators.*.unit": units, "indicators.*.examples.unit": units}
    values |= dict.fromkeys(("indicators.*.of", "indicators.*.per.indicator", "checks.*.claim"), ids)
    values["packs"] = [{"label": name} for name in shipped_packs()]
    return {"keys": keys, "values": values, "macros": _macros(rules)}


def _macros(rules: Any) -> list[Option]:
    own = [{"label": f"{{{name}}}", "detail": body[:60]} for name, body in getattr(rules, "macros", {}).items()]
    return [*({"label": f"{{{name}}}"} for name in BUILT_IN), *own]


def _places(schema: dict[str, Any], node: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every node of a schema with its place, references followed, alternatives side by side."""
    if reference := node.get("$ref"):
        node = {**schema["$defs"][str(reference).rpartition("/")[2]], **node}
    yield place, node
    for inner in node.get("anyOf", ()):
        yield from _places(schema, inner, place)
    if isinstance(node.get("items"), dict):
        yield from _places(schema, node["items"], place)
    for key, inner in node.get("properties", {}).items():
        yield from _places(schema, inner, f"{place}.{key}".strip("."))
    below = [*node.get("patternProperties", {}).values(), node.get("additionalProperties")]
    for inner in below:
        if isinstance(inner, dict):
            yield from _places(schema, inner, f"{place}.*".strip("."))


def _option(key: str, node: dict[str, Any]) -> Option:
    return {"label": key, "detail": str(node.get("description", ""))[:80]}


def _named(id_: str, name: object) -> Option:
    return {"label": id_, "detail": str(name)}


def _new(known: list[Option], key: str) -> bool:
    return all(option["label"] != key for option in known)
