"""What a document may cost to read. A file over a limit is refused, and the message names the limit."""

from __future__ import annotations

from typing import Final

from indicators.errors import ReadingError

MB: Final = 1_000_000
LIMITS: Final = {
    "file_bytes": 200 * MB,  # any file, an archive too
    "html_bytes": 20 * MB,
    "html_attributes": 5_000,  # of one tag: the parser compares each with each, and cannot be stopped
    "pdf_bytes": 100 * MB,
    "pdf_pages": 1_000,
    "pdf_unpacked_bytes": 1_000 * MB,  # all its streams, unpacked
    "pdf_seconds": 120,
    "pdf_page_seconds": 30,
    "html_seconds": 60,
    "docx_seconds": 60,
    "docx_columns": 1_000,  # of one table
    "docx_bytes": 50 * MB,
    "docx_unpacked_bytes": 300 * MB,
    "zip_members": 5_000,
    "zip_member_bytes": 100 * MB,  # one member, unpacked
    "zip_unpacked_bytes": 500 * MB,  # all members of an archive
    "package_members": 20_000,  # of a data package of ours, full texts among them
    "package_manifest_bytes": 20 * MB,
    "package_bytes": 4_000 * MB,  # all of it, unpacked
    "metadata_bytes": 100 * MB,  # of one metadata.csv: a million documents
    "reviews_bytes": 100 * MB,
    "rules_bytes": 10 * MB,  # config.yaml, and each pack
    "session_files": 200,  # uploaded into one session of the dashboard
    "session_bytes": 200 * MB,  # of these files together
    "session_characters": 1_000_000,  # of their texts: where every sentence has numbers, 12 s and 400 MB
    "zip_ratio": 200,  # of a member of more than a megabyte: unpacked to packed; running text stays below 20
}


def check(name: str, found: float) -> None:
    """Raise ReadingError where `found` is over the limit of that name.

    >>> check("pdf_pages", 12)
    """
    if found > LIMITS[name]:
        session = name.startswith("session_")
        remedy, zh = ("remove other uploads first", "请先移除其他文件") if session else ("split it", "请拆分")
        raise ReadingError(f"too large: {found:,.0f}, limit {name} = {LIMITS[name]:,}; {remedy} / 超过限制 {name},{zh}")
