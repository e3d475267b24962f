"""Speech: who says what is quoted, so that a quotation is spoken of the speaker's place."""

from __future__ import annotations

import re

from indicators.language.han import HAN
from indicators.language.place_governing import words_of

_SAYING = r"(?:说|介绍|表示|告诉|感叹|感慨|坦言|回忆|称赞)"
_REPORT = re.compile(rf"[^“”\"。\n]{{0,24}}?{_SAYING}")
_DAY = r"[^“”\",。:;!?\n]{0,12}[日天晨午晚时前]"
_TAIL = re.compile(rf"[,:]?(?:{_DAY},(?=在))?[^“”\",,。:;!?\n]{{0,30}}")
_SPEAKER = re.compile(rf"[的里,]?{HAN}{{0,8}}?(?:{words_of('person')})")
_SPEECH = re.compile(rf"[”\"][^“”\"。]{{0,20}}{_SAYING}|(?:说|介绍|告诉)[^。]{{0,4}}[:,]?[“\"]")
_PRONOUN_SPEAKS = re.compile(rf"[”\"][他她][^“”\"。]{{0,10}}{_SAYING}")
_MARK = re.compile("[“”]")
_SPOKEN = frozenset("。!?,…;~")
# Surnames that begin no ordinary word that often follows a title (高中, 方案, 任务 and the like are left out).
SURNAME = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁"
    "魏薛叶阎潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔康邱秦史顾侯邵孟龙段雷汤尹黎易贺赖龚鲍马"
)
_PERSON = re.compile(rf"(?:{words_of('person')})(?P<name>[{SURNAME}]{HAN})")
_NAME_LENGTH = 2


def speaker_span(text: str, start: int, end: int, marks: dict[int, int]) -> tuple[int, int]:
    """Where the speaker of the quotation that opens at `start` is named after it, (0, 0) where nobody is.

    `marks` are the text's `closing_marks`.

    >>> text = "“一亩挣900元!”梅溪镇村民小周笑着端茶。"
    >>> text[slice(*speaker_span(text, 0, len(text), closing_marks(text)))]
    '梅溪镇村民小周笑着端茶'
    """
    closing = marks.get(start, -1) if text[start] == "“" else text.find('"', start + 1, end)
    if not 0 <= closing < end:
        return 0, 0
    report = _REPORT.match(text, closing + 1, end)
    if report is not None:
        return report.span()
    tail = _TAIL.match(text, closing + 1, end)
    return tail.span() if tail is not None and text[closing - 1] in _SPOKEN else (0, 0)


def closing_marks(text: str) -> dict[int, int]:
    """Offset of each “ -> offset of the ” that closes it; they may nest."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for mark in _MARK.finditer(text):
        if mark.group() == "“":
            opened.append(mark.start())
        elif opened:
            found[opened.pop()] = mark.start()
    return found


def speaks(text: str, name_end: int, span: tuple[int, int]) -> bool:
    """Whether the place that ends at `name_end` is a speaker's: his title follows, or the words of `span` say so."""
    return _SPEAKER.match(text, name_end) is not None or _REPORT.fullmatch(text, *span) is not None


def has_speech(text: str, start: int, end: int) -> bool:
    """Whether a sentence says who speaks."""
    return _SPEECH.search(text, start, end) is not None


def pronoun_speaks(line: str) -> bool:
    """Whether 他 or 她 is the speaker of a paragraph's quotation."""
    return _PRONOUN_SPEAKS.search(line) is not None


def persons(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Offset and first two characters of each name that follows a title in `[start, end)`.

    >>> persons("村民罗小满和社长姜禾种田。", 0, 13)
    [(2, '罗小'), (8, '姜禾')]
    """
    return [(found.start("name"), found["name"]) for found in _PERSON.finditer(text, start, end)]


def opening_name(text: str, start: int, end: int) -> str:
    """What of the first words of `[start, end)` can be a person's name, as `persons` gives it."""
    return text[start : min(end, start + _NAME_LENGTH)]
