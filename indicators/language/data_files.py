"""Versions of what the reader knows: its word lists, its gazetteer, and the code itself."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path

from indicators import __version__

_GAZETTEER = ("divisions", "former_codes", "gazetteer", "place_aliases", "renames")
_READER = ("reading", "language", "rules")


@cache
def lexicon_version() -> str:
    """Hash of every word list of the language layer, 12 hex digits."""
    return _hash([name for name in _names() if not name.startswith(_GAZETTEER)])


@cache
def gazetteer_version() -> str:
    """Hash of the gazetteer with its renames and aliases, 12 hex digits."""
    return _hash([name for name in _names() if name.startswith(_GAZETTEER)])


@cache
def reader_version() -> str:
    """The package's version and a hash of the code that reads: a change of either may change a table."""
    root = Path(str(resources.files("indicators")))
    digest = hashlib.sha256()
    for folder in _READER:
        for path in sorted((root / folder).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def _names() -> list[str]:
    folder = resources.files("indicators.language") / "data"
    return sorted(entry.name for entry in folder.iterdir() if entry.is_file() and not entry.name.endswith(".md"))


def _hash(names: list[str]) -> str:
    folder = resources.files("indicators.language") / "data"
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + (folder / name).read_bytes())
    return digest.hexdigest()[:12]
