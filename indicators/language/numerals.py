"""Numbers written out -> Decimal: what `read_number` offers.

Beside the numerals of reports it reads fractions (三分之一, 3又二分之一, 3/5), percent as a fraction (百分之十 -> 0.1),
signs, exponents, suffixes (40k), dozens, sums of money (壹拾壹元壹角) and the financial and traditional characters.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation, localcontext

from indicators.language.numeral_parser import ARABIC, parse_numeral

# Financial (GB/T 15835 and the Ministry of Finance's rules on filling in bills) and traditional forms.
_PLAIN = str.maketrans(
    "壹贰貳弍叁參叄肆伍陆陸柒捌玖拾佰仟萬億負點倆兩個雙對圓圆〇○",
    "一二二二三三三四五六六七八九十百千万亿负点两两个双对元元零零",
)
_TENS = (("卅", "三十"), ("卌", "四十"), ("廿", "二十"))
_WORDS = {"一半": Decimal("0.5"), "半": Decimal("0.5"), "半个": Decimal("0.5"), "半数": Decimal("0.5")}
_SUFFIX = {"k": 3, "K": 3, "m": 6, "M": 6, "g": 9, "G": 9, "b": 9, "B": 9, "t": 12, "T": 12}
_NUMBERS_OF = {"打": Decimal(12), "双": Decimal(2), "对": Decimal(2)}
_POWER = re.compile(r"(-?(?:\d+(?:\.\d+)?|\.\d+))\^([+-]?\d{1,4})")
_EXPONENT = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)[eE][+-]?\d{1,4}")
_SLASH = re.compile(r"(-?\d+(?:\.\d+)?)/(-?\d+(?:\.\d+)?)")
_MONEY = re.compile(r"(?P<yuan>[^元角分]+元)?(?P<jiao>[^元角分]+角)?(?P<fen>[^元角分]+分)?[整正]?")
_SUFFIXED = re.compile(rf"({ARABIC}|\.\d+)([kKmMgGbBtT])")
_LIMIT = 100_000


def read_number(surface: str) -> Decimal:
    """The plain number that the words say; ValueError where they are no number.

    >>> read_number("一万零十二"), read_number("3.5万"), read_number("百分之十"), read_number("负10000")
    (Decimal('10012'), Decimal('35000.0'), Decimal('0.1'), Decimal('-10000'))
    """
    if len(surface) > _LIMIT:
        raise ValueError("not a number: too long")
    words = "".join(unicodedata.normalize("NFKC", surface).split()).translate(_PLAIN)
    for short, plain in _TENS:
        words = words.replace(short, plain)
    try:
        with localcontext() as context:
            context.prec = 60
            value = _signed(words)
    except (InvalidOperation, ArithmeticError, RecursionError):
        value = None
    if value is None:
        raise ValueError(f"not a number: {surface[:40]!r}")
    return value


def _signed(words: str) -> Decimal | None:
    """A number with its sign; a power takes the sign of its base."""
    power = _POWER.fullmatch(words)
    if power:
        return Decimal(power[1]) ** int(power[2])
    if words[:1] in ("负", "-", "−", "—"):
        value = _unsigned(words[1:])
        return None if value is None else -value
    return _unsigned(words[1:] if words[:1] == "+" else words)


def _unsigned(words: str) -> Decimal | None:
    if words in _WORDS:
        return _WORDS[words]
    if _EXPONENT.fullmatch(words):
        return Decimal(words)
    suffixed = _SUFFIXED.fullmatch(words)
    if suffixed:
        return Decimal(suffixed[1].replace(",", "")).scaleb(_SUFFIX[suffixed[2]])
    fraction = _fraction(words)
    if fraction is not None:
        return fraction
    return _counted(words)


def _fraction(words: str) -> Decimal | None:
    """X分之Y, X又Y分之Z, X份一, X/Y, X%."""
    slash = _SLASH.fullmatch(words)
    if slash:
        return Decimal(slash[1]) / Decimal(slash[2])
    if words.endswith(("%", "‰")):
        part = _whole(words[:-1])
        return None if part is None else part / (100 if words.endswith("%") else 1000)
    whole_words, mixed, rest = words.partition("又")
    if not mixed:
        whole_words, rest = "", words
    for mark in ("分之", "份之", "分", "份"):
        below, found, above = rest.partition(mark)
        if found and below and above:
            denominator, numerator = _whole(below), _signed_whole(above)
            whole = _whole(whole_words) if mixed else Decimal(0)
            if denominator is None or numerator is None or whole is None:
                return None
            return whole + numerator / denominator
    return None


def _signed_whole(words: str) -> Decimal | None:
    if words[:1] in ("负", "-"):
        value = _whole(words[1:])
        return None if value is None else -value
    return _whole(words)


def _whole(words: str) -> Decimal | None:
    """A numeral that fills the words, without sign or unit."""
    if words.startswith(".") and words[1:].isdecimal():
        return Decimal("0" + words)
    numeral = parse_numeral(words, 0, len(words), trillion=True)
    return numeral.low if numeral is not None and numeral.length == len(words) else None


def _counted(words: str) -> Decimal | None:
    """A numeral, alone or before 个, 打, 双, or as a sum of money in 元, 角 and 分."""
    value = _whole(words)
    if value is not None:
        return value
    if words[-1:] in _NUMBERS_OF:
        dozens = _whole(words[:-1])
        return None if dozens is None else dozens * _NUMBERS_OF[words[-1]]
    if words.endswith("个"):
        return _whole(words[:-1])
    money = _MONEY.fullmatch(words)
    if not money or not any(money.groups()):
        return None
    total = Decimal(0)
    for name, share in (("yuan", Decimal(1)), ("jiao", Decimal("0.1")), ("fen", Decimal("0.01"))):
        if money[name]:
            part = _whole(money[name][:-1])
            if part is None:
                return None
            total += part * share
    return total
