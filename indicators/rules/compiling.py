"""Expanded patterns -> compiled ones, each made once in the life of a process."""

from __future__ import annotations

from functools import lru_cache

import regex


@lru_cache(maxsize=20_000)
def compiled(pattern: str) -> regex.Pattern[str]:
    """The compiled form of an expanded pattern."""
    return regex.compile(pattern)
