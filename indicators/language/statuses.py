"""Whether a number is a fact, a plan, a rule or an earlier value, and which way a change goes.

Cues stand in data/statuses.csv; they work from left to right within a sentence or a clause, and a word of completion
(已, 截至, 目前) takes a plan back. The earlier value of a from-to (由300元提高到500元) is past.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indicators.language.hits import Hit
from indicators.language.lexicon import lexicon
from indicators.language.sentences import clause_span

_WINDOW = 90  # how far before and after a number its sentence is read


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    status: str
    reach: str


@cache
def _cues() -> tuple[re.Pattern[str], tuple[tuple[str, str], ...]]:
    """One alternation of all cues, longest first, and (status, reach) of each alternative."""
    rows = sorted(lexicon("statuses"), key=lambda row: len(row["cue"]), reverse=True)
    parts = [
        "(" + (f"(?<![{row['not_after']}])" if row["not_after"] else "") + row["cue"] + row["followed_by"] + "(?![”’\"])" + ")"
        for row in rows
    ]
    return re.compile("|".join(parts)), tuple((row["status"], row["reach"]) for row in rows)


def cues_of(text: str, start: int, end: int) -> list[_Cue]:
    """Cues of a sentence, in order."""
    pattern, kinds = _cues()
    return [
        _Cue(match.start(), match.end(), *kinds[(match.lastindex or 1) - 1]) for match in pattern.finditer(text, start, end)
    ]


_TO = r"(?:增加|增长|提高|提升|上升|上涨|扩大|发展|扩展|拓展|壮大|跃升|攀升|猛增|激增|增|升|涨|压减|压缩|精简|减少|降低|下降|缩小|缩短|缩减|回落|调整|减|降|变|改)"
_TOWARDS = re.compile(rf"{_TO}?(?:到|至|为|成)(?!今|达)|{_TO}(?:了|约)?\d")
_FROM = re.compile(r"(?:^|[^自])[由从](?!事|此|于)[^,。;:、]{0,16}$")
_FORMERLY = re.compile(
    r"原来|原先|原有|原为|原本|过去|以前|此前|从前|曾经?|一度|起初|最初|当初|[一二三四五六七八九十\d]+年前的?|改革前|改造前|搬迁前"
)
_NOW = re.compile(r"现在|如今|目前|当前|现已|(?:提高|提升|增加|上涨|增长|压减|降低|减少|缩短|下降|发展|增|降|减|升)(?:到|至|为)")
_OPENING_BID = re.compile(r"(?:租金|价格?)?起(?:拍|价|步|租)")
_TOTAL = re.compile(r"(?:总投资|投资|概算|总规模|总造价|总建筑面积|占地|面积)(?:额|约|达|为|近|超)*$")
_LAUNCH = re.compile(r"(?:启动|谋划|储备)(?:了|建设|实施)?(?:总投资)?$")
_GROUP = re.compile(r"的?[“\"]?[^,。;、:!?的]{1,12}")
_TARGET = re.compile(r"(?:对于?|针对|凡是?|符合|给予|按照)")
_ENTITLED = re.compile(r"补助|补贴|津贴|奖励|奖补|报酬|生活费|养老金|低保|抚恤|慰问金|发放")
_SHARE_RULE = re.compile(r"按照?[^,。;]{0,12}$")
_EVERY = re.compile(r"每|各|要求|规定|标准|必须|应|须|原则上|一律|统一")
_BOUND = ("不少于", "不低于", "不超过", "不高于", "不得", "至少", "最多", "最高", "最低", "不能超过", "≥", "≤")


def status_of(text: str, hit: Hit, sentence: tuple[int, int], cues: list[_Cue], following: Hit | None) -> str:
    """Status of a claim: actual, planned, standard or past. `following` is the next number of its sentence."""
    left = text[max(sentence[0], hit.start - _WINDOW) : hit.start]
    right = text[hit.end : min(sentence[1], hit.end + _WINDOW)]
    if not hit.direction and _is_past(left, right, following is not None):
        return "past"
    clause = clause_span(text, hit.start, hit.end)
    governing = ""
    for cue in cues:
        if cue.end > hit.start and not cue.start >= hit.end:
            governing = cue.status if cue.status != "done" else governing
            continue
        if cue.start >= hit.end:
            break
        if cue.reach == "sentence" or cue.start >= clause[0]:
            governing = cue.status
    if governing == "planned" or _is_coming(left, hit, cues):
        return "planned"
    if governing == "standard" or _is_rule(text, hit, clause, left, right, following):
        return "standard"
    return "actual"


def _is_coming(left: str, hit: Hit, cues: list[_Cue]) -> bool:
    """The total of a project that its sentence goes on to plan; the size of what is being launched."""
    if _LAUNCH.search(left) and hit.unit is not None and hit.unit.kind in ("measure", "amount"):
        return True
    return bool(_TOTAL.search(left)) and any(cue.start >= hit.end and cue.status == "planned" for cue in cues)


def _is_past(left: str, right: str, more: bool) -> bool:
    """The earlier value of a from-to."""
    clause_left = re.split(r"[,。;:!?\n]", left)[-1]
    if _OPENING_BID.match(right) and more:
        return True
    near = right[:26]
    origin = _FROM.search(clause_left)
    if more and origin and not _TOWARDS.search(clause_left, origin.start() + 1):
        towards = _TOWARDS.search(near)
        if towards and not re.search(r"[。;]", near[: towards.start()]):
            return True
    former = list(_FORMERLY.finditer(left))
    if not former or _NOW.search(left, former[-1].end()):
        return False
    between = left[former[-1].end() :]
    if re.search(r"[。;]", between) or between.count(",") > 1:
        return False
    if former[-1].group() == "一度":
        return "," not in between
    return more and bool(_NOW.search(right))


def _is_rule(text: str, hit: Hit, clause: tuple[int, int], left: str, right: str, following: Hit | None) -> bool:
    """A threshold, a norm or a recurring entitlement."""
    before = text[clause[0] : hit.start]
    words = text[hit.start : hit.number_start]
    after = text[hit.end : clause[1]]
    money = hit.unit is not None and hit.unit.kind == "amount"
    if words.startswith(_BOUND) and _EVERY.search(before):
        return True
    if _threshold(text, hit, after, before, left, following):
        return True
    if hit.unit is not None and hit.unit.dimension == "share" and _SHARE_RULE.search(before):
        return bool(re.match(r"(?:的比例|的标准)?(?:给予?|奖|补|分红|提取|上缴|返|缴|计提|发放)", after))
    if money and re.search(r"提高到|增加到|增至|增加|提高", before[-8:]):
        return False
    return money and "每" in before and bool(_ENTITLED.search(before + after[:6])) and "分红" not in before


def _threshold(text: str, hit: Hit, after: str, before: str, left: str, following: Hit | None) -> bool:
    """以上, 以下, 低于 before the noun that they define, unless the sentence goes on to count that noun."""
    unit = hit.unit
    if unit is None or unit.dimension in ("age", "share", "time", "months") or not _GROUP.match(after):
        return False
    bounded = hit.qualified_after and hit.qualifier in ("at_least", "at_most")
    defined = after.startswith("的") and (bounded or hit.qualifier == "at_most" or hit.part)
    if not defined and not (bounded and re.match(r"(?!的)[\u4e00-\u9fff]", after)):
        return False
    if unit.kind == "count" and following is not None and not _TARGET.search(before):
        return False
    if following is not None and following.start < hit.end + len(after) and not hit.part:
        return False
    return True


_UP = r"增长|增加|提高|提升|上升|上涨|增幅|涨幅|增速|增收|扩大|上浮|攀升|(?<!新)增|涨|多出|高出|高于|快于|回升|增值"
_DOWN = r"下降|减少|降低|压减|压缩|缩减|回落|下调|缩小|缩短|下滑|下跌|降幅|跌幅|精简|低于|慢于|收窄|(?<!少)减|降|跌"
_CHANGE = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|率|幅度?|额|速度|(?:近|约|超过?)|(?<=[幅率速])(?:达到?|为|是|均?在)|达(?!到))*$"
)
_CHANGE_AFTER = re.compile(r"的?(?:年均|同比)?(?:速度)?(?P<up>增长|增速|增幅|涨幅|上涨)|的?(?P<down>降幅|跌幅|下降)")
_ANY_CHANGE = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")


def direction_of(text: str, hit: Hit) -> int:
    """+1 after 增长, 提高 and the like, -1 after 下降, 减少; 0 where the number is a level (下降到40%)."""
    left = text[max(0, hit.start - 14) : hit.start]
    clause_left = re.split(r"[,。;:!?\n、(]", left)[-1]
    match = _CHANGE.search(clause_left)
    if match is None and hit.unit is not None and hit.unit.dimension == "points":
        found = list(_ANY_CHANGE.finditer(re.split(r"[,。;:!?\n(]", text[max(0, hit.start - 30) : hit.start])[-1]))
        match = found[-1] if found else None
    if match is None and hit.unit is not None and hit.unit.dimension in ("share", "times"):
        match = _CHANGE_AFTER.match(text, hit.end)
    if match is None:
        return 0
    return 1 if match["up"] else -1
