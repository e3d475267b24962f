"""A small invented project to break things in, and running the command line there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONFIG = r"""schema: 1
corpus: [reports]
topics: {service: {zh: 便民服务, en: Services}}
indicators:
  service_stations:
    name: {zh: 村级服务站}
    counts: {zh: 已挂牌的村级服务站}
    not_counts: {zh: 镇级服务中心}
    topic: service
    kind: count
    time: stock
    unit: 个
    patterns: ['服务站{value}']
    examples: [{text: 建成服务站12个。, value: 12}]
    rejects: [设有3个窗口]
"""
SENTENCE = "{year}年，青禾县第{number}片区建成服务站{count}个，设窗口{windows}处，惠及群众约{people}万人。\n"


@dataclass(frozen=True)
class Ran:
    """What a run of the command line left: exit code (negative: killed by that signal) and what it said."""

    code: int
    out: bytes
    said: str

    @property
    def clear(self) -> bool:
        """Said what is wrong in both languages, without a stack trace."""
        return any(letter > "\u3400" for letter in self.said) and not self.crashed

    @property
    def crashed(self) -> bool:
        """Whether it left a stack trace."""
        return "Traceback" in self.said


@dataclass(frozen=True)
class Scene:
    """A project in a folder of its own. Commands run in it, as a user would."""

    folder: Path

    def environment(self) -> dict[str, str]:
        paths = {"PYTHONPATH": str(ROOT), "INDICATORS_CACHE": str(self.folder.parent / "cache")}
        return {**os.environ, **paths, "PYTHONDONTWRITEBYTECODE": "1"}

    def command(self, *arguments: str, moment: str = "") -> list[str]:
        """The command line; with a `moment`, one that dies in it (see `dying`)."""
        if moment:
            return [sys.executable, "-m", "tools.faults.dying", moment, str(self.folder), "--", *arguments]
        return [sys.executable, "-m", "indicators.cli", *arguments]

    def start(self, *command: str, **options: object) -> subprocess.Popen[bytes]:
        """Start a whole command line in the project's folder."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": self.environment(), **options}
        return subprocess.Popen(
            command,
            cwd=self.folder,
            start_new_session=True,
            **pipes,  # type: ignore[call-overload]
        )

    def run(self, *arguments: str, moment: str = "") -> Ran:
        """Run `indicators ARGUMENTS` to its end; with a `moment`, until it dies in it (see `dying`)."""
        return ended(self.start(*self.command(*arguments, moment=moment)))

    def copy(self, target: Path) -> Scene:
        """The same project elsewhere."""
        shutil.copytree(self.folder, target)
        return Scene(target)


def ended(process: subprocess.Popen[bytes], timeout: float = 120) -> Ran:
    """What a process left when it ended."""
    out, said = process.communicate(timeout=timeout)
    return Ran(process.returncode, out or b"", (said or b"").decode("utf-8", "replace"))


def build(folder: Path, documents: int = 12, sentences: int = 60) -> Scene:
    """A project with so many documents, metadata and a sheet that a reviewer has filled in."""
    reports = folder / "reports"
    reports.mkdir(parents=True)
    (folder / "config.yaml").write_text(CONFIG, "utf-8")
    for number in range(documents):
        write_document(reports / f"{number:03}.txt", number, sentences)
    rows = [f"{number:03}.txt,第{number}片区,青禾日报,{2010 + number % 10}" for number in range(documents - 2)]
    (reports / "metadata.csv").write_text("file,title,source,published\n" + "\n".join(rows) + "\n", "utf-8")
    scene = Scene(folder)
    ran = scene.run("sample", "--reviewers", "1", "--per-indicator", "40", "--output", "sheets")
    if ran.code:
        raise SystemExit(ran.said)
    _fill(folder / "sheets" / "sheet-1.xlsx")
    return scene


def write_document(path: Path, number: int, sentences: int = 60, count: int = 20) -> None:
    """A report of the invented county; `count` moves its figures."""
    lines = [
        SENTENCE.format(year=2011 + line % 9, number=number, count=count + line, windows=line + 3, people=line % 7 + 2)
        for line in range(sentences)
    ]
    path.write_text("青禾县便民服务\n\n" + "".join(lines), "utf-8")


def _fill(path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book["claims"]
    at = next(cell.column for cell in sheet[1] if str(cell.value).startswith("decision"))
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, at, "confirmed" if row % 3 else "rejected")
    book.save(path)
