"""The macros and patterns of one file, expanded and compiled; what is wrong with them, at the character itself."""

from __future__ import annotations

import warnings

import regex

from indicators.errors import FaultList
from indicators.rules.literals import MOST_UNROLLED, shape
from indicators.rules.located import Node, Source
from indicators.rules.macros import BUILT_IN, BrokenMacroError, Expanded, PatternError, expand
from indicators.rules.ruleset import compiled

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
                    expanded = self._read(node)
                    if expanded is None:
                        continue
                    found["indicators", id_, key, index] = expanded
                    if key == "patterns" and not expanded.has_value:
                        self._fault(node, 0, "the pattern holds no {value}", "put {value} where the number stands",
                                    "模式中没有 {value}；请在数字处写上 {value}")  # fmt: skip
        return found

    def _read_macros(self) -> None:
        node = self.source.root.find(("macros",))
        own = node.value if isinstance(node.value, dict) else {}
        self.macros.update({name: inner.value for name, inner in own.items() if isinstance(inner.value, str)})
        for name in own:
            if name in BUILT_IN:
                self._key_fault(
                    node.keys[name],
                    f"'{name}' is a built-in macro",
                    "choose another name",
                    f"“{name}”是内置宏；请换一个名字",
                )
            elif not regex.fullmatch(r"[^\W\d_]\w+", name):
                self._key_fault(
                    node.keys[name], f"'{name[:40]}' is no macro name", "use two or more letters, digits or _, a letter first",
                    f"“{name[:40]}”不能作宏名；请用两个以上的字母、数字或 _，以字母开头",
                )  # fmt: skip
        at_fault = {
            name for name, inner in own.items() if isinstance(inner.value, str) and self._read(inner, name) is None
        }
        self.broken = at_fault

    def _read(self, node: Node, macro: str = "") -> Expanded | None:
        """A scalar expanded and compiled; None, with a fault, where that fails."""
        if not isinstance(node.value, str):
            return None
        pattern = node.value.rstrip("\n")
        try:
            expanded = expand(
                f"{{{macro}}}" if macro and "{" + macro + "}" in pattern else pattern,
                self.macros,
                broken=frozenset(self.broken),
            )
            self._check_size(expanded)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compiled(expanded.pattern)
        except BrokenMacroError:
            return None
        except PatternError as error:
            self._fault(node, error.offset, error.message, error.remedy, error.zh)
            return None
        except regex.error as error:
            origin = expanded.origin
            position = min(error.pos or 0, len(origin))
            offset = origin[position] if position < len(origin) else len(pattern)
            self._fault(node, offset, f"not a regular expression: {error.msg}", "write \\ before a character meant as itself",
                        f"正则表达式有误：{error.msg}；字符本身请在前面加 \\")  # fmt: skip
            return None
        except (ValueError, OverflowError, RecursionError, KeyError, IndexError, TypeError, AttributeError) as error:
            reason = " ".join(str(error).split())[:80]
            self._fault(node, 0, f"not a regular expression: {reason}", "", f"正则表达式有误：{reason}")
            return None
        return expanded

    @staticmethod
    def _check_size(expanded: Expanded) -> None:
        if shape(expanded.pattern).size > MOST_UNROLLED:
            message = f"repetitions within repetitions unroll to more than {MOST_UNROLLED} characters"
            raise PatternError(
                0,
                message,
                "lower the numbers in {}",
                f"重复套重复，展开超过 {MOST_UNROLLED} 个字符；请减小 {{}} 中的数",
            )

    def _fault(self, node: Node, offset: int, message: str, remedy: str, zh: str) -> None:
        line, column = self.source.position(node, offset)
        self.faults.add(line, column, message, remedy, zh)

    def _key_fault(self, node: Node, message: str, remedy: str, zh: str) -> None:
        self.faults.add(node.line, node.column, message, remedy, zh)
