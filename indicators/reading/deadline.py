"""A limit on the time that other people's parsers may take, in any thread."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import TypeVar

from indicators.errors import ReadingError
from indicators.reading.limits import LIMITS

T = TypeVar("T")
AGAIN = 1.0  # seconds; longer than an exception takes to reach its handler


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
            done = work()
        finally:
            watch.stop()
        if watch.fired:  # it arrived where Python drops exceptions, and the work went on to its end
            raise _Expired
        return done
    except _Expired:
        watch.stop()  # the one above may have been cut short
        if not watch.fired:  # another limit's, around this one
            raise
        place = f"{where}, " if where else ""
        raise ReadingError(
            f"takes too long: {place}limit {limit} = {LIMITS[limit]} s; split it / 读取超时,超过限制 {limit},请拆分"
        ) from None


class _Watch:
    """Raises _Expired in the thread that started it, unless stopped before; every AGAIN seconds until it is stopped.

    What arrives in a destructor or in a callback of the garbage collection is dropped there.
    """

    def __init__(self, seconds: float) -> None:
        self._thread = ctypes.c_ulong(threading.get_ident())
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self.fired = False
        self._timer = threading.Timer(seconds, self._raise)
        self._timer.daemon = True

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        with self._lock:
            self._stopped.set()
        self._timer.cancel()
        # What was raised and has not arrived yet must not arrive later.
        ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, None)

    def _raise(self) -> None:
        while not self._stopped.is_set():
            with self._lock:
                if not self._stopped.is_set():
                    self.fired = True
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, ctypes.py_object(_Expired))
            self._stopped.wait(AGAIN)
