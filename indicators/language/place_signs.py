"""Which sentences hold a word that attribution listens to: one look at all pairs of characters of a text.

A sign says that a pattern may match in a sentence. It is set wherever the pattern does match, and in a few sentences
more: most sentences of a text hold none, and no pattern is tried on them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import numpy as np

from indicators.language.code_points import code_points
from indicators.language.longest_match import HashedText, mixed
from indicators.language.place_governing import OPENERS, words_list
from indicators.language.place_speech import SURNAME
from indicators.language.sentences import Sentences

HOME, REFERENCE, ISSUED, COUNTED, OFFICE, POLICY, SPEECH, PERSON = (1 << bit for bit in range(8))
EVENTS = HOME | REFERENCE | ISSUED | COUNTED | OFFICE
_BITS = 21
_SHIFT = np.uint32(32 - _BITS)
_SINGLE = {"说": SPEECH, "号": ISSUED}
_PLANE = 0x10001  # the basic plane; whatever lies beyond counts as its last row
_BEFORE_SENTENCE = '\n。!?…”’」』)"'
_KINDS = "县市区旗州盟镇乡街"


def _pairs(left: Iterable[str], right: Iterable[str]) -> list[str]:
    return ["".join(pair) for pair in product(left, right)]


_WORDS: dict[int, list[str]] = {
    HOME: [*_pairs("回", "到了家老故村乡"), *_pairs("返", "乡村")],
    REFERENCE: [
        *_pairs("全", "国省州盟市县区旗镇乡街村社"),
        *_pairs("该我本", "省州市县区旗镇乡街村社小"),
        *_pairs("各", "镇乡街"),
        "这个",
        "村里",
    ],
    COUNTED: [*_pairs("个", "乡镇街"), *_pairs("各", "县区旗市地"), "上述"],
    OFFICE: _pairs({*OPENERS, *_BEFORE_SENTENCE, *"据照按副"}, _KINDS),
    POLICY: [word[:2] for word in words_list("policy")],
    SPEECH: ["介绍", "表示", "告诉", "感叹", "感慨", "坦言", "回忆", "称赞"],
    PERSON: _pairs({word[-1] for word in words_list("person")}, SURNAME),
}


def _table() -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    table = np.zeros(1 << _BITS, np.uint8)
    for sign, pairs in _WORDS.items():
        points = code_points("".join(pairs))
        table[mixed((points[::2], points[1::2])) >> _SHIFT] |= sign
    return table


_TABLE = _table()
_SINGLES = np.zeros(_PLANE, np.uint8)
for _character, _sign in _SINGLE.items():
    _SINGLES[ord(_character)] = _sign


def signs(text: str, sentences: Sentences) -> list[int]:
    """The signs of each sentence, as bits; a pair that crosses the start of a sentence counts for it."""
    if not sentences.start:
        return []
    hashed = HashedText("\n" + text)
    found = _TABLE.take(hashed.pairs[: len(text)] >> _SHIFT)
    found |= _SINGLES.take(hashed.points[1 : len(text) + 1], mode="clip")
    starts: list[int] = np.bitwise_or.reduceat(found, sentences.start).tolist()
    return starts
