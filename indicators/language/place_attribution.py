"""Which place each stretch of a text speaks of: topics are followed through headings, paragraphs and sentences."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile

import regex

from indicators.language.gazetteer import COUNTY, TOWN, Gazetteer
from indicators.language.place_governing import governs, side_by_side, words_of
from indicators.language.place_paths import Spot
from indicators.language.place_reference import REFERENCE, TOWN_KINDS, VILLAGE_KINDS, kind_of, lift, refer
from indicators.language.sentences import Sentences

LIST = "list"  # zone of a spot that stands for places which 分别 pairs with values
COUNTRY = Spot(0, 0, -2)
_HEADING_LENGTH = 45
_COMMA_LENGTH = 25
_TOP = 200  # characters in which titles stand
_END_MARKS = frozenset('。!?;:…”’"》)]】、,.|>')
_NO_HEADING = regex.compile(r"[。!?;…]|^[“\"].*[”\"]$|^\d+[.、]?$")
_LEAD = r"(?:近年来|近些年来|今年以来|去年以来|如今|目前|同时|此外|为此|对此)?,?"
_RETURNS = regex.compile(rf"{_LEAD}(?:{words_of('lift')})")
_STAYS = regex.compile(r"该|本村|村里|社区居民")
_CARRIES = regex.compile(
    r"[“\"]|.{0,12}(?:该(?:村|社区|小区|镇|乡|街道|县|市|区|旗|基地|项目|公司|合作社|园)|村里|全村|本村|我们村|这个村|小区)"
    r"|.{0,3}[他她]|此后|随后|接着|于是|后来"
)
_SAYING = r"(?:说|介绍|表示|告诉|感叹|感慨|坦言|回忆|称赞)"
_REPORT = regex.compile(rf"[”\"][^“”\"。]{{0,24}}?{_SAYING}")
_SPEECH = regex.compile(rf"[”\"][^“”\"。]{{0,20}}{_SAYING}|(?:说|介绍|告诉)[^。]{{0,4}}[:,]?[“\"]")
_PRONOUN_SPEAKS = regex.compile(rf"[”\"][他她][^“”\"。]{{0,10}}{_SAYING}")


@dataclass(frozen=True, slots=True)
class Topic:
    """The place spoken of from some point on.

    `spot` names it, read at `start` (-1: not in the running text). `origin` is document, metadata or heading where it
    was read there, "" for the running text. `words` span the words that pointed at it, where they are not the spot's.
    """

    spot: Spot
    start: int
    origin: str = ""
    words: tuple[int, int] = (0, 0)

    @property
    def written(self) -> tuple[int, int]:
        """Span of the words that were read: 全县 where the county was named before."""
        return self.words if self.words[1] else (self.spot.start, self.spot.end)


@dataclass(slots=True)
class Attribution:
    """Follows the topic through a text. `own` is the document's own place, `own_from` document or metadata.

    After `follow`, `at` (folded offsets, ascending) and `topic` say which topic holds from where on; None: no place.
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
    _heading: bool = True

    def follow(self) -> Attribution:
        """Read the whole text once."""
        self._current = self._base()
        starts = [spot.start for spot in self.spots]
        last_paragraph = -1
        for index, (start, end) in enumerate(zip(self.sentences.start, self.sentences.end, strict=True)):
            spots = self.spots[bisect_left(starts, start) : bisect_left(starts, end)]
            paragraph = self.sentences.paragraph[index]
            if paragraph != last_paragraph:
                last_paragraph = paragraph
                if self._heading or ended(self.text, start):
                    self._open_paragraph(start, self.sentences.paragraph_end[paragraph])
            elif self._returns(start, end, spots):
                self._set(start, self._base())
            self._read_sentence(start, end, spots)
        return self

    def _base(self) -> Topic | None:
        """The section's place, else the document's own."""
        if self._section is not None or self.own is None:
            return self._section
        return Topic(self.own, -1, self.own_from)

    def _set(self, offset: int, topic: Topic | None) -> None:
        self._current = topic
        self.at.append(offset)
        self.topic.append(topic)
        if topic is None:
            return
        if topic.spot.village:
            self._village = topic
        if topic.spot.town or (topic.spot.division >= 0 and self.gazetteer.level[topic.spot.division] == TOWN):
            self._town = topic

    def _open_paragraph(self, start: int, end: int) -> None:
        """A paragraph returns to the section's or document's place, unless its first words go on with the topic."""
        line = self.text[start:end]
        self._heading = is_heading(line, opens=start < _TOP)
        if self._heading:
            self._section = None
            self._set(start, self._base())
            return
        speaker = self._named_speaker(start, end) if line.startswith(("“", '"')) else None
        first = bisect_left(self.spots, start, key=lambda each: each.start)
        named = first < len(self.spots) and self.spots[first].start < end
        if speaker is not None:
            self._set(start, speaker)
        elif self._speaker is not None and not named and _PRONOUN_SPEAKS.search(line):
            self._set(start, self._speaker)
        elif self.own is not None and not _CARRIES.match(line):
            self._set(start, self._base())

    def _named_speaker(self, start: int, end: int) -> Topic | None:
        """“……”桥湖社区党支部书记说: what is quoted first is spoken of the speaker's place."""
        said = _REPORT.search(self.text, start, end)
        if said is None:
            return None
        first = bisect_left(self.spots, said.start(), key=lambda each: each.start)
        for spot in takewhile(lambda each: each.start < said.end(), islice(self.spots, first, None)):
            if not spot.weak or spot.village:
                completed = self._completed(spot)
                return Topic(completed, spot.start) if completed.division >= 0 else None
        return None

    def _returns(self, start: int, end: int, spots: list[Spot]) -> bool:
        """A sentence after an example that opens with a purpose and names no place returns to the document's place."""
        if self.own is None or spots or self._current is None or self._current is self._base():
            return False
        return _RETURNS.match(self.text, start) is not None and not _STAYS.search(self.text, start, end)

    def _read_sentence(self, start: int, end: int, spots: list[Spot]) -> None:
        events: list[tuple[int, Spot | regex.Match[str]]] = [
            (found.start(), found)
            for found in REFERENCE.finditer(self.text, start, end)
            if not any(spot.start <= found.start() < spot.end for spot in spots)
        ]
        events += [(spot.start, spot) for spot in self._listed(spots, end)]
        seen = False
        for offset, event in sorted(events, key=lambda each: each[0]):
            if isinstance(event, regex.Match):
                self._point_back(event, self.text[start:offset])
            elif event.zone == LIST:
                self._set(event.end, Topic(event, offset))
            elif self._heading:
                self._head(self._completed(event), offset)
            else:
                seen = self._name(self._completed(event), start, end, seen) or seen
        if not self._current or self._current.origin:
            return
        if _SPEECH.search(self.text, max(0, start - 1), end):
            self._speaker = self._current

    def _listed(self, spots: list[Spot], end: int) -> list[Spot]:
        """Spots, with each list of places (A、B和C) as one: the finest place that holds all, or LIST before 分别."""
        groups: list[list[Spot]] = []
        for spot in spots:
            if groups and side_by_side(self.text, groups[-1][-1], spot, self.gazetteer):
                groups[-1].append(spot)
            else:
                groups.append([spot])
        return [group[0] if len(group) == 1 else self._joint(group, end) for group in groups]

    def _joint(self, group: list[Spot], end: int) -> Spot:
        first, last = group[0], group[-1]
        if "分别" in self.text[last.end : end]:
            return Spot(first.start, last.end, -1, zone=LIST)
        division = first.division
        for spot in group[1:]:
            division = self.gazetteer.common(division, spot.division) if division >= 0 else -1
        return Spot(first.start, last.end, division)

    def _name(self, spot: Spot, start: int, end: int, seen: bool) -> bool:
        """Take a named place as the topic where it governs."""
        if spot.division < 0:
            return False
        before, after = self.text[start : spot.start], self.text[spot.end : min(end, spot.end + 36)]
        topic = self._current.spot if self._current is not None else None
        if not governs(spot, before, after, seen, topic, self.own, self.gazetteer):
            return False
        self._set(spot.end, Topic(spot, spot.start))
        return True

    def _head(self, spot: Spot, offset: int) -> None:
        """A heading's place opens a section, unless it is or holds the document's own or the heading's place so far."""
        if spot.division < 0:
            return
        holds = self.gazetteer.holds
        if self._section is not None and holds(spot.division, self._section.spot.division):
            return
        if self.own is None or not holds(spot.division, self.own.division):
            self._section = Topic(spot, offset, "heading")
            self._set(spot.end, self._section)

    def _completed(self, spot: Spot) -> Spot:
        """A village without its town belongs to the topic's town and county, a new one to the county at least."""
        if spot.division >= 0 or not spot.village:
            return spot
        for topic in (self._current, self._town, self._base()):
            if topic is not None and self.gazetteer.up(topic.spot.division, COUNTY) >= 0:
                return replace(spot, division=topic.spot.division, town=topic.spot.town)
        return replace(spot, village="")

    def _point_back(self, found: regex.Match[str], before: str) -> None:
        """全县, 该村, 我市: the topic's own county, village or city, else the document's."""
        kind = kind_of(found, before)
        target = None if kind is None else self._referent(kind)
        if target is not None:
            origin = target.origin
            start = target.start if origin else found.start()
            self._set(found.end(), Topic(target.spot, start, origin, found.span()))

    def _referent(self, kind: str) -> Topic | None:
        if kind in VILLAGE_KINDS:
            stays = self._current is not None and (self._current.spot.village or kind == "小区")
            return self._current if stays else self._village
        if kind in TOWN_KINDS:
            for topic in (self._current, self._town, self._base()):
                town = lift(topic.spot, (TOWN,), self.gazetteer) if topic is not None else None
                if topic is not None and town is not None:
                    return replace(topic, spot=town)
            return None
        if kind == "国":
            return Topic(COUNTRY, -1, "document")
        topic = self._current
        found = refer(kind, topic.spot if topic is not None else None, self.own, self.gazetteer)
        if found is None:
            return None
        spot, is_own = found
        return Topic(spot, -1, self.own_from) if is_own or topic is None else replace(topic, spot=spot)


def ended(text: str, start: int) -> bool:
    """Whether the line before offset `start` ends with a mark or is empty: a page's width did not break it off."""
    last = start - 1
    while last >= 0 and text[last] == "\n":
        last -= 1
    return last < 0 or start - last > 2 or text[last] in _END_MARKS


def is_heading(line: str, opens: bool = False) -> bool:
    """Whether a line is a heading: short, no sentence, no speech; one with a comma shorter still, unless it opens the
    text: a line that a page's width broke off is none.
    """
    limit = _HEADING_LENGTH if opens or "," not in line else _COMMA_LENGTH
    return len(line) <= limit and not _NO_HEADING.search(line.strip())
