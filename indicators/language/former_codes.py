"""Codes of counties over the years: which division a text of a former year means, by the divisions of that time.

`county_code` of the tables is today's. Revisions of GB/T 2260 from December 1999 to April 2019 tell what a county was
called and coded before, and which counties it took over (`data/former_codes.csv`). Only what they say is answered: a
merged county whose part is not named, or a change after April 2019, has no answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from indicators.language import gazetteer
from indicators.language.lexicon import lexicon

FIRST, LAST = "1999-12", "2019-04"  # months of the first and the last revision


@dataclass(frozen=True, slots=True)
class Former:
    """A code and name that a county, or one that it took over, had from month `first` to `last` ("" for today)."""

    code: str
    name: str
    first: str
    last: str

    def held(self, month: str) -> bool:
        """Whether it stood in `month` (yyyy-mm)."""
        return self.first <= month and (not self.last or month <= self.last)

    @property
    def stem(self) -> str:
        """The name without its kind: 静海 of 静海县; 蓟县 stays."""
        return self.name[:-1] if len(self.name) > 2 else self.name


@cache
def histories() -> dict[str, tuple[Former, ...]]:
    """Today's county code -> what it was, for counties whose code or name changed or that took over another."""
    found: dict[str, list[Former]] = {}
    for row in lexicon("former_codes"):
        found.setdefault(row["code"], []).append(Former(row["code_then"], row["name_then"], row["first"], row["last"]))
    return {code: tuple(rows) for code, rows in found.items()}


@lru_cache(maxsize=1 << 16)
def code_then(county_code: str, day: str, words: str = "") -> str:
    """Code of the division that stood on `day` (ISO, or its beginning) where today's county `county_code` is.

    `words` are the place as written: they decide between counties that were merged later. "" where no code, no day or
    no answer is known.

    >>> code_then("120118", "2012-12-31"), code_then("120118", "2018-06-30")
    ('120223', '120118')
    >>> code_then("110101", "2005-12-31", "崇文区"), code_then("110101", "2005-12-31")
    ('110103', '')
    """
    month = day[:7]
    if not county_code or month[:4] < FIRST[:4]:
        return ""
    history = histories().get(county_code)
    if history is None:
        return county_code
    month = f"{month}-12"[:7]
    held = [former for former in history if former.held(month)]
    known = held or history
    named = [former for former in known if former.name in words] or [former for former in known if former.stem in words]
    candidates = named or held
    if not candidates and month > LAST and _today(county_code) in words:
        return county_code
    return candidates[0].code if len({former.code for former in candidates}) == 1 else ""


@cache
def name_then(county_code: str, code: str, day: str) -> str:
    """Name that the division `code` (a `code_then` of today's county) had on `day`; today's where none is known.

    >>> name_then("120118", "120223", "2012-12-31"), name_then("440781", "440781", "2012-12-31")
    ('静海县', '台山市')
    """
    month = f"{day[:7]}-12"[:7]
    rows = [former for former in histories().get(county_code, ()) if former.code == code]
    held = [former for former in rows if former.held(month)] or rows
    return held[0].name if held else _today(county_code)


@cache
def took_over(county_code: str) -> bool:
    """Whether today's county is made of several counties that stood side by side."""
    rows = histories().get(county_code, ())
    months = [former.first for former in rows]
    return any(len({former.code for former in rows if former.held(month)}) > 1 for month in months)


def _today(county_code: str) -> str:
    divisions = gazetteer.load()
    index = divisions.by_code.get(county_code, -1)
    return divisions.name[index] if index >= 0 else ""
