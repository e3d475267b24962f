"""Zip archives as folders: reports.zip/甲镇/年报.html is a member, listed by its size and read within limits.

A member's name is decoded (UTF-8 where the archive says so, else UTF-8 or GBK as Chinese Windows writes it); one that
leads out of the archive, is a link, is encrypted, is an archive itself or unpacks to too much is listed with a reason.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indicators.errors import ReadingError
from indicators.reading import sources
from indicators.reading.limits import LIMITS, MB, check

SUFFIX = ".zip"
_INSIDE = re.compile(r"(?i)(?<=\.zip)/")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)
_END = struct.Struct("<4s4H2LH")  # end of central directory: signature, disks, members, its size and offset, comment
_READ_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive: its name with /, unpacked size in bytes, and why it is refused unread."""

    name: str
    size: int
    reason: str = ""


def split(path: str) -> tuple[str, str] | None:
    """The archive and the member of a path that leads into one.

    >>> split("s3://data/a.zip/b/c.txt"), split("s3://data/a.zip")
    (('s3://data/a.zip', 'b/c.txt'), None)
    """
    for found in _INSIDE.finditer(path) if ".zip/" in path.lower() else ():
        archive = path[: found.start()]
        if sources.is_url(path) or Path(archive).is_file():
            return archive, path[found.end() :]
    return None


def read_bytes(path: str) -> bytes:
    """The bytes of a file, a URL, or a member of an archive; raises OSError, ReadingError for a broken archive."""
    parts = split(path)
    if parts is None:
        return sources.read_bytes(path)
    with _opened(parts[0]) as archive:
        info = _named(archive).get(parts[1])
        if info is None:
            raise FileNotFoundError(2, "no such member of the archive / 压缩包中没有该文件")
        reason = _refusal(parts[1], info)
        if reason:
            raise ReadingError(reason)
        return _unpacked(archive, info)


def exists(path: str) -> bool:
    """Whether there is such a file, folder or member."""
    parts = split(path)
    if parts is None:
        return sources.exists(path)
    try:
        with _opened(parts[0]) as archive:
            return parts[1] in _named(archive)
    except (OSError, ReadingError):
        return False


def members(path: str) -> list[Member]:
    """The members of an archive in order of their names, folders left out; raises OSError, ReadingError."""
    found, whole = [], 0
    with _opened(path) as archive:
        for name, info in sorted(_named(archive).items()):
            reason = _refusal(name, info)
            whole += 0 if reason else info.file_size
            if not reason and whole > LIMITS["zip_unpacked_bytes"]:
                reason = _too_much("zip_unpacked_bytes", whole)
            found.append(Member(name, info.file_size, reason))
    return found


def check_unpacked(data: bytes, limit: str) -> None:
    """Raise ReadingError where the bytes are no sound zip, or unpack to more than the limit of that name."""
    try:
        _check_end(data[-_READ_BYTES - _END.size :])
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check(limit, sum(info.file_size for info in archive.infolist()))
    except _BROKEN as error:
        raise _broken(error) from error


class _opened:  # noqa: N801  (a context manager that reads like a function)
    """An archive that is open; faults of the zip format inside the block are ReadingErrors."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> zipfile.ZipFile:
        self._stream = sources.open_stream(self._path)
        try:
            size = self._stream.seek(0, io.SEEK_END)
            check("file_bytes", size)
            self._stream.seek(max(0, size - _READ_BYTES - _END.size))
            _check_end(self._stream.read())
            return zipfile.ZipFile(self._stream)
        except _BROKEN as error:
            self._stream.close()
            raise _broken(error) from error
        except BaseException:
            self._stream.close()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._stream.close()
        if isinstance(error, _BROKEN) and not isinstance(error, ReadingError):
            raise _broken(error) from error


def _broken(error: BaseException) -> ReadingError:
    return ReadingError(f"damaged archive: {error} / 压缩包已损坏")


def _check_end(end: bytes) -> None:
    """Refuse, before the list of members is parsed, one that is too long: its length stands at the end of a zip."""
    at = end.rfind(b"PK\x05\x06")
    if at < 0 or len(end) - at < _END.size:
        raise ReadingError("not a zip file, or cut off / 不是 zip 文件或不完整")
    _, _, _, _, count, size, _, _ = _END.unpack_from(end, at)
    check("zip_members", max(count, size // 1000))


def _named(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Members by decoded name; of equal names the later ones are numbered."""
    found: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        if info.is_dir():
            continue
        name = _decoded(info)
        while name in found:
            name += " (2)"
        found[name] = info
    return found


def _decoded(info: zipfile.ZipInfo) -> str:
    name = info.orig_filename
    if not info.flag_bits & 0x800 and not name.isascii():
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    name = re.sub(r"[\x00-\x1f\x7f\ufffd]", lambda found: f"%{ord(found[0]):02X}", name.replace("\\", "/"))
    return "/".join(_steps(name))


def _steps(name: str) -> Iterator[str]:
    """The steps of a name; those that would lead out of the archive are in brackets, which no path takes."""
    for step in name.split("/"):
        if step != ".":
            yield "(..)" if step == ".." else step or "(root)"


def _refusal(name: str, info: zipfile.ZipInfo) -> str:
    if re.search(r"(?:^|/)\((?:\.\.|root)\)(?:/|$)|^[A-Za-z]:", name):
        return "its name leads out of the archive / 文件名指向压缩包之外"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "symbolic link in an archive / 压缩包中的链接"
    if info.flag_bits & 1:
        return "encrypted; unpack it with its password / 已加密,请先解压"
    if name.lower().endswith((SUFFIX, ".rar", ".7z", ".gz", ".tar")):
        return "an archive inside an archive; unpack it / 压缩包中的压缩包,请先解压"
    if info.file_size > LIMITS["zip_member_bytes"]:
        return _too_much("zip_member_bytes", info.file_size)
    if info.file_size > MB and info.file_size > LIMITS["zip_ratio"] * info.compress_size:
        return _too_much("zip_ratio", info.file_size / max(1, info.compress_size))
    return ""


def _too_much(limit: str, found: float) -> str:
    return f"unpacks to too much: {found:,.0f}, limit {limit} = {LIMITS[limit]:,} / 解压后过大,超过限制 {limit}"


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as stream:
        data = stream.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise zipfile.BadZipFile("a member is longer or shorter than the archive says")
    return data
