"""Places of statements: `PlaceReader(...).at(start, end)` is the place that a clause speaks of."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cached_property
from itertools import takewhile

import regex

from indicators.language.folding import fold
from indicators.language.gazetteer import CITY, COUNTY, PROVINCE, TOWN, Gazetteer
from indicators.language.place_attribution import LIST, Attribution, Topic, is_heading
from indicators.language.place_names import PlaceNames, Spot
from indicators.language.sentences import Sentences, clause_span
from indicators.model import Level, Place, ReadFrom

_FOLLOWS = regex.compile(r"[^,。:;、]{0,3}?(?:的)?$")
_OFFICE = regex.compile(r"(?:区|县|市|镇)?(?:党?委|人民政府|政府|\p{Han}{1,6}局|\p{Han}{2,4}(?:中心|队))")


class PlaceReader:
    """The places of one document. `text` is folded; `title`, `source` and `place` are words about the document.

    `place` (metadata) decides the document's own place; else it is read from the title, the source and the county that
    the text names most. Work is done on the first question and kept.
    """

    def __init__(
        self, text: str, sentences: Sentences, gazetteer: Gazetteer, title: str = "", source: str = "", place: str = ""
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.gazetteer = gazetteer
        self.title = title
        self.source = source
        self.place = place
        self._answers: dict[tuple[int, int], Place] = {}

    def at(self, start: int, end: int) -> Place:
        """The place of the statement that holds the folded span `[start, end)`."""
        key = (start, end)
        if key not in self._answers:
            self._answers[key] = self._read(start, end)
        return self._answers[key]

    @cached_property
    def own(self) -> Place:
        """The document's own place; empty where it speaks of many."""
        spot, read_from = self._own
        return self._place(Topic(spot, -1, read_from), -1, -1) if spot is not None else Place()

    @cached_property
    def _names(self) -> PlaceNames:
        return PlaceNames(self.text, self.gazetteer, "\n".join((self.place, self.title, self.source)))

    @cached_property
    def _own(self) -> tuple[Spot | None, ReadFrom]:
        if self.place:
            spot = find_place(self.place, self.gazetteer)
            if spot is not None:
                return spot, "metadata"
        return own_place(self._names, self.title, self.source), "document"

    @cached_property
    def _attribution(self) -> Attribution:
        own, own_from = self._own
        return Attribution(self.text, self.sentences, self.gazetteer, self._names.spots, own, own_from).follow()

    def _read(self, start: int, end: int) -> Place:
        follower = self._attribution
        sentence_start, sentence_end = self.sentences.span(start)
        index = bisect_right(follower.at, start) - 1
        topic = follower.topic[index] if index >= 0 else None
        if topic is not None and topic.spot.zone == LIST:
            topic = self._paired(topic, start, sentence_end)
        if topic is None or topic.start < sentence_start:
            following = self._following(end) or self._scene(sentence_end)
            if following is not None:
                topic = Topic(following, following.start)
        if topic is None:
            own, own_from = self._own
            topic = Topic(own, -1, own_from) if own is not None else None
        return self._place(topic, start, end) if topic is not None else Place()

    def _following(self, end: int) -> Spot | None:
        """27名甘肃省清水县的务工人员: the place right after the quantity."""
        for spot in self._names.spots:
            if end <= spot.start <= end + 5:
                near = regex.fullmatch(r"(?:的|多|余|来自|\p{Han}?(?:是|的))?", self.text[end : spot.start])
                return spot if near and spot.division >= 0 and self.gazetteer.level[spot.division] >= COUNTY else None
        return None

    def _scene(self, sentence_end: int) -> Spot | None:
        """3座大棚……走进X村: things shown before the place is named, ended by ……, belong to the scene that opens next."""
        if not self.text[:sentence_end].endswith("…"):
            return None
        following = next((spot for spot in self._names.spots if spot.start >= sentence_end), None)
        if following is None or following.start > sentence_end + 12 or following.division < 0:
            return None
        return (
            following if regex.search(r"走进|来到|步入|走近|在$", self.text[sentence_end : following.start]) else None
        )

    def _paired(self, topic: Topic, start: int, sentence_end: int) -> Topic | None:
        """甲县、乙县分别3个、5个: places and values pair by position where their counts agree."""
        spots = [spot for spot in self._names.spots if topic.spot.start <= spot.start < topic.spot.end]
        spread = self.text.find("分别", topic.spot.end, sentence_end)
        numbers = list(regex.finditer(r"[\d.]+[^\d、,和。;]{0,8}", self.text[spread:sentence_end]))[: len(spots)]
        if len(numbers) == len(spots):
            for spot, number in zip(spots, numbers, strict=True):
                if spread + number.start() <= start < spread + number.end():
                    return Topic(spot, spot.start)
        division = spots[0].division if spots else -1
        for spot in spots[1:]:
            division = self.gazetteer.common(division, spot.division) if division >= 0 else -1
        return Topic(Spot(topic.spot.start, topic.spot.end, division), topic.start) if division >= 0 else None

    def _place(self, topic: Topic, start: int, end: int) -> Place:
        gazetteer, spot = self.gazetteer, topic.spot
        if spot.division == -2:
            return Place(level="country", read_from=self._read_from(topic, start, end))
        if spot.division < 0:
            return Place()
        surface = self.text[spot.start : spot.end] if topic.start >= 0 else ""
        return place_of(gazetteer, spot, surface, self._read_from(topic, start, end))

    def _read_from(self, topic: Topic, start: int, end: int) -> ReadFrom:
        if topic.origin in ("document", "metadata", "heading"):
            return topic.origin  # type: ignore[return-value]
        clause_start, clause_end = clause_span(self.text, start, end)
        if clause_start <= topic.start < clause_end:
            return "clause"
        sentence_start, sentence_end = self.sentences.span(start)
        return "sentence" if sentence_start <= topic.start < sentence_end else "paragraph"


