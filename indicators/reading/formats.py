"""The suffix of a file chooses its reader: bytes -> text, and what the file's own marks say of title, source and date.

Every reader gives text or raises ReadingError with a reason; whatever else other people's parsers throw becomes one, so
that no file stops a run. `Document.text` of a PDF, web page or Word file, and of a text with tables, is the text made
here: offsets are of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from indicators.errors import ReadingError
from indicators.reading.deadline import within
from indicators.reading.encodings import decode
from indicators.reading.limits import check
from indicators.reading.piped_tables import tables_to_lines

FORMATS = (".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".zip")


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file; `encoding` is the codec, or the format; `*_from` says which mark of the file was read."""

    text: str
    encoding: str
    title: str = ""
    title_from: str = ""
    source: str = ""
    source_from: str = ""
    published: str = ""
    published_from: str = ""
    note: str = ""  # what was left out of the text


_READERS = {".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx"}  # modules of this package, imported late


def kind_of(path: str) -> str:
    """The format that a path's suffix promises; equal bytes of two formats are two documents.

    >>> kind_of("a.zip/Report.HTM"), kind_of("a.md")
    ('html', 'text')
    """
    return _READERS.get("." + path.rpartition("/")[2].rpartition(".")[2].lower(), "text")


def extract(path: str, data: bytes) -> Extracted:
    """The text of a file's bytes by the suffix of its path; raises ReadingError with the reason where it has none."""
    check("file_bytes", len(data))
    kind = kind_of(path)
    if kind == "text":
        text, codec = decode(data)
        return Extracted(tables_to_lines(text), codec)
    if not data.strip():
        raise ReadingError("the file is empty / 文件为空")
    try:
        read: Callable[[bytes], Extracted] = import_module(f"indicators.reading.{kind}").extract
        found = within(f"{kind}_seconds", lambda: read(data))
    except ReadingError:
        raise
    except ImportError as error:
        raise ReadingError(f"reading {kind} needs the package {error.name} / 缺少软件包 {error.name}") from error
    except Exception as error:  # of a parser given a damaged or hostile file
        words = f"{type(error).__name__}: {error}".partition("\n")[0][:200]
        raise ReadingError(f"damaged {kind} file: {words}; save it anew / 文件已损坏,请重新另存") from error
    if not found.text.strip():
        raise ReadingError(f"the {kind} file holds no text / 文件中没有文字")
    return found
