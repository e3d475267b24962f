"""The rules as plain `regex` patterns, for use outside this package: macros written out, {value} a number.

They over-approximate: the matcher drops what is no claim of a convertible unit, or whose gap crosses another claim.
They are to be searched in folded text (`language.folding.fold`), sentence by sentence.
"""

from __future__ import annotations

from indicators.rules.macros import GAP_DEFAULT, expand, pinned
from indicators.rules.ruleset import RuleSet

_BEFORE = (
    r"(?:[约近超逾上达]|将近|超过|突破|大约|大概|不足|不到|不少于|至少|最多|低于|不超过|高达|每[\p{Han}]{1,3}){0,2}"
)
_DIGITS = r"[\d零〇一二两三四五六七八九十百千万亿半几数廿卅壹贰叁肆伍陆柒捌玖拾佰仟½¼¾①-⑩]"
_UNIT = r"[%‰℃㎡㎥°\p{Han}A-Za-z/·]{0,12}?"
NUMBER = rf"{_BEFORE}[-+]?{_DIGITS}(?:{_DIGITS}|[,.]|分之|余|多|来|几){{0,24}}{_UNIT}"
QUANTITY = rf"(?:{NUMBER}(?:[、,~—\-]|至|到|和|及|与|或){{0,2}}){{1,8}}?"


def plain(name: str, argument: str, index: int) -> str:
    """The built-in macros as plain patterns: {value} is the group `value`, {past} the group `past`."""
    if name in ("value", "past"):
        return f"(?P<{name}>{QUANTITY})"
    if name == "gap":
        return rf"[^。!?\n]{{0,{argument or GAP_DEFAULT}}}?"
    return pinned(name, argument, index)


def expanded_patterns(ruleset: RuleSet) -> list[str]:
    """One plain pattern for each rule, in order of the rules; each compiles with `regex`."""
    return [expand(rule.source, rule.macros, plain).pattern for rule in ruleset.rules]
