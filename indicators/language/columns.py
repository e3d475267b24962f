"""What the language layer returns: one row a numeric expression, as columns in folded offsets."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Quantities:
    """Numeric expressions of a folded text, sorted by start, spans disjoint; every run of digits lies in one.

    `start`, `end` span the expression with its qualifier words and unit. `number_start`, `number_end` span the numeral
    alone. `cls` is claim, date, ordinal, name, idiom or id. `value`, `low`, `high` are None where there is no value.
    `direction` is -1 after 下降/减少, +1 after 增长/增加, 0 elsewhere. `part` is low or high for the ends of a range.
    `group` is equal for members of one list or range (4万件、16万件和19万件; 5万—50万元), -1 elsewhere.
    `per` is the denominator of a rate (月, 平方米, 人).
    """

    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    number_start: list[int] = field(default_factory=list)
    number_end: list[int] = field(default_factory=list)
    cls: list[str] = field(default_factory=list)
    value: list[float | None] = field(default_factory=list)
    low: list[float | None] = field(default_factory=list)
    high: list[float | None] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)
    qualifier: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    status: list[str] = field(default_factory=list)
    direction: list[int] = field(default_factory=list)
    part: list[str] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    per: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.start)
