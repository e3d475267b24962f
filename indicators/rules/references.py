"""Names that entries of rule files use for each other: topics, indicators, ids that may stand only once."""

from __future__ import annotations

import ast

from indicators.errors import FaultList
from indicators.rules.located import Node, Source
from indicators.rules.messages import nearest, say
from indicators.rules.schema import PackFile

RuleSource = tuple[Source, PackFile | None, FaultList]


def check_references(files: list[RuleSource]) -> None:
    """Add faults for unknown topics and indicators, and for ids that two files share; works on the trees as written."""
    ids: dict[str, str] = {}
    topics: set[str] = set()
    for source, _, faults in files:
        for id_, node in _entries(source, "indicators"):
            if id_ in ids:
                say("indicator_twice", name=id_, place=ids[id_]).add(faults, node.line, node.column)
            else:
                key = source.root.find(("indicators",)).keys[id_]
                ids[id_] = f"{source.path}:{key.line}"
        topics |= {id_ for id_, _ in _entries(source, "topics")}
    for source, _, faults in files:
        checker = _Checker(source, faults, set(ids), topics)
        for id_, _ in _entries(source, "indicators"):
            checker.indicator(id_)
        for id_, _ in _entries(source, "checks"):
            checker.check(id_)


def _entries(source: Source, key: str) -> list[tuple[str, Node]]:
    node = source.root.value.get(key)
    return [(id_, node.keys[id_]) for id_ in node.value] if node is not None and isinstance(node.value, dict) else []


class _Checker:
    def __init__(self, source: Source, faults: FaultList, ids: set[str], topics: set[str]) -> None:
        self.source, self.faults, self.ids, self.topics = source, faults, ids, topics

    def indicator(self, id_: str) -> None:
        entry = self.source.root.find(("indicators", id_))
        if not isinstance(entry.value, dict):
            return
        topic = entry.value.get("topic")
        if topic is not None and isinstance(topic.value, str) and topic.value and topic.value not in self.topics:
            near = nearest(topic.value, self.topics)
            say("topic_unknown", near=near, name=topic.value).add(self.faults, topic.line, topic.column)
        self._name(entry.value.get("of"))
        per = entry.value.get("per")
        for denominator in per.value if per is not None and isinstance(per.value, list) else ():
            if isinstance(denominator.value, dict):
                self._name(denominator.value.get("indicator"))

    def check(self, id_: str) -> None:
        entry = self.source.root.find(("checks", id_))
        if not isinstance(entry.value, dict):
            return
        self._name(entry.value.get("claim"))
        equals = entry.value.get("equals")
        if equals is None or not isinstance(equals.value, str) or not equals.value:
            return
        names = expression_names(equals.value)
        if names is None:
            say("check_expression").add(self.faults, equals.line, equals.column)
        for name in sorted(names or ()):
            self._unknown(name, equals, max(0, equals.value.find(name)))

    def _name(self, node: Node | None) -> None:
        if node is not None and isinstance(node.value, str) and node.value:
            self._unknown(node.value, node, 0)

    def _unknown(self, name: str, node: Node, offset: int) -> None:
        if name in self.ids:
            return
        line, column = self.source.position(node, offset)
        say("indicator_unknown", near=nearest(name, self.ids), name=name).add(self.faults, line, column)


_ALLOWED = (
    ast.Expression,
    ast.BinOp,
    ast.UnaryOp,
    ast.USub,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.Constant,
    ast.Name,
    ast.Load,
)


def expression_names(expression: str) -> set[str] | None:
    """Indicators that an arithmetic expression names; None where it is anything else than arithmetic.

    >>> sorted(expression_names("100 * a / (b + 1)"))
    ['a', 'b']
    """
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    names: set[str] = set()
    for node in ast.walk(tree):
        number = not isinstance(node, ast.Constant) or type(node.value) in (int, float)
        if not isinstance(node, _ALLOWED) or not number:
            return None
        if isinstance(node, ast.Name):
            names.add(node.id)
    return names
