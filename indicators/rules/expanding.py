"""The rules as plain `regex` patterns, for use outside this package: macros written out, {value} a number.

They over-approximate: a sentence (folded, see `language.folding.fold`) in which a rule captures something is one that
its plain pattern matches. The converse does not hold, and the group `value` may be another number than was captured:
the matcher drops what is no claim of a convertible unit, or whose gap crosses another claim.
"""

from __future__ import annotations

from indicators.rules.macros import GAP_DEFAULT, expand, pinned
from indicators.rules.ruleset import RuleSet

_BEFORE = (
    r"(?:[约近超逾上达]|将近|超过|突破|大约|大概|不足|不到|不少于|至少|最多|低于|不超过|高达|每[\p{Han}]{1,3}){0,2}"
)
_DIGIT = r"[\d零〇一二两三四五六七八九十百千万亿半几数廿卅壹贰叁肆伍陆柒捌玖拾佰仟½¼¾①-⑩]"
# Possessive, and a unit holds no numeral: hostile runs (3万3万3万...) are read once, not in every division.
_UNIT = rf"(?:(?!{_DIGIT})[%‰℃㎡㎥°\p{{Han}}A-Za-z/·]){{0,12}}?"
NUMBER = rf"{_BEFORE}[-+]?{_DIGIT}(?:{_DIGIT}|[,.:](?=\d)|分之|[余多来几]){{0,40}}+{_UNIT}"
QUANTITY = rf"{NUMBER}(?:(?:[、,~—\-]|至|到|和|及|与|或){{1,2}}{NUMBER}){{0,9}}?"


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
