"""One rule on one quantity: whether the pattern matches the sentence with {value} on exactly that quantity.

Members of a list or range that a pattern misses alone are tried with the whole list in place of {value}. Each search
has a time limit, given to `regex` itself: it costs some 2 us a search, works in any thread, and stops every explosion.
"""

from __future__ import annotations

from bisect import bisect_left

import regex

from indicators.language.columns import Quantities
from indicators.rules.candidates import Candidate
from indicators.rules.conversion import accepts
from indicators.rules.plans import Plan
from indicators.rules.windows import Span, Window, overlaps, window

TIME_LIMIT = 0.2  # seconds of one search; a pattern that needs more is a failed rule
MOST_PAST = 40  # numbers on either side of a value that are tried as its superseded value


class Attempts:
    """Runs rules on the quantities of a document, sentence by sentence.

    `failed` takes the rules that ran out of time, and why. `far`: a match may go further from its number than the
    plans say (`Prefilter.of`).
    """

    def __init__(self, text: str, quantities: Quantities, failed: dict[str, str], far: bool) -> None:
        self._text = text
        self._quantities = quantities
        self._failed = failed
        self._far = far
        self._windows: dict[tuple[Span, Span | None], Window] = {}
        self._groups: dict[int, list[int]] = {}
        self.bounds: Span = (0, 0)
        self.words = ""  # of the sentence
        self.claims: list[int] = []

    def enter(self, bounds: Span, claims: list[int]) -> None:
        """Turn to the sentence with those bounds, which holds those claims."""
        self.bounds, self.claims = bounds, claims
        self.words = self._text[slice(*bounds)]
        self._groups = _groups(self._quantities, claims)
        self._windows.clear()

    def attempt(self, plan: Plan, index: int) -> Candidate | None:
        """A rule on one quantity: alone, then with its whole list or range in its place."""
        members = self._groups.get(self._quantities.group[index]) if self._groups else None
        if members is None:
            return self._pin(plan, index, self.span(index), [index])
        whole = (self._quantities.start[members[0]], self._quantities.end[members[-1]])
        candidate = self._pin(plan, index, self.span(index), [index]) or self._pin(plan, index, whole, members)
        if candidate is not None:
            candidate.members = members
        return candidate

    def _pin(self, plan: Plan, index: int, span: Span, pinned: list[int]) -> Candidate | None:
        if plan.has_past:
            near = [row for row in self.claims if row not in pinned and abs(row - index) <= MOST_PAST]
            for past in sorted(near, key=lambda row: (row > index, abs(row - index))):
                candidate = self._search(plan, index, self.window(span, self.span(past)), [*pinned, past], past)
                if candidate is not None:
                    candidate.members, candidate.alone = pinned, len(pinned) == 1
                    return candidate
        return self._search(plan, index, self.window(span, None), pinned, None)

    def _search(self, plan: Plan, index: int, view: Window, pinned: list[int], past: int | None) -> Candidate | None:
        """The first match whose gaps hold no other claim; None where there is none or the rule ran out of time.

        The limit counts CPU time of the whole process: a second try tells a slow pattern from busy threads beside it.
        """
        text = view.text
        begin, end = 0, len(text)
        if not self._far:
            begin, end = max(begin, view.pin - plan.before), min(end, view.pin + 1 + plan.after)
        if plan.needs and not plan.possible(text[begin:end]):
            return None
        for _ in range(2):
            try:
                hit = plan.search(text, begin, end, timeout=TIME_LIMIT)
                if hit is not None and not self._fits(plan, view, hit, pinned, index, past):
                    hits = plan.pattern.finditer(text, begin, end, overlapped=True, timeout=TIME_LIMIT)
                    hit = next((hit for hit in hits if self._fits(plan, view, hit, pinned, index, past)), None)
            except TimeoutError:
                continue
            return None if hit is None else Candidate(index, plan, view, hit, pinned, past, len(pinned) == 1)
        where = f"characters {self.bounds[0]}-{self.bounds[1]}"
        self._failed[plan.rule.id] = f"took longer than {TIME_LIMIT} s on one sentence ({where})"
        return None

    def _fits(
        self, plan: Plan, view: Window, hit: regex.Match[str], pinned: list[int], index: int, past: int | None
    ) -> bool:
        """Whether a match holds the number, in a unit that its slot takes, and its gaps no other claim."""
        return (plan.certain or self.slots_fit(plan, hit, index, past)) and not (
            plan.has_gap and self.crossed(view, hit, pinned)
        )

    def crossed(self, view: Window, hit: regex.Match[str], pinned: list[int]) -> list[int]:
        """The claims that the gaps of a match hold, but for those that are pinned."""
        gaps = [view.span(*gap) for gap in hit.spans("_gap") if gap[1] > gap[0]]
        if not gaps:
            return []
        first = bisect_left(self.claims, gaps[0][0], key=self._quantities.end.__getitem__)
        others = (row for row in self.claims[max(0, first) :] if row not in pinned)
        return [row for row in others if overlaps(self.span(row), gaps)]

    def slots_fit(self, plan: Plan, hit: regex.Match[str], index: int, past: int | None) -> bool:
        """Whether the value, and the past value where one is tried, took part, each in a unit that its slot takes."""
        value = old = False
        for group, only in plan.slots.items():
            if hit.start(group) < 0:
                continue
            if group[1] == "v":
                value = value or accepts(plan.indicator, self._quantities.unit[index], only)
            elif past is not None:
                old = old or accepts(plan.indicator, self._quantities.unit[past], only)
        return value and (past is None or old)

    def span(self, row: int) -> Span:
        """The folded span of a quantity."""
        return self._quantities.start[row], self._quantities.end[row]

    def window(self, span: Span, past: Span | None) -> Window:
        """The sentence at hand with a number, and a past one, pinned; each made once."""
        key = (span, past)
        known = self._windows.get(key)
        if known is None:
            known = self._windows[key] = window(self._text, self.bounds, span, past)
        return known


def _groups(quantities: Quantities, claims: list[int]) -> dict[int, list[int]]:
    """The lists and ranges of more than one member among some claims, by their number."""
    found: dict[int, list[int]] = {}
    for row in claims:
        if quantities.group[row] >= 0:
            found.setdefault(quantities.group[row], []).append(row)
    return {number: members for number, members in found.items() if len(members) > 1}
