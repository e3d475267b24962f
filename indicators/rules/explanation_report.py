"""An explanation in words: lines for a terminal, JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby

from indicators.rules.explaining import Explanation, Trial

_HEADINGS = {
    "owner": "拥有 owner",
    "shares": "共用 shares",
    "failed": "失败 failed",
    "lost": "落选 lost",
    "later": "同一指标中靠后 later pattern",
    "unless": "被排除 refused by unless",
    "gap": "间隔跨数 gap crosses a number",
    "no_match": "不匹配 no match",
    "no_word": "句中没有必含的词 no word of the pattern in the sentence",
    "unit": "单位不能换算 unit not convertible",
}
_BRIEF = ("no_word", "unit")  # most rules end here: one line for all, unless all is asked for


def as_text(explanation: Explanation, whole: bool = False) -> str:
    """The number with its line and caret, how it was read, then the rules by outcome.

    Rules that were not tried on the sentence stand in one line for each reason, `whole` gives each its own.
    """
    place, read = explanation.location, explanation.read
    lines = [f"{place}: {read['text']}", f"    {explanation.sentence}", f"class: {read['class']}"]
    if read["value"] is not None:
        lines.append(f"value: {_value(read)}")
    for name in ("period", "place"):
        if name in read:
            lines.append(f"{name}: {_where(*read[name].values())}")
    if "list" in read:
        lines.append("list: " + ", ".join(read["list"]))
    if read["class"] != "claim":
        lines.append("no rule is tried: only claims are captured / 只有指标数据才与规则匹配")
    elif not explanation.owner:
        lines.append("no rule owns this number / 没有规则捕获此数")
    for outcome, group in groupby(explanation.trials, key=lambda trial: trial.outcome):
        trials = list(group)
        lines.append(f"{_HEADINGS[outcome]} ({len(trials)}):")
        if outcome in _BRIEF and not whole:
            lines.append("  " + ", ".join(trial.rule for trial in trials))
        else:
            lines += [_line(trial) for trial in trials]
    return "\n".join(lines)


def _value(read: dict[str, object]) -> str:
    bounds = (
        "" if read["low"] == read["high"] == read["value"] else f" ({_number(read['low'])} .. {_number(read['high'])})"
    )
    words = [f"{_number(read['value'])}{bounds} {read['unit']}".strip()]
    words += [str(read[name]) for name in ("qualifier", "status", "part", "per") if read[name]]
    words += ["down"] if read["direction"] == -1 else ["up"] if read["direction"] == 1 else []
    return ", ".join(words)


def _number(number: object) -> str:
    return "?" if number is None else f"{number:.12g}"


def _where(found: str, words: str, read_from: str) -> str:
    return f"{found or '-'} (read from: {read_from}{': ' + words if words else ''})"


def _line(trial: Trial) -> str:
    words = f" [{trial.words}]" if trial.words else ""
    return f"  {trial.rule}{words}: {trial.en} / {trial.zh}"


def as_json(explanation: Explanation) -> str:
    """The explanation as one JSON object."""
    place = explanation.location
    whole = {
        "document": explanation.document,
        "start": explanation.start,
        "end": explanation.end,
        "line": place.line,
        "column": place.column,
        "sentence": explanation.sentence,
        "read": explanation.read,
        "owner": explanation.owner,
        "failed": explanation.failed,
        "rules": [asdict(trial) for trial in explanation.trials],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)
