"""What decides a table besides documents and rules: the package itself, its word tables and gazetteer."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

import regex

import indicators

_ELSEWHERE = ("app", "__pycache__")  # what shows tables makes none


@cache
def engine_version() -> str:
    """Hash of the package's code and data, 12 hex digits: equal where the same documents and rules give the same table.

    Any change of them counts, be it of a comment: a stale table is worse than one made anew.
    """
    home = Path(indicators.__file__).parent
    digest = hashlib.sha256(f"{sys.version_info[:2]} {regex.__version__}".encode())
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home)
        if path.is_file() and inside.parts[0] not in _ELSEWHERE and "__pycache__" not in inside.parts:
            digest.update(f"\0{inside.as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
