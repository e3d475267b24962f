"""A folder that tables are written to: of this machine, or a URL that fsspec opens. Every file appears whole or not."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from indicators.errors import Fault, Location, OutputError, unwritable
from indicators.reading.sources import filesystem, is_url, local
from indicators.reading.walking import OWN_FOLDER

LOCK = f"{OWN_FOLDER}/lock"


class Folder(Protocol):
    """Files by their names with /, relative to the folder. Missing files and folders read as nothing."""

    url: str

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, None where there is none."""

    def write(self, name: str, data: bytes) -> None:
        """Put a file in place, whole; readers see the old one or the new. Raises OutputError."""

    def settle(self, names: Iterable[str]) -> None:
        """Make sure that files survive a power cut."""

    def names(self, folder: str) -> set[str]:
        """Names of the files in one of its folders."""

    def remove(self, name: str) -> None:
        """Remove a file; no matter where there is none."""

    def locked(self) -> contextlib.AbstractContextManager[None]:
        """Keep other writers out meanwhile. Raises OutputError where one is at work."""


def open_folder(path: str | Path) -> Folder:
    """The folder at a path or URL; made where it is missing. Raises OutputError where it cannot be."""
    where = local(path)
    try:
        return _RemoteFolder(where) if is_url(where) else _LocalFolder(where)
    except OSError as error:
        raise _fault(str(path), error) from error


def _fault(path: str, error: OSError) -> OutputError:
    return OutputError(faults=(unwritable(path, error),))


class _LocalFolder:
    def __init__(self, path: str) -> None:
        self.url = path
        self._path = Path(path)
        (self._path / OWN_FOLDER).mkdir(parents=True, exist_ok=True)

    def read(self, name: str) -> bytes | None:
        try:
            return (self._path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, name: str, data: bytes) -> None:
        target = self._path / name
        draft = self._path / OWN_FOLDER / f"{target.name}.{secrets.token_hex(4)}.tmp"
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(data)
            draft.replace(target)
        except OSError as error:
            raise _fault(str(target), error) from error
        finally:
            draft.unlink(missing_ok=True)

    def settle(self, names: Iterable[str]) -> None:
        for name in names:
            with contextlib.suppress(FileNotFoundError), (self._path / name).open("rb") as stream:
                os.fsync(stream.fileno())

    def names(self, folder: str) -> set[str]:
        try:
            return {path.name for path in (self._path / folder).iterdir()}
        except (FileNotFoundError, NotADirectoryError):
            return set()

    def remove(self, name: str) -> None:
        (self._path / name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        try:
            import fcntl
        except ImportError:  # Windows: whoever starts two writers there is not warned
            yield
            return
        path = self._path / LOCK
        with path.open("a+") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                stream.seek(0)
                raise _busy(self.url, stream.read().strip()) from error
            stream.truncate(0)
            stream.write(f"process {os.getpid()} on {os.uname().nodename}")
            stream.flush()
            for draft in (self._path / OWN_FOLDER).glob("*.tmp"):  # of a writer that was killed
                draft.unlink(missing_ok=True)
            yield


def _busy(path: str, owner: str) -> OutputError:
    message = f"another run is writing into this folder ({owner})"
    return OutputError(faults=(Fault(Location(path), message, "wait until it ends", "另一个进程正在写入此文件夹"),))


class _RemoteFolder:
    """A URL. Object stores put a file in place whole; there is no lock, one writer at a time is the user's care."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._system, self._path = filesystem(url)
        self._system.makedirs(self._path, exist_ok=True)

    def read(self, name: str) -> bytes | None:
        try:
            data: bytes = self._system.cat_file(f"{self._path}/{name}")
        except FileNotFoundError:
            return None
        return data

    def write(self, name: str, data: bytes) -> None:
        path = f"{self._path}/{name}"
        try:
            self._system.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            self._system.pipe_file(path, data)
        except OSError as error:
            raise _fault(f"{self.url}/{name}", error) from error

    def settle(self, names: Iterable[str]) -> None:
        pass  # an object that was put is there

    def names(self, folder: str) -> set[str]:
        self._system.invalidate_cache()
        try:
            return {path.rsplit("/", 1)[1] for path in self._system.find(f"{self._path}/{folder}", maxdepth=1)}
        except FileNotFoundError:
            return set()

    def remove(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._system.rm_file(f"{self._path}/{name}")

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        yield
