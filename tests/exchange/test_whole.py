"""A store's events by the table are what they are one after the other."""

import io

import pyarrow as pa
import pytest
from click.testing import CliRunner
from tests.store.test_fusing import filled, stream

from detente.cli.convert import convert
from detente.readers.exchange import Row
from detente.relations import Scale
from detente.store import Store
from detente.store.finding import Wanted
from detente.store.rows import event_of_row
from detente.writers.exchange import FORMATS, Options, format_of
from detente.writers.exchange.whole import is_table, write_whole

TABLES = [name for name, format in FORMATS.items() if format.writes and is_table(format)]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("whole") / "events", stream(), size=1000)


def both_ways(store, format, wanted, score):
    def intensity(event):
        return score(event.type, event.mode, event.cameo) if score else event.intensity

    with Store(store) as opened:
        one, other = io.BytesIO(), io.BytesIO()
        events = map(event_of_row, opened.events(wanted))
        slowly = format.write(events, one, Options(intensity=intensity))
        reader = pa.RecordBatchReader.from_stream(opened.events(wanted))
        fast = write_whole(reader, format, other, Options(), score)
    return (slowly.rows, one.getvalue()), (fast.rows, other.getvalue())


def test_tables_are_known():
    assert {"csv", "gdelt-events", "icews", "polecat", "phoenix"} == set(TABLES)


@pytest.mark.parametrize("scale", [None, "goldstein-gdelt"])
@pytest.mark.parametrize("name", TABLES)
def test_the_same_either_way(store, name, scale, monkeypatch):
    monkeypatch.setattr("detente.writers.exchange.whole.AT_ONCE", 7)
    score = Scale.named(scale).of if scale else None
    slowly, fast = both_ways(store, format_of(name), Wanted(), score)
    assert slowly[0] == fast[0] > 20
    assert slowly[1] == fast[1]


@pytest.mark.parametrize("name", TABLES)
def test_no_events_are_a_file_without_lines(store, name):
    slowly, fast = both_ways(store, format_of(name), Wanted(actor="ATA"), None)
    assert slowly == fast
    assert fast[0] == 0


@pytest.mark.parametrize("target", TABLES)
@pytest.mark.parametrize("source", TABLES)
def test_a_table_becomes_another_as_its_rows_do(store, tmp_path, source, target):
    there, here, back = (format_of(source), format_of(target), io.BytesIO())
    path = tmp_path / "some"
    with Store(store) as opened, path.open("wb") as out:
        there.write(map(event_of_row, opened.events()), out)
    slowly = here.write((row for row in there.read(path) if isinstance(row, Row)), back)
    done = CliRunner().invoke(convert, [str(path), "--from", source, "--to", target, "--out", str(tmp_path / "other")])
    assert done.exit_code == 0
    assert slowly.rows or slowly.left_out  # codes of PLOVER are none of CAMEO
    assert (tmp_path / "other").read_bytes() == back.getvalue()
