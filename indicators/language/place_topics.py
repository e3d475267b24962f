"""What a text speaks of, stretch by stretch: the topics so far, and what words such as 该村 or 全县 point back at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from indicators.language.gazetteer import COUNTY, TOWN, Gazetteer
from indicators.language.place_governing import at_opening
from indicators.language.place_paths import Spot
from indicators.language.place_reference import TOWN_KINDS, VILLAGE_KINDS, Called, lift, refer

COUNTRY = Spot(0, 0, -2)


class Topic(NamedTuple):
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
class Topics:
    """The topics of one document. `own` is the document's own place, `own_from` document or metadata.

    `at` (folded offsets, ascending) and `topic` say which topic holds from where on; None: no place. `section` is the
    place of the heading above, `village` and `town` the ones spoken of last.
    """

    gazetteer: Gazetteer
    own: Spot | None
    own_from: str
    called: Called
    at: list[int] = field(default_factory=list)
    topic: list[Topic | None] = field(default_factory=list)
    current: Topic | None = None
    section: Topic | None = None
    village: Topic | None = None
    town: Topic | None = None
    _own: Topic | None = field(init=False)

    def __post_init__(self) -> None:
        self._own = Topic(self.own, -1, self.own_from) if self.own is not None else None

    def base(self) -> Topic | None:
        """The section's place, else the document's own."""
        return self.section if self.section is not None else self._own

    def turn(self, offset: int, topic: Topic | None) -> None:
        """From `offset` on the text speaks of `topic`; None: of no place that is known."""
        self.current = topic
        self.at.append(max(offset, self.at[-1]) if self.at else offset)
        self.topic.append(topic)
        if topic is None:
            return
        if topic.spot.village:
            self.village = topic
        if topic.spot.town or (topic.spot.division >= 0 and self.gazetteer.level[topic.spot.division] == TOWN):
            self.town = topic

    def above_base(self, division: int) -> bool:
        """Whether a division is wider than what the section or document is about: an excursion from it."""
        base = self.base()
        return (
            base is not None and base.spot.division != division and self.gazetteer.holds(division, base.spot.division)
        )

    def is_aside(self, division: int, before: str) -> bool:
        """Whether a wider division than the base is named in the midst of a clause: 成为全市的标杆."""
        return not at_opening(before) and self.above_base(division)

    def completed(self, spot: Spot) -> Spot:
        """A village without its town belongs to the topic's town and county, a new one to the county at least."""
        if spot.division >= 0 or not spot.village:
            return spot
        order = [self.current, self.town, self.base()]
        if self.current is not None and self.above_base(self.current.spot.division):
            order = [self.base(), *order]  # an excursion to the county is over: villages are the document's own
        for topic in order:
            if topic is not None and self.gazetteer.up(topic.spot.division, COUNTY) >= 0:
                return spot._replace(division=topic.spot.division, town=topic.spot.town)
        return spot._replace(village="")

    def referent(self, kind: str) -> Topic | None:
        """What a word of `kind` (村, 镇, 县, 市, ...) points back at; None where nothing of that kind is known."""
        if kind in VILLAGE_KINDS:
            stays = self.current is not None and (self.current.spot.village or kind == "小区")
            return self.current if stays else self.village
        if kind in TOWN_KINDS:
            for topic in (self.current, self.town, self.base()):
                town = lift(topic.spot, (TOWN,), self.gazetteer) if topic is not None else None
                if topic is not None and town is not None:
                    return topic._replace(spot=town)
            return None
        if kind == "国":
            return Topic(COUNTRY, -1, "document")
        topic = self.current
        found = refer(kind, topic.spot if topic is not None else None, self.own, self.gazetteer, self.called)
        if found is None:
            return None
        spot, is_own = found
        return Topic(spot, -1, self.own_from) if is_own or topic is None else topic._replace(spot=spot)
