"""The log of a shared dashboard: who changed what and when, one JSON object a line, only ever appended to.

The line is written before the change, so that nothing happens without one; a change that fails gets a second line. The
log stands beside config.yaml, or where INDICATORS_AUDIT says. A dashboard that is not shared keeps none.
"""

from __future__ import annotations

import datetime
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

FILE_NAME = "audit.jsonl"
VARIABLE = "INDICATORS_AUDIT"
SELDOM = 3600  # seconds
_TOLD: dict[tuple[Any, ...], float] = {}  # what was said, and when by the clock that is never set back
_LOCK = Lock()
SHARED_VARIABLE = "INDICATORS_SHARED"  # login; or open: everybody who can reach it may look


def path() -> Path:
    """Where the log stands."""
    from indicators.app.loading import config_path  # it asks `access`, which asks us

    return Path(os.environ.get(VARIABLE) or config_path().with_name(FILE_NAME))


def kept() -> bool:
    """Whether this dashboard keeps a log."""
    return bool(os.environ.get(SHARED_VARIABLE))


def write(event: str, person: str, **facts: Any) -> None:
    """Append one line. Raises OSError where that cannot be done."""
    if not kept():
        return
    now = datetime.datetime.now(tz=datetime.UTC).isoformat(timespec="milliseconds")
    line = json.dumps({"time": now, "who": person, "event": event, **facts}, ensure_ascii=False) + "\n"
    handle = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode("utf-8", "replace"))
        os.fsync(handle)
    finally:
        os.close(handle)


def write_seldom(event: str, person: str, **facts: Any) -> None:
    """Append a line that says what one of the last hour did not say. Raises OSError where that cannot be done."""
    told, now = (event, person, *sorted(facts.items())), time.monotonic()
    with _LOCK:
        if now - _TOLD.get(told, -SELDOM) < SELDOM:
            return
        for old in [one for one, at in _TOLD.items() if now - at >= SELDOM]:
            del _TOLD[old]
        write(event, person, **facts)
        _TOLD[told] = now


@contextmanager
def change(event: str, person: str, **facts: Any) -> Iterator[None]:
    """A change within the block, in the log before it is made. Raises OSError, and changes nothing, without the log."""
    write(event, person, **facts)
    try:
        yield
    except Exception as error:
        write(f"{event} failed", person, reason=str(error))
        raise
