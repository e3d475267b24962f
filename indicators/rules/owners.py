"""One quantity, one indicator: priority, then the longest match, then order in the file; `also` indicators share."""

from __future__ import annotations

from indicators.rules.candidates import Candidate
from indicators.rules.matches import MatchResult


def owners(candidates: list[Candidate], result: MatchResult) -> list[Candidate]:
    """The candidates that are kept, by quantity, the owner first; counts what was kept and lost.

    A superseded value stands and falls with the value that superseded it.
    """
    while True:
        by_quantity: dict[int, list[Candidate]] = {}
        for candidate in candidates:
            by_quantity.setdefault(candidate.quantity, []).append(candidate)
        kept = {index: _share(rivals) for index, rivals in by_quantity.items()}
        orphans = {
            id(c)
            for chosen in kept.values()
            for c in chosen
            if c.parent is not None and not any(c.parent is other for other in kept[c.parent.quantity])
        }
        if not orphans:
            break
        candidates = [candidate for candidate in candidates if id(candidate) not in orphans]
    _count(by_quantity, kept, result)
    return [candidate for index in sorted(kept) for candidate in kept[index]]


def _share(rivals: list[Candidate]) -> list[Candidate]:
    """The owner of a quantity, then the indicators that share it; one candidate an indicator, past before others."""
    if len(rivals) == 1:
        return rivals
    of_indicator: dict[str, Candidate] = {}
    for candidate in rivals:
        standing = of_indicator.get(candidate.indicator.id)
        if standing is None or (candidate.role == "past" and standing.role != "past"):
            of_indicator[candidate.indicator.id] = candidate
    best = sorted(of_indicator.values(), key=_rank)
    owner = next((candidate for candidate in best if not candidate.indicator.also), best[0])
    return [owner, *(candidate for candidate in best if candidate.indicator.also and candidate is not owner)]


def _rank(candidate: Candidate) -> tuple[float, int, int]:
    return -candidate.indicator.priority, -candidate.length, candidate.rule.order


def _count(by_quantity: dict[int, list[Candidate]], kept: dict[int, list[Candidate]], result: MatchResult) -> None:
    for index, rivals in by_quantity.items():
        chosen = kept[index]
        for candidate in rivals:
            if candidate.role != "value":
                continue
            count = result.counters(candidate.rule.id)
            if any(candidate is winner for winner in chosen):
                count.kept += 1
            else:
                winner = chosen[0].indicator.id
                count.lost[winner] = count.lost.get(winner, 0) + 1
