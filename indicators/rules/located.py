"""YAML text -> a tree of nodes that know their line and column. Every scalar is a string; nothing is constructed.

Built from PyYAML's events, so no tag is ever resolved and no object made. Tags, duplicate keys, keys that are no text,
several documents in one file, deep nesting and aliases that multiply (alias bombs) are faults.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from indicators.errors import FaultList, Location
from indicators.rules.messages import say
from indicators.rules.scalars import LINE_BREAK, scalar_offsets
from indicators.rules.yaml_faults import add_yaml_fault, bad_character

MAX_DEPTH = 40
MAX_NODES = 200_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same events, 10 times as fast where libyaml is there


@dataclass(slots=True)
class Node:
    """A value of the file. `value` is a str (scalar), a list of Node (sequence) or a dict of Node (mapping).

    `line`, `column` count from 1. `keys` holds the node of each key of a mapping. `start`, `end` are offsets of the
    node in the text, `style` is YAML's (None plain, ' " | >): with them `position` finds a character of a scalar.
    """

    line: int
    column: int
    value: Any
    keys: dict[str, Node] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    style: str | None = None

    @property
    def empty(self) -> bool:
        """Nothing written where a value could stand (`examples:`)."""
        return self.value == "" and self.style is None

    def plain(self) -> Any:
        """The node as dicts, lists and strings; None where nothing was written."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return None if self.empty else self.value

    def find(self, path: tuple[str | int, ...]) -> Node:
        """The node at a path of keys and indices; the deepest that exists where the path leads on into nothing."""
        node = self
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                node = node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                break
        return node

    def key(self, path: tuple[str | int, ...]) -> Node:
        """The node of the key that a path ends in; the value itself where the path ends in an index."""
        parent = self.find(path[:-1])
        return parent.keys.get(str(path[-1]), self.find(path)) if path else self


@dataclass(slots=True)
class Source:
    """A YAML file as read: its name, its text, its lines and its tree."""

    path: str
    text: str
    lines: list[str]
    root: Node

    def location(self, node: Node) -> Location:
        """Where a node stands."""
        return self.at(node.line, node.column)

    def at(self, line: int, column: int) -> Location:
        """A location in this file, with the text of its line."""
        return Location(self.path, line, column, self.lines[line - 1] if 0 < line <= len(self.lines) else "")

    def position(self, node: Node, offset: int) -> tuple[int, int]:
        """Line and column of the character at `offset` of a scalar's value, through quotes, escapes, folded lines."""
        if not isinstance(node.value, str) or node.empty:
            return node.line, node.column
        offsets = scalar_offsets(self.text[node.start : node.end], node.style, node.value)
        position = node.start + (offsets[min(offset, len(offsets) - 1)] if offsets else 0)
        before = self.text[node.start : position]
        breaks = list(LINE_BREAK.finditer(before))
        if not breaks:
            return node.line, node.column + len(before)
        return node.line + len(breaks), len(before) - breaks[-1].end() + 1


def parse(text: str, faults: FaultList) -> Source:
    """The tree of a YAML text; what is wrong with it is added to `faults`. An empty text is an empty mapping."""
    faults.lines = LINE_BREAK.split(text)
    root: Node | None = None
    try:
        root = _Builder(faults, yaml.parse(text, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        add_yaml_fault(error, faults)
    except (yaml.YAMLError, UnicodeError) as error:
        line, column, code = bad_character(text)
        say("yaml_character" if code else "yaml_other", code=code, reason=error).add(faults, line, column)
    except _Stop:
        pass
    return Source(faults.path, text, faults.lines, root or Node(1, 1, {}))


class _Stop(Exception):  # noqa: N818 - ends the walk after a fault that makes the rest meaningless
    pass


class _Builder:
    """Builds nodes from parser events, one method a kind of node."""

    def __init__(self, faults: FaultList, events: Iterator[Any]) -> None:
        self.faults = faults
        self.events = events
        self.anchors: dict[str, Node | None] = {}
        self.sizes: dict[int, int] = {}
        self.heights: dict[int, int] = {}
        self.count = 0

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self._fault(event, "yaml_document")
                raise _Stop
            if isinstance(event, yaml.NodeEvent):
                root = self.node(event, 0)
        return root

    def node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, depth)
        if depth > MAX_DEPTH:
            self._fault(event, "yaml_depth", most=MAX_DEPTH)
            raise _Stop
        if event.tag is not None:
            self._fault(event, "yaml_tag", tag=event.tag)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        before = self.count
        node = self._build(event, depth)
        self._grow(1, event)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
            self.sizes[id(node)] = self.count - before
            self.heights[id(node)] = self._height(node)
        return node

    def _build(self, event: Any, depth: int) -> Node:
        start, end = event.start_mark, event.end_mark
        node = Node(start.line + 1, start.column + 1, "", {}, start.index, end.index)
        if isinstance(event, yaml.ScalarEvent):
            node.value, node.style = event.value, event.style or None
        elif isinstance(event, yaml.SequenceStartEvent):
            node.value = []
            for inner in self.events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                node.value.append(self.node(inner, depth + 1))
        else:
            node.value = {}
            self._fill(node, depth)
        return node

    def _fill(self, mapping: Node, depth: int) -> None:
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key.value, str):
                self._fault(event, "yaml_key")
            elif key.value in mapping.value:
                self._fault(event, "yaml_twice", name=key.value, line=mapping.keys[key.value].line)
            else:
                mapping.value[key.value] = value
                mapping.keys[key.value] = key

    def _alias(self, event: Any, depth: int) -> Node:
        node = self.anchors.get(event.anchor)
        if node is None:
            self._fault(event, "yaml_alias", name=event.anchor)
            raise _Stop
        self._grow(self.sizes[id(node)], event)
        if depth + self.heights[id(node)] > MAX_DEPTH:
            self._fault(event, "yaml_depth", most=MAX_DEPTH)
            raise _Stop
        return node

    def _height(self, node: Node) -> int:
        """Levels below a node; those of anchored nodes are known."""
        if id(node) in self.heights:
            return self.heights[id(node)]
        inner = node.value.values() if isinstance(node.value, dict) else node.value
        return max((1 + self._height(child) for child in inner), default=0) if not isinstance(inner, str) else 0

    def _grow(self, nodes: int, event: Any) -> None:
        self.count += nodes
        if self.count > MAX_NODES:
            self._fault(event, "yaml_bomb", most=MAX_NODES)
            raise _Stop

    def _fault(self, event: Any, key: str, **values: object) -> None:
        say(key, "", **values).add(self.faults, event.start_mark.line + 1, event.start_mark.column + 1)
