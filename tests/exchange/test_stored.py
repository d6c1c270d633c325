"""Tables of rows are written as the rows themselves are, and a store's events become the same rows."""

import io

import pyarrow as pa
import pytest
from hypothesis import given, settings
from tests.exchange.made import EVENTS, URLS
from tests.exchange.test_round_trips import many
from tests.store.made import coding

from detente.readers.exchange import rows_of, table_of
from detente.readers.exchange.stored import rows_of_table
from detente.store import Store
from detente.store.rows import event_of_row, event_row
from detente.store.schema import SCHEMAS
from detente.writers.exchange import Options, format_of


def stored(events):
    return pa.Table.from_pylist([event_row(event) for event in events], schema=SCHEMAS["events"])


def wanted(events, urls):
    return table_of([row for event in events for row in rows_of(event, urls=urls)])


def test_made_events_become_the_same_rows():
    assert rows_of_table(stored(EVENTS), URLS).to_pylist() == wanted(EVENTS, URLS).to_pylist()


@given(made=many())
@settings(max_examples=60, deadline=None)
def test_any_events_become_the_same_rows(made):
    assert rows_of_table(stored(made)).to_pylist() == wanted(made, {}).to_pylist()


@pytest.mark.parametrize("name", ["csv", "gdelt-events", "icews", "polecat", "phoenix"])
def test_tables_are_written_as_events_are(name):
    of_events, of_table = io.BytesIO(), io.BytesIO()
    format_of(name).write(EVENTS, of_events, Options(urls=URLS))
    told = format_of(name).write_table(wanted(EVENTS, URLS), of_table)
    assert of_table.getvalue() == of_events.getvalue()
    assert told.left_out.get("no CAMEO code", 1) == 1


@pytest.mark.parametrize("name", ["jsonl", "gdelt-mentions", "acled", "timeml"])
def test_what_is_no_table_of_rows_says_so(name):
    with pytest.raises(ValueError, match="no table of rows"):
        format_of(name).write_table(wanted(EVENTS, {}), io.BytesIO())


def test_a_store_is_exported(tmp_path):
    with Store(tmp_path / "store") as store:
        store.publish([coding("Norway, Chad agree to reopen embassies")], version="1")
        store.fuse()
        table = store.events().arrow()
        urls = {row["id"]: row["url"] for row in store.sql("SELECT id, url FROM articles")}
        events = [event_of_row(row) for row in store.events()]
    rows = rows_of_table(table, urls)
    assert rows.to_pylist() == wanted(events, urls).to_pylist()
    out = io.BytesIO()
    assert format_of("gdelt-events").write_table(rows, out).rows == 2
    assert {line.split("\t")[-1] for line in out.getvalue().decode().splitlines()} == {"https://news.example/1"}
