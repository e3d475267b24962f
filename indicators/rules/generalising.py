"""From the words around one number to patterns that find numbers like it, the likeliest first.

Chinese is not cut into words here: the noun after the number and the verb or noun before it are taken by length, up to
a mark, a particle or another number. Words that a macro of the file stands for are written as the macro.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import regex

from indicators.language.columns import Quantities
from indicators.language.sentences import clause_span
from indicators.rules.macros import PatternError, expand

_META = re.compile(r"[\\.^$*+?{}\[\]|()]")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_NOUN_AFTER = re.compile(r"[“\"(]?([\u4e00-\u9fffA-Za-z]+)")
_PARTICLE = re.compile(r"[的了着过在和与及或并等都均已将把被让向从到]")
_LINK = "(?:已|现|共|累计|合计|均|约)*(?:有|达到?了?|为|是|了)?"
_LINKED = re.compile(r"(?:已经|现已|共计|总共|累计|合计|达到了?|共有|现有|[已现共均约有达为是了])+$")
_NONSENSE = "龘靐齉爩"
_EDGES = "的、,;:和及与在 "
_LONGEST = 1000  # characters of a pattern
_ACROSS = 8  # from this length on the words before may hold other numbers
_ANY_NUMBER = r"[\d.,]+"
_NUMBER = re.compile(r"\d[\d.,]*")
_WIDTHS = ((4, 4), (2, 4), (6, 4), (4, 6), (8, 8), (12, 12), (20, 20))


@dataclass(frozen=True)
class Surroundings:
    """A number (or its whole list) in its sentence: folded spans `value`, `clause` and `sentence` of `text`."""

    text: str
    value: tuple[int, int]
    clause: tuple[int, int]
    sentence: tuple[int, int]
    stops: tuple[int, int]  # end of the number before, start of the number after

    @cached_property
    def before(self) -> str:
        """The clause before the number, from the number before it on."""
        return self.text[max(self.clause[0], self.stops[0]) : self.value[0]]

    @cached_property
    def farther(self) -> str:
        """The sentence before the number, from the number before it on."""
        return self.text[max(self.sentence[0], self.stops[0]) : self.value[0]]

    @cached_property
    def after(self) -> str:
        """The clause after the number, up to the next number."""
        return self.text[self.value[1] : min(self.clause[1], self.stops[1])]

    @property
    def noun(self) -> str:
        """The noun after the number, at most 6 characters, "" where none begins there."""
        found = _NOUN_AFTER.match(self.after)
        return _PARTICLE.split(found.group(1))[0][:6] if found else ""

    @property
    def verb(self) -> str:
        """The words before the number without linking words (共有, 达到), at most 8 characters."""
        words = re.split(r"[^\u4e00-\u9fffA-Za-z]", _LINKED.sub("", self.before))
        return words[-1][-8:].strip("的在将和与由对了为从把")


def surroundings(text: str, quantities: Quantities, row: int, sentence: tuple[int, int]) -> Surroundings:
    """The surroundings of a quantity; members of a list or range stand for the whole list."""
    group = quantities.group[row]
    members = [q for q in range(len(quantities)) if group >= 0 and quantities.group[q] == group] or [row]
    span = (quantities.start[members[0]], quantities.end[members[-1]])
    before = [quantities.end[q] for q in range(members[0]) if quantities.end[q] <= span[0]]
    after = [quantities.start[q] for q in range(members[-1] + 1, len(quantities))]
    clause = clause_span(text, *span)
    clause = (max(clause[0], sentence[0]), min(clause[1], sentence[1]))
    return Surroundings(text, span, clause, sentence, (max([0, *before[-1:]]), min([len(text), *after[:1]])))


def word_macros(macros: Mapping[str, str]) -> dict[str, regex.Pattern[str]]:
    """Macros that stand for words: those that are no stretch of any text, and hold no {value}."""
    found: dict[str, regex.Pattern[str]] = {}
    for name, body in macros.items():
        try:
            expanded = expand(body, macros)
            pattern = regex.compile(expanded.pattern)
            stretch = any(pattern.fullmatch(_NONSENSE[:size]) for size in (1, 2, 3, 4))
        except (PatternError, regex.error):
            continue
        if not expanded.units and not expanded.has_gap and not stretch:
            found[name] = pattern
    return found


def linking(macros: Mapping[str, regex.Pattern[str]]) -> str:
    """What may stand between a noun and its number: the file's own macro for it, else a list of such words."""
    for name, pattern in macros.items():
        if all(pattern.fullmatch(words) for words in ("", "有", "达到", "为", "共有")):
            return f"{{{name}}}"
    return _LINK


def candidates(around: Surroundings, macros: Mapping[str, regex.Pattern[str]]) -> Iterator[str]:
    """Patterns, the likeliest first; the last ones are the sentence itself. Each at most once."""
    link = linking(macros)
    seen: set[str] = set()
    for left, right in _WIDTHS:
        for words, noun in _sides(around, left, right):
            pattern = f"{_written(words, macros)}{link if words else ''}{{value}}{_written(noun, macros)}"
            if len(words) + len(noun) >= 2 and pattern not in seen and len(pattern) <= _LONGEST:
                seen.add(pattern)
                yield pattern
    for start, end in (around.clause, around.sentence):
        whole = (
            f"{_escaped(around.text[start : around.value[0]])}{{value}}{_escaped(around.text[around.value[1] : end])}"
        )
        if whole not in seen and len(whole) <= _LONGEST:
            seen.add(whole)
            yield whole


def _sides(around: Surroundings, left: int, right: int) -> Iterator[tuple[str, str]]:
    """Words before and after, of these lengths: with a noun after the number both; else what stands before it."""
    noun = around.noun[:right]
    across = around.text[around.sentence[0] : around.value[0]] if left >= _ACROSS else ""
    for stretch in (around.before, around.farther, across):
        words = _LINKED.sub("", stretch)[-left:].lstrip(_EDGES)
        if _WORD.search(words):
            yield words, noun if len(noun) >= 2 else ""
        if len(noun) >= 3:
            yield "", noun
        if _WORD.search(words + noun):
            yield words, around.after[:right]


def _written(words: str, macros: Mapping[str, regex.Pattern[str]]) -> str:
    """Words as a pattern: the longest macro of two characters or more wherever one matches, else the words."""
    pieces: list[str] = []
    at = 0
    while at < len(words):
        spans = [(found.end() - at, name) for name, body in macros.items() if (found := body.match(words, at))]
        size, name = max(spans, default=(0, ""))
        number = _NUMBER.match(words, at)
        if size >= 2:
            pieces.append(f"{{{name}}}")
            at += size
        elif number:
            pieces.append(_ANY_NUMBER)
            at = number.end()
        else:
            pieces.append(_escaped(words[at]))
            at += 1
    return "".join(pieces)


def _escaped(words: str) -> str:
    """Words as a pattern; any number may stand where they hold one."""
    pieces = re.split(r"(\d[\d.,]*)", words)
    literal = [_META.sub(lambda found: "\\" + found.group(), piece) for piece in pieces[::2]]
    return _ANY_NUMBER.join(literal)
