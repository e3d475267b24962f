"""Words that widen what a text speaks of: a county's offices, its rules, and towns that are counted."""

from __future__ import annotations

import re
from typing import NamedTuple

from indicators.language.han import HAN
from indicators.language.place_governing import at_opening, words_before, words_of
from indicators.language.place_signs import COUNTED, ISSUED, OFFICE

_OFFICE = re.compile(
    r"副?(?P<kind>县|市|区|旗|州|盟|镇|乡|街道)(?![场民值级面镇县乡块间位别下舰友外价话旁])"
    r"(?:[里上](?![的面游市升涨])|委(?![托派员])|域|城(?![镇乡])|境内|长(?![期大年约达江度])|政府|党工?委|人大|政协|财政|两委|"
    rf"(?:(?![的了在把将被和与及或有是]){HAN}){{1,12}}?(?:{words_of('office')}))"
    r"(?![、和与及](?:县|区|旗|镇|乡|街道))"
)
_ROLE = re.compile(r"[被由受向与对][^,。:;!?]*$")  # 被市委、市政府: the office is no subject
_TITLE = re.compile(r"副?(?:书记|局长|主任|院长|校长|部长|主席|干部|领导|工作人员|技术员|负责人|驻村|挂职|帮扶)")
_SAYS = re.compile(r"[^,。;:“]{0,16}?(?:说|介绍|表示|透露|告诉)")
_ACCORDING = ("根据", "按照", "据", "按")
_GRANT = re.compile(
    r"[^,。;]{0,10}?(?:拨|资助|捐|出资|筹|投入|投资|安排资金|安排专项|补助|支持|帮|[给为](?:他|她|其|该|村))"
)
_ISSUED = re.compile(
    r"(?:根据|按照|依据|依照|按)(?![^,。;]{0,16}?[镇乡村][^,。;]{0,3}[〔\[(])[^,。;]{0,24}?[〔\[(]\d{4}[〕\])]第?\d+号"
)
_TOWNS = re.compile(
    r"(?<!周边的|邻近的|附近的|相邻的)(?<!周边|邻近|附近|相邻|带动|辐射|联合|毗邻)(?:\d+|[一二三四五六七八九十几两]+)[余多]?个"
    r"(?:乡镇|镇乡|镇街|街镇|乡\(镇|镇\(街|镇(?!级|域|区)|街道)"
)
_ABOVE = re.compile(r"上述(?:地区|(?:\d+|[一二三四五六七八九十几两]+)个?(?:省|市|州|县|区|地))")
_COUNTIES = re.compile(r"各(?:县|区县|旗县|市县|地市)(?!级)")
_POLICY = re.compile(rf"(?:{words_of('policy')})")
_RATE = re.compile(r"每[人月年户]|标准|比例|线|提高|增至|提至|调整|上调")
_OUTCOME = re.compile(r"(?:参保|参合|覆盖|缴费|续保|登记|发放|满意|入户)率")
_SUM = re.compile(r"累计|共(?:发放|报销|支出)|为[^,。;]{0,6}(?:发放|报销|办理|代办)")
ABOVE = "上述"


class Scope(NamedTuple):
    """Words at `[start, end)` that widen the topic to its place of `kind`: 县, 市, 镇, ... or "" (its county).

    `kind` ABOVE: several places that were told (上述6省), so none of them but the document's own.

    The wider place holds from `at` on. `office`: the words are an institution's name.
    """

    start: int
    end: int
    at: int
    kind: str
    office: bool = False


def scopes(text: str, start: int, end: int, sign: int = ISSUED | COUNTED | OFFICE) -> list[Scope]:
    """The widening words of the sentence `[start, end)`, in order; `sign` says which kinds it may hold.

    >>> text = "县教育局办学11期,市场价格上涨,有14个乡镇参加。"
    >>> [(text[s.start : s.end], s.kind) for s in scopes(text, 0, len(text))]
    [('县教育局', '县'), ('14个乡镇', '')]
    """
    found: list[Scope] = []
    if sign & ISSUED:
        found += [Scope(*match.span(), match.end(), "") for match in _ISSUED.finditer(text, start, end)]
    if sign & COUNTED:
        found += [Scope(*match.span(), match.start(), "") for match in _TOWNS.finditer(text, start, end)]
        found += [Scope(*match.span(), match.start(), "各县") for match in _COUNTIES.finditer(text, start, end)]
        found += [Scope(*match.span(), match.start(), ABOVE) for match in _ABOVE.finditer(text, start, end)]
    if sign & OFFICE:
        found += _offices(text, start, end)
    return sorted(found, key=lambda scope: scope.start)


def _offices(text: str, start: int, end: int) -> list[Scope]:
    """Institutions that open a clause as its subject."""
    found: list[Scope] = []
    for match in _OFFICE.finditer(text, start, end):
        before = words_before(text, start, match.start())
        before = before.removesuffix(next((word for word in _ACCORDING if before.endswith(word)), ""))
        speaks = not match.group().endswith("长") and _TITLE.match(text, match.end(), end) is None
        speaks = speaks or _SAYS.match(text, match.end(), end) is not None
        if speaks and at_opening(before) and not _ROLE.search(before) and not _GRANT.match(text, match.end(), end):
            found.append(Scope(*match.span(), match.end(), match["kind"], office=True))
    return found


def is_policy(sentence: str) -> bool:
    """Whether a sentence states what somebody pays or gets by rule; towns and villages make no such rules.

    >>> is_policy("低保标准由每人每月500元提高到560元。"), is_policy("累计发放低保金90万元。")
    (True, False)
    """
    if _SUM.search(sentence) or _OUTCOME.search(sentence):
        return False
    return _POLICY.search(sentence) is not None and _RATE.search(sentence) is not None
