"""Events as a store keeps them, as rows: from one Arrow table to another, without a value of Python in between."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from detente.readers.exchange.cells import STRING, pc
from detente.readers.exchange.row import ROWS

# What `rows_of` does, in SQL; a test holds the one to the other.
_PAIRS = """
    SELECT *, CASE
        WHEN len(source) = 0 AND len(target) = 0 THEN [{'s': NULL::ACTOR, 't': NULL::ACTOR}]
        WHEN len(target) = 0 THEN list_transform(source, lambda s: {'s': s, 't': NULL::ACTOR})
        WHEN len(source) = 0 THEN list_transform(target, lambda t: {'s': NULL::ACTOR, 't': t})
        ELSE list_filter(
            flatten(list_transform(source, lambda s: list_transform(target, lambda t: {'s': s, 't': t}))),
            lambda p: p.s.id <> p.t.id)
    END AS there FROM events
"""
_BOTH = f"""
    SELECT *, CASE
        WHEN len(there) = 0 THEN [{{'s': source[1], 't': target[1]}}]
        WHEN reciprocal AND len(source) > 0 AND len(target) > 0 THEN list_concat(there, list_filter(
            list_transform(there, lambda p: {{'s': p.t, 't': p.s}}), lambda p: NOT list_contains(there, p)))
        ELSE there
    END AS pairs FROM ({_PAIRS})
"""  # noqa: S608  # ours
_NUMBERED = f"SELECT *, unnest(pairs) AS pair, unnest(range(1, len(pairs) + 1)) AS number FROM ({_BOTH})"  # noqa: S608
_KILLED = "list_filter(counts, lambda c: c.kind = 'killed')[1]"
_PARTY = """
    pair.{0}.id AS {1}_id, pair.{0}.name AS {1}_name, pair.{0}.country AS {1}_country,
    nullif(pair.{0}.code, '') AS {1}_code, nullif(array_to_string(pair.{0}.sectors, ';'), '') AS {1}_sectors,
"""
_ROWS = f"""
    SELECT id || CASE WHEN number > 1 THEN '-' || number ELSE '' END AS id,
        coalesce("start", "end", tellings[1].date) AS day, "end",
        {_PARTY.format("s", "source")} {_PARTY.format("t", "target")}
        "type", mode, nullif(array_to_string(contexts, ';'), '') AS contexts, cameo, quad, intensity, standing,
        place.name AS place_name, place.country AS place_country, place.precision AS place_precision,
        place.geonames AS geonames, place.lat AS lat, place.lon AS lon,
        {_KILLED}.low AS killed_low, {_KILLED}.high AS killed_high, len(tellings) AS reports, articles, outlets,
        tellings[1].date AS told, nullif(tellings[1].outlet, '') AS publisher, tellings[1].article AS url, "text"
    FROM ({_NUMBERED})
"""  # noqa: S608
_ACTOR = "STRUCT(id VARCHAR, name VARCHAR, country VARCHAR, sectors VARCHAR[], code VARCHAR)"


def rows_of_table(events: pa.Table, urls: Mapping[str, str] | None = None) -> pa.Table:
    """The rows (`ROWS`) of a store's table of events (`store.events().arrow()`), as `rows_of` makes them.

    `urls` holds the addresses of articles by their ids.
    """
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.execute("SET python_enable_replacements = false")
        connection.register("events", events)
        connection.execute("SET enable_external_access = false")
        found = connection.sql(_ROWS.replace("ACTOR", _ACTOR)).to_arrow_table()
    found = found.set_column(ROWS.get_field_index("url"), "url", _addresses(found["url"], urls or {}))
    rows: pa.Table = found.select(ROWS.names).cast(ROWS)
    return rows


def _addresses(articles: pa.ChunkedArray[pa.StringScalar], urls: Mapping[str, str]) -> pa.Array[pa.StringScalar]:
    known = pa.array(list(urls), STRING)
    found: pa.Array[pa.StringScalar] = pa.array(list(urls.values()), STRING).take(
        pc.index_in(articles.combine_chunks(), known)
    )
    return found
