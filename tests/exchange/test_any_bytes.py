"""Whatever stands in a file, a reader gives values and notes and raises nothing."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.exchange.made import golden, written

from detente.readers.exchange import Repaired, Row, Skipped
from detente.readers.exchange.acled import NAMES as ACLED
from detente.readers.exchange.ucdp_ged import NAMES as UCDP
from detente.writers.exchange import FORMATS

PIECES = st.sampled_from([
    b"\t", b"\n", b'"', b",", b";", b"\0", b"\r", b"\xff", b"\xe3", b"<", b"&x;", b"{", b"]", b"-", b"NA", b"9" * 20,
    b"1e999", b"nan", b"null", b"\xef\xbb\xbf", b"", b"2019-13-01", b"#",
])  # fmt: skip


def example(format):
    if format.name == "parquet":
        return written(format)[0]
    if format.writes:
        return golden(format).read_bytes()
    names = {"acled": ACLED, "ucdp-ged": UCDP}[format.name]
    return (",".join(names) + "\n" + ",".join(["1", "2019-05-03"] + ["1"] * (len(names) - 2)) + "\n").encode() * 2


@pytest.mark.parametrize("format", FORMATS.values(), ids=lambda format: format.name)
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bent_files_are_read_without_a_crash(format, data, tmp_path):
    content = bytearray(example(format))
    for at, length, piece in data.draw(
        st.lists(st.tuples(st.integers(0, len(content)), st.integers(0, 30), PIECES), max_size=6)
    ):
        content[at : at + length] = piece
    whole(format, bytes(content), tmp_path)


@pytest.mark.parametrize("format", FORMATS.values(), ids=lambda format: format.name)
@given(content=st.binary(max_size=200))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_noise_is_read_without_a_crash(format, content, tmp_path):
    whole(format, content, tmp_path)


def whole(format, content, tmp_path):
    rows = []
    (tmp_path / "file").write_bytes(content)
    for found in format.read(tmp_path / "file"):
        if isinstance(found, Skipped | Repaired):
            assert found.what
            assert 0 <= found.line <= content.count(b"\n") + content.count(b"\r") + 2 or format.name == "geojson"
        elif isinstance(found, Row):
            assert found.id
            assert found.quad in (None, 1, 2, 3, 4)
            rows.append(found)
    for other in FORMATS.values():
        if rows and other.writes and other.of == "events":
            other.write(rows, io.BytesIO())
