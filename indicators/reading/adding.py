"""A file put among the documents of a folder: under a safe name, beside what is there, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from indicators.errors import ReadingError
from indicators.reading.formats import FORMATS
from indicators.reading.replacing import write_new

_BYTES = 200  # of a name; file systems take 255, and a number may be added
# What Windows or a shell would not take, controls, and letters that turn the direction of writing.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")


def safe_name(name: str) -> str:
    r"""The last part of a name, without what could lead elsewhere or hide the file.

    Raises ReadingError where nothing is left, or the format is not read.

    >>> safe_name("..\\..\\2019 年报.txt"), safe_name(".a/.b:c.PDF")
    ('2019 年报.txt', 'b_c.PDF')
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem, dot, suffix = _UNSAFE.sub("_", last).strip(" .").rpartition(".")
    if not stem or f".{suffix}".lower() not in FORMATS:
        known = " ".join(FORMATS)
        raise ReadingError(f"this format is not read; formats read: {known} / 不支持此格式,可读: {known}")
    stem = _RESERVED.sub("_", stem)
    while len(os.fsencode(stem)) > _BYTES:
        stem = stem[:-1]
    return stem + dot + suffix


def add_file(folder: Path, name: str, data: bytes) -> Path:
    """Write `data` as a new file of `folder`; a name that is taken gets a number. Nothing that is there is touched.

    Raises ReadingError as `safe_name` does, OSError where it cannot be written; then there is no new file.
    """
    for target in _numbered(folder, safe_name(name)):
        if not os.path.lexists(target):
            with contextlib.suppress(FileExistsError):
                write_new(target, data)
                return target
    raise AssertionError  # the numbers do not end


def _numbered(folder: Path, name: str) -> Iterator[Path]:
    stem, _, suffix = name.rpartition(".")
    number = 1
    while True:
        yield folder / (name if number == 1 else f"{stem} ({number}).{suffix}")
        number += 1
