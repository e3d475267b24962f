"""Place names with their pinyin, so that typing taishan or ts finds 台山市 in a list."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib import resources


@cache
def _spellings() -> dict[str, str]:
    """Name of a province, prefecture or county -> syllables of its short name; made by tools/build_pinyin.py."""
    text = resources.files("indicators.app").joinpath("pinyin.csv").read_text("utf-8")
    return {row["name"]: row["pinyin"] for row in csv.DictReader(io.StringIO(text))}


def spelt(name: str, label: str = "") -> str:
    """`label` (else the name) with the pinyin of the name and its initials; as it is where no pinyin is known.

    >>> spelt("台山市"), spelt("青禾县")
    ('台山市 · taishan ts', '青禾县')
    """
    syllables = _spellings().get(name, "").split()
    if not syllables:
        return label or name
    return f"{label or name} · {''.join(syllables)} {''.join(syllable[0] for syllable in syllables)}"
