"""Everything that writes a file for a user: the command, and how a reader sees what it left."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.faults.scene import Scene

State = object


@dataclass(frozen=True)
class Saver:
    """A command that writes below `place` of a project; `read` raises where a reader would find half a file."""

    name: str
    arguments: tuple[str, ...]
    place: str
    read: Callable[[Path], State]
    older: tuple[str, ...] = ()  # a run before, so that there is something to lose

    def missing(self, scene: Scene) -> str:
        """Why it cannot be tried with this version of the command line, "" where it can."""
        command, *options = self.arguments
        helped = scene.run(command, "--help").out.decode()
        lacking = [option for option in options if option.startswith("--") and option not in helped]
        return f"no {command} {' '.join(lacking)} in this version" if lacking else ""

    def set(self, scene: Scene) -> State:
        """What a reader sees before the command, with something to lose where there can be."""
        (scene.folder / "out").mkdir(exist_ok=True)
        if self.older and (ran := scene.run(*self.older)).code:
            raise SystemExit(f"{self.name}: {ran.said}")
        return self.seen(scene)

    def seen(self, scene: Scene) -> State:
        """What a reader sees now."""
        return self.read(scene.folder / self.place)


def drafts(folder: Path) -> list[str]:
    """Files that a writer should have taken with it."""
    left = (path for path in folder.rglob("*") if re.search(r"\.tmp$|\.part$", path.name))
    # With two names it is a finished file whose writer was killed before it took the first one away.
    return sorted(str(path.relative_to(folder)) for path in left if path.stat().st_nlink == 1)


def csv_table(path: Path) -> State:
    """The bytes of a table, whole: it begins with a byte order mark and ends with a line."""
    if not path.exists():
        return None
    data = path.read_bytes()
    if not (data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")):
        raise ValueError(f"{path.name}: half a table")
    return data


def parquet_folder(path: Path) -> State:
    """The rows of the claims in a folder of Parquet, as a reader gets them."""
    from indicators.engines.store import is_store, read_table

    return read_table(path).to_csv() if is_store(path) else None


def package(path: Path) -> State:
    """Names and checksums in a data package, all of it read."""
    if not path.exists():
        return None
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        if archive.testzip():
            raise ValueError("a damaged file in the package")
        return sorted((entry.filename, entry.CRC) for entry in archive.infolist())


def rules(path: Path) -> State:
    """The text of a rule file, which must be valid."""
    from indicators.rules.loading import load_rules

    load_rules(path)
    return path.read_bytes()


def reviews(path: Path) -> State:
    """What was decided, each decision once; a line that says nothing is half a line."""
    from indicators.reading.reviews import read_reviews

    found, faults = read_reviews(path)
    if faults.faults:
        raise ValueError(str(faults.faults[0]))
    return sorted({(one.reviewer, one.document, one.start, one.decision) for one in found})


def metadata(path: Path) -> State:
    """The rows of metadata.csv."""
    from indicators.reading.metadata import read_metadata

    return sorted(map(str, read_metadata(path).rows.values()))


def sheet(path: Path) -> State:
    """The cells of a reviewer's sheet."""
    import openpyxl

    if not path.exists():
        return None
    book = openpyxl.load_workbook(path)
    return [[cell.value for cell in row] for page in book for row in page.iter_rows()]


TABLE, STORE = ("--output", "out/claims.csv"), ("--output", "out/store")
SHEET = ("reviews", "sheets/sheet-1.xlsx", "--reviewer")
SAVERS = (
    Saver("claims.csv", ("extract", *TABLE), TABLE[1], csv_table, ("extract", "reports/000.txt", *TABLE)),
    Saver("Parquet folder", ("extract", *STORE), STORE[1], parquet_folder, ("extract", "reports/000.txt", *STORE)),
    Saver("package.zip", ("package", "--output", "out/package.zip"), "out/package.zip", package),
    Saver("config.yaml", ("draft", "reports/001.txt:34", "--id", "windows", "--write"), "config.yaml", rules),
    Saver("reviews.csv", (*SHEET, "甲"), "reports/reviews.csv", reviews, (*SHEET, "乙")),
    Saver("metadata.csv", ("documents", "--write-metadata", "--output", "out/d.csv"), "reports/metadata.csv", metadata),
    Saver("sheet.xlsx", ("sample", "--output", "out", "--reviewers", "1"), "out/sheet-1.xlsx", sheet),
)
