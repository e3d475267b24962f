"""Which named place a statement speaks of: topics are followed through sentences, paragraphs and headings."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace

import regex

from indicators.language.gazetteer import CITY, COUNTY, PROVINCE, TOWN, Gazetteer
from indicators.language.lexicon import lexicon
from indicators.language.place_names import Spot
from indicators.language.sentences import Sentences


def _words(use: str) -> str:
    words = sorted((row["word"] for row in lexicon("place_words") if row["use"] == use), key=len, reverse=True)
    return "|".join(map(regex.escape, words))


_OPENING = r"(?:^|[,。:;!?\n…—]|^.{0,6}[、])[“\"(]?(?:(?:\d+|今|去|前|本|当|近|目|日|同|此|如|据|不|其|这|自|从|截)[^,。]{0,10}?[年月日时期前今来间些久中底末初,])?,?(?:其中|同时|此外|另外|近日|日前|目前|如今|截至|据悉)?,?(?:记者|笔者)?"
_AT_OPENING = regex.compile(_OPENING + "$")
_ADJUNCT = regex.compile(
    rf"(?:{_words('adjunct')}|{_words('goal')})(?:[^,。:;、]{{0,3}}(?:的|县|市|区|地区|省份|“[^”]*”))?(?:[^,。:;]{{0,2}}的)?$"
)
_GOAL = regex.compile(rf"(?:{_words('goal')})$")
_VISIT = regex.compile(rf"(?:^|[,。:;“\n]|记者|笔者|采访团|一行)(?:近日|日前|再次|先后|一同)?(?:{_words('visit')})$")
_IN = regex.compile(r"在$")
_STANDS = regex.compile(r"(?:位于|地处|坐落于|坐落在)$")
_MEDIA = regex.compile(rf"(?:\p{{Han}}{{0,4}}(?:{_words('media')}))")
_FIRM = regex.compile(rf"(?:(?!政府|[委局厅的]|将|与|和)\p{{Han}}){{0,14}}?(?:{_words('firm')})")
_AFTER = regex.compile(rf"(?:{_words('after')}|讯[\s(]|\d+月\d+日电|电[\s(])")
_LIFT = regex.compile(rf"(?:近年来|近些年来|今年以来|去年以来|如今|目前|同时|此外|为此|对此)?,?(?:{_words('lift')})")
_LIST_JOIN = regex.compile(r"、|和|及|与|以及|和?对口的|,")
_TOGETHER = regex.compile(r"[^,。]{0,6}?(?:结对|结成|协作|合作|签|共建|对接|建立|携手|联手|开展|互)")
_BACK = regex.compile(
    r"(?<![安健周])全(?P<all>国|省|州|盟|市|县|区|旗|镇|乡|街道|村|社区)(?![场化性民际式运力域级管治面])"
    r"|(?:该|[我本](?!国)|这个)(?P<this>省|州|市|县|区|旗|镇|乡|街道|村|社区|小区)(?![场级里内])"
    r"|(?P<inside>[省市县区镇乡村])里(?!程)|各(?P<every>镇|乡镇|乡|街道|乡\(镇\)|镇\(街)"
)
_YARDSTICK = regex.compile(
    r"(?:占|高于|低于|居|位居|列|位列|超过|比|较|跻身|领跑|为|是|被评为|入选|荣获|获|获得|上升到|走在|处于)$"
)
_YARDSTICK_AFTER = regex.compile(
    r"平均|第[一二三\d]|前[列茅\d十]|首|率先|领先|最|排名|总|重点|百强|十佳|先进|优秀|唯一|其他"
)
_CARRIES = regex.compile(
    r"[“\"]|.{0,12}(?:该村|该社区|该小区|该镇|该乡|该街道|该县|该市|该区|该基地|该项目|该公司|该合作社|该园|村里|全村|本村|我们村|这个村|小区)|[他她]|(?:此后|随后|接着|于是|后来)"
)
_REPORTS = regex.compile(r"[”\"][^“”\"。]{0,24}?(?:说|介绍|表示|告诉|感叹|感慨|坦言|回忆|称赞)")
_SPEAKS = regex.compile(
    r"[”\"][^“”\"。]{0,20}(?:说|介绍|表示|告诉|感叹|感慨|坦言|回忆|称赞)|(?:说|介绍|告诉)[^。]{0,4}[:,]?[“\"]"
)
_SHE_SPEAKS = regex.compile(r"[”\"][他她][^“”\"。]{0,10}(?:说|介绍|表示|感叹|感慨|坦言|回忆)")


LIST = "list"  # zone of a spot that stands for places which 分别 pairs with values


@dataclass(frozen=True, slots=True)
class Topic:
    """The place spoken of from some point on. `spot` names it; `start` is where it was read; `origin` how."""

    spot: Spot
    start: int
    origin: str = ""


@dataclass(slots=True)
class Attribution:
    """Follows the topic through a text. `own` is the document's own place, `own_from` document or metadata.

    After `follow`, `at[i]` (sorted folded offsets) and `topic[i]` say which topic holds from there on; a None topic
    means that no place is spoken of.
    """

    text: str
    sentences: Sentences
    gazetteer: Gazetteer
    spots: list[Spot]
    own: Spot | None
    own_from: str
    at: list[int] = field(default_factory=list)
    topic: list[Topic | None] = field(default_factory=list)
    _current: Topic | None = None
    _section: Topic | None = None
    _village: Topic | None = None
    _town: Topic | None = None
    _speaker: Topic | None = None

    def follow(self) -> Attribution:
        """Read the whole text once."""
        self._current = self._base()
        starts = [spot.start for spot in self.spots]
        last_paragraph = -1
        for index, (start, end) in enumerate(zip(self.sentences.start, self.sentences.end, strict=True)):
            paragraph = self.sentences.paragraph[index]
            spots = self.spots[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]
            if paragraph != last_paragraph:
                last_paragraph = paragraph
                self._open_paragraph(paragraph, start)
            elif self._lifts(start, end, spots):
                self._set(start, self._base())
            self._read_sentence(start, end, spots)
        return self

    def _base(self) -> Topic | None:
        if self._section is not None:
            return self._section
        return Topic(self.own, -1, self.own_from) if self.own is not None else None

    def _set(self, offset: int, topic: Topic | None) -> None:
        self._current = topic
        self.at.append(offset)
        self.topic.append(topic)
        if topic is None:
            return
        spot = topic.spot
        if spot.village:
            self._village = topic
        if spot.town or (spot.division >= 0 and self.gazetteer.level[spot.division] == TOWN):
            self._town = topic

    def _open_paragraph(self, paragraph: int, start: int) -> None:
        end = self.sentences.paragraph_end[paragraph]
        line = self.text[start:end]
        if is_heading(line):
            self._section = None
            if line.strip():
                self._set(start, self._base())
            return
        speaker = self._named_speaker(start, end) if line[0] in '“"' else None
        if speaker is not None:
            self._set(start, speaker)
        elif (
            _SHE_SPEAKS.search(line)
            and self._speaker is not None
            and not any(start <= s.start < end for s in self.spots)
        ):
            self._set(start, self._speaker)
        elif self.own is not None and not _CARRIES.match(line):
            self._set(start, self._base())
        elif self._current is not None and self._current.start >= 0 and self._current.origin == "":
            self._set(start, self._current)

    def _named_speaker(self, start: int, end: int) -> Topic | None:
        """“……”桥湖社区党支部书记说: what is quoted first is spoken of the speaker's place."""
        said = _REPORTS.search(self.text, start, end)
        if said is None:
            return None
        for spot in self.spots:
            if said.start() < spot.start < said.end() and (not spot.weak or spot.village):
                completed = self._completed(spot)
                return Topic(completed, spot.start) if completed.division >= 0 else None
        return None

    def _lifts(self, start: int, end: int, spots: list[Spot]) -> bool:
        """A sentence after an example that opens with a purpose and names no place returns to the document's place."""
        if self.own is None or spots or self._current is None or self._current is self._base():
            return False
        return _LIFT.match(self.text, start) is not None and not regex.search(
            "该|本村|村里|社区居民", self.text[start:end]
        )

    def _read_sentence(self, start: int, end: int, spots: list[Spot]) -> None:
        heading = is_heading(self.text[start:end])
        backs = [
            match
            for match in _BACK.finditer(self.text, start, end)
            if not any(s.start <= match.start() < s.end for s in spots)
        ]
        events: list[tuple[int, Spot | regex.Match[str]]] = [(match.start(), match) for match in backs]
        groups = self._lists(spots)
        events += [(group[0].start, group[0]) for group in groups if len(group) == 1]
        seen = False
        for group in groups:
            if len(group) > 1:
                events.append((group[0].start, self._listed(group, end)))
        for offset, event in sorted(events, key=lambda each: each[0]):
            if not isinstance(event, Spot):
                self._point_back(event, start)
            elif event.zone == LIST:
                self._set(event.end, Topic(event, offset))
            elif event.division >= 0 or event.village:
                topic = self._completed(event)
                if self._heads(topic) if heading else self._governs(topic, start, end, seen):
                    seen = True
                    self._set(event.end, Topic(topic, offset, "heading" if heading else ""))
                    if heading:
                        self._section = self._current
        if (
            _SPEAKS.search(self.text, max(0, start - 1), end)
            and self._current is not None
            and self._current.origin == ""
        ):
            self._speaker = self._current

    def _heads(self, spot: Spot) -> bool:
        """Whether a heading's place opens a section: the document's own place, or one that holds it, opens none."""
        if self._current is not None and self._current.origin == "heading" and self._inside(spot):
            return False
        return self.own is None or spot.division < 0 or not self.gazetteer.holds(spot.division, self.own.division)

    def _lists(self, spots: list[Spot]) -> list[list[Spot]]:
        """Spots that stand side by side, joined by 、 or 和."""
        groups: list[list[Spot]] = []
        for spot in spots:
            if groups and self._joined(groups[-1][-1], spot):
                groups[-1].append(spot)
            else:
                groups.append([spot])
        return groups

    def _joined(self, left: Spot, right: Spot) -> bool:
        between = self.text[left.end : right.start]
        if len(between) > 2 or _LIST_JOIN.fullmatch(between) is None or between == ",":
            return False
        if between in ("与", "和", "同") and _TOGETHER.match(self.text, right.end, right.end + 12):
            return False
        same = left.division >= 0 and right.division >= 0
        return same and abs(self.gazetteer.level[left.division] - self.gazetteer.level[right.division]) <= 1

    def _listed(self, group: list[Spot], end: int) -> Spot:
        """A list of places speaks of the finest place that holds all of them; items without one speak of none."""
        if "分别" in self.text[group[-1].end : end]:
            return Spot(group[0].start, group[-1].end, -1, zone=LIST)
        division = group[0].division
        for spot in group[1:]:
            division = self.gazetteer.common(division, spot.division) if division >= 0 else -1
        return Spot(group[0].start, group[-1].end, division)

    def _completed(self, spot: Spot) -> Spot:
        """A village without its town belongs to the topic's town and county, a new one to the county at least."""
        if spot.division >= 0 or not spot.village:
            return spot
        for topic in (self._current, self._town, self._base()):
            if topic is not None and topic.spot.division >= 0 and self.gazetteer.level[topic.spot.division] >= COUNTY:
                return replace(spot, division=topic.spot.division, town=topic.spot.town)
        return replace(spot, village="")

    def _governs(self, spot: Spot, start: int, end: int, seen: bool) -> bool:
        """Whether a named place is what its clause speaks of, not a companion, goal, origin, firm or yardstick."""
        if spot.division < 0:
            return False
        before, after = self.text[start : spot.start], self.text[spot.end : min(end, spot.end + 24)]
        level = self.gazetteer.level[spot.division]
        if _MEDIA.match(after) or _AFTER.match(after) or before.endswith(("本报", "新华社", "人民网")):
            return False
        if level <= CITY and _FIRM.match(after):
            return False
        if _VISIT.search(before) and not (_IN.search(before) and seen) and "位于" not in before[-4:]:
            return level > CITY or not self._inside(spot)
        if _STANDS.search(before):
            return not before.endswith("在位于") and not (seen and not self._within(spot))
        if _GOAL.search(before):
            return self._finer(spot)
        if _ADJUNCT.search(before) or before.endswith("和") and seen and _TOGETHER.match(after):
            return False
        if _IN.search(before) and seen:
            return self._within(spot)
        if level <= CITY or spot.weak and not spot.village:
            opening = _AT_OPENING.search(before) is not None or _IN.search(before) is not None
            return opening or (not seen and not self._inside(spot) and not spot.weak)
        return True

    def _inside(self, spot: Spot) -> bool:
        """Whether the current topic lies within a spot's division."""
        return (
            self._current is not None
            and self._current.spot.division >= 0
            and self.gazetteer.holds(spot.division, self._current.spot.division)
        )

    def _finer(self, spot: Spot) -> bool:
        """Whether a spot lies within the topic or the document's own place, and is finer."""
        for holder in (self._current.spot if self._current else None, self.own):
            if holder is not None and holder.division >= 0 and self.gazetteer.holds(holder.division, spot.division):
                return holder.division != spot.division or bool(spot.village or spot.town)
        return False

    def _within(self, spot: Spot) -> bool:
        """Whether a spot lies within the current topic."""
        return (
            self._current is None
            or self._current.spot.division < 0
            or self.gazetteer.holds(self._current.spot.division, spot.division)
        )

    def _point_back(self, match: regex.Match[str], start: int) -> None:
        """全县, 该村, 我市: the topic's own county, village or city, else the document's."""
        before, after = self.text[start : match.start()], self.text[match.end() : match.end() + 3]
        if _YARDSTICK.search(before) or _YARDSTICK_AFTER.match(after):
            return
        kind = match["all"] or match["this"] or match["inside"] or "县乡"
        if kind in ("国", "省") and not _AT_OPENING.search(before):
            return
        if _ADJUNCT.search(before) and match["all"] is None:
            return
        target = self._referent(kind)
        if target is not None:
            origin = target.origin if target.start < 0 or target.origin == "heading" else ""
            self._set(match.end(), Topic(target.spot, match.start() if not origin else target.start, origin))

    def _referent(self, kind: str) -> Topic | None:
        if kind in ("村", "社区", "小区"):
            if self._current is not None and (self._current.spot.village or kind == "小区"):
                return self._current
            return self._village
        if kind in ("镇", "乡", "街道"):
            return (
                self._cut(self._current, (TOWN,)) or self._cut(self._town, (TOWN,)) or self._cut(self._base(), (TOWN,))
            )
        if kind == "国":
            return Topic(Spot(0, 0, -2), -1, "country")
        wanted = {
            "省": (PROVINCE,),
            "州": (CITY,),
            "盟": (CITY,),
            "县": (COUNTY,),
            "旗": (COUNTY,),
            "县乡": (COUNTY, CITY),
        }.get(kind)
        own = Topic(self.own, -1, self.own_from) if self.own is not None else None
        if wanted is not None:
            suffix = kind if kind in "县旗" else ""
            return self._cut(self._current, wanted, suffix) or self._cut(own, wanted, suffix)
        if kind == "市":
            return (
                self._cut(own, (CITY, COUNTY, PROVINCE), "市", exact=True)
                or self._cut(self._current, (COUNTY, CITY, PROVINCE), "市")
                or self._cut(own, (COUNTY, CITY, PROVINCE), "市")
            )
        return self._cut(self._current, (COUNTY, PROVINCE), "区") or self._cut(own, (COUNTY, PROVINCE), "区")

    def _cut(self, topic: Topic | None, levels: tuple[int, ...], suffix: str = "", exact: bool = False) -> Topic | None:
        """A topic lifted to the first of `levels` it has, whose name ends in `suffix`; `exact`: only if it is that already."""
        if topic is None or topic.spot.division < 0:
            return None
        spot = topic.spot
        if suffix == "区" and spot.zone:
            return replace(topic, spot=replace(spot, village=""))
        for level in levels:
            if level == TOWN and spot.town:
                return replace(topic, spot=replace(spot, village=""))
            index = self.gazetteer.up(spot.division, level)
            if index < 0 or not self.gazetteer.name[index].endswith(suffix) or (exact and index != spot.division):
                continue
            kept = index == spot.division
            return replace(
                topic,
                spot=replace(
                    spot,
                    division=index,
                    town="" if level < TOWN else spot.town,
                    village="",
                    zone=spot.zone if kept else "",
                ),
            )
        return None


def is_heading(line: str) -> bool:
    """Whether a line is a heading: short, no sentence, no speech."""
    return len(line) <= 45 and not regex.search(r"[。!?;…]|^[“\"].*[”\"]$|^\d+[.、]?$", line.strip())
