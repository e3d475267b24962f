"""Who and where a made-up document is about: a county with its towns, invented villages and persons, a year."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cache

from templates import Slot, rows

from indicators.language.gazetteer import CITY, COUNTY, PROVINCE, TOWN, Gazetteer, load

FEWEST_TOWNS = 4
FIRST_YEAR, LAST_YEAR = 2010, 2024


@cache
def counties() -> tuple[int, ...]:
    """Divisions of the gazetteer that can stand for a seed's county: with a short name and enough towns."""
    gazetteer = load()
    return tuple(
        index
        for index in range(len(gazetteer.name))
        if gazetteer.level[index] == COUNTY
        and gazetteer.name[index][-1] in "县市区"
        and len(gazetteer.short[index]) >= 2
        and len(_towns(gazetteer, index)) >= FEWEST_TOWNS
    )


def _towns(gazetteer: Gazetteer, county: int) -> list[int]:
    return [town for town in gazetteer.children.get(county, ()) if gazetteer.level[town] == TOWN]


@cache
def _syllables() -> dict[str, tuple[str, ...]]:
    return {row["kind"]: tuple(row["words"].split()) for row in rows("syllables")}


def invented(rng: random.Random, first: str, last: str) -> str:
    """An invented name of two syllables of the given kinds."""
    return rng.choice(_syllables()[first]) + rng.choice(_syllables()[last])


@dataclass(slots=True)
class World:
    """The names of one document, each chosen when first asked for, and its year."""

    rng: random.Random
    year: int
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def name(self, key: tuple[str, str]) -> str:
        """The name that stands for (group, role): ("main", "county_short") -> 围场."""
        if key not in self.known:
            group, role = key
            if (group, "county") not in self.known:
                self._settle(group)
            if key not in self.known:
                self.known[key] = self._invent(group, role)
        return self.known[key]

    def _settle(self, group: str) -> None:
        """Choose the county of a group, and with it its city, province and towns."""
        gazetteer = load()
        county = self.rng.choice(counties())
        city, province = gazetteer.up(county, CITY), gazetteer.up(county, PROVINCE)
        city = province if city < 0 else city
        for role, index in (("county", county), ("city", city), ("province", province)):
            self.known[group, role] = gazetteer.name[index]
            self.known[group, f"{role}_short"] = gazetteer.short[index] or gazetteer.name[index]
        towns = _towns(gazetteer, county)
        self.rng.shuffle(towns)
        for number in range(1, 11):
            town = towns[(number - 1) % len(towns)]
            self.known[group, f"town{number}"] = gazetteer.name[town]
            self.known[group, f"town{number}_short"] = gazetteer.short_name(town) or gazetteer.name[town]

    def _invent(self, group: str, role: str) -> str:
        role, _, suffix = role.partition(":")
        if role.startswith("village"):
            if suffix:
                return self.name((group, role)) + suffix
            return invented(self.rng, "village_first", "village_last")
        if role.startswith("person"):
            given = self.rng.choice(("", self.rng.choice(_syllables()["given_first"])))
            return self.rng.choice(_syllables()["surname"]) + given + self.rng.choice(_syllables()["given_last"])
        raise KeyError(role)

    def fill(self, slot: Slot) -> str:
        """The text for a slot."""
        if slot.kind == "name":
            return self.name(slot.key)
        first, second = slot.shape
        if slot.kind == "digits":
            return digits(self.rng, first, second)
        if slot.kind == "han":
            return self.rng.choice("三四五六七八九")
        if slot.kind == "year":
            return str(self.year + first)
        if slot.kind == "letter":
            return self.name(("main", "county"))[-1]
        low, high = (1, 9) if first == 1 or second else (10, 12 if slot.kind == "month" else 28)
        return str(self.rng.randint(low, high)).rjust(first, "0")


def digits(rng: random.Random, length: int, zeros: int) -> str:
    """Another number of that many digits with at least that many zeros at its end; a lone zero is never one."""
    kept = max(1, length - zeros)
    return str(rng.randrange(10 ** (kept - 1), 10**kept)) + "0" * (length - kept)
