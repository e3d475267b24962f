"""Whether a number is a fact, a plan, a rule or an earlier value.

Cues stand in data/statuses.csv; they work from left to right within a sentence or a clause, and a word of completion
(已, 截至, 目前) takes a plan back. Rules are read by `norms`, earlier values by `formers`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from indicators.language.clauses import WINDOW, bounded_clause
from indicators.language.formers import OPENING_FIRST, is_cleared, is_framed, is_past
from indicators.language.hit import Hit
from indicators.language.lazily import lazily
from indicators.language.lexicon import lexicon
from indicators.language.norms import is_rule, may_be_rule
from indicators.language.surroundings import Around, trigger

_EXISTING = re.compile(r"(?:[全我][省州市县区旗乡镇村街](?:共?有|的)?|[余剩]下的?|剩余的?|其余的?|现有的?)$")
_EXISTING_LAST = frozenset("省州市县区旗乡镇村街有的下余")  # what _EXISTING ends with
_CONDITION = re.compile(
    r"当[^,。;]{0,20}时|建成|投产|达产|投用|投入使用|完工|竣工|届时|[盛丰][产果]期|挂果|[日月底年]前|正在|在建|即将|未来"
)
_DONE_AFTER = re.compile(r"[^,。;:]{0,5}已经?[^,。;:是]")  # 首批2000万元已下达
_REACHED = re.compile("完成|实现|达|调整")
_NAMED = 6  # characters up to the end of a cue, which may name what is planned: 年度投资计划
_DIGIT = re.compile(r"\d")
# 实现脱贫, 累计完成投资: what was planned before, told again as done.
_MET = re.compile(r"(?P<sum>累计|实际)?(?:完成|实现|达到)(?P<what>[\u4e00-\u9fff]{2})")
_FULFILLED = ("完成国家", "完成省级", "完成市级", "完成上级", "完成年度", "完成全年")
_DONE = re.compile("([\u4e00-\u9fff]{2})了")  # 计划解决5万人, ...解决了9万人
_AND = re.compile(r"[^,。;\d]{0,8}[、和及]|")


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
        if row.word == "计划" and text.endswith(_FULFILLED, 0, start):
            continue  # 完成国家计划病险水库治理3座
        if row.followed_by is None or row.followed_by.match(text, end):
            return _Cue(start, end, row.status, row.reach)
    return None


class Cues:
    """Every cue of a sentence, found in one pass when first asked for and looked up by offset."""

    def __init__(self, text: str, sentence: tuple[int, int]) -> None:
        self.sentence = sentence
        self._text = text

    @lazily
    def _cues(self) -> tuple[list[int], list[_Cue]]:
        """Where the cues begin, and the cues."""
        pattern, rows = _cue_table()
        text = self._text
        matches = pattern.finditer(text, *self.sentence)
        found = [cue for match in matches if (cue := _cue_at(text, match.start(), rows[match.group()[0]])) is not None]
        return [cue.start for cue in found], found

    def governing(self, hit: Hit) -> str:
        """Status said by the nearest cue before a number that reaches it; "" for none or for a completed fact."""
        text, offset = self._text, hit.number_start
        starts, cues = self._cues
        begin = self.sentence[0]
        index = bisect_left(starts, offset) - 1
        if index < 0 or starts[index] < offset - WINDOW:
            return ""
        clause_start = bounded_clause(text, hit.start, hit.end)[0]
        while index >= 0 and starts[index] >= max(begin, offset - WINDOW):
            cue = cues[index]
            if cue.start >= clause_start or (cue.reach == "sentence" and not _is_over(text, cue, offset)):
                if cue.status == "total":
                    begin = max(begin, clause_start)  # 预计累计投入: only its own clause says more
                elif cue.status != "possible":
                    done = cue.status == "done" or _DONE_AFTER.match(text, hit.end)
                    return (
                        "" if done or (cue.start < clause_start and _is_met(text, cue.end, hit.start)) else cue.status
                    )
                elif _CONDITION.search(text, max(begin, cue.start - WINDOW), cue.start):
                    return "planned"
            index -= 1
        return ""

    def next_after(self, offset: int, end: int) -> _Cue | None:
        """The first cue at or after `offset` and before `end`."""
        starts, cues = self._cues
        index = bisect_left(starts, offset)
        return cues[index] if index < len(cues) and starts[index] < end else None


_TOTAL = re.compile(
    r"(?<![已共])(?<!完成)(?<!实现)(?:总投资|投资|概算|总规模|总造价|(?:建筑|占地|用地|规划|总)面积|占地|周期|工期|建设期)(?:额|约|达|为|近|超)*$"
)
# 县里下达的5亿元招商任务: what was set to be reached.
_ASSIGNED = re.compile(r"(?:下达|分配|分解|承担|领取|签订|承接|确定|核定)(?:了|的){0,2}$")
_TASK = re.compile(r"的?[^,。;\d]{0,8}(?:任务|目标|指标)")
# 占年初预算500万元的43%: the whole that a share has been reached of.
_SET = re.compile(r"(?:预算|计划|任务|目标)(?:收入|支出|任务|目标)?数?$")
_SHARE_OF_IT = re.compile(r"的[\d.]+%")
_LAUNCH = re.compile(r"(?:启动|谋划)(?:了|建设|实施)?(?:总投资)?$|储备(?:了)?总投资$")
# 实现增长12%的目标
_AIM = re.compile(r"的(?:预期|年度|奋斗|发展|工作|既定|总体|总)?目标(?!责任|考核|管理)")
_THAN_BASE = re.compile(r",?(?:减少|增加|下降|上升|增长|少|多|增|减)了?\d")
_COMPLETED = re.compile(r"完成(?!后|时)")
_COMING_LAST = frozenset("资算模价积地期额约达为近超动划了设施配解担取订接定的务标入出数")  # what these end with


def status_of(text: str, hit: Hit, around: Around, cues: Cues, before: Hit | None, following: Hit | None) -> str:
    """Status of a claim: actual, planned, standard or past. `before`, `following`: its neighbours in the sentence."""
    if _was(text, hit, around, cues.sentence, before, following):
        return "past"
    if before is not None and before.status == "past" and before.end == hit.start and before.group < 0:
        return "past"  # 从12946户53372人到全部清零
    cued = around.left & trigger("sentence cue") or around.before & trigger("clause cue")
    governing = cues.governing(hit) if cued and not hit.existing else ""
    if governing == "estimate" and hit.qualifier == "exact" and not hit.direction:
        hit.qualifier = "approx"
    if governing == "planned" or (text[hit.start - 1 : hit.start] in _COMING_LAST and _is_coming(text, hit, cues)):
        return "planned"
    if text[hit.end : hit.end + 1] == "的" and _AIM.match(text, hit.end):
        return "planned"
    if governing == "standard" or (may_be_rule(text, hit, around) and is_rule(text, hit, cues.sentence[0], following)):
        return "standard"
    return "actual"


def _was(
    text: str, hit: Hit, around: Around, sentence: tuple[int, int], before: Hit | None, following: Hit | None
) -> bool:
    """Whether a claim is an earlier value: of a from-to, of former times, of a stock that has been cleared."""
    opens = text[hit.end : hit.end + 1] in OPENING_FIRST
    if text.startswith("同期", max(0, hit.start - 2)) and _THAN_BASE.match(text, hit.end):
        return True  # 比上年同期847件少297件
    if not (opens or around.near & trigger("from") or around.left & trigger("former", "frame", "cleared")):
        return False
    left = text[max(sentence[0], hit.start - WINDOW) : hit.start]
    right = text[hit.end : min(sentence[1], hit.end + WINDOW)]
    carried = before is not None and before.status == "past"
    if not hit.direction and is_past(left, text[hit.start : hit.number_start], right, following is not None, carried):
        return True
    if hit.direction == 0 and is_framed(left, right, text[sentence[1] : sentence[1] + WINDOW].split("\n")[0]):
        return True
    return hit.unit is not None and hit.unit.kind == "count" and is_cleared(left, right)


def is_existing(text: str, hit: Hit, before: Hit | None) -> bool:
    """全镇21个村, 余下的236户: a number of what is there, whatever the verb of its sentence plans for it.

    A list goes on with it: 全镇21个村、99个社; 全州7县1市. `before` is the number before in the sentence.
    """
    if hit.unit is None or hit.unit.kind != "count" or hit.qualifier != "exact":
        return False
    if text[hit.start - 1 : hit.start] in _EXISTING_LAST and _EXISTING.search(text, max(0, hit.start - 6), hit.start):
        return True
    return before is not None and before.existing and bool(_AND.fullmatch(text, before.end, hit.start))


def _is_met(text: str, start: int, end: int) -> bool:
    """Whether behind a plan and its number the sentence tells what has come of it: 计划投资3亿元,完成投资2亿元."""
    number = _DIGIT.search(text, start, end)
    if number is None:
        return False
    planned = text[max(0, start - _NAMED) : number.start()]
    if any(found[1] in planned for found in _DONE.finditer(text, number.end(), end)):
        return True
    return any(
        found["sum"] or found["what"] in planned for found in _MET.finditer(text, number.end(), end) if found["what"]
    )


def _is_over(text: str, cue: _Cue, offset: int) -> bool:
    """A plan ends at a semicolon, unless a colon before it opened a list of what is planned; an estimate where what
    follows it was reached.
    """
    if cue.status not in ("planned", "estimate"):
        return False
    mark = text.find(";", cue.end, offset)
    if cue.status == "estimate":
        return mark >= 0 and _REACHED.search(text, mark, offset) is not None
    return mark >= 0 and ":" not in text[cue.end : mark]


def _is_coming(text: str, hit: Hit, cues: Cues) -> bool:
    """A task that was set; the total of a project that its sentence goes on to plan; the size of what is launched."""
    left = text[max(cues.sentence[0], hit.start - WINDOW) : hit.start]
    right = text[hit.end : min(cues.sentence[1], hit.end + WINDOW)]
    if _LAUNCH.search(left) and hit.unit is not None and hit.unit.kind in ("measure", "amount"):
        return True
    if (_ASSIGNED.search(left) and _TASK.match(right)) or (_SHARE_OF_IT.match(right) and _SET.search(left)):
        return True
    if not _TOTAL.search(left):
        return False
    later = cues.next_after(hit.end, hit.end + len(right))
    if later is None or later.status != "planned":
        return False
    between = right[: later.start - hit.end]
    return ";" not in between and not _COMPLETED.search(between)
