"""What matching needs to know of a rule, worked out once: how to run its pattern, and how far it looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import regex

from indicators.rules.compiling import compiled
from indicators.rules.literals import shape
from indicators.rules.macros import Expanded
from indicators.rules.named_groups import NAMED
from indicators.rules.reach import UNBOUNDED

if TYPE_CHECKING:
    from indicators.rules.ruleset import Rule


class Plan:
    """A rule, ready to be run. The pattern is compiled when it is first needed."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.indicator = rule.indicator
        self.slots = rule.expanded.units
        self.has_gap = rule.expanded.has_gap
        self.has_past = rule.expanded.has_past
        reach = rule.reach
        self.before = reach.before
        self.after = reach.after if reach.closed else UNBOUNDED
        self.needs = sorted((sorted(words, key=len) for words in reach.needs), key=len)
        # Every match holds the number, and there is but one slot for it, which takes its unit (`accepting`).
        self.certain = reach.must and len(self.slots) == 1

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """The compiled pattern."""
        return self.rule.regex

    def possible(self, words: str) -> bool:
        """Whether a text holds what every match does; False is sure."""
        for alternatives in self.needs:
            for word in alternatives:
                if word in words:
                    break
            else:
                return False
        return True

    @cached_property
    def search(self) -> Callable[..., regex.Match[str] | None]:
        """The search of the pattern."""
        return self.pattern.search

    @cached_property
    def named(self) -> frozenset[str]:
        """The named groups that say something of a capture."""
        return frozenset(NAMED) & frozenset(self.pattern.groupindex)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An entry of `unless`. `words`: the clause must hold one of them for it to be found; None where none is known."""

    expanded: Expanded
    words: frozenset[str] | None

    def possible(self, clause: str) -> bool:
        """Whether the pattern could be found in a clause; False is sure."""
        return self.words is None or any(word in clause for word in self.words)

    @property
    def pattern(self) -> regex.Pattern[str]:
        """The compiled pattern."""
        return compiled(self.expanded.pattern)


def exclusions(entries: tuple[Expanded, ...]) -> tuple[Exclusion, ...]:
    """The `unless` of an indicator, ready to be searched."""
    return tuple(Exclusion(entry, shape(entry.pattern).required) for entry in entries)
