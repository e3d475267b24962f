"""The macros and patterns of one file, expanded and compiled; what is wrong with them, at the character itself."""

from __future__ import annotations

import warnings
from functools import lru_cache

import regex

from indicators.errors import FaultList
from indicators.rules.compiling import compiled
from indicators.rules.literals import MOST_UNROLLED, shape
from indicators.rules.located import Node, Source
from indicators.rules.macros import BUILT_IN, BrokenMacroError, Expanded, PatternError, expand
from indicators.rules.messages import Message, say

Path = tuple[str | int, ...]


class PatternReader:
    """Reads every macro, pattern and `unless` of a file's tree, whatever else is wrong with the file."""

    def __init__(self, source: Source, faults: FaultList, macros: dict[str, str]) -> None:
        self.source = source
        self.faults = faults
        self.macros = dict(macros)
        self.broken: set[str] = set()

    def read(self) -> dict[Path, Expanded]:
        """Expanded patterns by their path in the file; those at fault are missing."""
        self._read_macros()
        found: dict[Path, Expanded] = {}
        indicators = self.source.root.find(("indicators",)).value
        for id_, indicator in indicators.items() if isinstance(indicators, dict) else ():
            for key in ("patterns", "unless"):
                entries = indicator.value.get(key) if isinstance(indicator.value, dict) else None
                for index, node in enumerate(entries.value if entries and isinstance(entries.value, list) else ()):
                    expanded = self._expand(node)
                    if expanded is None:
                        continue
                    found["indicators", id_, key, index] = expanded
                    if key == "patterns" and not expanded.has_value:
                        self._fault(node, 0, say("pattern_no_value"))
        return found

    def _read_macros(self) -> None:
        node = self.source.root.find(("macros",))
        own = node.value if isinstance(node.value, dict) else {}
        self.macros.update({name: inner.value for name, inner in own.items() if isinstance(inner.value, str)})
        for name in own:
            key = node.keys[name]
            if name in BUILT_IN:
                say("macro_built_in", name=name).add(self.faults, key.line, key.column)
            elif not regex.fullmatch(r"[^\W\d_]\w+", name):
                say("macro_name", name=name).add(self.faults, key.line, key.column)
        bodies = {name: inner for name, inner in own.items() if isinstance(inner.value, str)}
        stubs = dict.fromkeys(self.macros, "x")  # first each by itself, so that a fault is said where it stands
        self.broken = {name for name, inner in bodies.items() if self._expand(inner, stubs) is None}
        whole = {name for name, inner in bodies.items() if name not in self.broken and self._expand(inner) is None}
        self.broken |= whole

    def _expand(self, node: Node, macros: dict[str, str] | None = None) -> Expanded | None:
        """A scalar expanded and compiled; None, with a fault, where that fails."""
        if not isinstance(node.value, str):
            return None
        known = tuple(sorted((macros or self.macros).items()))
        try:
            expanded = _expanded(node.value.rstrip("\n"), known, frozenset(self.broken))
            if shape(expanded.pattern).size > MOST_UNROLLED:
                raise PatternError(0, say("pattern_repeats", most=MOST_UNROLLED))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # `regex` warns of [[ and the like; what compiles is taken
                groups = compiled(expanded.pattern).groupindex
            slots = [*expanded.units, *(["_gap"] if expanded.has_gap else [])]
            if any(slot not in groups for slot in slots):
                raise PatternError(max(0, node.value.find("(?#")), say("pattern_comment"))
        except BrokenMacroError:
            return None
        except PatternError as error:
            self._fault(node, error.offset, error.words)
            return None
        except regex.error as error:
            self._fault(node, _written_offset(expanded, getattr(error, "pos", None) or 0), _regex_words(error))
            return None
        except (ValueError, OverflowError, RecursionError, LookupError, TypeError, AttributeError) as error:
            self._fault(node, 0, say("regex_other", reason=error))
            return None
        return expanded

    def _fault(self, node: Node, offset: int, words: Message) -> None:
        words.add(self.faults, *self.source.position(node, offset))


@lru_cache(maxsize=4096)
def _expanded(pattern: str, macros: tuple[tuple[str, str], ...], broken: frozenset[str]) -> Expanded:
    """`expand`, kept: while a file is edited all its patterns but one stay as they were."""
    return expand(pattern, dict(macros), broken=broken)


def _written_offset(expanded: Expanded, position: int) -> int:
    """The offset in the pattern as written of an offset in the expanded one."""
    return expanded.origin[min(position, len(expanded.origin) - 1)] if expanded.origin else 0


# What `regex` says of a pattern -> key of our message.
_REGEX_PROBLEMS = (
    ("missing )", "regex_bracket"),
    ("unterminated character set", "regex_class"),
    ("unbalanced parenthesis", "regex_unbalanced"),
    ("trailing characters", "regex_unbalanced"),
    ("nothing to repeat", "regex_repeat"),
    ("multiple repeat", "regex_repeat"),
)


def _regex_words(error: regex.error) -> Message:
    reason = str(getattr(error, "msg", error))
    key = next((key for words, key in _REGEX_PROBLEMS if words in reason), "regex_other")
    return say(key, reason=reason)
