"""The tests inside the rules: examples must give exactly their values, rejects must not be captured."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from indicators.errors import Fault, Location
from indicators.language.units import convert
from indicators.rules.conversion import accepts
from indicators.rules.linting import incomplete
from indicators.rules.matches import Match, MatchResult
from indicators.rules.matching import Read, match
from indicators.rules.ruleset import Indicator, RuleSet
from indicators.rules.schema import Example

ReadText = Callable[[str], Read]


def run_examples(ruleset: RuleSet, read_text: ReadText) -> list[Fault]:
    """Faults of all examples and rejects, run under all rules, and of indicators that lack what `check` asks for.

    `read_text` turns a text into a Reading. No fault: every example gives its values, no reject is captured.
    """
    faults = incomplete(ruleset)
    for indicator in ruleset.indicators:
        for index, example in enumerate(indicator.examples):
            location = ruleset.location("indicators", indicator.id, "examples", index)
            faults += _run_example(ruleset, indicator, example, read_text, location)
        for index, reject in enumerate(indicator.rejects):
            location = ruleset.location("indicators", indicator.id, "rejects", index)
            faults += _run_reject(ruleset, indicator, reject, read_text, location)
    return faults


def _run_example(
    ruleset: RuleSet, indicator: Indicator, example: Example, read_text: ReadText, at: Location
) -> Iterator[Fault]:
    reading = read_text(example.text)
    result = match(reading, ruleset)
    yield from _failures(result, at)
    found = [capture for capture in result if capture.indicator.id == indicator.id]
    if not example.values and example.status != "past":
        found = [capture for capture in found if capture.role == "value"]
    values = [capture.value for capture in found]
    expected = [_in_unit(number, example.unit, indicator) for number in example.expected]
    if len(values) != len(expected) or not all(map(_close, values, expected)):
        yield _missed(indicator, expected, found, reading, result, at)
        return
    for capture in found:
        yield from _attributes(example, capture, reading, at)


def _missed(
    indicator: Indicator, expected: list[float], found: list[Match], reading: Read, result: MatchResult, at: Location
) -> Fault:
    """What an example gave instead of its values, and who took them."""
    got = _numbers([capture.value for capture in found]) or "nothing"
    takers = sorted(
        {c.indicator.id for c in result if c.indicator.id != indicator.id and any(_close(c.value, v) for v in expected)}
    )
    read = [
        f"{reading.quantities.value[i]:.12g} {reading.quantities.unit[i]}".strip()
        for i in range(len(reading.quantities))
        if reading.quantities.cls[i] == "claim" and reading.quantities.value[i] is not None
    ]
    remedy = (
        f"'{takers[0]}' took it: raise a priority or narrow a pattern"
        if takers
        else f"numbers read: {', '.join(read) or 'none'}"
    )
    zh_remedy = f"被“{takers[0]}”取走：请调整 priority 或收窄模式" if takers else f"读到的数：{'、'.join(read) or '无'}"
    return Fault(
        at, f"example of '{indicator.id}' gives {got}, not {_numbers(expected)}", remedy,
        f"“{indicator.id}”的例句得到 {got if found else '无'}，应为 {_numbers(expected)}；{zh_remedy}",
    )  # fmt: skip


def _attributes(example: Example, capture: Match, reading: Read, at: Location) -> Iterator[Fault]:
    """Faults of an example's status, qualifier, part, time and basis, where it states them."""
    quantities = reading.quantities
    status = "past" if capture.role == "past" else quantities.status[capture.quantity]
    read = {
        "status": status, "qualifier": quantities.qualifier[capture.quantity],
        "part": capture.part, "time": capture.time, "basis": capture.basis,
    }  # fmt: skip
    if example.values:
        read.pop("status")  # several values may differ in it: `status` of a list speaks of none
    for name, got in read.items():
        due = getattr(example, name)
        if due is not None and due != got:
            yield Fault(
                at, f"example of '{capture.indicator.id}' reads {name} '{got}', not '{due}'", "",
                f"“{capture.indicator.id}”的例句读出 {name} 为“{got}”，应为“{due}”",
            )  # fmt: skip


def _run_reject(
    ruleset: RuleSet, indicator: Indicator, reject: str, read_text: ReadText, at: Location
) -> Iterator[Fault]:
    reading = read_text(reject)
    quantities = reading.quantities
    slots = {only for rule in ruleset.rules if rule.indicator is indicator for only in rule.expanded.units.values()}
    units = [
        quantities.unit[i]
        for i in range(len(quantities))
        if quantities.cls[i] == "claim" and quantities.value[i] is not None
    ]
    if not any(accepts(indicator, unit, only) for unit in units for only in slots):
        yield Fault(
            at, f"reject of '{indicator.id}' could not fail: no quantity in {indicator.unit}",
            f"units read: {', '.join(sorted(set(units))) or 'none'}",
            f"“{indicator.id}”的反例不可能失败：没有单位为“{indicator.unit}”的数；读到的单位：{'、'.join(sorted(set(units))) or '无'}",
        )  # fmt: skip
    result = match(reading, ruleset)
    yield from _failures(result, at)
    for capture in result:
        if capture.indicator.id == indicator.id:
            yield Fault(
                at, f"reject of '{indicator.id}' is captured: {capture.value:.12g} by {capture.rule}",
                "narrow the pattern or add to 'unless'",
                f"“{indicator.id}”的反例被 {capture.rule} 捕获（{capture.value:.12g}）；请收窄模式或写入 unless",
            )  # fmt: skip


def _failures(result: MatchResult, at: Location) -> Iterator[Fault]:
    for rule, reason in result.failed.items():
        yield Fault(
            at, f"rule {rule} failed: {reason}", "make the pattern simpler", f"规则 {rule} 失败：{reason}；请简化模式"
        )


def _in_unit(number: float, unit: str, indicator: Indicator) -> float:
    if not unit or unit == indicator.unit:
        return number
    converted = convert(number, unit, indicator.unit)
    return number if converted is None else converted


def _close(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)


def _numbers(values: list[float]) -> str:
    return ", ".join(f"{value:.12g}" for value in values)
