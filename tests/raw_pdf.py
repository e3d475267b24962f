# ruff: noqa: S324 - the format's first edition knows no other hash
"""PDFs written by hand: of as many pages as wanted, encrypted as the first edition of the format has it, with traps."""

from __future__ import annotations

import hashlib

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")  # of the format
_ID = b"0123456789abcdef"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 4 0 R>>"
_SHAPE = b"/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93"


def rc4(key: bytes, data: bytes) -> bytes:
    """The cipher of old PDFs; it undoes itself."""
    state, out, at, other = list(range(256)), bytearray(), 0, 0
    for index in range(256):
        other = (other + state[index] + key[index % len(key)]) % 256
        state[index], state[other] = state[other], state[index]
    other = 0
    for byte in data:
        at = (at + 1) % 256
        other = (other + state[at]) % 256
        state[at], state[other] = state[other], state[at]
        out.append(byte ^ state[(state[at] + state[other]) % 256])
    return bytes(out)


def raw_pdf(
    words: str,
    pages: int = 1,
    catalog: bytes = b"",
    password: bytes | None = None,
    font: bytes = b"UniGB-UCS2-H",
    system: bytes = b"GB1",
) -> bytes:
    """A PDF whose pages all say `words`; with a `password` it is encrypted, "" is what every reader tries first.

    `catalog` goes into its catalogue. `font` is the table of characters of a `system` of letters: Identity-H of a
    system that nobody knows gives shapes without names.
    """
    owner = rc4(hashlib.md5((b"owner" + _PADDING)[:32]).digest()[:5], ((password or b"") + _PADDING)[:32])
    key = hashlib.md5(((password or b"") + _PADDING)[:32] + owner + b"\xfc\xff\xff\xff" + _ID).digest()[:5]

    def sealed(number: int, data: bytes) -> bytes:
        if password is None:
            return data
        return rc4(hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10], data)

    named = b"/Registry<%s>/Ordering<%s>" % tuple(sealed(3, one).hex().encode() for one in (b"Adobe", system))
    inner = b"/Subtype/CIDFontType0/BaseFont/Song/CIDSystemInfo<<%s/Supplement 2>>/DW 1000/FontDescriptor 5 0 R" % named
    shown = sealed(4, b"BT /F1 14 Tf 60 700 Td <%s> Tj ET" % words.encode("utf-16-be").hex().encode())
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b" ".join(b"%d 0 R" % (6 + page) for page in range(pages))),
        b"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/%s/DescendantFonts[<</Type/Font%s>>]>>" % (font, inner),
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/FontDescriptor/FontName/Song/Flags 6%s>>" % _SHAPE,
        *[_PAGE] * pages,
    ]
    out, starts = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    lock = b"/Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>" % (owner.hex().encode(), rc4(key, _PADDING).hex().encode())
    trailer = b"/Encrypt<<%s>>/ID[<%s><%s>]" % (lock, *[_ID.hex().encode()] * 2) if password is not None else b""
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out) + end % (len(objects) + 1, table, len(objects) + 1, trailer, len(out))
