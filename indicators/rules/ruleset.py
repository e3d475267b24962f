"""A rule set: what config.yaml and its packs amount to once they are read. Frozen; may be sent to other processes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

from indicators.errors import Fault, Location
from indicators.rules.compiling import compiled
from indicators.rules.conversion import accepts
from indicators.rules.literals import shape
from indicators.rules.macros import Expanded
from indicators.rules.plans import Exclusion, Plan, exclusions
from indicators.rules.prefilter import Prefilter
from indicators.rules.reach import ANYWHERE, Reach
from indicators.rules.schema import CheckEntry, IndicatorEntry, Words

Path = tuple[str | int, ...]


class Indicator(IndicatorEntry):
    """An indicator with its id."""

    id: str

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of an indicator. `id` is "<indicator>#<number from 1>", `source` the pattern as written.

    `macros` are those of its file, `expanded` is the pattern written out, for `literals` see `literals.shape`. `order`
    is the place of the indicator in the rule set: file order decides between equal matches. `reach`: see `reach_of`;
    nothing known is safe, only slower.
    """

    id: str
    indicator: Indicator
    order: int
    source: str
    macros: Mapping[str, str]
    expanded: Expanded
    literals: frozenset[str] | None
    reach: Reach = ANYWHERE

    @property
    def regex(self) -> regex.Pattern[str]:
        """The compiled pattern."""
        return compiled(self.expanded.pattern)


def _takes(rule: Rule, unit: str) -> bool:
    slots = rule.expanded.units.items()
    return any(group[1] == "v" and accepts(rule.indicator, unit, only) for group, only in slots)


def reach_of(expanded: Expanded) -> Reach:
    """How far a pattern looks from its number; little is known where it names a past value: two numbers."""
    whole = shape(expanded.pattern)
    if whole.required is None:
        return ANYWHERE
    if not expanded.has_past:
        return whole.reach
    return Reach(whole.reach.anchor and whole.reach.anchor.anywhere(), needs=whole.reach.needs)


@dataclass(frozen=True)
class RuleSet:
    """Indicators in file order (the file's own, then each pack's), with everything that matching and tables need.

    `unless` holds for each indicator id its expanded exclusions. `locations` says where an entry stands, by its path
    of keys: ("indicators", "gdp", "examples", 0).
    """

    indicators: tuple[Indicator, ...] = ()
    rules: tuple[Rule, ...] = ()
    unless: dict[str, tuple[Expanded, ...]] = field(default_factory=dict)
    topics: dict[str, Words] = field(default_factory=dict)
    macros: dict[str, str] = field(default_factory=dict)
    corpus: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    checks: dict[str, CheckEntry] = field(default_factory=dict)
    series: tuple[str, ...] = ()
    deflator: str = ""
    locations: dict[Path, Location] = field(default_factory=dict)
    warnings: tuple[Fault, ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        """What is sent to another process: the fields, not what was made of them."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self)}

    @cached_property
    def prefilter(self) -> Prefilter:
        """Tells which rules can match where, by the words that they need and how far these stand from the number."""
        return Prefilter([rule.reach for rule in self.rules])

    @cached_property
    def plans(self) -> list[Plan]:
        """The rules, ready to be run."""
        return [Plan(rule) for rule in self.rules]

    @cached_property
    def exclusions(self) -> dict[str, tuple[Exclusion, ...]]:
        """Indicator id -> its `unless`, ready to be searched; indicators without are missing."""
        return {id_: exclusions(entries) for id_, entries in self.unless.items() if entries}

    def accepting(self, unit: str) -> NDArray[np.bool_]:
        """For each rule, whether it has a {value} that takes a quantity of that unit."""
        known = self._accepting.get(unit)
        if known is None:
            known = self._accepting[unit] = np.array([_takes(rule, unit) for rule in self.rules], dtype=bool)
        return known

    @cached_property
    def _accepting(self) -> dict[str, NDArray[np.bool_]]:
        return {}

    @cached_property
    def _by_id(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for indicator in self.indicators}

    def indicator(self, id_: str) -> Indicator:
        """The indicator of that id; KeyError where there is none."""
        return self._by_id[id_]

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Indicator id -> its kind."""
        return {indicator.id: indicator.kind for indicator in self.indicators}

    def __contains__(self, id_: object) -> bool:
        return id_ in self._by_id

    @cached_property
    def rules_version(self) -> str:
        """Hash of all that decides a table, 12 hex digits: comments, layout and examples change nothing."""
        resolved = {
            "indicators": [indicator.model_dump(exclude={"examples", "rejects"}) for indicator in self.indicators],
            "rules": [(rule.id, rule.expanded.pattern) for rule in self.rules],
            "unless": {id_: [entry.pattern for entry in entries] for id_, entries in self.unless.items()},
            "topics": {id_: words.model_dump() for id_, words in self.topics.items()},
            "checks": {id_: check.model_dump() for id_, check in self.checks.items()},
            "series": self.series,
            **({"deflator": self.deflator} if self.deflator else {}),
        }
        return hashlib.sha256(json.dumps(resolved, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]

    def location(self, *path: str | int) -> Location:
        """Where an entry stands; the nearest entry above it where it is not written itself."""
        while path and path not in self.locations:
            path = path[:-1]
        return self.locations.get(path, Location("config.yaml"))
