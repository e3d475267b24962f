"""Expansion of {macros} in users' patterns, with a map back to the characters as written.

A pattern becomes one of the PyPI `regex` module. Literal characters are folded as texts are. `{value}` becomes the
private-use character that `matching` puts in place of the quantity in question; `expanding` puts a number instead.
`{3,5}`, `\\p{Han}` and character classes keep their meaning; fuzzy operators ({e<=1}) are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from indicators.language.folding import fold_character
from indicators.rules.messages import Message, nearest, say

VALUE_PIN = "\ue000"
PAST_PIN = "\ue001"
BUILT_IN = ("value", "past", "gap", "place", "period")
GAP_DEFAULT, GAP_MOST = 12, 100
DEEPEST = 20  # macros within macros
LONGEST = 50_000  # characters of an expanded pattern

# Han words that end as divisions do, and the commonest ways of naming a time; both only when a pattern asks for them.
PLACE = r"\p{Han}{1,11}?(?:特别行政区|自治区|自治州|自治县|街道|社区|开发区|新区|省|市|州|盟|县|区|旗|镇|乡|村|组)"
PERIOD = (
    r"(?:截至|到|至|自|从)?(?:(?:[12]\d{3}|[〇零一二三四五六七八九]{4})年|[今去前上本当]年|“?十[一二三四五六七八九]五”?)"
    r"(?:以?来|同期|期间|时期|前?[一二三四1-4]个?季度|[上下]半年|\d{1,2}月(?:份|底|末|初|\d{1,2}日)?|[初中底末])?"
    r"|\d{1,2}月(?:份|底|末|初|\d{1,2}日)?|[上下]半年|前?[一二三四1-4]个?季度|[上本]月|目前"
)

_META = set("\\.^$*+?{}[]|()-&~# ")
_WIDE = re.compile(r"｛\s*([A-Za-z]\w*)[^｛｝{}]*[｝}]")  # a macro written with full-width braces
_REPEAT = re.compile(r"\{(?:\d+(?:,\d*)?|,\d+)\}")
_MACRO = re.compile(r"\{([^\W\d_]\w+)(?::([^{}]*))?\}")
_FUZZY = re.compile(r"\{[\d<=>+,\s]*[eids][\d<=>+,\seids]*(?::[^{}]*)?\}")
_ESCAPE = re.compile(r"\\(?:[pPN]\{[^{}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[gL]<[^>]*>|.)", re.DOTALL)
_BY_NUMBER = re.compile(r"\\[1-9]|\\g<\d|\(\?\(?[1-9R]")

BuiltIn = Callable[[str, str, int], str]


class PatternError(ValueError):
    """A pattern that cannot be expanded: `offset` in the pattern as written, and what is to be said of it."""

    def __init__(self, offset: int, words: Message) -> None:
        self.offset, self.words = offset, words
        super().__init__(words.message)


class BrokenMacroError(PatternError):
    """The pattern uses a macro that is itself at fault, which has been said where the macro stands."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """An expanded pattern. `origin[i]`: offset in the pattern as written of its character i (a macro's is its `{`).

    `units` gives for each value and past group (`_v0`, `_p1`) the units that it is limited to, () for any.
    """

    pattern: str
    origin: tuple[int, ...]
    units: dict[str, tuple[str, ...]]
    macros: frozenset[str]

    @property
    def has_value(self) -> bool:
        """Whether {value} stands in the pattern."""
        return any(group.startswith("_v") for group in self.units)

    @property
    def has_gap(self) -> bool:
        """Whether {gap} stands in the pattern."""
        return "(?P<_gap>" in self.pattern

    @property
    def has_past(self) -> bool:
        """Whether {past} stands in the pattern."""
        return any(group.startswith("_p") for group in self.units)


def pinned(name: str, argument: str, index: int) -> str:
    """The built-in macros as `matching` needs them: {value} is one private-use character."""
    if name == "value":
        return f"(?P<_v{index}>{VALUE_PIN})"
    if name == "past":
        return f"(?P<_p{index}>{PAST_PIN})"
    if name == "gap":
        return f"(?P<_gap>[^。!?\\n{VALUE_PIN}{PAST_PIN}]{{0,{argument or GAP_DEFAULT}}}?)"
    return f"(?P<{name}>{PLACE if name == 'place' else PERIOD})"


def expand(
    pattern: str, macros: Mapping[str, str], built_in: BuiltIn = pinned, broken: frozenset[str] = frozenset()
) -> Expanded:
    """A pattern with its macros written out and its literals folded.

    Raises PatternError for unknown, recursive or malformed macros, fuzzy operators and references by number.

    >>> expand("村（社区）{gap:3}建{value}", {}).pattern.startswith("村\\\\(社区\\\\)(?P<_gap>")
    True
    """
    walk = _Walk(macros, built_in, broken)
    walk.text(pattern, None, ())
    return Expanded("".join(walk.out), tuple(walk.origin), walk.units, frozenset(walk.used))


@dataclass(slots=True)
class _Walk:
    macros: Mapping[str, str]
    built_in: BuiltIn
    broken: frozenset[str]
    out: list[str] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    units: dict[str, tuple[str, ...]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def emit(self, words: str, offset: int) -> None:
        self.out.append(words)
        self.origin.extend([offset] * len(words))
        if len(self.origin) > LONGEST:
            raise PatternError(offset, say("pattern_long", most=LONGEST))

    def text(self, pattern: str, fixed: int | None, stack: tuple[str, ...]) -> None:
        """Walk a pattern; inside a macro every character belongs to the offset `fixed` of the outermost macro."""
        at = 0
        while at < len(pattern):
            offset = at if fixed is None else fixed
            character = pattern[at]
            if _BY_NUMBER.match(pattern, at):
                raise PatternError(offset, say("pattern_number"))
            if character == "\\":
                at = self._escape(pattern, at, fixed)
            elif character == "[":
                at = self._class(pattern, at, fixed)
            elif (wide := _WIDE.match(pattern, at)) is not None:
                raise PatternError(offset, say("macro_wide", name=wide.group(1)))
            elif character == "{":
                at = self._brace(pattern, at, offset, stack)
            else:
                self.emit(_folded(character), offset)
                at += 1

    def _escape(self, pattern: str, at: int, fixed: int | None) -> int:
        escape = _ESCAPE.match(pattern, at)
        words = escape.group() if escape else "\\"
        if len(words) == 2 and (form := fold_character(words[1])) != words[1]:
            words = "\\" + form if form in _META else form
        for index, character in enumerate(words):
            self.emit(character, at + min(index, len(words) - 1) if fixed is None else fixed)
        return at + (len(escape.group()) if escape else 1)

    def _class(self, pattern: str, at: int, fixed: int | None) -> int:
        """A character class: copied with its characters folded, braces and all."""
        self.emit("[", at if fixed is None else fixed)
        at += 1
        if pattern.startswith("^", at):
            self.emit("^", at if fixed is None else fixed)
            at += 1
        first = True
        while at < len(pattern) and (first or pattern[at] != "]"):
            first = False
            if pattern[at] == "\\":
                at = self._escape(pattern, at, fixed)
                continue
            self.emit(_folded(pattern[at]), at if fixed is None else fixed)
            at += 1
        if at < len(pattern):
            self.emit("]", at if fixed is None else fixed)
        return at + 1

    def _brace(self, pattern: str, at: int, offset: int, stack: tuple[str, ...]) -> int:
        repeat = _REPEAT.match(pattern, at)
        if repeat:
            self.emit(repeat.group(), offset)
            return repeat.end()
        macro = _MACRO.match(pattern, at)
        if macro:
            self._macro(macro.group(1), macro.group(2), offset, stack)
            return macro.end()
        if _FUZZY.match(pattern, at):
            raise PatternError(offset, say("pattern_fuzzy"))
        raise PatternError(offset, say("pattern_brace"))

    def _macro(self, name: str, argument: str | None, offset: int, stack: tuple[str, ...]) -> None:
        if name in BUILT_IN:
            self._built_in(name, argument or "", offset)
            return
        if name not in self.macros:
            near = nearest(name, (*BUILT_IN, *self.macros))
            raise PatternError(offset, say("macro_unknown", near=f"{{{near}}}" if near else "", name=name))
        if argument is not None:
            raise PatternError(offset, say("macro_argument", name=name))
        if name in stack:
            circle = " -> ".join((*stack[stack.index(name) :], name))
            raise PatternError(offset, say("macro_circle", name=name, circle=circle))
        if len(stack) >= DEEPEST:
            raise PatternError(offset, say("macro_deep", most=DEEPEST))
        if name in self.broken:
            raise BrokenMacroError(offset, Message("", "", ""))
        self.used.add(name)
        self.emit("(?:", offset)
        self.text(self.macros[name].rstrip("\n"), offset, (*stack, name))
        self.emit(")", offset)

    def _built_in(self, name: str, argument: str, offset: int) -> None:
        if name == "gap" and argument and not _is_length(argument):
            raise PatternError(offset, say("gap_length", argument=argument, most=GAP_MOST))
        if name in ("place", "period") and argument:
            raise PatternError(offset, say("macro_argument", name=name))
        index = len(self.units)
        if name in ("value", "past"):
            units = tuple(unit.strip() for unit in argument.split("|") if unit.strip())
            self.units[f"_{name[0]}{index}"] = units
        self.emit(self.built_in(name, argument, index), offset)


def _is_length(argument: str) -> bool:
    return argument.isascii() and argument.isdigit() and 0 < int(argument[:6]) <= GAP_MOST


def _folded(character: str) -> str:
    form = fold_character(character)
    return "\\" + form if form != character and form in _META else form
