"""Each format, byte by byte, as its users know it; the files are our own made events."""

import csv
import io

import pytest
from tests.exchange.made import CHAD, EVENTS, NORWAY, coding, event, golden, written

from detente.readers.exchange import Repaired, Row, Skipped
from detente.readers.exchange.gdelt_events import NAMES as GDELT
from detente.readers.exchange.icews import NAMES as ICEWS
from detente.readers.exchange.phoenix import NAMES as PHOENIX
from detente.readers.exchange.polecat import NAMES as POLECAT
from detente.writers.exchange import FORMATS, Options, format_of, number_of
from detente.writers.exchange.gdelt_events import fraction_of, parts_of

# The bytes of Parquet are its library's; test_parquet.py has the rest.
WRITTEN = [format for format in FORMATS.values() if format.writes and format.name != "parquet"]
BY_NAME = {"ids": lambda format: format.name}
TABLES = [("gdelt-events", GDELT, False), ("icews", ICEWS, True), ("polecat", POLECAT, True),
          ("phoenix", PHOENIX, False)]  # fmt: skip


@pytest.mark.parametrize("format", WRITTEN, **BY_NAME)
def test_writes_what_stands_in_the_golden_file(format):
    # python tests/exchange/made.py writes them anew
    assert written(format)[0].decode() == golden(format).read_bytes().decode()


@pytest.mark.parametrize("format", WRITTEN, **BY_NAME)
def test_reads_its_golden_file_without_a_word(format):
    found = list(format.read(golden(format)))
    assert found
    assert not [note for note in found if isinstance(note, Skipped | Repaired)]


@pytest.mark.parametrize("name, names, headed", TABLES)
def test_tables_have_the_columns_of_the_format(name, names, headed):
    lines = written(format_of(name))[0].decode().splitlines()
    assert {len(line.split("\t")) for line in lines} == {len(names)}
    assert (lines[0].split("\t") == list(names)) is headed


@pytest.mark.parametrize("name", ["gdelt-events", "icews", "phoenix"])
def test_what_a_format_cannot_say_is_left_out_and_counted(name):
    told = written(format_of(name))[1]
    assert told.rows == 4
    assert told.left_out == {"no CAMEO code": 1, "planned, not a fact": 1, "denied, not a fact": 1}


def test_a_wish_lets_plans_through():
    out = io.BytesIO()
    format_of("icews").write(EVENTS, out, Options(standings=frozenset({"planned"})))
    assert [line.split("\t")[6] for line in out.getvalue().decode().splitlines()[1:]] == ["042"]


def test_the_intensity_is_on_the_scale_that_is_asked_for():
    out = io.BytesIO()
    format_of("gdelt-events").write(EVENTS[:1], out, Options(intensity=lambda event: {"0311": 5.2}[event.cameo]))
    assert [line.split("\t")[30] for line in out.getvalue().decode().splitlines()] == ["5.2", "5.2"]


def test_numbers_of_ids_never_change():
    # GLOBALEVENTID of an export must be the same in the next
    assert number_of("haq6k5uzyg4z3rr7") == 4020511276771605260
    assert number_of("32889836@2018-06-01") == 32889836
    assert number_of("4020511276771605260") == 4020511276771605260
    assert 0 <= number_of("9" * 19) < 1 << 63


@pytest.mark.parametrize("code, parts", [
    ("RUSGOVMIL", ("RUS", "", "GOV", "MIL", "")),
    # an organization with a code of its own
    ("IGONAT", ("", "NAT", "IGO", "", "")),
    # a role without a country
    ("REB", ("", "", "REB", "", "")),
    ("", ("", "", "", "", "")),
])  # fmt: skip
def test_cameo_strings_are_taken_apart_as_gdelt_does(code, parts):
    assert parts_of(code) == parts


def test_the_fraction_of_a_year_stays_within_it():
    assert fraction_of("2018-03-28") == "2018.2411"
    assert fraction_of("2018-12-31") == "2018.9890"


def test_gdelt_takes_the_quad_of_the_code_not_of_the_type():
    # an appeal is verbal conflict to PLOVER's REQUEST and verbal cooperation to CAMEO's 02
    out = io.BytesIO()
    format_of("gdelt-events").write([event(1, type="REQUEST", cameo="020", quad=3)], out)
    assert out.getvalue().decode().split("\t")[29] == "1"


def test_one_format_becomes_another():
    rows = [row for row in format_of("icews").read(golden(format_of("icews"))) if isinstance(row, Row)]
    out = io.BytesIO()
    assert format_of("gdelt-events").write(rows, out).rows == 4
    first = out.getvalue().decode().split("\t")
    assert (first[1], first[5], first[26], first[53]) == ("20190503", "NOR", "0311", "NO")


def test_what_a_spreadsheet_would_run_is_guarded_in_csv_alone():
    cells = [row[-1] for row in csv.reader(io.StringIO(written(format_of("csv"))[0].decode()))]
    assert cells[4].startswith("'=1+1")
    assert b"\t'" not in written(format_of("polecat"))[0]


def test_tabs_and_line_breaks_in_cells_become_spaces():
    out = io.BytesIO()
    odd = msgspec_replace(CHAD, name="Tab\there\r\nand there\x1f!")
    format_of("polecat").write([event(1, source=(odd,), target=(NORWAY,))], out)
    assert out.getvalue().decode().splitlines()[1].split("\t")[7] == "Tab here and there !"


def msgspec_replace(actor, **fields):
    return type(actor)(**{name: getattr(actor, name) for name in actor.__struct_fields__} | fields)


def test_formats_of_others_cannot_be_written():
    with pytest.raises(ValueError, match="read alone"):
        _ = format_of("acled").write
    with pytest.raises(ValueError, match="known are jsonl"):
        format_of("excel")


def test_nothing_makes_a_readable_file(tmp_path):
    for format in WRITTEN:
        out = io.BytesIO()
        format.write([], out)
        path = tmp_path / format.name
        path.write_bytes(out.getvalue())
        assert [found for found in format.read(path) if not isinstance(found, Skipped)] == []


def test_annotations_find_their_words_again():
    from detente.readers.exchange.annotations import anchored

    text = coding().article.text
    for annotation in format_of("annotations").read(golden(format_of("annotations"))):
        assert anchored(annotation, text) == ((annotation.start, annotation.end), "position")


def test_annotations_of_tools_that_count_utf_16_are_found():
    from detente.readers.exchange.annotations import Annotation, anchored

    text = coding().article.text
    shifted = Annotation(id="x", source="s", start=3, end=9, exact="Norway")  # one emoji before
    assert anchored(shifted, text) == ((2, 8), "UTF-16")
    moved = Annotation(id="x", source="s", start=30, end=34, exact="Oslo")
    assert anchored(moved, text) == ((21, 25), "quote")
    assert anchored(Annotation(id="x", source="s", start=0, end=4, exact="Lima"), text) is None


@pytest.mark.parametrize("format", WRITTEN, **BY_NAME)
def test_a_format_says_whether_it_gives_rows(format):
    assert {isinstance(found, Row) for found in format.read(golden(format))} == {format.gives_rows}
