"""Years counted from the beginning of an era or a reign: 清乾隆八年, 民国二十三年, 汉高祖六年, 公元607年."""

from __future__ import annotations

import re
from functools import cache

from indicators.language.lexicon import lexicon

_LONGEST = 6  # characters of an era with its dynasty
_REIGN = "[高太世]祖|[太高玄神仁真英徽]宗|[文武景明宣元成]帝"


@cache
def _era() -> re.Pattern[str]:
    rows = lexicon("eras")
    free = "|".join(row["era"] for row in rows if not row["dynasty"])
    bound = "|".join(row["era"] for row in rows if row["dynasty"])  # 咸丰 is a county too: 清咸丰
    return re.compile(rf"(?:公元前?|{_REIGN}|{free}|[汉晋隋唐宋元明清][朝代]?(?:{bound}))$")


def follows_era(text: str, start: int) -> bool:
    """Whether the number at `start` counts the years of an era or a reign.

    >>> follows_era("清乾隆八年", 3), follows_era("咸丰三年", 2), follows_era("投产三年", 2)
    (True, False, False)
    """
    return _era().search(text, max(0, start - _LONGEST), start) is not None
