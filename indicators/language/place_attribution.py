"""Which place each stretch of a text speaks of: topics are followed through headings, paragraphs and sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from indicators.language.gazetteer import CITY, COUNTY, TOWN, Gazetteer
from indicators.language.headings import ended, is_heading
from indicators.language.place_events import SentenceEvents
from indicators.language.place_governing import governs, is_former_home, is_passing, words_before, words_list, words_of
from indicators.language.place_lists import LIST, common
from indicators.language.place_paths import Spot
from indicators.language.place_reference import CARRIES, HOME, TOWN_KINDS, kind_of, lift
from indicators.language.place_scope import ABOVE, Scope, is_policy
from indicators.language.place_signs import PERSON, POLICY, SPEECH
from indicators.language.place_speech import (
    closing_marks,
    has_speech,
    opening_name,
    persons,
    pronoun_speaks,
    speaker_span,
    speaks,
)
from indicators.language.place_topics import Topic, Topics
from indicators.language.sentences import Sentences

_TOP = 200  # characters in which titles stand
_LEAD = r"(?:近年来|近些年来|今年以来|去年以来|如今|目前|同时|此外|为此|对此)?,?"
_RETURNS = re.compile(rf"{_LEAD}(?:{words_of('lift')})")
_RETURN_OPENINGS = frozenset("近今去如目同此为对,") | {word[0] for word in words_list("lift")}  # first characters
_STAYS = re.compile(r"该|本村|村里|社区居民")


@dataclass(slots=True)
class Attribution:
    """Follows the topic through a text: `follow` fills `topics`. `spots` are the named places, in order."""

    text: str
    sentences: Sentences
    gazetteer: Gazetteer
    spots: list[Spot]
    topics: Topics
    _events: SentenceEvents = field(init=False)
    _speaker: Topic | None = None
    _heading: bool = True
    _governing: list[Spot] = field(default_factory=list)
    _passing: Topic | None = None  # what the sentence spoke of before a place that only it speaks of
    _home: Topic | None = None  # what was spoken of before a place outside the document's own
    _closing: dict[int, int] | None = None  # opening quotation marks -> closing ones, once they are asked for
    _persons: dict[str, Topic] = field(default_factory=dict)  # beginnings of names -> where they were introduced

    def __post_init__(self) -> None:
        self._events = SentenceEvents(self.text, self.sentences, self.gazetteer, self.spots)

    def follow(self) -> None:
        """Read the whole text once."""
        self.topics.current = self.topics.base()
        columns = (self.sentences.start, self.sentences.end, self.sentences.paragraph, self._events.signs)
        last_paragraph = -1
        for index, (start, end, paragraph, sign) in enumerate(zip(*columns, strict=True)):
            if paragraph != last_paragraph:
                last_paragraph = paragraph
                if self._heading or ended(self.text, start):
                    self._open_paragraph(index, start, self.sentences.paragraph_end[paragraph])
            else:
                self._go_on(index, start, end)
            if sign or self._events.first[index] < self._events.last[index]:
                self._read_sentence(index, start, end)

    def _go_on(self, index: int, start: int, end: int) -> None:
        """A sentence within a paragraph goes on with the topic, unless it opens with a person, a purpose or speech."""
        named = self._persons.get(opening_name(self.text, start, end)) if self._persons else None
        if named is not None and (known := self._wider_than(named)) is not None:
            self.topics.turn(start, known)
        elif self._returns(index, start, end):
            self.topics.turn(start, self.topics.base())
        elif self.text[start] in '“"':
            speaker = self._named_speaker(index, start, self.sentences.paragraph_end[self.sentences.paragraph[index]])
            self.topics.turn(start, speaker or self.topics.current)

    def _open_paragraph(self, index: int, start: int, end: int) -> None:
        """A paragraph returns to the section's or document's place, unless its first words go on with the topic."""
        line = self.text[start:end]
        self._heading = is_heading(line, opens=start < _TOP)
        self._home = None
        if self._heading:
            self.topics.section = None
            self._persons.clear()
            self.topics.turn(start, self.topics.base())
            return
        speaker = self._named_speaker(index, start, end) if line[0] in '“"' else None
        first = self._events.first[index]
        named = first < len(self.spots) and self.spots[first].start < end
        if speaker is not None:
            self.topics.turn(start, speaker)
        elif self._speaker is not None and not named and pronoun_speaks(line):
            self.topics.turn(start, self._speaker)
        elif self._persons and (known := self._persons.get(opening_name(line, 0, len(line)))) is not None:
            self.topics.turn(start, known)
        elif self.topics.own is not None and not CARRIES.match(line):
            self.topics.turn(start, self.topics.base())

    def _named_speaker(self, index: int, start: int, end: int) -> Topic | None:
        """“……”桥湖社区党支部书记说: what is quoted first is spoken of the speaker's place."""
        if self._closing is None:
            self._closing = closing_marks(self.text)
        said = speaker_span(self.text, start, end, self._closing)
        for spot in self._events.within(*said) if said[1] else ():
            if (not spot.weak or spot.village) and speaks(self.text, spot.end, said):
                completed = self.topics.completed(spot)
                return Topic(completed, spot.start) if completed.division >= 0 else None
        return None

    def _returns(self, index: int, start: int, end: int) -> bool:
        """A sentence after an example that opens with a purpose and names no place returns to the document's place."""
        if self.text[start] not in _RETURN_OPENINGS or self.topics.own is None or self.topics.current is None:
            return False
        if self.topics.current is self.topics.section or self._events.first[index] < self._events.last[index]:
            return False
        return _RETURNS.match(self.text, start) is not None and not _STAYS.search(self.text, start, end)

    def _read_sentence(self, index: int, start: int, end: int) -> None:
        events, sign = self._events.of(index, start, end), self._events.signs[index]
        before, self._passing, self._governing, seen = self.topics.current, None, [], False
        if sign & POLICY and not events and before is not None and is_policy(self.text[start:end]):
            self._widen(Scope(start, start, start, ""))
            self._passing = before
        for offset, event in events:
            if isinstance(event, Scope):
                self._widen(event)
            elif isinstance(event, re.Match) and event.re is HOME:
                self._come_home(offset)
            elif isinstance(event, re.Match):
                self._point_back(event, words_before(self.text, start, offset))
            elif event.zone == LIST:
                self.topics.turn(event.end, Topic(event, offset))
            elif self._heading:
                self._head(self.topics.completed(event), offset)
            else:
                seen = self._name(self.topics.completed(event), start, end, seen) or seen
        current = self.topics.current
        if sign & SPEECH and current and not current.origin and has_speech(self.text, max(0, start - 1), end):
            self._speaker = current
        if sign & PERSON:
            self._introduce(start, end)
        self._leave(end)

    def _introduce(self, start: int, end: int) -> None:
        """Remember where the people are who are named with a title: a later paragraph that opens with one is there."""
        for offset, name in persons(self.text, start, end):
            index = bisect_right(self.topics.at, offset) - 1
            topic = self.topics.topic[index] if index >= 0 else None
            if topic is not None and not topic.origin and self.gazetteer.up(topic.spot.division, TOWN) >= 0:
                self._persons.setdefault(name, topic)

    def _wider_than(self, known: Topic | None) -> Topic | None:
        """A person's place, where the text speaks of something wider that holds it; else None."""
        current = self.topics.current
        if known is None or current is None or current.spot.village or current.spot.division < 0:
            return None
        return known if self.gazetteer.holds(current.spot.division, known.spot.division) else None

    def _come_home(self, offset: int) -> None:
        """Back to what was spoken of before a place outside the document's own: 在外地开店多年,去年回到家乡."""
        if self._home is not None:
            self.topics.turn(offset, self._home)
            self._home = None

    def _widen(self, scope: Scope) -> None:
        """县教育局, 14个乡镇: the topic's own county; nothing where the topic is no finer."""
        topic = self.topics.current
        if scope.kind == ABOVE:
            self._governing = []
            self.topics.turn(scope.at, self.topics.base())
            return
        if topic is None or topic.spot.division < 0:
            return
        if scope.kind in TOWN_KINDS:
            spot = lift(topic.spot, (TOWN,), self.gazetteer)
            target = topic._replace(spot=spot) if spot is not None else None
        else:
            target = self.topics.referent(scope.kind)
        if target is None or target.spot.division < 0 or target.spot == topic.spot:
            return
        if scope.office or self.gazetteer.holds(target.spot.division, topic.spot.division):
            start = target.start if target.origin else scope.start
            self.topics.turn(scope.at, Topic(target.spot, start, target.origin, (scope.start, scope.end)))

    def _leave(self, end: int) -> None:
        """After a sentence: places side by side carry on as what holds them all, a passing one not at all."""
        current = self.topics.current
        if self._passing is not None:
            self.topics.turn(end, self._passing)
            return
        if len(self._governing) < 2 or current is None or current.spot is not self._governing[-1]:
            return
        holds = self.gazetteer.holds
        for left, right in pairwise(spot.division for spot in self._governing):
            if holds(left, right) or holds(right, left):
                return
        division = common(self._governing, self.gazetteer)
        if division >= 0 and self.topics.above_base(division):
            self.topics.turn(end, self.topics.base())
        elif division >= 0 and self.gazetteer.level[division] >= CITY:
            self.topics.turn(end, current._replace(spot=current.spot._replace(division=division, town="", village="")))

    def _name(self, spot: Spot, start: int, end: int, seen: bool) -> bool:
        """Take a named place as the topic where it governs."""
        if spot.division < 0:
            return False
        before, after = words_before(self.text, start, spot.start), self.text[spot.end : min(end, spot.end + 36)]
        topic = self.topics.current.spot if self.topics.current is not None else None
        if not governs(spot, before, after, seen, topic, self.topics.own, self.gazetteer):
            return False
        passing = is_former_home(before)
        if not passing and is_passing(before) and topic is not None and topic.division >= 0:
            passing = self.gazetteer.holds(topic.division, spot.division)
        self._passing = (self._passing or self.topics.current) if passing else None
        away = before.endswith(("在", "到", "赴", "去")) and not self._near_own(spot)
        self._home = (self._home or self.topics.current) if away else None
        self._governing.append(spot)
        self.topics.turn(spot.end, Topic(spot, spot.start))
        return True

    def _near_own(self, spot: Spot) -> bool:
        """Whether a place is in the county of the document's own place, or in its city where it has no county."""
        base = self.topics.base()
        above = lift(base.spot, (COUNTY, CITY), self.gazetteer) if base is not None else None
        return above is None or self.gazetteer.holds(above.division, spot.division)

    def _head(self, spot: Spot, offset: int) -> None:
        """A heading's place opens a section, unless it is or holds the document's own or the heading's place so far."""
        holds, section = self.gazetteer.holds, self.topics.section
        if spot.division < 0 or (section is not None and holds(spot.division, section.spot.division)):
            return
        if self.topics.own is None or not holds(spot.division, self.topics.own.division):
            self.topics.section = Topic(spot, offset, "heading")
            self.topics.turn(spot.end, self.topics.section)

    def _point_back(self, found: re.Match[str], before: str) -> None:
        """全县, 该村, 我市: the topic's own county, village or city, else the document's."""
        kind = kind_of(found, before)
        target = None if kind is None else self.topics.referent(kind)
        if target is not None and found["all"] and self._governing and self._governing[-1].end == found.start():
            target = Topic(self._governing[-1], found.start())  # 赤水全市: named right before, not the document's own
        if target is not None:
            stays = not self.topics.is_aside(target.spot.division, before)
            self._passing = None if stays else self._passing or self.topics.current
            start = target.start if target.origin else found.start()
            self.topics.turn(found.end(), Topic(target.spot, start, target.origin, found.span()))
