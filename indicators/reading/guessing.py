"""Title, source and date of a text, guessed from its head where metadata.csv does not give them.

Web pages and newspapers write, before the first paragraph, lines such as

    党建引领乡村振兴的答卷
    时间:2018-12-14  来源:区委组织部

and government reports sign at the end (某某县民政局 / 2017年3月). Only such lines are read; prose is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indicators.reading.datewords import DATE, TIME_OF_DAY, iso_of

_HEAD_LINES = 25  # non-empty lines; a page's navigation is seldom longer
_TAIL_LINES = 8
_PROSE = 70  # a line this long, or with a full stop inside, is a paragraph: the head ends before it

_DATE_LABEL = r"(?:(?:发布|发表|发稿|更新|成文|公开|刊发|印发|报告发布)(?:时间|日期)?|时间|日期)\s*[:：]\s*"
_LABELLED_DATE = re.compile(rf"{_DATE_LABEL}[\[(（]?{DATE}")
# A dateline stands alone in its line, or before a source, a weekday, a place of publication or the session that heard
# a report (——某年某月某日在某县人代会上).
_DATELINE = re.compile(
    rf"^[—\-–\s\[(（【]*{DATE}{TIME_OF_DAY}[\])）】]*"
    r"(?=\s*$|\s*来源|\s*星期|\s+[^,，。;；]{2,40}$|在[^,，。;；]{2,40}$|[^,，。;；]{2,40}会议?[^,，。;；]{0,8}$)"
)
_SOURCE = re.compile(
    r"(?:^|[\s(（【\[|·\d]|信息|文章|稿件|新闻|消息)(?:来源|稿源|转自|摘自)\s*[:：]\s*(?P<source>[^\s()（）【】\[\]|,，。；;《》]{2,40}?)"
    r"(?=$|[\s()（）【】\[\]|,，。;；《》]|(?:浏览|点击|阅读|访问|发布|作者|编辑|责任|字号|字体|打印|时间|日期)[^\s:：]{0,4}[:：])"
)
_NO_SOURCE = re.compile(r"https?:|www\.|未知|不详|本站$|原创$|网络$|互联网$|作者|编辑|责编")
_BYLINE = re.compile(r"^[■●▲\s]*(?:本报|本刊|新华社|通讯员|记者|见习记者|特约|文/|作者|编辑)")
_BREADCRUMB = re.compile(r"[>»›]|^(?:首页|当前位置|您的位置|您现在|选择区域|站内搜索|手机|分享到|打印|字号|字体)")
_LABEL = re.compile(
    r"^(?:主办|承办|版权|指导单位|责任编辑|责编|电话|传真|地址|邮编|浏览|点击|阅读|文号|索引号|主题词|发布机构|分类|栏目|附件)"
    r"|^[-—\s]*\d+[-—\s]*$|https?:"
)
_OFFICE = re.compile(r"(?:局|厅|委|委员会|政府|部|办公室|调查队|日报|晚报|时报|网|编委办[)）])\s*$")
_UNFINISHED = re.compile(r"[和与及、的《]$|^关于(?!.*(?:报告|意见|通知|办法|公报|决定|方案))")


@dataclass(frozen=True, slots=True)
class Guess:
    """What the text says about itself; "" where it says nothing. `published` in ISO form, as fine as written."""

    title: str = ""
    source: str = ""
    published: str = ""


def guess(text: str) -> Guess:
    """Title, source and date of publication that the first (and last) lines of a text give.

    >>> guess("某县整治百村\\n2021-07-02 10:49:36 来源:某某日报\\n今年以来,全县整治百村。")
    Guess(title='某县整治百村', source='某某日报', published='2021-07-02')
    """
    head, cut = _head(text)
    tail = _last_lines(text)
    published = _first_date(head) or _first_date(tail)
    return Guess(_title(head, cut), _first_source(head) or _first_source(tail), published)


def _head(text: str) -> tuple[list[str], bool]:
    """Lines before the first paragraph, trimmed, "" for an empty one; and whether a paragraph ended them."""
    lines: list[str] = []
    filled = 0
    for line in text[:6000].split("\n"):
        line = re.sub(r"[ \t\u3000\u00a0\r]+", " ", line).strip()
        if _prose(line):
            return lines, True
        lines.append(line)
        filled += bool(line)
        if filled >= _HEAD_LINES:
            break
    return lines, False


def _prose(line: str) -> bool:
    if _LABELLED_DATE.search(line) or _SOURCE.search(line):
        return False
    return len(line) > _PROSE or (len(line) > 15 and bool(re.search(r"[。；;]", line)))


def _last_lines(text: str) -> list[str]:
    lines = [line.strip() for line in text[-1500:].split("\n")]
    return [line for line in lines if line and len(line) <= 40][-_TAIL_LINES:]


def _first_date(lines: list[str]) -> str:
    return next((iso_of(found) for found in map(_date_in, lines) if found), "")


def _date_in(line: str) -> re.Match[str] | None:
    """A labelled date or a dateline; a year alone is none (a title may go on in a new line with its second year)."""
    found = _LABELLED_DATE.search(line) or _DATELINE.search(line)
    return found if found and found["month"] else None


def _first_source(lines: list[str]) -> str:
    for line in lines:
        for found in _SOURCE.finditer(line):
            if not _NO_SOURCE.search(found["source"]):
                return found["source"].rstrip("-_:：")
    return ""


def _title(head: list[str], cut: bool) -> str:
    """The last plausible line before a dateline or byline, else the first one, if a paragraph follows."""
    for index, line in enumerate(head):
        if _is_dateline(line):
            above = [i for i in range(index) if _plausible(head[i])]
            return _whole(head, above[-1]) if above else ""
    plausible = [i for i, line in enumerate(head) if _plausible(line)]
    return _whole(head, plausible[0]) if plausible and cut else ""


def _is_dateline(line: str) -> bool:
    return bool(_date_in(line) or _BYLINE.search(line) or _SOURCE.search(line))


def _plausible(line: str) -> bool:
    han = sum("\u4e00" <= character <= "\u9fff" for character in line)
    if han < 5 or len(line) > _PROSE or line[-1] in "。；;，,、：:":
        return False
    return not (_BREADCRUMB.search(line) or _LABEL.search(line) or _is_dateline(line) or _OFFICE.search(line))


def _whole(head: list[str], index: int) -> str:
    """A title with its first half, where it was broken into two lines (关于..情况和 / ..安排的报告)."""
    title = head[index]
    while index and head[index - 1] and _UNFINISHED.search(head[index - 1]) and len(title) < 120:
        index -= 1
        title = f"{head[index]} {title}"
    if _UNFINISHED.search(title) and index + 1 < len(head) and _plausible(head[index + 1]):
        title = f"{title} {head[index + 1]}"
    return title
