"""Questions in SQL: DuckDB over the segments that the catalogue lists.

A question may read the tables of the store and nothing else: no other file, no network, no setting, no writing.
The segments it reads never change, so an answer is of one state of the store, whatever is published meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from detente.errors import StoreError
from detente.store.schema import SCHEMAS

if TYPE_CHECKING:
    import pandas
    import polars

LEDGER = pa.schema({name: pa.string() for name in ("origin", "record", "state", "reason", "article", "version")})

ALIASES = pa.schema({name: pa.string() for name in ("noun", "old", "new")})
_TEXT: pa.DataType = pa.string()
_TEXTS: pa.DataType = pa.list_(_TEXT)
_NUMBER: pa.DataType = pa.int64()
CORRECTIONS = pa.schema(
    {
        "number": _NUMBER, "moment": _TEXT, "who": _TEXT, "why": _TEXT, "kind": _TEXT, "noun": _TEXT, "members": _TEXTS,
        "texts": _TEXTS, "others": _TEXTS, "other_texts": _TEXTS, "field": _TEXT, "before": _TEXT, "value": _TEXT,
    }
)  # fmt: skip

_ALONE = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}
"""Nothing is fetched from elsewhere."""

_COPIES = """
CREATE VIEW copies AS
SELECT article, copy_of, relation, share, story, outlet, date, month FROM placements WHERE copy_of IS NOT NULL
"""
_EVENT_DYADS = """
CREATE VIEW event_dyads AS
SELECT e.id, e.story, s.id AS source_id, s.name AS source_name, s.country AS source_country,
       t.id AS target_id, t.name AS target_name, t.country AS target_country,
       e.type, e.mode, e.cameo, e.quad, e.intensity, e.standing, e.disputed, e.reciprocal, e.time_start, e.time_end,
       e.articles, e.outlets, e.first_date, e.last_date, e.month, e.text
FROM events AS e, unnest(e.source) AS x (s), unnest(e.target) AS y (t)
WHERE s.id <> t.id
"""
# As Phoenix has it: what shares day, source, target and code is one event, whatever its text.
_ONE_A_DAY = """
CREATE VIEW one_a_day AS
SELECT coalesce(time_end, date) AS day, source_code, target_code, cameo, any_value(type) AS type,
       any_value(quad) AS quad, any_value(intensity) AS intensity, count(*) AS reports,
       count(DISTINCT article) AS articles, list(id ORDER BY id) AS report_ids
FROM reports WHERE standing IN ('happened', 'ongoing') AND source_code IS NOT NULL AND target_code IS NOT NULL
GROUP BY ALL
"""
_DYADS = """
CREATE VIEW dyads AS
SELECT r.id, r.article, s.id AS source_id, s.name AS source_name, s.country AS source_country,
       t.id AS target_id, t.name AS target_name, t.country AS target_country,
       r.type, r.mode, r.cameo, r.quad, r.intensity, r.standing, r.reciprocal, r.speaker_id,
       r.time_start, r.time_end, r.date, r.month, r.text
FROM reports AS r, unnest(r.source) AS x (s), unnest(r.target) AS y (t)
WHERE s.id <> t.id
"""
ONE_SELECT = "a question is one SELECT (or FROM, WITH, DESCRIBE, SUMMARIZE); nothing else is run"


class Answer:
    """The rows of a question, computed when they are read. pyarrow, polars, pandas and DuckDB take it as it is.

    polars.DataFrame(answer), pandas.DataFrame.from_arrow(answer), pyarrow.table(answer)
    """

    def __init__(self, relation: duckdb.DuckDBPyRelation, connection: duckdb.DuckDBPyConnection) -> None:
        self._relation = relation
        self._connection = connection  # the relation lives as long as its connection

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._relation.columns)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._stream().__arrow_c_stream__(requested_schema)  # type: ignore[no-untyped-call]

    def _stream(self) -> pa.RecordBatchReader:
        try:
            return pa.RecordBatchReader.from_stream(self._relation)
        except duckdb.Error as error:
            raise StoreError(f"the question failed: {error}") from error

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Row by row, as dictionaries.

        Raises `StoreError` when the question fails while it runs.
        """
        try:
            for batch in self._stream():
                yield from batch.to_pylist()
        except (pa.ArrowException, duckdb.Error, OSError) as error:
            raise StoreError(f"the question failed: {error}") from error

    def arrow(self) -> pa.Table:
        """All rows as an Arrow table."""
        try:
            return self._stream().read_all()
        except (pa.ArrowException, duckdb.Error, OSError) as error:
            raise StoreError(f"the question failed: {error}") from error

    def batches(self, rows: int) -> pa.RecordBatchReader:
        """The rows, so many at a time, for whoever may stop before the end; DuckDB computes no further than is read."""
        # DuckDB before 1.5 knows only the old name, and a later one warns of it.
        read = getattr(self._relation, "to_arrow_reader", None) or self._relation.fetch_record_batch
        batches: pa.RecordBatchReader = read(rows)
        return batches

    def df(self) -> pandas.DataFrame:
        """All rows as a pandas frame (pandas must be installed)."""
        return self.arrow().to_pandas()

    def pl(self) -> polars.DataFrame:
        """All rows as a polars frame (polars must be installed)."""
        import polars

        return polars.DataFrame(self.arrow())

    def __repr__(self) -> str:
        return str(self._relation)


