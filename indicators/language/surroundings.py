"""Which trigger words stand around each number: what most of the patterns that read its sentence cannot do without.

A pattern that says of a number that it is a plan, a rule or an earlier value needs one of a few words beside it, and
most numbers have none of them. They are looked for once, for all numbers of a text, on an array of its code points: a
class of words is a bit, set on each character at which a word of the class may begin. Bits may be set in vain, never
missing: only the first two characters of a word are compared, each by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indicators.language.clauses import MARKS, WINDOW
from indicators.language.code_points import CharacterSet, Codes, code_points
from indicators.language.hit import Hit
from indicators.language.lexicon import lexicon

NEAR = 30  # characters before a number in which what it is per and which way it goes is said
_BASIC = 0x10000  # code points beyond have no words

_TRIGGERS = {
    "each": "每 均 亩产 " + " ".join(time + word for time in "年月日" for word in "工租薪收产纯净营销育接处加出分利"),
    "change": "增 涨 降 减 缩 跌 提高 提升 上升 上浮 扩大 攀升 多出 高出 高于 快于 回升 回落 下调 下滑 精简 低于 慢于 收窄",
    "from": "由 从",
    "former": (
        "原来 原先 原有 原为 原本 过去 以往 那时 昔日 早年 早些 曾 一度 起初 最初 当初 以前 先前 之前 此前 从前 年前 革前 造前 制前 "
        "迁前 贫前 施前 路前 车前 治前 转前"
    ),
    "frame": "曾 过去 以前 从前 早些 早先 那时 昔日 以往 原来 原先 时候 时, 那会 那几 那年 之初 初期",
    "cleared": "贫困 建档 危房 未脱 尚有 还有",
    "rule": "每 控制 限制 保持 限定 最高 最多 最长 至多 凡",
    "routine": "一年 一季 一个 一月 一周 一学",
    "reward": "奖 给予 补助 补贴 扣发 扣除 罚款",
    "due": (
        "按 价 标准 养老 低保 报酬 津贴 起付 封顶 报销 补 自筹 自付 自负 自理 自缴 缴 支付 承担 负担 分担 需 须 筹资 加发 增发 再发 押金 "
        "扣除 扣发 罚款 免 最高 最低 上限 下限 奖 各 生活 抚恤 慰问 降为 保费 参保"
    ),
}


class Around(NamedTuple):
    """Bits of the classes of words around a number.

    `near`: the NEAR characters before it, whatever stands between; `left` and `before`: its sentence and its clause up
    to its numeral, from at most WINDOW characters before it on.
    """

    near: int
    left: int
    before: int


@cache
def trigger(*names: str) -> int:
    """The bits of some classes of words: those of `_TRIGGERS`, and the cues of statuses by how far they reach."""
    return sum(3 << 2 * list(_words()).index(name) for name in names)


@cache
def _words() -> dict[str, list[str]]:
    words = {name: words.split() for name, words in _TRIGGERS.items()}
    for row in lexicon("statuses"):
        if row["status"] not in ("done", "total"):  # these only take back what others say
            words.setdefault(f"{row['reach']} cue", []).append(row["cue"])
    return words


@cache
def _digits() -> CharacterSet:
    """The digits of a folded text: circled ones and the like stand below the ideographs, other scripts' are gone."""
    return CharacterSet(character for character in map(chr, range(0x3400)) if character.isdigit())


@cache
def _tables() -> tuple[NDArray[np.uint32], NDArray[np.uint32], CharacterSet]:
    """What a character may begin, what it may go on with, and the marks between clauses.

    Of the two bits of a class the first is for its words of one character, which go on with anything.
    """
    first, second = np.zeros(_BASIC + 1, np.uint32), np.zeros(_BASIC + 1, np.uint32)
    for name, words in _words().items():
        one = trigger(name) // 3
        second |= one
        for word in words:
            bit = one if len(word) == 1 else 2 * one
            first[ord(word[0])] |= bit
            second[ord(word[-1] if len(word) == 1 else word[1])] |= bit
    return first, second, CharacterSet(MARKS)


def surroundings(text: str, hits: Sequence[Hit], sentences: Sequence[tuple[int, int]]) -> list[Around]:
    """The words around each of some numbers, sorted; `sentences` are the spans of the sentence that each is in."""
    codes = code_points(text)
    first, second, marks = _tables()
    bits = np.zeros(len(codes) + 1, np.uint32)
    bits[:-1] = first.take(codes, mode="clip")
    bits[:-1] &= np.append(second.take(codes[1:], mode="clip"), second[_BASIC])
    start, number = np.array([(hit.start, hit.number_start) for hit in hits], np.int64).T
    begin = np.maximum(start - WINDOW, 0)
    windows = np.empty((3, len(hits), 2), np.int64)
    windows[:, :, 0] = (
        np.maximum(start - NEAR, 0),
        np.maximum(begin, [span[0] for span in sentences]),
        np.maximum(begin, _clause_starts(codes, marks, start)),
    )
    windows[:, :, 1] = start, number, number
    found = np.bitwise_or.reduceat(bits, windows.ravel())[::2].reshape(3, -1)
    found[windows[:, :, 0] == windows[:, :, 1]] = 0
    return [Around(*each) for each in found.T.tolist()]


def _clause_starts(codes: Codes, marks: CharacterSet, start: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where the clause of each offset begins, or before: a mark between two digits may be part of a number."""
    at = np.flatnonzero(marks.holds(codes))
    digits = _digits()
    at = at[~(digits.holds(codes.take(at + 1, mode="clip")) & digits.holds(codes.take(at - 1, mode="clip")))]
    begins = np.append(0, at + 1)
    return begins[at.searchsorted(start, "left")]
