"""Text as an array of code points, for work that looks at every character."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Flags = NDArray[np.bool_]

_CODING = "utf-32-le"


def code_points(text: str) -> Codes:
    """The code points of a text, lone surrogates too; read-only.

    >>> code_points("5亩").tolist() == [ord("5"), ord("亩")]
    True
    """
    return np.frombuffer(text.encode(_CODING, "surrogatepass"), "<u4")


def as_text(codes: Codes) -> str:
    """The text of an array of code points.

    >>> as_text(code_points("5亩"))
    '5亩'
    """
    return codes.tobytes().decode(_CODING, "surrogatepass")


class CharacterSet:
    """A set of characters of the basic plane that answers for a whole array of code points.

    >>> CharacterSet("万亿").holds(code_points("3万亩")).tolist()
    [False, True, False]
    """

    def __init__(self, characters: Iterable[str]) -> None:
        self._holds = np.zeros(0x10001, bool)
        self._holds[[ord(character) for character in characters]] = True

    def holds(self, codes: Codes) -> Flags:
        """Which code points are in the set."""
        return self._holds.take(codes, mode="clip")
