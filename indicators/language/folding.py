"""The folded view: the text as language and rules read it, with a map back to `Document.text`.

One folded character stands for one original character; others are dropped. Width and compatibility forms are folded
(１ -> 1, ％ -> %, ， -> ',', （ -> '(', ⽇ -> 日), traditional characters simplified (畝 -> 亩), spaces between Han,
digits and units are dropped (171.59 亿 元), zero-width characters vanish, soft line breaks are joined. A hard line
break is one '\\n'. Patterns that users write are folded the same way (`fold_pattern`), so 村（社区） and 村(社区)
match each other.

A text is folded as an array of code points: a table gives the form of each, and only the white space and the invisible
characters among them, which have no form in the table, are looked at again (`indicators.language.spacing`).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from indicators.language.code_points import Codes, as_text, code_points
from indicators.language.lazily import lazily
from indicators.language.lexicon import lexicon
from indicators.language.spacing import Offsets, blank_kind, place_blanks

# Folding by NFKC would turn these into several characters or lose a distinction that texts make.
_KEEP = set("…—℃㎡㎥½¼¾①②③④⑤⑥⑦⑧⑨⑩")
# Numerals of contracts and receipts, where they count something.
_FINANCIAL_TENS = "拾佰仟"
_FINANCIAL = re.compile(
    r"[壹贰叁肆伍陆柒捌玖](?=[壹贰叁肆伍陆柒捌玖零万亿]{0,3}[拾佰仟])[壹贰叁肆伍陆柒捌玖零万亿拾佰仟]{1,24}(?=[元圆亩人名户吨多余个])"
)
_PLAIN_NUMERALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
# CJK Radicals Supplement has no NFKC form; the ones that PDF printers emit, from Unicode EquivalentUnifiedIdeograph.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰⻳⼈⼊⼤⽅⽇⽉⽬⽓⽔⽕⽣⽤⽥⽩⽴",
        "母民虎西见角贝车长门青韦页风飞食马鱼鸟麦黄齐齿龙龟人入大方日月目气水火生用田白立",
        strict=True,
    )
)


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters and their simplified forms."""
    rows = lexicon("traditional")
    return {old: new for row in rows for old, new in zip(row["traditional"], row["simplified"], strict=True)}


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """The folded form of one character, always one character.

    >>> fold_character("，"), fold_character("９"), fold_character("⽇"), fold_character("畝")
    (',', '9', '日', '亩')
    """
    if character in _KEEP:
        return character
    if character in _RADICALS:
        return _RADICALS[character]
    if character in "–‒―－﹣−":
        return "—" if character in "–‒―" else "-"
    if character in "〜～∼﹏":
        return "~"
    if character == "℅":
        return "%"  # "care of", which input methods offer beside ％
    if character.isdecimal():
        return str(unicodedata.digit(character))  # of any script
    folded = unicodedata.normalize("NFKC", character)
    return _simplified().get(folded, folded) if len(folded) == 1 else character


_POINTS = 0x110000
_IDEOGRAPHS = slice(0x4E00, 0xA000)  # no unified ideograph of this block has a compatibility form
_ASCII = slice(0x21, 0x7F)


class _Table:
    """Of each code point its form, 0 for blanks and for what was never met, and of a blank its kind.

    The table fills itself: only characters met are ever looked up.
    """

    def __init__(self) -> None:
        self.form = np.zeros(_POINTS, np.uint32)
        self.kind = np.zeros(_POINTS, np.uint8)
        for same in (_IDEOGRAPHS, _ASCII):
            self.form[same] = np.arange(same.start, same.stop)
        simplified = _simplified()
        self.form[[ord(old) for old in simplified]] = [ord(new) for new in simplified.values()]

    def learn(self, codes: Codes) -> None:
        """Fill in the code points of an array."""
        for code in set(codes.tolist()):
            form = fold_character(chr(code))
            self.kind[code] = kind = blank_kind(form)
            self.form[code] = 0 if kind else ord(form)


@cache
def _table() -> _Table:
    return _Table()


