"""The claims of one rule set in every document read so far; another rule set's claims derived from them.

A rule can match only where one of its words stands (`literals.shape`). So where two rule sets differ in a few rules,
only the documents that hold a word of these are matched again; the others keep their claims, cell for cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from indicators.language.reader import Reading
from indicators.rules.literals import shape
from indicators.rules.matching import match
from indicators.rules.ruleset import Rule, RuleSet
from indicators.table.claims import Lists, add_claims, empty_lists
from indicators.table.columns import CLAIMS, build
from indicators.table.repeats import mark_repeats


@dataclass(eq=False)
class Side:
    """`lists` holds for each document read so far, in order, the columns of its claims. `failed`: rules that failed."""

    rules: RuleSet
    lists: list[Lists] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    def extend(self, readings: Sequence[Reading]) -> None:
        """Match the documents that are not matched yet."""
        for reading in readings[len(self.lists) :]:
            self.lists.append(self.matched(reading))

    def matched(self, reading: Reading) -> Lists:
        """The claims of one document; a rule that failed once is not run again."""
        lists = empty_lists()
        result = match(reading, self.rules, self.failed)
        self.failed.update(result.failed)
        add_claims(lists, reading, result, self.rules.rules_version)
        mark_repeats(lists, 0, reading)
        return lists

    def claims(self, documents: Iterable[int], indicators: Collection[str] | None = None) -> pd.DataFrame:
        """The claims table of some documents, by their numbers; of some indicators alone, if named."""
        whole = empty_lists()
        for number in documents:
            lists = self.lists[number]
            if indicators is None:
                rows = list(range(len(lists["indicator"])))
            else:
                rows = [row for row, name in enumerate(lists["indicator"]) if name in indicators]
            for name, cells in lists.items():
                whole[name].extend(cells[row] for row in rows)
        return build(CLAIMS, whole)

    def count(self) -> int:
        """How many claims there are."""
        return sum(len(lists["indicator"]) for lists in self.lists)


def shared(rules: RuleSet, old: RuleSet) -> RuleSet:
    """The same rules, with the indicators that `old` has too taken from there.

    What is cached by indicator is then found by identity; comparing two equal ones field by field costs 20 times more.
    """
    known = {one.id: one for one in old.indicators}
    same = {one.id: known[one.id] if known.get(one.id) == one else one for one in rules.indicators}
    own = tuple(replace(rule, indicator=same[rule.indicator.id]) for rule in rules.rules)
    return replace(rules, indicators=tuple(same.values()), rules=own)


def derive(old: Side, rules: RuleSet, readings: Sequence[Reading]) -> tuple[Side, list[int]]:
    """The side of other rules over the documents of `old`, and the numbers of those matched again."""
    changed = changed_rules(old.rules, rules)
    gone = {rule.id for rule in changed}
    side = Side(rules, failed={name: why for name, why in old.failed.items() if name not in gone})
    again = []
    for number, lists in enumerate(old.lists):
        if concerned(changed, readings[number].folded.text):
            again.append(number)
            lists = side.matched(readings[number])
        side.lists.append(lists)
    return side, again


def concerned(changed: Sequence[Rule], text: str) -> bool:
    """Whether one of the rules could match in a folded text."""
    needed = (shape(rule.expanded.pattern).required for rule in changed)
    return any(words is None or any(word in text for word in words) for words in needed)


def changed_rules(old: RuleSet, new: RuleSet) -> list[Rule]:
    """The rules that only one of two rule sets has, as it has them; all rules where the common ones changed order.

    A rule is its pattern with all that decides what becomes of a match: its indicator, `unless`, and its place among
    the patterns. Examples and rejects decide nothing.
    """
    before, after = _facts(old), _facts(new)
    common = before.keys() & after.keys()
    if [key for key in before if key in common] != [key for key in after if key in common]:
        return [*old.rules, *new.rules]
    left = [rule for key, rule in before.items() if key not in common]
    return [*left, *(rule for key, rule in after.items() if key not in common)]


def _facts(rules: RuleSet) -> dict[str, Rule]:
    """What decides a rule's captures, as text -> the rule."""
    entries = {
        indicator.id: (
            indicator.model_dump_json(exclude={"examples", "rejects", "patterns"}),
            [expanded.pattern for expanded in rules.unless.get(indicator.id, ())],
        )
        for indicator in rules.indicators
    }
    return {repr((rule.id, rule.expanded.pattern, entries[rule.indicator.id])): rule for rule in rules.rules}
