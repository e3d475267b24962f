"""Attributes that are computed when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class lazily(Generic[T]):  # noqa: N801 - a decorator, written as `property` is
    """`functools.cached_property` as Python 3.12 has it, without the lock that 3.11 takes for each value.

    A document has dozens of such attributes. Of two threads that ask at once both compute, and either value stays.

    >>> class Word:
    ...     @lazily
    ...     def letters(self) -> list[str]:
    ...         return ["甲"]
    >>> word = Word()
    >>> word.letters is word.letters
    True
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> Self | T:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._compute(instance)
        return value
