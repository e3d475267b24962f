"""What became of one number: how it was read, which rules were tried on it, where each failed, and who owns it.

The stages are those of `matching`, in its order: the rule's unit, its words, its pattern, its gaps, `unless`, then the
other rules. An explanation is made by running the same matcher again, so it cannot tell another story.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from indicators.errors import Location
from indicators.language.reader import Reading
from indicators.language.sentences import clause_span
from indicators.rules.addresses import place_of
from indicators.rules.attempts import TIME_LIMIT
from indicators.rules.candidates import Candidate
from indicators.rules.how_read import how_read
from indicators.rules.matches import MatchResult
from indicators.rules.matching import Matcher, match
from indicators.rules.pairing import pairings
from indicators.rules.plans import Plan
from indicators.rules.ruleset import Indicator, RuleSet
from indicators.rules.windows import window

Outcome = Literal["owner", "shares", "lost", "later", "unless", "gap", "no_match", "no_word", "unit", "failed"]
# In the order in which they are shown: how far a rule came, farthest first.
OUTCOMES: tuple[Outcome, ...] = (
    *("owner", "shares", "failed", "lost", "later", "unless", "gap", "no_match"),
    *("no_word", "unit"),
)

_TOO_LONG = f"超过 {TIME_LIMIT} 秒，未能完成"


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one rule on the number. `zh` and `en` say why, `words` are the matched words of the text."""

    rule: str
    outcome: Outcome
    en: str
    zh: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number, how it was read (`read`: JSON-ready cells), and each rule's trial, the owner first.

    `start`, `end` are offsets in Document.text; `location` is their line and column.
    """

    document: str
    start: int
    end: int
    location: Location
    sentence: str
    read: dict[str, Any]
    trials: list[Trial] = field(default_factory=list)

    @property
    def owner(self) -> str:
        """The rule that owns the number, "" where none does."""
        return next((trial.rule for trial in self.trials if trial.outcome == "owner"), "")

    @property
    def failed(self) -> dict[str, str]:
        """Rules that could not be run to their end, and why: they have said nothing about this number."""
        return {trial.rule: trial.en for trial in self.trials if trial.outcome == "failed"}


def explain(reading: Reading, ruleset: RuleSet, row: int, result: MatchResult | None = None) -> Explanation:
    """The explanation of a quantity (its row in `reading.quantities`) under all rules.

    `result`: what `match(reading, ruleset)` gives, where it is at hand.
    """
    quantities, folded = reading.quantities, reading.folded
    start, end = folded.start(quantities.start[row]), folded.end(quantities.end[row])
    sentence = folded.surface(*reading.sentences.span(quantities.start[row])).strip()
    result = match(reading, ruleset) if result is None else result
    captured = [found for found in result if found.quantity == row]
    explanation = Explanation(
        *(reading.document.name, start, end, place_of(reading, start), sentence), how_read(reading, row, captured)
    )
    if quantities.cls[row] == "claim" and quantities.value[row] is not None:
        trials = _Trials(reading, ruleset, row, result).all()
        explanation.trials.extend(sorted(trials, key=lambda trial: OUTCOMES.index(trial.outcome)))
    return explanation


class _Trials:
    """Tries every rule on one quantity, as `matching` does, and notes where it stopped."""

    def __init__(self, reading: Reading, ruleset: RuleSet, row: int, result: MatchResult) -> None:
        self.reading, self.ruleset, self.row, self.result = (reading, ruleset, row, result)
        self.text = reading.folded.text
        self.unit = reading.quantities.unit[row]
        (pairing,) = pairings([reading], ruleset)
        self.matcher = Matcher(reading, ruleset, pairing, MatchResult(), result.failed)
        self.attempts = self.matcher.attempts
        at = reading.sentences.at(reading.quantities.start[row])
        self.rivals = [found for found in self.matcher.candidates(only=at) if found.quantity == row]
        self.matcher.enter(at)
        self.kept = [found for found in result if found.quantity == row]
        owned = [(found.rule, found.role) for found in self.kept[:1]]
        self.owner = next((rival for rival in self.rivals if (rival.rule.id, rival.role) in owned), None)
        self.possible = ruleset.prefilter.possible(ruleset.prefilter.find(self.text), *self.attempts.bounds)
        self.accepting = ruleset.accepting(self.unit)

    def all(self) -> Iterator[Trial]:
        """One trial a rule, in order of the rules."""
        for number, plan in enumerate(self.ruleset.plans):
            yield self._trial(number, plan)
        for name, reason in self.result.failed.items():
            if name.endswith(":unless"):
                yield Trial(name, "failed", reason, _TOO_LONG)

    def _trial(self, number: int, plan: Plan) -> Trial:
        rule = plan.rule
        reason = self.result.failed.get(rule.id) or self.matcher.result.failed.get(rule.id)
        if reason:
            return Trial(rule.id, "failed", reason, _TOO_LONG)
        rival = next((rival for rival in self.rivals if rival.rule.id == rule.id), None)
        if rival is not None:
            return self._ranked(rival)
        if not self.accepting[number]:
            unit = rule.indicator.unit
            en, zh = (f"'{self.unit}' does not convert into {unit}", f"“{self.unit}”不能换算为{unit}")
            return Trial(rule.id, "unit", en, zh)
        if number not in self.possible:
            shown = sorted(rule.literals or ())[:6]
            return Trial(
                *(rule.id, "no_word", f"the sentence holds none of: {', '.join(shown)}"),
                f"句中没有：{'、'.join(shown)}",
            )
        try:
            return self._stopped(plan)
        except TimeoutError:
            return Trial(rule.id, "failed", f"took longer than {TIME_LIMIT} s on one sentence", _TOO_LONG)

    def _stopped(self, plan: Plan) -> Trial:
        """A rule that ran and gave no candidate: an earlier pattern came first, `unless`, a gap, or no match."""
        rule = plan.rule
        found = self.attempts.attempt(plan, self.row)
        if found is None:
            crossed = self._crossed(plan)
            if crossed:
                return Trial(rule.id, "gap", f"a gap crosses {crossed}", f"间隔中有另一个数：{crossed}")
            return Trial(rule.id, "no_match", "the pattern does not match", "模式不匹配")
        words = self._words(found)
        if self.matcher.refusals.refused(rule.indicator, self.row):
            source = self._refusing(rule.indicator)
            return Trial(rule.id, "unless", f"refused by unless: {source}", f"被 unless 排除：{source}", words)
        first = next((rival.rule.id for rival in self.rivals if rival.indicator.id == rule.indicator.id), "")
        return Trial(rule.id, "later", f"matches too, but {first} comes first", f"也匹配，但 {first} 在先", words)

    def _crossed(self, plan: Plan) -> str:
        """The number that a gap crosses in the first match that is dropped for it, "" where there is none."""
        attempts, quantities = self.attempts, self.reading.quantities
        if not plan.has_gap:
            return ""
        view = attempts.window(attempts.span(self.row), None)
        for hit in plan.pattern.finditer(view.text, overlapped=True, timeout=TIME_LIMIT):
            if attempts.slots_fit(plan, hit, self.row, None):
                for row in attempts.crossed(view, hit, [self.row]):
                    return self.reading.folded.surface(quantities.start[row], quantities.end[row])
        return ""

    def _refusing(self, indicator: Indicator) -> str:
        """The entry of `unless` that is found in the clause of the number."""
        span = self.attempts.span(self.row)
        clause = clause_span(self.text, *span)
        for source, exclusion in zip(indicator.unless, self.ruleset.exclusions.get(indicator.id, ()), strict=True):
            pinned = exclusion.expanded.has_value
            text = window(self.text, clause, span).text if pinned else self.text[clause[0] : clause[1]]
            if exclusion.pattern.search(text, timeout=TIME_LIMIT):
                return source
        return ""

    def _ranked(self, rival: Candidate) -> Trial:
        words = self._words(rival)
        owner = self.owner
        if any(kept.rule == rival.rule.id for kept in self.kept):
            if rival is owner:
                return Trial(rival.rule.id, "owner", *self._won(rival), words)
            return Trial(rival.rule.id, "shares", "shares the number (also: true)", "共用此数（also: true）", words)
        if owner is None:
            why = ("the value that superseded it went to another rule", "取代它的数归了别的规则")
        else:
            why = _why(owner, rival)
        return Trial(rival.rule.id, "lost", *why, words)

    def _won(self, owner: Candidate) -> tuple[str, str]:
        losers = [rival for rival in self.rivals if rival is not owner and not rival.indicator.also]
        if not losers:
            return "owns the number: the only match", "拥有此数：唯一的匹配"
        en, zh = zip(*(_over(owner, loser) for loser in losers), strict=True)
        return f"owns the number: {'; '.join(en)}", f"拥有此数：{'；'.join(zh)}"

    def _words(self, candidate: Candidate) -> str:
        return self.reading.folded.surface(*candidate.window.span(*candidate.hit.span()))


def _why(owner: Candidate, loser: Candidate) -> tuple[str, str]:
    """Why `loser` lost the number to `owner`."""
    en, zh = _reason(owner, loser)
    return f"lost to {owner.rule.id}: {en}", f"归于 {owner.rule.id}：{zh}"


def _over(owner: Candidate, loser: Candidate) -> tuple[str, str]:
    en, zh = _reason(owner, loser)
    return f"over {loser.rule.id}, {en}", f"胜过 {loser.rule.id}，{zh}"


def _reason(owner: Candidate, loser: Candidate) -> tuple[str, str]:
    """What decided between two candidates, as `owners` ranks them."""
    if loser.role != owner.role:
        return "a superseded value comes first", "旧值优先"
    if owner.indicator.priority != loser.indicator.priority:
        a, b = owner.indicator.priority, loser.indicator.priority
        return f"priority {a:g} before {b:g}", f"优先级 {a:g} 对 {b:g}"
    if owner.length != loser.length:
        return (f"{owner.length} characters before {loser.length}", f"匹配 {owner.length} 字对 {loser.length} 字")
    if owner.indicator.id == loser.indicator.id:
        return "an earlier pattern of the same indicator", "同一指标中在先的模式"
    return "it stands earlier in the rules", "在规则文件中在先"
