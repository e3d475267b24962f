"""What is suspicious in a rule set once it is run on texts: the corpus and the rules' own examples."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from indicators.errors import Fault, Location
from indicators.rules.matches import Match, MatchResult, RuleCount
from indicators.rules.matching import Read, match
from indicators.rules.messages import say
from indicators.rules.named_groups import meaning
from indicators.rules.ruleset import Rule, RuleSet

Texts = list[tuple[Read, MatchResult]]


def lint_corpus(ruleset: RuleSet, corpus: Iterable[Read], examples: Iterable[Read] = ()) -> list[Fault]:
    """What running the rules shows, in order of the file.

    Error: a rule that could not be run to its end. Warning: a pattern that another rule or an earlier pattern always
    comes before; an indicator that mixes bases or times. Note: an indicator that captures nothing in the corpus, a
    pattern that has matched nowhere.
    """
    failed: dict[str, str] = {}
    of_corpus, of_examples = _run(ruleset, corpus, failed), _run(ruleset, examples, failed)
    texts = [*of_corpus, *of_examples]
    faults = [say("rule_failed", rule=rule, reason=why).at(_place(ruleset, rule)) for rule, why in failed.items()]
    faults += _patterns(ruleset, texts, failed)
    captured = {found.indicator.id for _, result in of_corpus for found in result}
    for indicator in ruleset.indicators:
        location = ruleset.location("indicators", indicator.id)
        tried = any(rule.id not in failed for rule in ruleset.rules if rule.indicator.id == indicator.id)
        if indicator.id not in captured and tried:
            faults.append(say("lint_idle", id=indicator.id).at(location, "note"))
    faults += _mixed(ruleset, texts)
    return sorted(faults, key=lambda fault: (fault.location.path, fault.location.line, fault.location.column))


def _run(ruleset: RuleSet, readings: Iterable[Read], failed: dict[str, str]) -> Texts:
    texts = []
    for reading in readings:
        result = match(reading, ruleset, failed)
        failed.update(result.failed)
        texts.append((reading, result))
    return texts


def _place(ruleset: RuleSet, rule: str) -> Location:
    id_, _, number = rule.rpartition("#")
    if not id_:
        return ruleset.location("indicators", rule.partition(":")[0], "unless")
    return ruleset.location("indicators", id_, "patterns", int(number) - 1)


def _patterns(ruleset: RuleSet, texts: Texts, failed: dict[str, str]) -> Iterator[Fault]:
    """Patterns that match and never keep a number, and patterns that never match."""
    counts: defaultdict[str, list[RuleCount]] = defaultdict(list)
    for _, result in texts:
        for rule_id, count in result.counts.items():
            counts[rule_id].append(count)
    for rule in ruleset.rules:
        if rule.id in failed:
            continue
        mine = counts[rule.id]
        lost = Counter({taker: 0 for count in mine for taker in count.lost})
        for count in mine:
            lost.update(count.lost)
        location = _place(ruleset, rule.id)
        if not any(count.matched for count in mine):
            shadow = _shadow(rule, texts)
            if shadow is None:
                yield say("lint_unshown", rule=rule.id).at(location, "note")
            elif shadow:
                yield say("lint_shadowed", rule=rule.id, taker=shadow).at(location, "warning")
        elif lost and not any(count.kept or count.refused for count in mine):
            takers, total = ", ".join(sorted(lost)), sum(lost.values())
            yield say("lint_swallowed", rule=rule.id, count=total, taker=takers).at(location, "warning")


def _shadow(rule: Rule, texts: Texts) -> str | None:
    """The patterns of its own indicator that take all numbers a pattern would match; None where it matches none."""
    alone = RuleSet((rule.indicator,), (rule,))
    first: set[str] = set()
    for reading, result in texts:
        if not alone.prefilter.possible(alone.prefilter.find(reading.folded.text), 0, len(reading.folded.text)):
            continue
        for found in match(reading, alone):
            first |= {one.rule for one in result if one.quantity == found.quantity and _same(one, found)}
    return ", ".join(sorted(first)) if first else None


def _same(one: Match, other: Match) -> bool:
    return one.indicator.id == other.indicator.id and one.rule != other.rule


def _mixed(ruleset: RuleSet, texts: Sequence[tuple[Read, MatchResult]]) -> Iterator[Fault]:
    """Indicators whose matches say another basis or time than the one declared, without a named group that reads it."""
    said: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    groups = {rule.id: set(rule.regex.groupindex) for rule in ruleset.rules}
    for reading, result in texts:
        for found in result:
            words = reading.folded.text[found.start : found.end]
            for name, declared in (("basis", found.basis), ("time", found.time)):
                if declared and name not in groups[found.rule]:
                    stated = meaning(name, words, declared)
                    said[found.indicator.id, name] |= {declared, stated} - {"unstated"}
    for (id_, name), values in said.items():
        if len(values) > 1:
            location = ruleset.location("indicators", id_, name)
            yield say("lint_mixed", id=id_, name=name, listed=", ".join(sorted(values))).at(location, "warning")
