"""Sections that plan: under a heading (三、2026年预算草案, 2025年工作打算) or behind a sentence that opens them.

The budget or the targets of the coming year stand in such reports without a word of planning in the sentences
themselves. A section under a heading ends at the next heading of its rank or a higher one. A sentence that opens one
(今年要重点做好以下工作:, 2031年,全县发展的主要预期目标是...) plans its own paragraph; where it announces a list, it
plans all that follows up to the next heading of the rank above it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from indicators.language.headings import is_heading
from indicators.language.lazily import lazily
from indicators.language.sentences import clause_span

# One group a rank: 一、, (一), 1., (1).
_RANK = re.compile(
    r"(第?[一二三四五六七八九十]+(?:部分|章|篇)?[、\s.])|(\([一二三四五六七八九十]+\))|(\d{1,2}[.、])|(\(\d{1,2}\))"
)
_LOWEST = _RANK.groups
# Opens with the class of all characters that it can begin with, which `re` finds fast.
_PLAN = re.compile(
    r"[预收奋发工主目下脱](?:(?<=预)算(?:草案|(?:收支)?安排)|(?<=收)支(?:预算|安排)|(?<=目)标任务|(?<=下)一?步打算"
    r"|(?:(?<=预)期|(?<=奋)斗|(?<=发)展|(?<=工)作|(?<=主)要)目标|(?<=工)作(?:安排|打算|计划|思路|重点|任务))|(?<=脱)贫计划"
)
# (一)目标任务。全乡实现...: a heading that its text follows in the line.
_RUN_IN = re.compile(rf"(?:{_RANK.pattern})[^,。;:!?\d]{{2,12}}[。:](?=.)")
_FACT = re.compile("已|去年|上年|执行数|截至|目前|现有|累计完成")
_REPORT = re.compile(r"执行|完成情况|回顾|总结|关于|报告")
_COMING = r"(?:今年|明年|来年|新的一年|下一?步|下一?阶段|接下来|下半年|今后|未来|(?:20\d\d|本)年度?)"
# A heading without a number must name the time to come: 2031年工作打算, 下一步工作计划.
_UNRANKED = re.compile(
    rf"^[^,。;:]{{0,8}}{_COMING}[^,。;:]{{0,14}}(?:打算|计划|安排|思路|(?:预期|主要|工作|奋斗)目标)\W*$"
)
_BULLET = re.compile(r"[-—●·•■◆▪※*~>一-十]是?[^\d]|[①-⑩]")
_WILL = r"(?:我们|全[省市县区镇乡村])?(?:[将需拟]|(?<![重主首])要(?![求点素闻])|计划|打算|必须)"
_TOWARDS = r"(?:为?(?:围绕|实现|完成|确保|对照|锚定)[^,。;\n]{0,4}(?:上述|以上|这一|这些)[^,。;\n]{0,6}目标(?:任务)?)"
_WHOLE = r"(?:(?:全[市县区旗镇乡]|经济(?:和)?社会)[^。!?;,:\n]{0,12})?(?:主要)?预期目标(?:任务)?(?:建议)?(?:是|为):"
# The sentence that opens a section; `_LIST` where it announces what follows.
_OPENER = (
    rf"(?:{_WHOLE}|{_TOWARDS}[^。!?;:\n\d]{{0,16}}(?:抓好|做好|抓|做|推进|实施)|{_COMING}(?:的?工作)?[,、]?[^。!?;:\n]{{0,40}}?(?:"
    r"(?:预期|奋斗|主要|工作|发展|总体)目标(?:任务)?(?:初步)?(?:安排|确定|建议)?(?:是|为|:|显示)"
    r"|(?:工作|任务)(?:安排|打算|计划|思路)(?:如下|是|为|:)"
    rf"|{_WILL}[^。!?;:\n\d]{{0,16}}(?:抓好|做好|抓|做|推进|突出|聚焦|落实|实施|办好|开展)))"
)
_FIRST_OPENER = re.compile(_OPENER)
_LATER_OPENER = re.compile(rf"[。!?;\n—](?:(?<!—)|(?<=—)—){_OPENER}")
_LIST = re.compile(
    r"(?:以下|如下|下列|[一二三四五六七八九十\d]+个?方面|[一二三四五六七八九十\d]+项)(?:的|重点|主要|民生)*(?:工作|任务|方面|实事|措施|事项)?[:。]$"
    r"|(?:重点|着力|突出|切实)(?:抓好|做好)[^。:\n]{0,12}(?:工作|任务)[:。]$|:$"
)


# 今年,县里将新建厂房12万平方米。改造公路80公里。 The sentences behind a plan that go on in bare verbs.
_VERBS = r"(?:新建|改造|新改建|改建|扩建|建设|实施|新增|投资|投入|完成|培育|培训|打造|引进|发展|开展|组织|推进|继续)"
_NEXT = rf"(?:{_COMING}[,、]?[^。!?;:,\n\d]{{0,12}}(?:[将拟]|计划|打算){_VERBS}|力争)[^。\n]{{0,200}}。"
_FIRST_NEXT = re.compile(_NEXT)
_LATER_NEXT = re.compile(rf"[。!?;\n]{_NEXT}")
_GOES_ON = re.compile(rf"(?:同时,|并)?{_VERBS}(?!了)[^。\n]*(?:。|(?=\n)|$)")
# 明确了三年建成20个、产值达到5亿元的目标。
_SET_AS_AIM = re.compile(
    r"[确提明制](?:(?<=确)[定立]|(?<=提)出|(?<=明)确|(?<=制)定)了?(?=[^。\n]{4,300}的[^,。;\n]{0,4}目标。)"
)
# What has been done since ends a paragraph's plan.
_RETURN = re.compile(r"[。;](?=[^,。;]{0,12}(?:截至|目前|以来|\d月|上半年|季度|去年|上年|已|累计))")


class PlannedSections:
    """The spans of a folded text that stand under a planning heading or behind a sentence that opens a plan."""

    def __init__(self, text: str) -> None:
        self._text = text

    @lazily
    def _bounds(self) -> tuple[list[int], list[int]]:
        """Starts and ends, disjoint and in order; the whole text is searched when first asked."""
        spans = _under_headings(self._text) + _opened(self._text) + _gone_on(self._text) + _aims(self._text)
        starts: list[int] = []
        ends: list[int] = []
        for start, end in sorted(spans):
            if ends and start <= ends[-1]:
                ends[-1] = max(ends[-1], end)
            else:
                starts.append(start)
                ends.append(end)
        return starts, ends

    def plans(self, start: int, end: int) -> bool:
        """Whether a number stands in such a section and its own clause tells no fact."""
        starts, ends = self._bounds
        index = bisect_right(starts, start) - 1
        if index < 0 or start >= ends[index]:
            return False
        return not tells_fact(self._text, start, end)


def tells_fact(text: str, start: int, end: int) -> bool:
    """Whether the clause of a number says that it has been so: 已, 截至, 现有."""
    return _FACT.search(text, *clause_span(text, start, end)) is not None


def _under_headings(text: str) -> list[tuple[int, int]]:
    """(start, end) of each section under a planning heading."""
    spans: list[tuple[int, int]] = []
    done = 0
    while plan := _PLAN.search(text, done):
        start = text.rfind("\n", 0, plan.start()) + 1
        done = _line_end(text, plan.start())
        line = text[start:done]
        if run_in := _RUN_IN.match(line):
            line = line[: run_in.end()]
        if (run_in or is_heading(line)) and plan.end() <= start + len(line) and not _REPORT.search(line):
            rank = _rank(line)
            if rank < _LOWEST or (start and _UNRANKED.search(line)):
                done = _section_end(text, rank, done)
                spans.append((start, done))
    return spans


def _section_end(text: str, rank: int, offset: int) -> int:
    """Where a section of some rank stops, whose heading ends at `offset`: at the next heading of its rank or above."""
    while offset < len(text):
        end = _line_end(text, offset + 1)
        line = text[offset + 1 : end]
        if _rank(line) <= rank and (rank < _LOWEST or _is_title(line)):
            return offset + 1
        offset = end
    return offset


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return end if end >= 0 else len(text)


def _opened(text: str) -> list[tuple[int, int]]:
    """(start, end) of what each opening sentence plans: the rest of its paragraph, or all that its list holds."""
    spans: list[tuple[int, int]] = []
    done = 0
    for opener in _beginning_with(_FIRST_OPENER, _LATER_OPENER, text):
        if opener.start() < done:
            continue
        line_end = _line_end(text, opener.end())
        announces = _LIST.search(text, max(opener.start(), line_end - 40), line_end)
        turn = None if announces else _RETURN.search(text, opener.end(), line_end)
        done = _list_end(text, opener.start(), line_end) if announces else turn.start() if turn else line_end
        spans.append((opener.start(), done))
    return spans


def _gone_on(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences in bare verbs behind each plan."""
    spans: list[tuple[int, int]] = []
    for opener in _beginning_with(_FIRST_NEXT, _LATER_NEXT, text):
        done = opener.end()
        while (bare := _GOES_ON.match(text, done)) and bare.end() > done:
            done = bare.end()
        if done > opener.end():
            spans.append((opener.end(), done))
    return spans