def ask(
    question: str,
    files: Mapping[str, Sequence[Path]],
    small: Mapping[str, pa.Table] | None = None,
    parameters: Sequence[object] = (),
    settings: Mapping[str, str] | None = None,
) -> Answer:
    """The answer to one SELECT over the tables of the store and its views; `small` are tables of the catalogue.

    `settings` are of DuckDB, such as {"memory_limit": "1GB", "threads": "1"}, for this question alone.

    Raises `StoreError` for faulty SQL, for anything but a SELECT, and for what reaches outside the store.
    """
    try:
        connection = _locked(files, small or {}, settings or {})
    except duckdb.Error as error:
        raise StoreError(f"a segment is missing or damaged: {error}; run detente doctor --store") from error
    try:
        statements = connection.extract_statements(question)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise StoreError(ONE_SELECT)
        relation = connection.sql(question, params=list(parameters) or None)
    except duckdb.Error as error:
        raise StoreError(f"the question failed: {error}") from error
    if relation is None:
        raise StoreError("the question has no answer; ask with a SELECT")
    return Answer(relation, connection)


_ASKING = threading.Lock()


def ask_ours(
    question: str,
    files: Mapping[str, Sequence[str]],
    parameters: Sequence[object] = (),
    months: Set[str] | None = None,
) -> Answer:
    """The answer to a question of this program, over these files of each table; what users say is bound.

    Of files that hold more than some months the rest is left closed. Nothing needs to be locked here, so that one
    database serves all questions: it answers within some milliseconds, and keeps what it has read of the ends of files.

    Raises `StoreError` when a segment is missing or damaged.
    """
    with _ASKING:
        connection = _ours().cursor()  # with views of its own
    try:
        for noun, paths in files.items():
            _name(connection, noun, paths, _within(months))
        return Answer(connection.sql(question, params=list(parameters) or None), connection)
    except duckdb.Error as error:
        raise StoreError(f"the question failed: {error}; run detente doctor --store") from error


@cache
def _ours() -> duckdb.DuckDBPyConnection:
    """The database of this process, of which each question has a cursor: their threads run side by side."""
    # One thread a question: others are answered meanwhile, and what is asked is small.
    database = duckdb.connect(":memory:", config={**_ALONE, "threads": "1"})
    database.execute("SET python_enable_replacements = false")
    database.execute("SET parquet_metadata_cache = true")
    return database


def _within(months: Set[str] | None) -> str:
    """From the first month to the last, and what is undated if that is among them: what rows are sorted by."""
    dated = sorted(month for month in months or () if month[:1].isdigit())
    if months is None or not dated:
        return "true"
    asked = f"month BETWEEN '{dated[0]}' AND '{dated[-1]}'"
    return asked if len(dated) == len(months) else f"({asked} OR month > '{dated[-1]}')"


def _name(connection: duckdb.DuckDBPyConnection, noun: str, paths: Sequence[str], which: str) -> None:
    if not paths:
        connection.register(noun, SCHEMAS[noun].empty_table())
        return
    source = f"read_parquet({_list(paths)}, hive_partitioning = false)"
    view = f"CREATE TEMP VIEW {noun} AS SELECT * FROM {source} WHERE {which}"  # noqa: S608  # names and paths of ours
    connection.execute(view)


def _locked(
    files: Mapping[str, Sequence[Path]], small: Mapping[str, pa.Table], settings: Mapping[str, str]
) -> duckdb.DuckDBPyConnection:
    """A connection that sees the views and cannot be talked into anything else."""
    connection = duckdb.connect(
        ":memory:",
        config={
            **settings,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
        },
    )
    paths = {noun: [str(path) for path in files.get(noun, ())] for noun in SCHEMAS}
    connection.execute("SET python_enable_replacements = false")  # else names of Python variables are tables
    connection.execute("SET temp_directory = ''")  # else large sorts write into the working directory
    # Reading the segments is allowed by their names alone; writing to them is not a SELECT.
    connection.execute(f"SET allowed_paths = {_list([path for group in paths.values() for path in group])}")
    for noun, schema in SCHEMAS.items():
        if paths[noun]:
            source = f"read_parquet({_list(paths[noun])}, hive_partitioning = false)"
        else:
            connection.register(f"no_{noun}", schema.empty_table())
            source = f"no_{noun}"
        connection.execute(f"CREATE VIEW {noun} AS SELECT * FROM {source}")  # noqa: S608  # names and paths of ours
    for view in (_DYADS, _COPIES, _EVENT_DYADS, _ONE_A_DAY):
        connection.execute(view)
    for name, table in small.items():
        connection.register(name, table)
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _list(values: Sequence[str]) -> str:
    return "[" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + "]"
