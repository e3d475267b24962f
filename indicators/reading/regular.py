"""The bytes of a regular file: no pipe that nobody writes into is waited for, no device is read without end."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from indicators.reading.limits import check


def open_regular(path: str | Path) -> BinaryIO:
    """A regular file, open for reading bytes; raises OSError, for a folder, pipe, socket or device too."""
    flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, os.O_RDONLY | flags)
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "not a regular file / 不是普通文件", str(path))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_regular(path: str | Path, limit: str = "file_bytes") -> bytes:
    """The bytes of a regular file; raises OSError as `open_regular` does, ReadingError where they are over `limit`."""
    with open_regular(path) as stream:
        check(limit, os.fstat(stream.fileno()).st_size)
        return stream.read()
