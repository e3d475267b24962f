"""Where a table goes: a file, a folder of Parquet, standard output."""

from __future__ import annotations

from pathlib import Path

from indicators.errors import OutputError
from indicators.reading.sources import is_url
from indicators.table.exports import check_output


def output_target(output: str | Path | None, name: str) -> Path | None:
    """The file a table goes to: a folder becomes <name>.parquet in it, None stands for stdout.

    Raises OutputError before any work is done where the file could not be written.
    """
    if output is None:
        return None
    if is_folder(output):
        try:
            Path(output).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{output}: cannot be made a folder: {error.strerror}") from error
        output = Path(output) / f"{name}.parquet"
    check_output(output)
    return Path(output)


def is_folder(output: str | Path) -> bool:
    """Whether an output is a folder: one that exists, a name without suffix, a URL."""
    return Path(output).is_dir() or not Path(output).suffix or is_url(output)
