"""Whether a number is a fact, a plan, a rule or an earlier value, and which way a change goes.

Cues stand in data/statuses.csv; they work from left to right within a sentence or a clause, and a word of completion
(已, 截至, 目前) takes a plan back. The earlier value of a from-to (由300元提高到500元) is past.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from indicators.language.hit import Hit
from indicators.language.lexicon import lexicon

_WINDOW = 90  # how far before and after a number its sentence is read
_MARKS = ",。:;!?\n…—"


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    status: str
    reach: str


@dataclass(frozen=True, slots=True)
class _CueRow:
    word: str
    status: str
    reach: str
    not_after: str
    followed_by: re.Pattern[str] | None


@cache
def _cue_table() -> tuple[re.Pattern[str], dict[str, tuple[_CueRow, ...]]]:
    """One alternation of all cue words, and first character -> rows, longest and most guarded first."""
    rows = [
        _CueRow(
            row["cue"],
            row["status"],
            row["reach"],
            row["not_after"],
            re.compile(row["followed_by"]) if row["followed_by"] else None,
        )
        for row in sorted(lexicon("statuses"), key=lambda r: (len(r["cue"]), len(r["followed_by"])), reverse=True)
    ]
    grouped: dict[str, list[_CueRow]] = {}
    for row in rows:
        grouped.setdefault(row.word[0], []).append(row)
    words = "|".join(dict.fromkeys(row.word for row in rows))
    return re.compile(words), {first: tuple(members) for first, members in grouped.items()}


def _cue_at(text: str, start: int, rows: tuple[_CueRow, ...]) -> _Cue | None:
    """The first of `rows` that stands at `start` with its guards met; a word that closes a quoted name is no cue."""
    for row in rows:
        end = start + len(row.word)
        if not text.startswith(row.word, start) or text[end : end + 1] in ("”", "’", '"'):
            continue
        if start and row.not_after and text[start - 1] in row.not_after:
            continue
        if row.followed_by is None or row.followed_by.match(text, end):
            return _Cue(start, end, row.status, row.reach)
    return None


class Cues:
    """Every cue of a text, found in one pass and looked up by offset."""

    def __init__(self, text: str) -> None:
        pattern, rows = _cue_table()
        found = (_cue_at(text, match.start(), rows[match.group()[0]]) for match in pattern.finditer(text))
        self.cues = [cue for cue in found if cue is not None]
        self.starts = [cue.start for cue in self.cues]

    def governing(self, offset: int, clause_start: int, sentence_start: int) -> str:
        """Status said by the nearest cue before `offset` that reaches it; "" for none or for a completed fact."""
        index = bisect_left(self.starts, offset) - 1
        while index >= 0 and self.starts[index] >= max(sentence_start, offset - _WINDOW):
            cue = self.cues[index]
            if cue.reach == "sentence" or cue.start >= clause_start:
                return "" if cue.status == "done" else cue.status
            index -= 1
        return ""

    def next_after(self, offset: int, end: int) -> _Cue | None:
        """The first cue at or after `offset` and before `end`."""
        index = bisect_left(self.starts, offset)
        return self.cues[index] if index < len(self.cues) and self.starts[index] < end else None


def bounded_clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a span, cut off `_WINDOW` characters away so that endless clauses cost no more than others."""
    left = right = 0
    for left in range(start, max(0, start - _WINDOW) - 1, -1):
        if left == 0 or (text[left - 1] in _MARKS and not _inside_number(text, left - 1)):
            break
    for right in range(end, min(len(text), end + _WINDOW) + 1):
        if right == len(text) or (text[right] in _MARKS and not _inside_number(text, right)):
            break
    return left, right


def _inside_number(text: str, offset: int) -> bool:
    inner = 0 < offset < len(text) - 1 and text[offset] in ",:"
    return inner and text[offset - 1].isdigit() and text[offset + 1].isdigit()


_TO = (
    r"(?:增加|增长|提高|提升|上升|上涨|扩大|发展|扩展|拓展|壮大|跃升|攀升|猛增|激增|增|升|涨|压减|压缩|精简|"
    r"减少|降低|下降|缩小|缩短|缩减|回落|调整|整合|合并|减|降|变|改)"
)
_TOWARDS = re.compile(rf"{_TO}?(?:到|至|为|成)(?!今|达)|{_TO}(?:了|约)?\d")
_FROM = re.compile(r"(?:^|[^自])[由从](?!事|此|于)[^,。;:、]{0,16}$")
_FORMERLY = re.compile(
    r"原来|原先|原有|原为|原本|过去|以前|此前|从前|曾经?|一度|起初|最初|当初|[一二三四五六七八九十\d]+年前的?|改革前|改造前|搬迁前"
)
_NOW = re.compile(
    r"现在|如今|目前|当前|现已|(?:提高|提升|增加|上涨|增长|压减|降低|减少|缩短|下降|发展|增|降|减|升|整合|合并|撤并|优化|精简)(?:到|至|为|成)"
)
_REACHED = re.compile(r"\d[^,。;]{0,8}(?:到|至|为|成)")
_OPENING_BID = re.compile(r"(?:租金|价格?)?起(?:拍|价|步|租)")
_TOTAL = re.compile(
    r"(?<!已)(?:总投资|投资|概算|总规模|总造价|总建筑面积|占地|面积|周期|工期|建设期)(?:额|约|达|为|近|超)*$"
)
_LAUNCH = re.compile(r"(?:启动|谋划|储备)(?:了|建设|实施)?(?:总投资)?$")
_GROUP = re.compile(r"的?[“\"]?[^,。;、:!?的]{1,12}")
_TARGET = re.compile(r"(?:对于?|针对|凡是?|符合|给予|按照)")
_ENTITLED = re.compile(r"补助|补贴|津贴|奖励|奖补|报酬|生活费|养老金|低保|抚恤|慰问金|发放")
_REWARD = re.compile(
    r"(?:^|[,;。])[^,;。]{0,4}(?:对|凡|获得?|达到)[^,;。]{2,24}的[^,;。]{0,6},?[^,;。已共]{0,5}"
    r"(?:奖励|给予|补助|补贴|奖补|奖)[^,;。]{0,8}$"
)
_SHARE_RULE = re.compile(r"按照?[^,。;]{0,12}$")
_EVERY = re.compile(r"每|各|要求|规定|标准|必须|应|须|原则上|一律|统一")
_BOUND = ("不少于", "不低于", "不超过", "不高于", "不得", "至少", "最多", "最高", "最低", "不能超过", "≥", "≤")


