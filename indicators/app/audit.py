"""The log of a shared dashboard: who changed what and when, one JSON object a line, only ever appended to.

The line is written before the change, so that nothing happens without one; a change that fails gets a second line. The
log stands beside config.yaml, or where INDICATORS_AUDIT says. A dashboard that is not shared keeps none.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FILE_NAME = "audit.jsonl"
VARIABLE = "INDICATORS_AUDIT"
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


@contextmanager
def change(event: str, person: str, **facts: Any) -> Iterator[None]:
    """A change within the block, in the log before it is made. Raises OSError, and changes nothing, without the log."""
    write(event, person, **facts)
    try:
        yield
    except Exception as error:
        write(f"{event} failed", person, reason=str(error))
        raise
