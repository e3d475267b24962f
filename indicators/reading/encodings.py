"""Bytes -> text: byte order mark, UTF-8, UTF-16, GB18030, Big5; what is no text is refused with a reason.

A strict GB18030 decoder accepts much that is not Chinese (UTF-8 read as GB18030 gives 鎴戜滑 for 我们), so a decoded
text must also be plausible: its Han characters are mostly the common ones, level 1 of GB 2312-80 (3,755 characters in
rows 16-55) or level 1 of Big5 (5,401 characters, A440-C67E). Running Chinese prose is over 0.95 common.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from indicators.errors import ReadingError
from indicators.reading.unread import why_no_text

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: FF FE 00 00 begins with FF FE
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = ["big5hkscs", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1252"]
_SAMPLE = 16_384  # characters judged for plausibility
_COMMON_SHARE = 0.80  # of the Han characters; UTF-8 or Big5 read as GB18030 stays under 0.55
_DAMAGE = 1 / 500  # damaged places a character that a text may hold and still be read
_CONTROLS = frozenset(map(chr, [*range(9), *range(14, 27), *range(28, 32), *range(127, 133), *range(134, 160)]))


class Decoded(NamedTuple):
    """A text without its byte order mark, otherwise unchanged, and the codec that read it."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text of a file's bytes and its encoding; raises ReadingError with the reason where it is no text.

    Line ends stay as they are. A text of which a byte or two are damaged (cut in the middle of a character) is read,
    with U+FFFD in their place, and its encoding says so.

    >>> decode("台山市".encode("gb18030"))
    Decoded(text='台山市', encoding='gb18030')
    """
    if not data.strip():
        raise ReadingError("the file is empty / 文件为空")
    if reason := why_no_text(data):
        raise ReadingError(reason)
    found = _marked(data) or _unmarked(data) or _other(data) or _damaged(data)
    if found is None:
        raise ReadingError("binary or in an unknown encoding; save it as UTF-8 / 二进制或未知编码,请另存为 UTF-8")
    if not found.text.strip():
        raise ReadingError("the file holds only white space / 文件只有空白")
    return found


def sound(text: str) -> str:
    """The text with U+FFFD for lone surrogates, which no file can hold; as long as before.

    >>> sound("3个" + chr(0xD800))
    '3个\ufffd'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text


def plausible(text: str) -> bool:
    """True where a decoded text looks like one that people wrote: few control characters, Han mostly common ones."""
    sample = text[:_SAMPLE]
    if not _few_controls(text) or "\ufffe" in sample:
        return False
    counts = Counter(sample)
    han = sum(n for c, n in counts.items() if "\u3400" <= c <= "\u9fff" or "\ue000" <= c <= "\uf8ff")
    common = sum(n for c, n in counts.items() if c in _common())
    unusual = sum(n for c, n in counts.items() if c > "\u024f" and not _usual(c))
    return common >= _COMMON_SHARE * han and unusual <= 0.2 * len(sample)


def _usual(character: str) -> bool:
    """Han, general and CJK punctuation, enclosed and full-width forms, letters of our neighbours' scripts."""
    return "\u2000" <= character <= "\u33ff" or "\u3400" <= character <= "\u9fff" or "\uac00" <= character <= "\uffef"


@cache
def _common() -> frozenset[str]:
    simplified = bytes(b for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for b in (high, low))
    lows = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    traditional = bytes(b for high in range(0xA4, 0xC7) for low in lows for b in (high, low))
    return frozenset(simplified.decode("gb2312", "ignore")) | frozenset(traditional.decode("big5", "ignore"))


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace").removeprefix("\ufeff"), encoding)
    return None


def _unmarked(data: bytes) -> Decoded | None:
    if b"~{" in data and data.isascii():  # HZ, the GB 2312 of old mail and news: without this it reads as ASCII
        text = _strict(data, "hz")
        if text is not None and not text.isascii() and plausible(text):
            return Decoded(text, "hz")
    if b"\x00" not in data:
        text = _strict(data, "utf-8")
        # UTF-8 is hardly ever valid by chance: beyond a few characters it needs no test but that for binary files.
        if text is not None and _few_controls(text) and not _by_chance(text):
            return Decoded(text, "utf-8")
    for encoding in ["utf-16-le", "utf-16-be"] if b"\x00" in data else ["gb18030", "utf-8"]:
        text = _strict(data, encoding)
        if text is not None and plausible(text):
            return Decoded(text, encoding)
    return None


def _by_chance(text: str) -> bool:
    """Valid UTF-8 of letters that no text of ours has: 台山 in GB18030 is also U+0328 U+027D in UTF-8."""
    return any("\u0250" <= c <= "\u036f" or "\u0500" <= c <= "\u07ff" for c in text[:100])


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _few_controls(text: str) -> bool:
    """PDF printers leave some (up to 0.6 % in a budget report seen); random bytes hold 11 %."""
    sample = text[:_SAMPLE]
    return sum(map(sample.count, _CONTROLS)) <= 0.02 * len(sample)


def _other(data: bytes) -> Decoded | None:
    """Big5 and the rest, by charset-normalizer, which ranks by coherence; only over whole texts that are plausible."""
    if b"\x00" in data:
        return None
    from charset_normalizer import from_bytes  # slow to import, seldom needed

    best = from_bytes(data, cp_isolation=_OTHERS).best()
    if best is None:
        return None
    text = _strict(data, best.encoding)
    return Decoded(text, best.encoding) if text is not None and plausible(text) else None


def _damaged(data: bytes) -> Decoded | None:
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        damaged = text.count("\ufffd")
        if damaged <= max(1, len(text) * _DAMAGE) < len(text) / 2 and plausible(text.replace("\ufffd", "")):
            return Decoded(text, f"{encoding}, {damaged} damaged")
    return None
