"""The four tables of a store under their names: what the dashboard and the static page both have."""

from __future__ import annotations

from typing import Protocol

from indicators.table.store import Rows, Store


class _Holder(Protocol):
    @property
    def store(self) -> Store: ...


class StoredTables:
    """For classes with a `store`: its tables as rows."""

    __slots__ = ()

    @property
    def claims(self: _Holder) -> Rows:
        """One row a claim."""
        return self.store.rows("claims")

    @property
    def quantities(self: _Holder) -> Rows:
        """One row a numeric expression; none where only claims were opened."""
        return self.store.rows("quantities")

    @property
    def observations(self: _Holder) -> Rows:
        """One row an indicator, place and year, of actual claims."""
        return self.store.rows("observations")

    @property
    def documents(self: _Holder) -> Rows:
        """One row a file."""
        return self.store.rows("documents")
