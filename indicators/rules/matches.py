"""What matching returns: captures, and for each rule what became of its matches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, overload

from indicators.rules.ruleset import Indicator


@dataclass(frozen=True, slots=True)
class Match:
    """A quantity captured by a rule. Offsets are folded; `start`, `end` span the whole match.

    `quantity` is the row in Quantities, `rule` "<indicator>#<pattern from 1>". `value`, `low`, `high` are in the
    indicator's `unit`, signed for kind change. `part`, `scope`, `place`, `period` are the words of the pattern's named
    groups, `time` and `basis` what they mean, "" where there is none. `role` past: the superseded value of a from-to.
    """

    quantity: int
    indicator: Indicator
    rule: str
    start: int
    end: int
    part: str
    time: str
    basis: str
    scope: str
    place: str
    period: str
    value: float
    low: float | None
    high: float | None
    unit: str
    role: Literal["value", "past"] = "value"


@dataclass(slots=True)
class RuleCount:
    """What became of a rule's matches: kept, lost (to which indicator, how often), refused by `unless`."""

    matched: int = 0
    kept: int = 0
    refused: int = 0
    lost: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Uneven:
    """A list whose labels and values differ in number: `part` stays empty. Folded span of the match."""

    rule: str
    start: int
    end: int
    words: str
    values: int


@dataclass(slots=True)
class MatchResult(Sequence[Match]):
    """Matches in order of the text, the owner of a quantity before those that share it.

    `failed` says for each rule that could not be run to its end why: its missing matches are no zero.
    """

    matches: list[Match] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    counts: dict[str, RuleCount] = field(default_factory=dict)
    uneven: list[Uneven] = field(default_factory=list)

    def counters(self, rule: str) -> RuleCount:
        """The counters of a rule, made on first use."""
        return self.counts.setdefault(rule, RuleCount())

    def __len__(self) -> int:
        return len(self.matches)

    @overload
    def __getitem__(self, index: int) -> Match: ...
    @overload
    def __getitem__(self, index: slice) -> list[Match]: ...
    def __getitem__(self, index: int | slice) -> Match | list[Match]:
        return self.matches[index]

    def __iter__(self) -> Iterator[Match]:
        return iter(self.matches)
