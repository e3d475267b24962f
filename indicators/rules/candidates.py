"""A rule's match on a quantity before it is known which indicator owns the quantity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import regex

from indicators.language.columns import Quantities
from indicators.rules.conversion import into, keeps
from indicators.rules.matches import Match, MatchResult, Uneven
from indicators.rules.named_groups import labels, meaning
from indicators.rules.plans import Plan
from indicators.rules.ruleset import Indicator, Rule
from indicators.rules.windows import Window


@dataclass(slots=True)
class Candidate:
    """A match of a rule with `quantity` in the place of {value} (role past: of {past}).

    `members` are the quantities of its list or range, itself included; `alone`: the pattern matched it by itself, not
    the list as a whole. `past` is the quantity in the place of {past}, `parent` the candidate that a past one is of.
    """

    quantity: int
    plan: Plan
    window: Window
    hit: regex.Match[str]
    members: list[int]
    past: int | None = None
    alone: bool = True
    role: Literal["value", "past"] = "value"
    parent: Candidate | None = None

    @property
    def rule(self) -> Rule:
        """The rule that matched."""
        return self.plan.rule

    @property
    def indicator(self) -> Indicator:
        """The indicator of the rule."""
        return self.plan.indicator

    @property
    def length(self) -> int:
        """Characters of the match, the quantity counted as one: what decides between two rules."""
        return self.hit.end() - self.hit.start()

    def of_past(self) -> Candidate:
        """The candidate of the superseded value."""
        assert self.past is not None  # noqa: S101 - asked only of candidates that hold one
        return replace(self, quantity=self.past, role="past", parent=self, members=[self.past], alone=True)

    def words(self, group: str, text: str) -> str:
        """The words that a named group of the pattern caught, as the folded text has them; "" where it took no part."""
        if self.hit.start(group) < 0:
            return ""
        start, end = self.window.span(*self.hit.span(group))
        return text[start:end]


def to_match(candidate: Candidate, quantities: Quantities, text: str, result: MatchResult) -> Match:
    """The capture that a kept candidate stands for."""
    index, plan = candidate.quantity, candidate.plan
    indicator = plan.indicator
    start, end = candidate.window.span(*candidate.hit.span())
    value, low, high = _values(index, indicator, quantities)
    words = {group: candidate.words(group, text) for group in plan.named}.get
    return Match(
        quantity=index,
        indicator=indicator,
        rule=plan.rule.id,
        start=start,
        end=end,
        part=_part(candidate, quantities, words("part", ""), result),
        time=meaning("time", words("time", ""), indicator.time or ""),
        basis=meaning("basis", words("basis", ""), indicator.basis or "unstated") if indicator.kind == "change" else "",
        scope=words("scope", ""),
        place=words("place", ""),
        period=words("period", ""),
        value=value,
        low=low,
        high=high,
        unit=indicator.unit,
        role=candidate.role,
    )


def _values(index: int, indicator: Indicator, quantities: Quantities) -> tuple[float, float | None, float | None]:
    """Value and interval in the indicator's unit; a change after 下降 is negative, its interval turned round."""
    value, low, high = quantities.value[index], quantities.low[index], quantities.high[index]
    unit = quantities.unit[index]
    if not keeps(indicator, unit):
        value, low, high = (into(indicator, number, unit) for number in (value, low, high))
    number = 0.0 if value is None else value
    if indicator.kind == "change" and quantities.direction[index] < 0 and number > 0:
        return -number, None if high is None else -high, None if low is None else -low
    return number, low, high


def _part(candidate: Candidate, quantities: Quantities, words: str, result: MatchResult) -> str:
    """Low or high for the ends of a range; for a member of a list its label; else the label of the pattern itself."""
    end = quantities.part[candidate.quantity]
    if end or not words:
        return end
    count = len(candidate.members)
    if count > 1:
        named = labels(words, count)
        if named:
            return named[candidate.members.index(candidate.quantity)]
        if not candidate.alone or len(labels(words, 1)) != 1:
            start, stop = candidate.window.span(*candidate.hit.span())
            uneven = Uneven(candidate.rule.id, start, stop, words, count)
            if not any((said.rule, said.start) == (uneven.rule, start) for said in result.uneven):
                result.uneven.append(uneven)
            return ""
    return words
