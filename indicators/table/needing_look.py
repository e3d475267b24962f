"""Which claims a person should look at first."""

from __future__ import annotations

import pandas as pd

from indicators.table.store import Rows

IMPLAUSIBLE = ("share_above_100", "lost_multiplier", "does_not_add_up")
_WHY = """CASE WHEN claim_id IN (SELECT unnest(?::VARCHAR[])) THEN 'conflict'
WHEN place_from NOT IN ('clause', 'sentence') OR period_from NOT IN ('clause', 'sentence') THEN 'inherited'
WHEN claim_id IN (SELECT unnest(?::VARCHAR[])) THEN 'implausible' ELSE 'chance' END"""


def unreviewed(claims: Rows) -> Rows:
    """The claims that nobody has decided about."""
    return claims.where("review = ''")


def needing_look(claims: Rows, checks: pd.DataFrame, seed: int = 7, most: int = 2000) -> pd.DataFrame:
    """The first claims that nobody reviewed, with the reason in `why`, most needed first.

    conflict, then a place or date that was inherited, then implausible, then the rest by chance: the same order for
    the same claims and seed. `checks` are the findings of the project.
    """
    return unreviewed(claims).query(
        f"""SELECT * FROM (SELECT *, {_WHY} AS why FROM {{rows}})
        ORDER BY array_position(['conflict', 'inherited', 'implausible', 'chance'], why),
        if(why = 'chance', md5(claim_id || ?), ''), document, start, claim_id LIMIT ?""",  # noqa: S608
        _named(checks, ("conflict",)),
        _named(checks, IMPLAUSIBLE),
        str(seed),
        most,
    )


def _named(checks: pd.DataFrame, kinds: tuple[str, ...]) -> list[str]:
    """Ids of the claims that checks of these kinds speak of."""
    said = checks.loc[checks["check"].isin(kinds), "claims"]
    return sorted({name for ids in said for name in str(ids).split(";") if name})
