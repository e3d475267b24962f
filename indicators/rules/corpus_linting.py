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


def lint_examples(ruleset: RuleSet, examples: Iterable[Read]) -> list[Fault]:
    """Warnings that the examples alone are enough for: an indicator that mixes bases or times."""
    return list(_mixed(ruleset, _run(ruleset, examples, {})))


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
        lost: Counter[str] = Counter()
        for count in mine:
            lost.update({taker: times for taker, times in count.lost.items() if taker != rule.indicator.id})
        location = _place(ruleset, rule.id)
        if not any(count.matched for count in mine):
            shadows = _shadows(rule, texts)
            if not shadows:
                yield say("lint_unshown", rule=rule.id).at(location, "note")
            elif "" not in shadows:
                taker, times = ", ".join(sorted(shadows)), sum(shadows.values())
                yield say("lint_shadowed", rule=rule.id, taker=taker, count=times).at(location, "note")
        elif lost and not any(count.kept or count.refused for count in mine):
            takers, total = ", ".join(sorted(lost)), sum(lost.values())
            yield say("lint_swallowed", rule=rule.id, count=total, taker=takers).at(location, "warning")


def _shadows(rule: Rule, texts: Texts) -> Counter[str]:
    """How often another pattern has the numbers that a pattern would match alone; "" where none of its own has."""
    alone = RuleSet((rule.indicator,), (rule,))
    first: Counter[str] = Counter()
    for reading, result in texts:
        if not alone.prefilter.possible(alone.prefilter.find(reading.folded.text), 0, len(reading.folded.text)):
            continue
        for found in match(reading, alone):
            first[next((one.rule for one in result if one.quantity == found.quantity and _same(one, found)), "")] += 1
    return first


def _same(one: Match, other: Match) -> bool:
    return one.indicator.id == other.indicator.id and one.rule != other.rule


def _mixed(ruleset: RuleSet, texts: Sequence[tuple[Read, MatchResult]]) -> Iterator[Fault]:
    """Indicators whose matches say different bases or times, without a named group that reads them."""
    said: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    groups = {rule.id: set(rule.regex.groupindex) for rule in ruleset.rules}
    for reading, result in texts:
        for found in result:
            words = reading.folded.text[found.start : found.end]
            for name, declared in (("basis", found.basis), ("time", found.time)):
                if declared and name not in groups[found.rule]:
                    # A declared time is for what the words leave open: only what words say is compared.
                    stated = {meaning(name, words, ""), declared if name == "basis" else ""}
                    said[found.indicator.id, name] |= stated - {"unstated", ""}
    for (id_, name), values in said.items():
        if len(values) > 1:
            location = ruleset.location("indicators", id_, name)
            yield say("lint_mixed", id=id_, name=name, listed=", ".join(sorted(values))).at(location, "warning")
