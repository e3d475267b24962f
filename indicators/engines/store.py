"""A folder of tables: what manifest.json says of its parts, and reading them. Readers never see half a table.

    DIR/manifest.json                written last and at once: the parts that are the table now, in the corpus's order
    DIR/claims/part-<key>.parquet    one part a shard; so quantities/ and documents/, where they were asked for
    DIR/observations/part-<key>.parquet
    DIR/.indicators/                 hashes of files, sketches of texts, the lock: not for readers

Parts that the manifest no longer names stay for one more run, for readers that still have the old one.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.engines.folder import Folder, open_folder
from indicators.errors import Fault, Location, ReadingError

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"
FORMAT = 1
_TRIES = 3  # a reader starts again where a writer finished twice meanwhile


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder holds. `tables`: name -> parts, {"part": path in the folder, "rows": count}, in corpus order."""

    rules_version: str = ""
    engine_version: str = ""
    package: str = ""
    written: str = ""
    documents: int = 0
    exact: bool = False
    failed_rules: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    format: int = FORMAT

    def rows(self, table: str) -> int:
        """Rows of a table."""
        return sum(part["rows"] for part in self.tables.get(table, []))

    def parts(self, table: str) -> list[str]:
        """Paths of a table's parts, in corpus order."""
        return [part["part"] for part in self.tables.get(table, [])]

    def all_parts(self) -> set[str]:
        """Paths of the parts of all tables."""
        return {path for table in self.tables for path in self.parts(table)}


def read_manifest(folder: Folder) -> Manifest | None:
    """The manifest of a folder, None where there is none yet. Raises ReadingError for one that is not ours."""
    data = folder.read(MANIFEST)
    if data is None:
        return None
    try:
        found = json.loads(data)
        if found["format"] != FORMAT:
            raise ValueError(f"format {found['format']}, not {FORMAT}")
        return Manifest(**found)
    except (ValueError, KeyError, TypeError) as error:
        raise _fault(
            f"{folder.url}/{MANIFEST}", f"no manifest of this version: {error}", "use another folder"
        ) from None


def write_manifest(folder: Folder, manifest: Manifest) -> None:
    """Make the parts of a manifest the folder's tables, at once."""
    folder.write(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode())
    folder.settle([MANIFEST])


def read_table(path: str | Path, name: str = "claims", columns: Sequence[str] | None = None) -> pd.DataFrame:
    """A table of a folder written by `--output DIR`: claims, quantities, observations or documents; or some columns.

    Rows stand in the corpus's order. Raises ReadingError where the folder does not hold that table.
    """
    from indicators.table.exports import frame_of

    if not is_store(path):
        raise _fault(str(path), "no folder of tables (no manifest.json in it)", "write one with --output DIR")
    folder = open_folder(path)
    for _ in range(_TRIES):
        manifest = read_manifest(folder) or Manifest()
        if name not in manifest.tables:
            held = ", ".join(manifest.tables) or "nothing"
            raise _fault(str(path), f"holds no {name}, but {held}", f"write them: indicators {name} --output {path}")
        try:
            return frame_of(name, read_parts(folder, manifest.parts(name), columns))
        except FileNotFoundError:
            continue
    raise _fault(str(path), "is being written faster than it can be read", "try again later")


def is_store(path: str | Path) -> bool:
    """Whether a path is a folder of tables."""
    from indicators.reading.sources import exists, local

    return exists(f"{local(path)}/{MANIFEST}")


def read_parts(folder: Folder, names: Iterable[str], columns: Sequence[str] | None = None) -> Any:
    """The rows of some parts, one after the other, as an Arrow table. Raises FileNotFoundError for a missing one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = []
    for name in names:
        data = folder.read(name)
        if data is None:
            raise FileNotFoundError(name)
        tables.append(pq.read_table(io.BytesIO(data), columns=list(columns) if columns else None))
    return pa.concat_tables(tables)


def rows_of(folder: Folder, name: str) -> int | None:
    """Rows of a part, None where it is missing or cut off."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    data = folder.read(name)
    try:
        return None if data is None else int(pq.read_metadata(io.BytesIO(data)).num_rows)
    except (pa.ArrowInvalid, OSError):
        return None


def _fault(path: str, message: str, remedy: str) -> ReadingError:
    return ReadingError(faults=(Fault(Location(path), message, remedy, "此文件夹没有可读的表"),))
