"""What is allowed and yet suspicious in a rule set, and what an indicator must have before `check` passes."""

from __future__ import annotations

import re

from indicators.errors import Fault
from indicators.rules.ruleset import Indicator, Rule, RuleSet

_CLASS_OR_ESCAPE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_UNBOUNDED = re.compile(r"\.(?:[*+]|\{\d+,\})")


def lint(ruleset: RuleSet) -> list[Fault]:
    """Warnings, in order of the files: unbounded `.*`, patterns without a word to look for, unused macros."""
    warnings = [fault for rule in ruleset.rules for fault in _lint_rule(ruleset, rule)]
    used = {name for rule in ruleset.rules for name in rule.expanded.macros}
    used |= {name for entries in ruleset.unless.values() for entry in entries for name in entry.macros}
    for name in ruleset.macros:
        if name not in used:
            location = ruleset.location("macros", name)
            message, zh = f"macro '{name}' is used nowhere", f"宏“{name}”没有用到；请删去或使用"
            warnings.append(Fault(location, message, "remove it or use it", zh, "warning"))
    return sorted(warnings, key=lambda fault: (fault.location.path, fault.location.line, fault.location.column))


def _lint_rule(ruleset: RuleSet, rule: Rule) -> list[Fault]:
    number = int(rule.id.rpartition("#")[2]) - 1
    location = ruleset.location("indicators", rule.indicator.id, "patterns", number)
    bare = _CLASS_OR_ESCAPE.sub(" ", rule.indicator.patterns[number])
    found: list[Fault] = []
    if _UNBOUNDED.search(bare):
        found.append(
            Fault(
                location,
                "an unbounded '.*' runs past other numbers",
                "write {gap} or {gap:20}",
                "没有界限的“.*”会越过别的数；请写 {gap} 或 {gap:20}",
                "warning",
            )  # fmt: skip
        )
    if rule.literals is None:
        found.append(
            Fault(
                location,
                "no word that every match must hold: the pattern runs on every sentence and is slow",
                "name a word beside {value}",
                "模式没有必含的词，每句都要运行，较慢；请在 {value} 旁写上词语",
                "warning",
            )  # fmt: skip
        )
    return found


def incomplete(ruleset: RuleSet) -> list[Fault]:
    """Faults of indicators that lack an example, a reject, or a part of their definition."""
    return [fault for indicator in ruleset.indicators for fault in _lacks(ruleset, indicator)]


def _lacks(ruleset: RuleSet, indicator: Indicator) -> list[Fault]:
    groups = {group for rule in ruleset.rules if rule.indicator is indicator for group in rule.regex.groupindex}
    due: list[tuple[bool, str, str]] = [
        (bool(indicator.examples), "examples", "at least one example"),
        (bool(indicator.rejects), "rejects", "at least one reject: a sentence that must not be captured"),
    ]
    if indicator.kind in ("count", "amount"):
        due.append((indicator.counts is not None, "counts", "what one unit is"))
        due.append((indicator.not_counts is not None, "not_counts", "what is not counted"))
        due.append((indicator.time is not None or "time" in groups, "time", "stock, flow or cumulative"))
    if indicator.kind == "change":
        due.append((bool(indicator.of), "of", "the indicator that changes"))
        due.append((indicator.basis is not None or "basis" in groups, "basis", "what it is compared with"))
    location = ruleset.location("indicators", indicator.id)
    return [
        Fault(
            location,
            f"'{indicator.id}' ({indicator.kind}) has no '{key}'",
            f"add {key}: {what}",
            f"“{indicator.id}”缺少 {key}；请补上",
        )  # fmt: skip
        for there, key, what in due
        if not there
    ]
