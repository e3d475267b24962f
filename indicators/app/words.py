"""What the dashboard says, in Chinese and English: the table `words.csv`, one row a key with columns key, zh, en.

A phrase may hold `{name}` places that `word` fills. A key that is missing is an error, never an empty label.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib import resources
from typing import Any, Literal, cast

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def table() -> dict[str, dict[str, str]]:
    """Every phrase: key -> {"zh": ..., "en": ...}."""
    text = resources.files("indicators.app").joinpath("words.csv").read_text("utf-8")
    return {row["key"]: {"zh": row["zh"], "en": row["en"]} for row in csv.DictReader(io.StringIO(text))}


def word(key: str, language: Language, **values: Any) -> str:
    """The phrase of `key` in `language`, its places filled with `values`.

    >>> word("status.planned", "en")
    'planned'
    """
    phrase = table()[key][language]
    return phrase.format(**values) if values else phrase


def word_of(group: str, value: object, language: Language) -> str:
    """The word for a coded value (`status`, "planned"), or the code itself where there is no word for it.

    >>> word_of("status", "no such code", "en")
    'no such code'
    """
    phrases = table().get(f"{group}.{value}")
    return phrases[language] if phrases else str(value)


def plain(words: str) -> str:
    """Words that Markdown leaves as they are."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]()<>#+-!|~$:" else letter for letter in words)


def spoken(words: str, language: Language) -> str:
    """The half in `language` of what the reading says in both, "english / 中文"; other words as they are.

    >>> spoken("the file is empty / 文件为空", "zh")
    '文件为空'
    """
    english, _, chinese = words.rpartition(" / ")
    if not english or not any("\u4e00" <= letter <= "\u9fff" for letter in chinese):
        return words
    return chinese if language == "zh" else english


def name_of(names: object, language: Language, fallback: str = "") -> str:
    """A name given as {"zh": ..., "en": ...}, as an object with fields zh and en, or as a string, in `language`.

    The English name may be absent: then the Chinese one stands.

    >>> name_of({"zh": "党员"}, "en")
    '党员'
    """
    if isinstance(names, str):
        return names or fallback
    if isinstance(names, dict):
        return names.get(language) or names.get("zh") or names.get("en") or fallback
    found = getattr(names, language, "") or getattr(names, "zh", "") or getattr(names, "en", "")
    return cast(str, found or fallback)
