"""A stand-in for `language.reader.Reading`: digits with a unit are claims, 2015年 and bare digits are not.

The tests of matching say what rules do with quantities; how quantities are read off Chinese is tested elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indicators.language.columns import Quantities
from indicators.language.folding import Folded, fold
from indicators.language.sentences import Sentences, split_sentences

UNITS = "个百分点|百分点|公顷|平方米|万元|个|支|件|元|人|名|宗|%|村|户|亩|家"
NUMBER = re.compile(rf"(?P<about>约|超)?(?P<digits>\d+(?:\.\d+)?)(?P<times>万|亿)?(?P<unit>{UNITS})?")
FOLDED_UNITS = {"名": "人", "个百分点": "百分点"}


@dataclass(frozen=True)
class Read:
    """What matching reads of a document."""

    folded: Folded
    sentences: Sentences
    quantities: Quantities


def read(text: str) -> Read:
    """A text with its numbers; numbers joined by 、 和 及 至 — form one group, of a range (至 —) low and high."""
    folded = fold(text)
    quantities = Quantities()
    for number in NUMBER.finditer(folded.text):
        _add(quantities, number, folded.text)
    for row in range(1, len(quantities)):
        between = folded.text[quantities.end[row - 1] : quantities.start[row]]
        if between in ("、", "和", "及", "至", "—", "-") and "claim" == quantities.cls[row - 1] == quantities.cls[row]:
            quantities.group[row - 1] = quantities.group[row - 1] if quantities.group[row - 1] >= 0 else row
            quantities.group[row] = quantities.group[row - 1]
            if between in ("至", "—", "-"):
                quantities.part[row - 1 : row + 1] = ["low", "high"]
    return Read(folded, split_sentences(folded.text), quantities)


def _add(quantities: Quantities, number: re.Match[str], text: str) -> None:
    unit = number["unit"] or ""
    value = float(number["digits"]) * {"万": 1e4, "亿": 1e8, None: 1}[number["times"]] * (1e4 if unit == "万元" else 1)
    unit = "元" if unit == "万元" else FOLDED_UNITS.get(unit, unit)
    before = text[max(0, number.start() - 3) : number.start()]
    quantities.start.append(number.start())
    quantities.end.append(number.end())
    quantities.number_start.append(number.start("digits"))
    quantities.number_end.append(number.end("digits"))
    quantities.cls.append("claim" if unit else "date")
    quantities.value.append(value)
    quantities.low.append(value * 0.9 if number["about"] else value)
    quantities.high.append(value * 1.1 if number["about"] else value)
    quantities.unit.append(unit)
    quantities.qualifier.append("approx" if number["about"] else "exact")
    quantities.kind.append("")
    quantities.status.append("planned" if "预计" in before else "actual")
    quantities.direction.append(-1 if before.endswith(("下降", "减少")) else 0)
    quantities.part.append("")
    quantities.group.append(-1)
    quantities.per.append("")
