"""A file written whole or not at all, and one writer of a folder at a time.

The bytes go into a draft beside the file, which then takes its name: a reader sees the old file or the new one, after
a crash and on a full disk too. A draft is locked while its writer lives; what a killed writer left is removed by the
next one. Where the system knows no such locks (Windows, some network folders), drafts of killed writers stay.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def replacing(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file when the block ends well; else the file stays as it is.

    A link is followed. A file that exists keeps its permissions, a new one gets `mode` less the umask. Of two
    writers the one that ends later has the file, whole. Raises OSError.
    """
    target = Path(os.path.realpath(path))
    _sweep(target)
    draft, held = _draft(target, mode)
    try:
        with os.fdopen(os.dup(held), "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o777)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    finally:
        os.close(held)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; see `replacing`."""
    with replacing(path) as stream:
        stream.write(data)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, whole or not at all: over no other file, through no link.

    Raises FileExistsError where something has its name, OSError.
    """
    _sweep(path)
    draft, held = _draft(path, 0o666)
    try:
        with os.fdopen(os.dup(held), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _name(draft, path)
    finally:
        draft.unlink(missing_ok=True)
        os.close(held)


def _name(draft: Path, path: Path) -> None:
    """Give a written draft a name that is free. Raises FileExistsError, OSError."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        path.open("xb").close()  # the name is ours now
        draft.replace(path)


@contextlib.contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Nobody else who asks for it writes in `folder` meanwhile; waits for whoever does. Raises OSError.

    The folder itself is locked: no lock file stands about, and a killed writer holds nothing.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a file system without locks: as before, without the guard
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _draft(target: Path, mode: int) -> tuple[Path, int]:
    """A new empty file beside the target, and a handle that locks it."""
    while True:
        draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), mode)
        if fcntl is not None:
            with contextlib.suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX)
            if os.fstat(handle).st_nlink == 0:  # swept away between its making and its lock
                os.close(handle)
                continue
        return draft, handle


def _sweep(target: Path) -> None:
    """Remove the drafts of writers that are no more: nobody holds their lock."""
    if fcntl is None:
        return
    for draft in target.parent.glob(f".{_literal(target.name)}.*.tmp"):
        with contextlib.suppress(OSError):
            handle = os.open(draft, os.O_RDWR)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                draft.unlink()
            finally:
                os.close(handle)


def _literal(name: str) -> str:
    """A name in which a pattern of `glob` finds nothing but itself."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
