"""Parquet of others with our columns: what is missing, more or of another type is named."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.exchange.made import written

from detente.readers.exchange import Repaired, Row, Skipped
from detente.readers.exchange.row import ROWS
from detente.writers.exchange import format_of

PARQUET = format_of("parquet")


def read(table, tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(table, path)
    found = list(PARQUET.read(path))
    return [one for one in found if isinstance(one, Row)], [one.what for one in found if not isinstance(one, Row)]


def test_it_has_our_columns(tmp_path):
    (tmp_path / "a.parquet").write_bytes(written(PARQUET)[0])
    assert pq.read_schema(tmp_path / "a.parquet").names == ROWS.names
    assert all(isinstance(row, Row) for row in PARQUET.read(tmp_path / "a.parquet"))


@pytest.mark.parametrize(("columns", "notes", "first"), [
    ({"id": ["1"], "day": ["2019-05-04"]}, ["no column end"], Row(id="1", day="2019-05-04")),
    ({"id": [7], "quad": [3]}, ["no column day"], Row(id="7", quad=3)),
    ({"id": ["1"], "colour": ["red"]}, ["no column day", "more columns (colour)"], Row(id="1")),
    ({"id": ["1"], "lat": ["north"]}, ["no column day", "column lat holds no double"], Row(id="1")),
])  # fmt: skip
def test_other_columns(columns, notes, first, tmp_path):
    rows, told = read(pa.table(columns), tmp_path)
    assert rows == [first]
    assert [what.startswith(wanted) for what, wanted in zip(told, notes, strict=True)] == [True] * len(notes)


def test_what_is_none_of_ours_is_skipped_by_name(tmp_path):
    assert read(pa.table({"name": ["x"]}), tmp_path) == ([], ["no column id"])
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and no more")
    (found,) = PARQUET.read(tmp_path / "b.parquet")
    assert isinstance(found, Skipped)
    assert "not of this format" in found.what


def test_a_damaged_page_is_told(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": [str(number) for number in range(5000)]}), path, compression="none")
    data = bytearray(path.read_bytes())
    data[20:2000] = b"\xff" * 1980
    path.write_bytes(data)
    found = list(PARQUET.read(path))
    assert any(isinstance(one, Skipped | Repaired) for one in found)
