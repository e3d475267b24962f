"""What the packed streams of a PDF unpack to, found out before a parser unpacks them whole."""

from __future__ import annotations

import re
import zlib

from indicators.reading.limits import LIMITS, check

_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_STEP = 1 << 20
_DEEPEST = 4  # a stream packed several times over


def check_streams(data: bytes) -> int:
    """How many streams of a PDF are damaged, as far as that can be told: a parser drops what it cannot unpack.

    Raises ReadingError where they unpack to more than `pdf_unpacked_bytes`.
    """
    left, damaged = int(LIMITS["pdf_unpacked_bytes"]), 0
    for stream in _STREAM.finditer(data):
        size, whole = _size(memoryview(data)[stream.end() :], left, 1)
        left -= size
        damaged += not whole and _begins(memoryview(data)[stream.end() :])
    return 0 if b"/Encrypt" in data else damaged


def _begins(packed: memoryview) -> bool:
    """Whether these are packed bytes at all: the first of them can be unpacked."""
    try:
        return bool(zlib.decompressobj().decompress(packed[:4096], 64))
    except zlib.error:
        return False


def _size(packed: memoryview | bytes, left: int, depth: int) -> tuple[int, bool]:
    """Bytes that a stream unpacks to, what is packed in it again too, and whether it is whole.

    Stops with ReadingError beyond `left`.
    """
    unpacking = zlib.decompressobj()
    size, first, rest = 0, b"", packed
    try:
        while not unpacking.eof:
            piece = unpacking.decompress(rest, _STEP)
            rest = unpacking.unconsumed_tail
            if not piece and not rest:
                break
            first = first or piece
            size += len(piece)
            if size > left:
                check("pdf_unpacked_bytes", LIMITS["pdf_unpacked_bytes"] - left + size)
    except zlib.error:
        pass  # no packed stream, or a damaged one: the parser will say
    if depth < _DEEPEST and first[:1] == b"\x78":
        size += _size(first, left - size, depth + 1)[0]
    return size, unpacking.eof
