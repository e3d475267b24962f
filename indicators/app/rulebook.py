"""The rule set as the pages show it: indicators by id, topics in order, names in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from indicators.app.words import Language, name_of, word
from indicators.table.store import Rows

_ID = re.compile(r"(?<![A-Za-z0-9_])[a-z][a-z0-9_]*(?![A-Za-z0-9_])")


def indicators(rules: Any) -> dict[str, Any]:
    """Indicator id -> indicator, in the order of the files."""
    found = rules.indicators
    if isinstance(found, dict):
        return dict(found)
    return {indicator.id: indicator for indicator in found}


def topics(rules: Any) -> list[str]:
    """Topic ids in the order of config.yaml, then those that only indicators name."""
    named = list(getattr(rules, "topics", {}) or {})
    used = [indicator.topic for indicator in indicators(rules).values() if indicator.topic]
    return list(dict.fromkeys([*named, *used]))


def topic_name(rules: Any, topic: str, language: Language) -> str:
    """The name of a topic, or its id where config.yaml gives none."""
    return name_of((getattr(rules, "topics", {}) or {}).get(topic, ""), language, topic)


def topic_of(rules: Any) -> dict[str, str]:
    """Indicator id -> topic id."""
    return {name: indicator.topic for name, indicator in indicators(rules).items()}


def indicator_name(rules: Any, indicator: str, language: Language) -> str:
    """The name of an indicator, or its id where the rules do not know it."""
    known = indicators(rules).get(indicator)
    return name_of(known.name, language, indicator) if known is not None else indicator


def definition(rules: Any, indicator: str, language: Language) -> list[str]:
    """What an indicator counts and what it does not, a line each; none where nobody has said.

    Other indicators that it points to (见 training_sessions) go by their names.
    """
    known = indicators(rules)
    said = {name: getattr(known.get(indicator), name, None) for name in ("counts", "not_counts")}

    def named(found: re.Match[str]) -> str:
        code = found.group()
        pointed = code in known and (language == "zh" or "_" in code)  # in English an id may be a plain word
        return indicator_name(rules, code, language) if pointed else code

    return [
        word(f"rules.{name}", language, words=_ID.sub(named, name_of(words, language)))
        for name, words in said.items()
        if words
    ]


def by_topic(rules: Any) -> list[tuple[str, list[Any]]]:
    """Topics with their indicators; indicators without a topic come last under ""."""
    every = list(indicators(rules).values())
    groups = [(topic, [indicator for indicator in every if indicator.topic == topic]) for topic in topics(rules)]
    rest = [indicator for indicator in every if not indicator.topic]
    return [(topic, members) for topic, members in [*groups, ("", rest)] if members]


def pattern_of(rules: Any, rule: str) -> str:
    """The pattern that a claim's `rule` ("indicator#2") names; "" where the rules have changed since."""
    name, _, number = rule.partition("#")
    known = indicators(rules).get(name)
    patterns: tuple[str, ...] = tuple(known.patterns) if known is not None else ()
    position = int(number) - 1 if number.isdigit() else -1
    return patterns[position] if 0 <= position < len(patterns) else ""


def written_at(rules: Any, indicator: str) -> tuple[str, int]:
    """The pack that an indicator is written in, "" for config.yaml itself, and its line there.

    A pack shipped with the package goes by its name, one of the project's own by its path.
    """
    place = rules.location("indicators", indicator)
    path = place.path.removeprefix("packs/")
    pack = next((name for name in rules.packs if path in (name, f"{name}.yaml")), "")
    return pack, place.line


def captured(claims: Rows, ids: Iterable[str]) -> dict[str, int]:
    """Claims that each of `ids` captured, 0 included."""
    counts = claims.counts("indicator")
    return {name: int(counts.get(name, 0)) for name in ids}
