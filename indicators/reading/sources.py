"""Where bytes come from: a file of this machine, or a URL (s3://..., memory://...) that fsspec opens."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, BinaryIO

from indicators.reading.regular import open_regular, read_regular


def is_url(path: str | Path) -> bool:
    """True for a path with a protocol; file:// is this machine.

    >>> is_url("s3://bucket/reports"), is_url("reports"), is_url("file:///data")
    (True, False, False)
    """
    return "://" in str(path) and not str(path).startswith("file://")


def local(path: str | Path) -> str:
    """A path without file://, absolute and normalised; a URL stays, without a slash at its end.

    >>> local("file:///data/../reports/"), local("s3://bucket/reports/")
    ('/reports', 's3://bucket/reports')
    """
    if is_url(path):
        return str(path).rstrip("/")
    return os.path.normpath(Path(str(path).removeprefix("file://")).absolute()).replace(os.sep, "/")


def read_bytes(path: str) -> bytes:
    """The bytes at a path or URL; raises OSError, ReadingError for a file over the limit."""
    if not is_url(path):
        return read_regular(path)
    system, inside = filesystem(path)
    data: bytes = system.cat_file(inside)
    return data


def open_stream(path: str) -> BinaryIO:
    """The file at a path or URL, open for reading bytes anywhere in it; raises OSError."""
    if not is_url(path):
        return open_regular(path)
    system, inside = filesystem(path)
    stream: BinaryIO = system.open(inside, "rb")
    return stream


def exists(path: str) -> bool:
    """Whether there is a file or folder at a path or URL."""
    if not is_url(path):
        return Path(path).exists()
    system, inside = filesystem(path)
    return bool(system.exists(inside))


def filesystem(url: str) -> tuple[Any, str]:
    """The file system of a URL, by fsspec, and the path in it; raises OSError where fsspec or its protocol lacks."""
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]
    except ImportError as error:
        raise OSError(2, "URLs need fsspec: pip install 'indicators[cluster]' / 网址路径需要安装 fsspec") from error
    try:
        system, inside = url_to_fs(url)
    except (ImportError, ValueError) as error:  # the protocol's own package (s3fs, ...), an unknown protocol
        raise OSError(2, str(error)) from error
    return system, str(inside)
