"""Arithmetic over indicators (`100 * branches / groups`): parsed, never run as code, computed with intervals."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping

from indicators.checks.intervals import Interval

_OPERATORS: Mapping[type[ast.operator], Callable[[Interval, Interval], Interval]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_DEPTH = 50  # an expression nested deeper is refused; people write three


def evaluate(expression: str, values: Mapping[str, Interval]) -> Interval | None:
    """What the expression may amount to; None where a divisor may be 0.

    Numbers, names of `values`, + - * /, a leading minus and parentheses. Raises ValueError for anything else and
    KeyError for a name that `values` lacks.

    >>> evaluate("100 * a / (b + 2)", {"a": Interval(5, 5), "b": Interval(8, 18)})
    Interval(low=25.0, high=50.0)
    """
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ValueError(f"no arithmetic: {expression}") from error
    try:
        return _value(tree.body, values, 0)
    except ZeroDivisionError:
        return None


def _value(node: ast.expr, values: Mapping[str, Interval], depth: int) -> Interval:
    if depth > _DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        number = float(node.value)  # type: ignore[arg-type]
        return Interval(number, number)
    if isinstance(node, ast.Name):
        return values[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return Interval(0.0, 0.0) - _value(node.operand, values, depth + 1)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = _value(node.left, values, depth + 1), _value(node.right, values, depth + 1)
        return _OPERATORS[type(node.op)](left, right)
    raise ValueError(f"no arithmetic: {ast.dump(node)[:80]}")
