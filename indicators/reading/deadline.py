"""A limit on the time that other people's parsers may take, in any thread."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import TypeVar

from indicators.errors import ReadingError
from indicators.reading.limits import LIMITS

T = TypeVar("T")


class _Expired(BaseException):
    """Raised inside the work; no Exception, so that no parser takes it for a fault of the file."""


def within(limit: str, work: Callable[[], T], where: str = "") -> T:
    """The result of `work`; ReadingError with the limit's name where it takes longer than LIMITS[limit] seconds.

    A timer raises in the thread that works, at its next step of Python: parsers written in Python end at once, one
    written in C when it returns. `where` says in the message what was being read.
    """
    watch = _Watch(LIMITS[limit])
    try:
        watch.start()
        try:
            return work()
        finally:
            watch.stop()
    except _Expired:
        if not watch.fired:  # another limit's, around this one
            raise
        place = f"{where}, " if where else ""
        raise ReadingError(
            f"takes too long: {place}limit {limit} = {LIMITS[limit]} s / 读取超时,超过限制 {limit}"
        ) from None


class _Watch:
    """Raises _Expired in the thread that started it, unless stopped before."""

    def __init__(self, seconds: float) -> None:
        self._thread = ctypes.c_ulong(threading.get_ident())
        self._lock = threading.Lock()
        self._over = self.fired = False
        self._timer = threading.Timer(seconds, self._raise)
        self._timer.daemon = True

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        with self._lock:
            self._over = True
        self._timer.cancel()
        # What was raised and has not arrived yet must not arrive later.
        ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, None)

    def _raise(self) -> None:
        with self._lock:
            if not self._over:
                self.fired = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, ctypes.py_object(_Expired))
