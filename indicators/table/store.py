"""Tables behind SQL: DuckDB over Parquet files or over frames, asked alike, nothing read before it is asked for.

One `Store` is shared by all threads of a process: every query runs on a cursor of its own. Answers are kept, so that
fifty readers of one page cost one; a store never changes, so an answer never grows old. Values are bound, never
written into SQL.
"""

from __future__ import annotations

import re
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import pyarrow as pa

Source = pd.DataFrame | Sequence[Path]
KEPT = 64 << 20  # bytes of answers that are kept, and at most as much again of their frames; the longest unused go
_KEPT_EACH = 8 << 20
_PLACES = re.compile(r"\{(\w+)\}|\?")


class _Answer:
    """An answer as it came, and as the frame whose copies callers get: pandas copies what is written to, and then."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    @cached_property
    def frame(self) -> pd.DataFrame:
        return _frame(self.table)


class Store:
    """Tables by name. Close it, or use it in `with`; what is not closed goes with the object."""

    def __init__(self, tables: Mapping[str, Source]) -> None:
        import duckdb

        settings: dict[str, Any] = {
            "autoinstall_known_extensions": False,  # nothing is fetched
            "autoload_known_extensions": False,
            "temp_directory": f"{tempfile.gettempdir()}/indicators-duckdb",
        }
        self._connection = duckdb.connect(":memory:", config=settings)
        self._columns: dict[str, tuple[str, ...]] = {}
        self._kept: OrderedDict[tuple[Any, ...], _Answer] = OrderedDict()
        self._busy: dict[tuple[Any, ...], threading.Lock] = {}
        self._lock = threading.Lock()
        for name, source in tables.items():
            self.add(name, source)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files and memory."""
        self._connection.close()

    def add(self, name: str, source: Source) -> None:
        """Add a table: a frame, kept in memory, or Parquet files, whose rows stand in their order."""
        if isinstance(source, pd.DataFrame):
            import pyarrow as pa

            self._connection.register("incoming", pa.Table.from_pandas(source, preserve_index=False))
            self._connection.execute(f"CREATE TABLE {_quoted(name)} AS FROM incoming")
            self._connection.unregister("incoming")
        else:
            self._connection.read_parquet([_literal(path) for path in source]).create_view(name)
        self._describe(name)

    def derive(self, name: str, sql: str) -> None:
        """Add a table that a query makes of the others whenever it is asked."""
        self._connection.execute(f"CREATE VIEW {_quoted(name)} AS {sql}")
        self._describe(name)

    def _describe(self, name: str) -> None:
        described = self._connection.execute(f"DESCRIBE {_quoted(name)}").fetchall()
        self._columns[name] = tuple(str(row[0]) for row in described)

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def columns(self, table: str) -> tuple[str, ...]:
        """Names of a table's columns."""
        return self._columns[table]

    def rows(self, table: str) -> Rows:
        """All rows of a table. KeyError where there is no such table."""
        self._columns[table]
        return Rows(self, table)

    def query(self, sql: str, *values: object, **rows: Rows) -> pd.DataFrame:
        """The answer to a query. `?` stands for the next of `values`, `{name}` for the rows given under that name.

        The frame is the caller's own; absent text is "" in it, and columns have the types of `columns.build`.
        """
        return self._answer(*_written(sql, values, rows)).frame.copy(deep=False)

    def lists(self, sql: str, *values: object, **rows: Rows) -> dict[str, list[Any]]:
        """The answer to a query as plain values by column, for a few of them: no frame is made. Absent is None."""
        answer: dict[str, list[Any]] = self._answer(*_written(sql, values, rows)).table.to_pydict()
        return answer

    def parts(self, sql: str, *values: object, size: int = 20_000, **rows: Rows) -> Iterator[pd.DataFrame]:
        """The answer to a query in parts, never the whole in memory and never kept."""
        text, bound = _written(sql, values, rows)
        with self._connection.cursor() as cursor:
            for batch in cursor.sql(text, params=list(bound)).to_arrow_reader(size):
                yield _frame(batch)

    def _answer(self, text: str, bound: tuple[object, ...]) -> _Answer:
        key = (text, *(tuple(value) if isinstance(value, list) else value for value in bound))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            busy = self._busy.setdefault(key, threading.Lock())
        try:
            with busy:  # whoever asks the same meanwhile waits for this answer
                with self._lock:
                    if key in self._kept:
                        return self._kept[key]
                with self._connection.cursor() as cursor:
                    answer = _Answer(cursor.sql(text, params=list(bound)).to_arrow_table())
                self._keep(key, answer)
        finally:
            with self._lock:
                self._busy.pop(key, None)
        return answer

    def _keep(self, key: tuple[Any, ...], answer: _Answer) -> None:
        with self._lock:
            if answer.table.nbytes <= _KEPT_EACH:
                self._kept[key] = answer
            while sum(each.table.nbytes for each in self._kept.values()) > KEPT:
                self._kept.popitem(last=False)


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of a table that meet conditions: a question, not an answer. `conditions` hold a `?` a `bound` value."""

    store: Store
    table: str
    conditions: tuple[str, ...] = ()
    bound: tuple[object, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return self.store.columns(self.table)

    @property
    def empty(self) -> bool:
        """Whether there is no row."""
        return len(self) == 0

    def __len__(self) -> int:
        return int(self.store.lists("SELECT count(*) AS n FROM {rows}", rows=self)["n"][0])

    def where(self, condition: str, *values: object) -> Rows:
        """Those that meet a condition too, `?` in it for the values in their order: `"county = ?", "台山市"`."""
        return replace(self, conditions=(*self.conditions, condition), bound=(*self.bound, *values))

    def among(self, column: str, values: Collection[object]) -> Rows:
        """Those with one of `values` in a column."""
        if not values:
            return self.where("false")
        return self.where(f"{_quoted(column)} IN ({', '.join('?' * len(values))})", *values)

    def query(self, sql: str, *values: object, **rows: Rows) -> pd.DataFrame:
        """A query in which {rows} stands for these rows; see `Store.query`."""
        return self.store.query(sql, *values, **{"rows": self, **rows})

    def frame(
        self, columns: Sequence[str] | None = None, limit: int | None = None, offset: int = 0, order: str = ""
    ) -> pd.DataFrame:
        """Rows, all columns or some, in the order of the table or of an ORDER BY; `limit` rows from `offset` on."""
        return self.query(f"{self._select(columns, order)} LIMIT ? OFFSET ?", limit, offset)

    def parts(self, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
        """The rows in parts, for what takes many: never all of them in memory."""
        return self.store.parts(self._select(columns), rows=self)

    def _select(self, columns: Sequence[str] | None, order: str = "") -> str:
        named = ", ".join(map(_quoted, columns if columns is not None else self.columns))
        return f"SELECT {named} FROM {{rows}}" + (f" ORDER BY {order}" if order else "")  # noqa: S608

    def values(self, column: str) -> list[Any]:
        """The distinct values of a column but "", those of most rows first."""
        return list(self.counts(column))

    def counts(self, column: str) -> dict[Any, int]:
        """Value of a column, but "" -> its rows, most first."""
        name = _quoted(column)
        sql = f"SELECT {name} AS found, count(*) AS n FROM {{rows}} WHERE {name} <> '' GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608
        answer = self.store.lists(sql, rows=self)
        return dict(zip(answer["found"], answer["n"], strict=True))

    def written(self) -> str:
        """The rows as a part of a query, with `?` for the bound values."""
        if not self.conditions:
            return _quoted(self.table)
        joined = " AND ".join(f"({condition})" for condition in self.conditions)
        return f"(SELECT * FROM {_quoted(self.table)} WHERE {joined})"  # noqa: S608


def rows_of(frame: pd.DataFrame, table: str = "rows") -> Rows:
    """A frame as rows, in a store of its own."""
    return Store({table: frame}).rows(table)


def _written(sql: str, values: Sequence[object], rows: Mapping[str, Rows]) -> tuple[str, tuple[object, ...]]:
    """The query with its rows written out, and the values for its `?` in their order."""
    given, bound = iter(values), list[object]()

    def put(match: re.Match[str]) -> str:
        if match[1] is None:
            bound.append(next(given))
            return "?"
        bound.extend(rows[match[1]].bound)
        return rows[match[1]].written()

    return _PLACES.sub(put, sql), tuple(bound)


def _frame(answer: pa.Table | pa.RecordBatch) -> pd.DataFrame:
    frame: pd.DataFrame = answer.to_pandas()
    for name, column in zip(answer.schema.names, answer.columns, strict=True):
        if column.null_count and frame[name].dtype == "str":
            frame[name] = frame[name].fillna("")
        elif column.null_count and str(column.type).startswith("int"):
            frame[name] = column.to_pandas(integer_object_nulls=True).astype("Int64")
    return frame


@cache
def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(path: Path) -> str:
    """A path in which nothing is a pattern."""
    return re.sub(r"([\[*?])", r"[\1]", str(path))