def status_of(text: str, hit: Hit, sentence: tuple[int, int], cues: Cues, following: Hit | None) -> str:
    """Status of a claim: actual, planned, standard or past. `following` is the next number of its sentence."""
    left = text[max(sentence[0], hit.start - _WINDOW) : hit.start]
    right = text[hit.end : min(sentence[1], hit.end + _WINDOW)]
    if not hit.direction and _is_past(left, right, following is not None):
        return "past"
    clause = bounded_clause(text, hit.start, hit.end)
    governing = cues.governing(hit.number_start, clause[0], sentence[0])
    if governing == "estimate" and hit.qualifier == "exact" and not hit.direction:
        hit.qualifier = "approx"
    if governing == "planned" or _is_coming(left, right, hit, cues):
        return "planned"
    if governing == "standard" or _is_rule(text, hit, clause, following):
        return "standard"
    return "actual"


def _is_coming(left: str, right: str, hit: Hit, cues: Cues) -> bool:
    """The total of a project that its sentence goes on to plan; the size of what is being launched."""
    if _LAUNCH.search(left) and hit.unit is not None and hit.unit.kind in ("measure", "amount"):
        return True
    if not _TOTAL.search(left):
        return False
    later = cues.next_after(hit.end, hit.end + len(right))
    return later is not None and later.status == "planned" and ";" not in right[: later.start - hit.end]


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
    if re.search(r"[。;]", between) or between.count(",") > 1 or _REACHED.search(between):
        return False
    if former[-1].group() == "一度":
        return "," not in between
    return more and bool(_NOW.search(right))


def _is_rule(text: str, hit: Hit, clause: tuple[int, int], following: Hit | None) -> bool:
    """A threshold, a norm or a recurring entitlement."""
    before = text[clause[0] : hit.start]
    words = text[hit.start : hit.number_start]
    after = text[hit.end : clause[1]]
    money = hit.unit is not None and hit.unit.kind == "amount"
    if words.startswith(_BOUND) and _EVERY.search(before):
        return True
    if after.startswith(("的标准", "标准", "的比例")) and re.search(r"[按以照]", before):
        return True
    if money and _REWARD.search(text[max(0, hit.start - 48) : hit.start]):
        return True
    if _threshold(hit, after, before, following):
        return True
    if hit.unit is not None and hit.unit.dimension == "share" and _SHARE_RULE.search(before):
        return bool(re.match(r"(?:的比例|的标准)?(?:给予?|奖|补|分红|提取|上缴|返|缴|计提|发放)", after))
    if money and re.search(r"提高到|增加到|增至|增加|提高", before[-8:]):
        return False
    return money and "每" in before and bool(_ENTITLED.search(before + after[:6])) and "分红" not in before


def repeats_rule(text: str, hit: Hit) -> bool:
    """Whether the clause goes on with a rule that the number before it states."""
    before = text[bounded_clause(text, hit.start, hit.end)[0] : hit.start]
    return len(before) <= 4 or bool(re.search(r"每|奖|补", before))  # 省级5万元, 四星级的奖励2万元


def _threshold(hit: Hit, after: str, before: str, following: Hit | None) -> bool:
    """以上, 以下, 低于 before the noun that they define, unless the sentence goes on to count that noun."""
    unit = hit.unit
    if before.endswith(("有", "达", "达到", "超")):
        return False
    if unit is None or unit.dimension in ("age", "share", "time", "months") or not _GROUP.match(after):
        return False
    bounded = hit.qualified_after and hit.qualifier in ("at_least", "at_most")
    defined = after.startswith("的") and (bounded or hit.qualifier == "at_most" or hit.part)
    if not defined and not (bounded and re.match(r"(?!的)[\u4e00-\u9fff]", after)):
        return False
    if unit.kind == "count" and following is not None and not _TARGET.search(before):
        return False
    return following is None or following.start >= hit.end + len(after)


_UP = r"增长|增加|提高|提升|上升|上涨|增幅|涨幅|增速|增收|扩大|上浮|攀升|(?<!新)增|涨|多出|高出|高于|快于|回升|增值"
_DOWN = r"下降|减少|降低|压减|压缩|缩减|回落|下调|缩小|缩短|下滑|下跌|降幅|跌幅|精简|低于|慢于|收窄|(?<!少)减|降|跌"
_CHANGE = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|率|幅度?|额|速度|(?:近|约|超过?)|(?<=[幅率速])(?:达到?|为|是|均?在)|达(?!到))*$"
)
_CHANGE_AFTER = re.compile(
    r"的?(?:年均|同比)?(?:速度)?(?P<up>增长|增速|增幅|涨幅|上涨)(?![到至为了])|的?(?P<down>降幅|跌幅)"
)
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