@dataclass(frozen=True)
class Folded:
    """Folded text, and what was dropped from the original, sorted: `dropped` holds the offsets of the characters in the
    original, `missing` the offsets of the folded text at which they are missing. Both are empty where nothing was.
    """

    text: str
    original: str
    dropped: array[int]
    missing: array[int]

    def start(self, offset: int) -> int:
        """Offset in the original of the folded character at `offset` (end of text included)."""
        return offset + bisect_right(self.missing, offset)

    def end(self, offset: int) -> int:
        """Original end of a folded span that ends (exclusive) at `offset`."""
        return offset + bisect_right(self.missing, offset - 1) if offset else 0

    def starts(self, offsets: Sequence[int]) -> list[int]:
        """`start` of each of some offsets."""
        if not self.missing:
            return list(offsets)
        at = np.asarray(offsets, np.int32)
        found: list[int] = (at + np.frombuffer(self.missing, np.int32).searchsorted(at, "right")).tolist()
        return found

    def ends(self, offsets: Sequence[int]) -> list[int]:
        """`end` of each of some offsets, none of them 0."""
        return [before + 1 for before in self.starts([offset - 1 for offset in offsets])]

    def surface(self, start: int, end: int) -> str:
        """The original words of a folded span."""
        return self.original[self.start(start) : self.end(end)]

    def offset(self, original: int) -> int:
        """Folded offset of the first folded character at or after an original offset."""
        return original - bisect_left(self.dropped, original)

    @lazily
    def origin(self) -> array[int]:
        """For each folded character the offset of the original character it stands for: `start` of every offset."""
        stays = np.ones(len(self.original), bool)
        stays[np.frombuffer(self.dropped, np.int32)] = False
        return _offsets(np.flatnonzero(stays))


def fold(text: str) -> Folded:
    """The folded view of a text.

    >>> fold("收入 171.59 亿 元").text
    '收入171.59亿元'
    """
    return fold_all([text])[0]


def fold_all(texts: Sequence[str]) -> list[Folded]:
    """The folded views of some texts, each as it is alone: they are looked at as one array.

    >>> [folded.text for folded in fold_all(["收入 3 亿 元", "", "第 一"])]
    ['收入3亿元', '', '第一']
    """
    table = _table()
    codes = code_points(_APART + "".join(text + _APART for text in texts))
    edges = np.cumsum([0, *(len(text) + 1 for text in texts)])
    forms = table.form.take(codes)
    blanks = (forms == 0).nonzero()[0]
    kinds = table.kind.take(codes[blanks])
    if not kinds.all():
        table.learn(codes[blanks[kinds == 0]])
        return fold_all(texts)
    if len(blanks):
        place_blanks(forms, blanks, kinds, edges)
    dropped = blanks[forms[blanks] == 0]
    cuts = dropped.searchsorted(edges).tolist()
    return [
        _folded(text, forms[begin:end], dropped[first:last] - begin)
        for text, begin, end, first, last in zip(
            texts, (edges[:-1] + 1).tolist(), edges[1:].tolist(), cuts[:-1], cuts[1:], strict=True
        )
    ]


def _folded(text: str, forms: Codes, dropped: Offsets) -> Folded:
    folded = as_text(forms)
    if not len(dropped):
        return Folded(_plain_sums(folded), text, _NOTHING, _NOTHING)
    missing = _offsets(dropped - np.arange(len(dropped)))
    return Folded(_plain_sums(folded.replace("\0", "")), text, _offsets(dropped), missing)


def _plain_sums(text: str) -> str:
    """The text with its sums in financial numerals written plainly (伍拾万元 -> 五十万元); names keep them (伍家村)."""
    if not any(tens in text for tens in _FINANCIAL_TENS):
        return text
    return _FINANCIAL.sub(lambda found: found.group().translate(_PLAIN_NUMERALS), text)


def _offsets(offsets: Offsets) -> array[int]:
    return array("i", offsets.astype(np.int32).tobytes())


_NOTHING = array("i")
_APART = "\ufffe"  # stands around texts that are folded together: no blank, and no letter, mark or numeral
_META = set("\\.^$*+?{}[]|()-&~# ")


def fold_pattern(pattern: str) -> str:
    """A regular expression with its literal characters folded as texts are; what folds into a metacharacter is escaped.

    >>> fold_pattern("村（社区）")
    '村\\\\(社区\\\\)'
    """
    folded: list[str] = []
    for character in pattern:
        form = fold_character(character)
        folded.append("\\" + form if form != character and form in _META else form)
    return "".join(folded)
