"""Radicals that PDF printers write in place of characters -> the characters: ⽇ -> 日, ⻋ -> 车.

One character stands for one, so that offsets stay. The Kangxi radicals (U+2F00-2FDF) and the compatibility ideographs
(U+F900-FAFF) have NFKC forms; those of the CJK Radicals Supplement (U+2E80-2EFF) are from the table
EquivalentUnifiedIdeograph of the Unicode Character Database 14.0, which gives none for the few left out here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭"
    "⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶"
    "⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


def without_radicals(text: str) -> str:
    """The text with characters for radicals, as long as before.

    >>> without_radicals("⽇⽉⻋⺠户")
    '日月车民户'
    """
    return text.translate(_table()) if _COMPATIBLE.search(text) else text


@cache
def _table() -> dict[int, str]:
    table = {}
    for code in (*range(0x2F00, 0x2FE0), *range(0xF900, 0xFB00)):
        form = unicodedata.normalize("NFKC", chr(code))
        if len(form) == 1 and form != chr(code):
            table[code] = form
    table[0x2F3E] = "户"  # NFKC gives 戶; printers of simplified text mean 户, whose glyph it is in their fonts
    table.update({ord(radical): form for radical, form in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)})
    return table
