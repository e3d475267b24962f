"""Two data packages -> every observation that was gained, lost or changed, with its cause."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from indicators.table.cells import number_text
from indicators.table.columns import PLACE
from indicators.table.unpacking import Package

KEY = ("indicator", "unit", "level", *PLACE, "county_code", "period_start", "period_end", "status", "time", "basis")
COLUMNS = ("change", "cause", *KEY, "value_before", "value", "document", "text", "claim_before", "claim")
_FACTS = ("title", "source", "url", "published", "written", "place")
_OBSERVED = ("value", "value_low", "value_high", "qualifier", "claims", "sources", "conflict")
_PLACED = (*PLACE, "level", "county_code", "zone")


def changes(old: Package, new: Package) -> pd.DataFrame:
    """One row an observation that two packages do not share, columns COLUMNS, in order of indicator and place.

    `change` is gained, lost or changed. `cause` is the first that holds of the claim chosen: its document is new, gone
    or was changed; its metadata was; it was reviewed otherwise; its indicator's rules were changed; the gazetteer was
    and so was its place; else the reader.
    """
    before, after = _keyed(old.tables["observations"]), _keyed(new.tables["observations"])
    judge = _Judge(old, new)
    rows = []
    for key in sorted(set(before) | set(after)):
        was, now = before.get(key), after.get(key)
        if was and now and _same(was, now):
            continue
        rows.append(_row(key, was, now, judge))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def as_text(found: pd.DataFrame) -> str:
    """Lines for a terminal: + gained, - lost, ~ changed, each with its cause; last how many have which cause."""
    marks = {"gained": "+", "lost": "-", "changed": "~"}
    lines = []
    for row in found.to_dict("records"):
        place = next((row[name] for name in reversed(PLACE) if row[name]), "-")
        year = f"{row['period_start']}/{row['period_end']}".strip("/") or "-"
        values = [number_text(row[name]) for name in ("value_before", "value")]
        told = " -> ".join(value for value in values if value)
        lines.append(f"{marks[row['change']]} {row['indicator']} {place} {year}: {told} {row['unit']} ({row['cause']})")
    counts = ", ".join(f"{cause} {count}" for cause, count in found["cause"].value_counts().items())
    return "\n".join([*lines, f"{len(found)} observations differ" + (f": {counts}" if counts else "")])


def _keyed(observations: pd.DataFrame) -> dict[tuple[str, ...], dict[str, Any]]:
    """Observations by their key and their place among those of equal key: parts of a list and scopes share one."""
    table = observations.assign(_nth=observations.groupby(list(KEY), sort=False).cumcount())
    rows = ({str(name): cell for name, cell in row.items()} for row in table.to_dict("records"))
    return {(*(str(row[name]) for name in KEY), f"{row['_nth']:06}"): row for row in rows}


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(_equal(one[name], other[name]) for name in _OBSERVED)


def _equal(one: object, other: object) -> bool:
    absent = [isinstance(cell, float) and math.isnan(cell) for cell in (one, other)]
    return all(absent) or (not any(absent) and one == other)


class _Judge:
    """Tells why an observation is not what it was."""

    def __init__(self, old: Package, new: Package) -> None:
        self.claims = [_by_id(package) for package in (old, new)]
        self._documents = [_by_name(package.tables["documents"]) for package in (old, new)]
        self._rules = [package.manifest.get("rules", {}) for package in (old, new)]
        versions = [package.manifest.get("versions", {}) for package in (old, new)]
        self._gazetteer = versions[0].get("gazetteer") != versions[1].get("gazetteer")
        # A claim is named by its text and span: the same number under other rules has another row but one place.
        self._spots = [
            {(row["document"], row["start"], row["indicator"]): row for row in claims.values()}
            for claims in self.claims
        ]

    def cause(self, was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> str:
        """The cause of the change from one observation to the other; None stands for no observation."""
        before = self.claims[0].get(str(was["claim_id"])) if was else None
        after = self.claims[1].get(str(now["claim_id"])) if now else None
        before = before or (self._spots[0].get(_spot(after)) if after else None)
        after = after or (self._spots[1].get(_spot(before)) if before else None)
        for claim, there in ((after, 0), (before, 1)):
            found = self._of_document(claim, there) if claim else ""
            if found:
                return found
        known = after or before or {}
        if _reviewed(before) != _reviewed(after):
            return "review"
        indicator = str(known.get("indicator", ""))
        if self._rules[0].get(indicator) != self._rules[1].get(indicator):
            return "rule"
        moved = before and after and any(before[name] != after[name] for name in _PLACED)
        return "gazetteer" if moved and self._gazetteer else "reader"

    def _of_document(self, claim: Mapping[str, Any], there: int) -> str:
        """What happened to a claim's document, seen from the other package; "" where it stayed as it was."""
        name = str(claim["document"])
        own, other = self._documents[1 - there].get(name), self._documents[there].get(name)
        if other is None:
            return "new document" if there == 0 else "document gone"
        if own is None:
            return ""
        if own["content_hash"] != other["content_hash"]:
            return "document changed"
        return "metadata" if any(own[fact] != other[fact] for fact in _FACTS) else ""


def _reviewed(claim: Mapping[str, Any] | None) -> tuple[str, str]:
    """A person's decision about a claim, and what she replaced."""
    return (str(claim["review"]), str(claim["read_as"])) if claim else ("", "")


def _spot(claim: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    return claim["document"], claim["start"], claim["indicator"]


def _by_id(package: Package) -> dict[str, dict[str, Any]]:
    """The claims of a package, those that reviews took out of the table among them."""
    kinds = [package.tables[name] for name in ("rejected", "claims") if name in package.tables]
    rows = ({str(name): cell for name, cell in row.items()} for claims in kinds for row in claims.to_dict("records"))
    return {str(row["claim_id"]): row for row in rows}


def _by_name(documents: pd.DataFrame) -> dict[str, dict[str, Any]]:
    rows = ({str(name): cell for name, cell in row.items()} for row in documents.to_dict("records"))
    return {str(row["document"]): row for row in rows}


def _row(
    key: tuple[str, ...], was: Mapping[str, Any] | None, now: Mapping[str, Any] | None, judge: _Judge
) -> dict[str, Any]:
    here = now or was or {}
    claim = judge.claims[1 if now else 0].get(str(here["claim_id"]), {})
    return {
        **dict(zip(KEY, key, strict=False)),
        "change": "changed" if was and now else "gained" if now else "lost",
        "cause": judge.cause(was, now),
        "value_before": was["value"] if was else math.nan,
        "value": now["value"] if now else math.nan,
        "document": claim.get("document", ""),
        "text": claim.get("text", ""),
        "claim_before": was["claim_id"] if was else "",
        "claim": now["claim_id"] if now else "",
    }
