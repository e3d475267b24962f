"""Rule sets that were read without a fault, kept in the user's cache folder: the next run need not read them again.

Reading 500 patterns takes most of a second: each is expanded, analysed and compiled, only to find that nothing is wrong
with it. A kept rule set is one that had no fault; patterns are then compiled when a text first needs them. A file is
found again only by the same text, path, code of this package, `regex`, pydantic and Python. Whatever goes wrong here
(no folder, no space, a file cut short) means reading the rules as if nothing had been kept.

The files are pickles, to be trusted as the .pyc files beside a module are: only those of this user, writable by no one
else, are opened. INDICATORS_CACHE names another folder; empty, it turns keeping off.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

import pydantic
import regex

from indicators.reading.replacing import replacing

_MOST = 16  # files kept; the oldest go
_DIGEST = hashlib.sha256().digest_size
_PACKAGE = Path(__file__).parent.parent
_BROKEN = (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError)


def key_of(*texts: str) -> str:
    """The name under which what is made of some texts is kept."""
    digest = hashlib.sha256(_code().encode())
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d\0" % len(data) + data)
    return digest.hexdigest()[:40]


def recall(key: str) -> object | None:
    """What was kept under a key; None where nothing readable is."""
    folder = _folder()
    if folder is None:
        return None
    try:
        with (folder / f"{key}.rules").open("rb") as file:
            if not _own(os.fstat(file.fileno())):
                return None
            data = file.read()
        whole = hashlib.sha256(data[_DIGEST:]).digest() == data[:_DIGEST]
        return pickle.loads(data[_DIGEST:]) if whole else None  # noqa: S301 - our own file, see above
    except _BROKEN:
        return None


def keep(key: str, value: object) -> None:
    """Keep a value for the next run, if that can be done. A reader never sees half of it."""
    folder = _folder()
    if folder is None:
        return
    with suppress(OSError, pickle.PicklingError):
        data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(folder / f"{key}.rules", mode=0o600) as file:
            file.write(hashlib.sha256(data).digest() + data)
        for old in sorted(folder.glob("*.rules"), key=lambda path: path.stat().st_mtime, reverse=True)[_MOST:]:
            old.unlink(missing_ok=True)


def _folder() -> Path | None:
    """Where rule sets are kept; None where they are not."""
    named = os.environ.get("INDICATORS_CACHE")
    if named is not None:
        return Path(named) if named else None
    root = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(root) if root else Path.home() / ".cache") / "indicators"
    except RuntimeError:  # a user without a home
        return None


def _own(facts: os.stat_result) -> bool:
    """Whether a file is this user's and nobody else may write it; systems without user numbers guard it themselves."""
    if not hasattr(os, "getuid"):
        return True
    return facts.st_uid == os.getuid() and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


@cache
def _code() -> str:
    """What besides the texts decides how rules are read: Python, libraries, and the state of our own files."""
    facts = [platform.python_version(), regex.__version__, pydantic.VERSION]
    for folder in (_PACKAGE, _PACKAGE / "rules", _PACKAGE / "language"):
        with os.scandir(folder) as entries:
            files = [(entry.path, entry.stat()) for entry in entries if entry.name.endswith((".py", ".csv"))]
        facts += [f"{path} {found.st_size} {found.st_mtime_ns}" for path, found in sorted(files)]
    return "\n".join(facts)