def place_of(gazetteer: Gazetteer, spot: Spot, surface: str = "", read_from: ReadFrom = "none") -> Place:
    """The Place that a spot names, with the full official names of today."""
    names = {level: gazetteer.up(spot.division, level) for level in (PROVINCE, CITY, COUNTY, TOWN)}
    province, city, county, town = (gazetteer.name[i] if i >= 0 else "" for i in names.values())
    if names[PROVINCE] >= 0 and gazetteer.is_municipality(names[PROVINCE]):
        city = province
    level: Level = "village" if spot.village else "town" if town or spot.town else "county" if county else "province"
    if level == "province" and names[CITY] >= 0:
        level = "city"
    code = gazetteer.code[names[COUNTY]] if names[COUNTY] >= 0 else ""
    return Place(province, city, county, town or spot.town, spot.village, level, code, spot.zone, surface, read_from)


def read_place(words: str, gazetteer: Gazetteer) -> Place:
    """The place that words name: 台山, 广东省台山市 or 甘肃清水县白沙镇; an empty Place where they name none.

    >>> from indicators.language.gazetteer import load
    >>> read_place("广东台山市台城街道", load()).town
    '台城街道'
    """
    spot = find_place(words, gazetteer)
    return place_of(gazetteer, spot, words[spot.start : spot.end]) if spot is not None else Place()


def find_place(words: str, gazetteer: Gazetteer) -> Spot | None:
    """The finest place that words name: a path, a full or short name, or a six-digit code; None where they name none."""
    words = fold(words).text.strip()
    if words in gazetteer.by_code:
        return Spot(0, len(words), gazetteer.by_code[words])
    spots = [spot for spot in PlaceNames(words, gazetteer).spots if spot.division >= 0]
    if spots:
        return max(spots, key=lambda spot: (gazetteer.level[spot.division], spot.end))
    counties = [i for i, short in enumerate(gazetteer.short) if short == words and gazetteer.level[i] == COUNTY]
    return Spot(0, len(words), counties[0]) if len(counties) == 1 else None


def own_place(names: PlaceNames, title: str, source: str) -> Spot | None:
    """The place a document is about, None where it speaks of many: title, then source, then what it names most."""
    gazetteer = names.gazetteer
    titled = _one_chain(names.read(title or _headlines(names.text)), gazetteer)
    named = [spot for spot in names.spots if spot.division >= 0]
    county = _dominant(
        Counter(gazetteer.up(spot.division, COUNTY) for spot in named if gazetteer.level[spot.division] >= COUNTY)
    )
    if titled is not None and gazetteer.level[titled.division] >= COUNTY:
        return titled
    cities = Counter(spot.division for spot in named if gazetteer.level[spot.division] == CITY)
    if titled is not None:
        counted = sum(1 for spot in named if gazetteer.up(spot.division, COUNTY) == county)
        inside = county is not None and gazetteer.holds(titled.division, county)
        if inside and counted > cities[titled.division] and counted >= 2:
            return Spot(0, 0, county) if county is not None else None
        if gazetteer.level[titled.division] == CITY or county is None:
            return titled
    sourced = _one_chain([spot for spot in names.read(source) if not _is_media(source, spot)], gazetteer)
    if county is not None and (
        sourced is None or gazetteer.holds(sourced.division, county) or gazetteer.level[sourced.division] < CITY
    ):
        return _town_within(named, county, gazetteer) or Spot(0, 0, county)
    if sourced is not None and gazetteer.level[sourced.division] >= CITY:
        return sourced
    city = _dominant(
        Counter(gazetteer.up(spot.division, CITY) for spot in named if gazetteer.level[spot.division] >= CITY)
    )
    return Spot(0, 0, city) if city is not None and cities[city] >= 2 else None


def _headlines(text: str) -> str:
    """The headings that open a text, at most three lines of it."""
    lines = [line for line in text.split("\n", 12)[:12] if line.strip()][:3]
    return "\n".join(takewhile(is_heading, lines))


def _is_media(source: str, spot: Spot) -> bool:
    return regex.match(r"\p{Han}{0,4}(?:日报|晚报|时报|早报|晨报|电视台|广播|新闻网)", source[spot.end :]) is not None


def _one_chain(spots: list[Spot], gazetteer: Gazetteer) -> Spot | None:
    """The finest of spots that lie within one another; None where they do not."""
    best: Spot | None = None
    for spot in spots:
        if spot.division < 0:
            continue
        if best is None or gazetteer.holds(best.division, spot.division):
            best = spot
        elif not gazetteer.holds(spot.division, best.division):
            return None
    return best


def _dominant(counts: Counter[int]) -> int | None:
    del counts[-1]
    if not counts:
        return None
    best, count = counts.most_common(1)[0]
    return best if count >= 3 and count >= 0.6 * sum(counts.values()) else None


def _town_within(spots: list[Spot], county: int, gazetteer: Gazetteer) -> Spot | None:
    """The town that a document is about: named more often than all else of its county together."""
    inside = [spot.division for spot in spots if gazetteer.holds(county, spot.division)]
    town, count = Counter(inside).most_common(1)[0]
    return Spot(0, 0, town) if gazetteer.level[town] == TOWN and count >= 0.6 * len(inside) and count >= 4 else None
