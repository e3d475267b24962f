"""stub"""

from __future__ import annotations

from datetime import date

from indicators.language.dates import DateExpression
from indicators.language.sentences import Sentences
from indicators.model import Period


class Timeline:
    """stub."""

    def __init__(self, text: str, sentences: Sentences, dates: list[DateExpression], published: str = "", written: str = "") -> None:
        self.reference: date | None = None
        self.repost = None

    def at(self, start: int, end: int) -> Period:
        """stub."""
        return Period(None, None)
