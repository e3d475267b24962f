"""What can go wrong that a user must mend, and where.

A fault is a value: loaders collect all faults of a file and raise them together. A printed fault reads

    config.yaml:31:9: unknown key 'patern'; did you mean 'patterns'?
"""

from __future__ import annotations

import errno
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file; `line` and `column` count from 1, 0 where unknown. `line_text` is the line itself."""

    path: str
    line: int = 0
    column: int = 0
    line_text: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, with its place, what is wrong, and what to do; `zh` says the same in Chinese."""

    location: Location
    message: str
    remedy: str = ""
    zh: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        return f"{self.location}: {self.message}" + (f"; {self.remedy}" if self.remedy else "")

    def with_caret(self) -> str:
        """The fault, the line it stands in and a caret under the column."""
        if not self.location.line_text:
            return str(self)
        # A Han character is two columns wide in a terminal: pad with full-width spaces so that the caret lines up.
        before = self.location.line_text[: max(0, self.location.column - 1)]
        pad = "".join("\u3000" if ord(character) > 0x2E7F else " " for character in before)
        return f"{self}\n    {self.location.line_text}\n    {pad}^"

    def in_both_languages(self) -> str:
        """The fault with its line and caret, and below them what it says in Chinese."""
        return f"{self.with_caret()}\n    {self.zh}" if self.zh else self.with_caret()


_SHOWN, _KINDS = 50, 20  # faults of one kind and kinds of a file that are printed; the others are counted
_VARYING = re.compile(r"'.*'|[\d,.]*\d")  # what differs from one fault of a kind to the next


def shortened(faults: Iterable[Fault]) -> list[Fault]:
    """The faults as they are printed: of each kind in a file the first, and how many more there are of it."""
    shown: list[Fault] = []
    kinds: dict[tuple[str, str], list[Fault]] = defaultdict(list)  # file, words -> faults of that kind left out
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for fault in faults:
        kind = fault.location.path, _VARYING.sub("", fault.message)
        if kind not in counts and len(counts) >= _KINDS:
            kind = fault.location.path, ""
        counts[kind] += 1
        if counts[kind] <= _SHOWN:
            shown.append(fault)
        else:
            kinds[kind].append(fault)
    for (path, words), left in kinds.items():
        like = f" like the last: {left[-1].message}" if words else ""
        zh = f"同类问题还有 {len(left):,} 处" if words else f"其他问题还有 {len(left):,} 处"
        shown.append(Fault(Location(path), f"and {len(left):,} more{like}", "", zh, left[-1].severity))
    return shown


class IndicatorsError(Exception):
    """Something the user must mend. `faults` holds every fault found, in file order; its words are `shortened`."""

    def __init__(self, message: str = "", faults: tuple[Fault, ...] = ()) -> None:
        self.faults = faults
        super().__init__(message or "\n".join(str(fault) for fault in shortened(faults)))


class RuleError(IndicatorsError):
    """Faults in config.yaml or a pack."""


class ReadingError(IndicatorsError):
    """A path that cannot be read: missing, empty, not text."""


class EmptyFolderError(ReadingError):
    """A folder of the corpus in which no document lies."""


class OutputError(IndicatorsError):
    """A table that cannot be written where it was asked for."""


_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EROFS: "只读文件系统",
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EIO: "读写错误",
    errno.EFBIG: "超出文件大小限制",
}
_ELSEWHERE = ("choose another place", "请换个位置")


def unwritable(path: object, error: OSError) -> Fault:
    """The fault of a file that cannot be written, with the system's reason in both languages."""
    (reason, remedy), (zh_reason, zh_remedy) = unwritable_because(error)
    return Fault(Location(str(path)), f"cannot be written: {reason}", remedy, f"无法写入：{zh_reason}；{zh_remedy}")


def unwritable_because(error: OSError) -> tuple[tuple[str, str], tuple[str, str]]:
    """Why a file cannot be written and what to do, in English and in Chinese."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    remedy, zh_remedy = ("free some space or choose another place", "请腾出空间或换个位置") if full else _ELSEWHERE
    reason = error.strerror or str(error)
    return (reason, remedy), (_REASONS.get(error.errno or 0, reason), zh_remedy)


@dataclass
class FaultList:
    """Collects faults while a file is walked."""

    path: str
    lines: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(
        self, line: int, column: int, message: str, remedy: str = "", zh: str = "", severity: str = "error"
    ) -> None:
        """Add a fault at `line`, `column` (both from 1)."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        self.faults.append(Fault(Location(self.path, line, column, text), message, remedy, zh, severity))
