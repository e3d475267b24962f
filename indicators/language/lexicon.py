"""Word tables of the language layer: CSV files under `language/data`, read once."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib import resources


@cache
def lexicon(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `language/data/<name>.csv`, one dict a row; lines that begin with # are comments.

    >>> lexicon("units")[0]["unit"] != ""
    True
    """
    text = resources.files("indicators.language").joinpath("data", f"{name}.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(io.StringIO("\n".join(lines))))
