"""A pattern in words that a reader of a codebook understands: no regular expressions."""

from __future__ import annotations

import re

# Each step rewrites one construct of the pattern language; the order matters.
_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\(\?(?:P?<[^=!][^>]*>|:|>|\|)", "("),
        (r"\(\?<?[=!](?:[^()\[\]]|\[[^\]]*\]|\([^()]*\))*\)", ""),
        (r"\{value:([^}]+)\}", r"〔数·\1〕"),
        (r"\{value\}", "〔数〕"),
        (r"\{past\}", "〔原数〕"),
        (r"\{gap(?::\d+)?\}", "…"),
        (r"\{place\}", "〔地点〕"),
        (r"\{period\}", "〔时间〕"),
        (r"\{([a-z_][a-z0-9_]*)\}", r"〈\1〉"),
        (r"(?:\.|\[[^\]]*\])(?:[*+]|\{\d*,?\d*\})[?+]?", "…"),
        (r"\\[sS]\*?", ""),
        (r"\\d\+?", "#"),
        (r"\\(.)", r"\1"),
        (r"\[\^[^\]]*\]", "…"),
        (r"\[([^\]]*)\]\?", r"(\1)?"),
        (r"\)\?[?+]?", ")°"),
        (r"([^)°…])\?[?+]?", r"(\1)°"),
        (r"[*+^$]", ""),
        (r"\|", "/"),
        (r"…{2,}", "…"),
    )
)


def in_words(pattern: str) -> str:
    """A pattern as a reader of a codebook sees it: 〔数〕 the number, … anything, / or, ° may be absent, 〈macro〉.

    >>> in_words("(?:成立|建立)党支部{gap:6}{value}")
    '(成立/建立)党支部…〔数〕'
    """
    words = pattern
    for shape, rewritten in _STEPS:
        words = shape.sub(rewritten, words)
    return words.strip()
