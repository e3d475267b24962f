"""`unless` of an indicator: words in the clause of a quantity by which no rule of it takes the quantity."""

from __future__ import annotations

from indicators.language.columns import Quantities
from indicators.language.sentences import clause_span
from indicators.rules import attempts
from indicators.rules.ruleset import Indicator, RuleSet
from indicators.rules.windows import Span, window


class Refusals:
    """Answers for the quantities of a document, each question once. `failed` takes what ran out of time, and why."""

    def __init__(self, text: str, quantities: Quantities, ruleset: RuleSet, failed: dict[str, str]) -> None:
        self._text = text
        self._quantities = quantities
        self._exclusions = ruleset.exclusions
        self._failed = failed
        self._known: dict[tuple[str, int], bool] = {}
        self._clauses: dict[int, Span] = {}

    def refused(self, indicator: Indicator, row: int) -> bool:
        """Whether `unless` of an indicator is found in the clause of a quantity."""
        if indicator.id not in self._exclusions:
            return False
        key = (indicator.id, row)
        if key not in self._known:
            self._known[key] = self._found(indicator, row)
        return self._known[key]

    def _found(self, indicator: Indicator, row: int) -> bool:
        span = self._quantities.start[row], self._quantities.end[row]
        clause = self._clauses.get(row) or clause_span(self._text, *span)
        self._clauses[row] = clause
        words = self._text[clause[0] : clause[1]]
        for exclusion in self._exclusions[indicator.id]:
            if not exclusion.possible(words):
                continue
            text = window(self._text, clause, span).text if exclusion.expanded.has_value else words
            try:
                if exclusion.pattern.search(text, timeout=attempts.TIME_LIMIT):
                    return True
            except TimeoutError:
                self._failed[f"{indicator.id}:unless"] = f"took longer than {attempts.TIME_LIMIT} s on one clause"
        return False
