"""Years counted from the beginning of an era or a reign: 清乾隆八年, 民国二十三年, 汉高祖六年, 公元607年."""

from __future__ import annotations

import re
from functools import cache

from indicators.language.lexicon import lexicon

_LONGEST = 6  # characters of an era with its dynasty
_FIRST_YEAR = 100  # that may stand in brackets behind an older count: 晋太康元年(280年)
_REIGN = "[高太世]祖|[太高玄神仁真英徽]宗|[文武景明宣元成]帝"


@cache
def _era() -> re.Pattern[str]:
    rows = lexicon("eras")
    free = "|".join(row["era"] for row in rows if not row["dynasty"])
    bound = "|".join(row["era"] for row in rows if row["dynasty"])  # 咸丰 is a county too: 清咸丰
    return re.compile(rf"(?:公元前?|{_REIGN}|{free}|[汉晋隋唐宋元明清][朝代]?(?:{bound}))$")


def is_year(text: str, start: int, end: int, value: float) -> bool:
    """Whether `value`, which stands with its 年 at `[start, end)`, is a year: of an era or reign, or in brackets.

    >>> is_year("清乾隆八年", 3, 5, 8), is_year("(280年)", 1, 5, 280), is_year("咸丰三年", 2, 4, 3)
    (True, True, False)
    """
    if value >= _FIRST_YEAR and text.startswith("(", start - 1) and text.startswith(")", end):
        return True
    return _era().search(text, max(0, start - _LONGEST), start) is not None
