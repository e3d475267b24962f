"""What is allowed and yet suspicious in a rule file, and what an indicator must have before `check` passes.

What only texts can tell (a pattern that another rule swallows, an idle indicator) is in `corpus_linting`.
"""

from __future__ import annotations

import re

from indicators.errors import Fault
from indicators.rules.messages import say
from indicators.rules.ruleset import Indicator, Rule, RuleSet

_CLASS_OR_ESCAPE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_UNBOUNDED = re.compile(r"\.(?:[*+]|\{\d+,\})")


def lint(ruleset: RuleSet) -> list[Fault]:
    """Warnings, in order of the files: unbounded `.*`, patterns without a word to look for, unused macros."""
    warnings = [*ruleset.warnings, *(fault for rule in ruleset.rules for fault in _lint_rule(ruleset, rule))]
    used = {name for rule in ruleset.rules for name in rule.expanded.macros}
    used |= {name for entries in ruleset.unless.values() for entry in entries for name in entry.macros}
    for name in ruleset.macros:
        if name not in used:
            warnings.append(say("lint_macro", name=name).at(ruleset.location("macros", name), "warning"))
    return sorted(warnings, key=lambda fault: (fault.location.path, fault.location.line, fault.location.column))


def _lint_rule(ruleset: RuleSet, rule: Rule) -> list[Fault]:
    number = int(rule.id.rpartition("#")[2]) - 1
    location = ruleset.location("indicators", rule.indicator.id, "patterns", number)
    bare = _CLASS_OR_ESCAPE.sub(" ", rule.indicator.patterns[number])
    keys = []
    if _UNBOUNDED.search(bare):
        keys.append("lint_unbounded")
    if rule.literals is None:
        keys.append("lint_slow")
    return [say(key).at(location, "warning") for key in keys]


def incomplete(ruleset: RuleSet) -> list[Fault]:
    """Faults of indicators that lack an example, a reject, or a part of their definition."""
    return [fault for indicator in ruleset.indicators for fault in _lacks(ruleset, indicator)]


def _lacks(ruleset: RuleSet, indicator: Indicator) -> list[Fault]:
    groups = {group for rule in ruleset.rules if rule.indicator.id == indicator.id for group in rule.regex.groupindex}
    has = {"examples": bool(indicator.examples), "rejects": bool(indicator.rejects)}
    if indicator.kind in ("count", "amount"):
        has["counts"] = indicator.counts is not None
        has["not_counts"] = indicator.not_counts is not None
        has["time"] = indicator.time is not None or "time" in groups
    if indicator.kind == "change":
        has["of"] = bool(indicator.of)
        has["basis"] = indicator.basis is not None or "basis" in groups
    location = ruleset.location("indicators", indicator.id)
    lacking = [key for key, there in has.items() if not there]
    return [say(f"lacks_{key}", id=indicator.id, kind=indicator.kind).at(location) for key in lacking]