def _aims(text: str) -> list[tuple[int, int]]:
    """(start, end) of what sentences say was set as an aim, from the verb to the 目标 that closes them."""
    return [(aim.start(), text.index("目标。", aim.end())) for aim in _SET_AS_AIM.finditer(text)]


def _beginning_with(first: re.Pattern[str], later: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of `first` where the text begins and of `later` behind it, whose class of marks `re` finds fastest."""
    opener = first.match(text)
    if opener:
        yield opener
    yield from later.finditer(text, opener.end() if opener else 0)


def _list_end(text: str, start: int, offset: int) -> int:
    """Where a list that is announced in the line around `start`, which ends at `offset`, stops."""
    line_start = text.rfind("\n", 0, start + 1) + 1
    own = _rank(text[line_start:offset])
    first = -1  # rank of the first member
    while offset < len(text):
        end = _line_end(text, offset + 1)
        line = text[offset + 1 : end]
        rank = _rank(line)
        first = rank if first < 0 else first
        if (rank < _LOWEST and (rank <= own < _LOWEST or rank < first)) or _is_title(line):
            return offset
        offset = end
    return offset


def _is_title(line: str) -> bool:
    """A heading without a number, no member of a list."""
    return bool(line.strip()) and _rank(line) == _LOWEST and is_heading(line) and not _BULLET.match(line)


def _rank(line: str) -> int:
    """0 for 一、, 1 for (一), 2 for 1., 3 for (1), and 4 for a line without a number."""
    match = _RANK.match(line)
    return match.lastindex - 1 if match and match.lastindex else _LOWEST
