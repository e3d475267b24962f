"""A calendar expression as it stands in a folded text, before anything says which days it means."""

from __future__ import annotations

from typing import NamedTuple

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "0": 0, "两": 2}

_FIRST_OF_STATISTICS = 1900


class DateExpression(NamedTuple):
    """A calendar expression: `surface` is `text[start:end]` of the folded text; `frame_start`, `frame_end` take in
    the words that relate it (截至, 从...起, 以来, 期间).

    kind: `point` (year, month, day, each absolute or an offset from the reference; `part` narrows it: 初, 底, 上旬,
    H1, Q13, S冬 = winter), `span` (`amount` of `unit` in `direction` back, ahead, ago, after or run), `plan`
    (`count` = number of the five-year plan), `decade` (`year` = its first year), `festival` (`word`), `clock`, and
    the words of date_words.csv: `now`, `recent`, `trend`, `former`, `same`, `week`, `day`, `context_day`, `season`,
    `quarter`.
    `last` is (year, month, day) of the far end of a range, 0 where it is the near end's.
    relation: until (截至), to (到), since (从...起, 以来), by (底前), from (自, 从), at (在), or "".
    """

    start: int
    end: int
    surface: str
    kind: str
    year: int | None = None
    year_offset: int | None = None
    month: int | None = None
    month_offset: int | None = None
    day: int | None = None
    part: str = ""
    last: tuple[int, int, int] = (0, 0, 0)
    amount: int = 0
    unit: str = ""
    direction: str = ""
    word: str = ""
    context: bool = False
    has_number: bool = False
    relation: str = ""
    frame_start: int = 0
    frame_end: int = 0


def is_history(expression: DateExpression) -> bool:
    """Whether an expression names a year of the empires (1735年): how a place began, no year that figures are of."""
    return expression.year is not None and expression.year < _FIRST_OF_STATISTICS


def number(surface: str) -> int:
    """A small number in Arabic or Chinese numerals; digit strings too.

    >>> number("二〇一五"), number("十二"), number("08"), number("三十")
    (2015, 12, 8, 30)
    """
    if surface.isdigit() and surface.isascii():
        return int(surface)
    if "十" not in surface and "百" not in surface:
        return int("".join(str(_DIGITS[c]) for c in surface))
    hundreds, _, rest = surface.rpartition("百")
    tens, has_ten, ones = rest.rpartition("十")
    value = 100 * (_DIGITS.get(hundreds[-1:], 1) if "百" in surface else 0)
    value += 10 * _DIGITS.get(tens[-1:], 1) if has_ten else 0
    return value + _DIGITS.get(ones[-1:], 0)
