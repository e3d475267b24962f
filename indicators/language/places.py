"""Places of statements: `PlaceReader(...).at(start, end)` is the place that a clause speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from indicators.language.clause_marks import ClauseMarks
from indicators.language.document_place import find_place, own_place
from indicators.language.folding import fold
from indicators.language.gazetteer import CITY, COUNTY, Gazetteer
from indicators.language.han import HAN
from indicators.language.lazily import lazily
from indicators.language.occurrences import NumberSigns, Occurrences
from indicators.language.place_attribution import Attribution
from indicators.language.place_lists import LIST, PairedList
from indicators.language.place_paths import PlacePaths, Spot
from indicators.language.place_topics import COUNTRY, Topic, Topics
from indicators.language.sentences import Sentences
from indicators.model import Level, Place, ReadFrom

_RIGHT_AFTER = re.compile(f"(?:的|多|余|来自|{HAN}?(?:是|的))?")
_SCENE = re.compile(r"走进|来到|步入|走近|在$")
_SCENE_LENGTH = 12
_ORIGINS: dict[str, ReadFrom] = {"document": "document", "metadata": "metadata", "heading": "heading"}


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
        self._lists: dict[int, PairedList] = {}  # by their starts

    def at(self, start: int, end: int) -> Place:
        """The place of the statement that holds the folded span `[start, end)`."""
        key = (start, end)
        if key not in self._answers:
            self._answers[key] = self._read(start, end)
        return self._answers[key]

    @lazily
    def own(self) -> Place:
        """The document's own place; empty where it speaks of many."""
        spot, read_from = self._own
        return place_of(spot, self.gazetteer, read_from=read_from) if spot is not None else Place()

    @lazily
    def _paths(self) -> PlacePaths:
        return PlacePaths(self.text, self.gazetteer, "\n".join((self.place, self.title, self.source)))

    @lazily
    def _own(self) -> tuple[Spot | None, ReadFrom]:
        spot = find_place(self.place, self.gazetteer) if self.place else None
        if spot is not None:
            return spot, "metadata"
        return own_place(self._paths, self.gazetteer, self.title, self.source), "document"

    @lazily
    def _topics(self) -> Topics:
        own, own_from = self._own
        topics = Topics(self.gazetteer, own, own_from, self._paths.finder.called)
        Attribution(self.text, self.sentences, self.gazetteer, self._paths.spots, topics).follow()
        return topics

    @lazily
    def _respective(self) -> Occurrences:
        return NumberSigns(self.text).respective

    @lazily
    def _marks(self) -> ClauseMarks:
        return ClauseMarks(self.text)

    @lazily
    def _starts(self) -> list[int]:
        return [spot.start for spot in self._paths.spots]

    def _read(self, start: int, end: int) -> Place:
        if not self.sentences.start:
            return self.own
        followed, sentence = self._topics, self.sentences.at(start)
        sentence_start, sentence_end = self.sentences.start[sentence], self.sentences.end[sentence]
        index = bisect_right(followed.at, start) - 1
        topic = followed.topic[index] if index >= 0 else None
        if topic is not None and topic.spot.zone == LIST:
            topic = self._paired(topic, start, sentence_end)
        if topic is None or topic.start < sentence_start:
            later = self._right_after(end) or self._scene(sentence_end)
            topic = Topic(later, later.start) if later is not None else topic
        if topic is None:
            own, own_from = self._own
            topic = Topic(own, -1, own_from) if own is not None else None
        if topic is None:
            return Place()
        read_from = _ORIGINS.get(topic.origin)
        if read_from is None and sentence_start <= topic.start < sentence_end:
            inside = self._marks.are_none_between(topic.start, start, end)
            read_from = "clause" if inside else "sentence"
        return self._place(topic, read_from or "paragraph")

    def _right_after(self, end: int) -> Spot | None:
        """40名河南省嵩县的瓦工: the place right after the quantity."""
        index = bisect_left(self._starts, end)
        if index == len(self._starts) or self._starts[index] > end + 5:
            return None
        spot = self._paths.spots[index]
        near = _RIGHT_AFTER.fullmatch(self.text, end, spot.start)
        return spot if near and self.gazetteer.up(spot.division, COUNTY) >= 0 else None

    def _scene(self, sentence_end: int) -> Spot | None:
        """3座大棚……走进X村: what is shown before its place is named and ends in …… belongs to the scene opened next."""
        if not self.text.endswith("…", 0, sentence_end):
            return None
        index = bisect_left(self._starts, sentence_end)
        if index == len(self._starts) or self._starts[index] > sentence_end + _SCENE_LENGTH:
            return None
        spot = self._paths.spots[index]
        opened = _SCENE.search(self.text, sentence_end, spot.start)
        return spot if opened and spot.division >= 0 else None

    def _paired(self, topic: Topic, start: int, sentence_end: int) -> Topic | None:
        """甲县、乙县分别3个、5个: the member of a list that a value belongs to, else what holds the whole list."""
        first, last = topic.spot.start, topic.spot.end
        paired = self._lists.get(first)
        if paired is None:
            spots = self._paths.spots[bisect_left(self._starts, first) : bisect_left(self._starts, last)]
            begin = self._respective.first(last, len(self.text))
            paired = self._lists[first] = PairedList(self.text, begin, spots, self.gazetteer)
        spot = paired.at(start, sentence_end)
        if spot is not None:
            return Topic(spot, spot.start)
        return Topic(Spot(first, last, paired.division), topic.start) if paired.division >= 0 else None

    def _place(self, topic: Topic, read_from: ReadFrom) -> Place:
        if topic.spot == COUNTRY:
            return Place(level="country", surface=self.text[slice(*topic.words)], read_from=read_from)
        if topic.spot.division < 0:
            return Place()
        surface = self.text[slice(*topic.written)] if topic.start >= 0 or topic.words[1] else ""
        return place_of(topic.spot, self.gazetteer, surface, read_from)


def place_of(spot: Spot, gazetteer: Gazetteer, surface: str = "", read_from: ReadFrom = "none") -> Place:
    """The Place that a spot names, with the full official names of today."""
    province, city, county, town, code = gazetteer.path(spot.division)
    town = town or spot.town
    level: Level = "province"
    if spot.village or town:
        level = "village" if spot.village else "town"
    elif county or city:
        level = "county" if county else "city" if gazetteer.level[spot.division] >= CITY else level
    return Place(province, city, county, town, spot.village, level, code, spot.zone, surface, read_from)


def read_place(words: str, gazetteer: Gazetteer) -> Place:
    """The place that words name: 台山, 广东省台山市 or 河南嵩县车村镇; an empty Place where they name none.

    >>> from indicators.language.gazetteer import load
    >>> read_place("广东台山市台城街道", load()).town
    '台城街道'
    """
    folded = fold(words).text.strip()
    spot = find_place(folded, gazetteer)
    return place_of(spot, gazetteer, folded[spot.start : spot.end]) if spot is not None else Place()
