"""The traps of real files: each is a named, counted repair or skip, never a crash and never silence."""

import gzip
import io
import zipfile

import pytest
from tests.exchange.made import golden

from detente.readers.exchange import Repaired, Row, Skipped, read_whole
from detente.readers.exchange.gdelt_events import NAMES as GDELT
from detente.readers.exchange.icews import LAYOUT as ICEWS_LAYOUT
from detente.readers.exchange.icews import NAMES as ICEWS
from detente.readers.exchange.polecat import NAMES as POLECAT
from detente.writers.exchange import format_of

GDELT_LINES = golden(format_of("gdelt-events")).read_bytes().splitlines(keepends=True)
ICEWS_LINES = golden(format_of("icews")).read_bytes().splitlines(keepends=True)
HEAD, ROW = ICEWS_LINES[0], ICEWS_LINES[1]


def read(name, data, tmp_path, suffix=""):
    path = tmp_path / f"file{suffix}"
    path.write_bytes(data)
    found = list(format_of(name).read(path))
    rows = [one for one in found if isinstance(one, Row)]
    notes = [
        (type(one).__name__, one.line, one.what, getattr(one, "count", 1)) for one in found if not isinstance(one, Row)
    ]
    return rows, notes


def icews(**cells):
    """A row of ICEWS of our own, with these cells by the first word of their columns."""
    told = dict(zip(ICEWS, ROW.decode().rstrip("\n").split("\t"), strict=True))
    return ("\t".join((told | {name.replace("_", " "): cell for name, cell in cells.items()}).values()) + "\n").encode()


@pytest.mark.parametrize("name, data, rows, notes", [
    # columns more: empty at the end of one row
    ("icews", HEAD + ROW.rstrip(b"\n") + b"\t\t\n", 1, [("Repaired", 2, "empty columns at the end", 1)]),
    # columns more: a header that names them
    ("icews", HEAD.rstrip(b"\n") + b"\tNote\n" + ROW.rstrip(b"\n") + b"\tx\n", 1,
     [("Repaired", 1, "more columns (Note); left out", 1)]),
    # columns more, and it cannot be told which
    ("icews", HEAD + ROW.rstrip(b"\n") + b"\tx\n", 0, [("Skipped", 2, "21 columns where 20 are expected", 1)]),
    # cut short
    ("icews", HEAD + ROW + ROW[:40], 1, [("Skipped", 3, "5 columns where 20 are expected", 1)]),
    # files put one behind the other
    ("icews", HEAD + ROW + HEAD + icews(Event_ID="7"), 2, [("Skipped", 3, "the header once more", 1)]),
    # no header
    ("icews", ROW, 1, [("Repaired", 1, "no header; columns are taken by their place", 1)]),
    # a header where there is none
    ("gdelt-events", "\t".join(GDELT).lower().encode() + b"\n" + GDELT_LINES[0], 1,
     [("Repaired", 1, "a header, which this format has not", 1)]),
    # names of columns as R writes them, another order, columns missing
    ("icews", b"CAMEO.Code\tEvent.Date\tevent_id\n010\t2019-05-03\t7\n", 1,
     [("Repaired", 1, "no column Source Name", 17)]),
    # Latin-1
    ("icews", HEAD + icews(City="S\xe3o Paulo").decode().encode("latin-1"), 1,
     [("Repaired", 2, "Latin-1 for UTF-8", 1)]),
    # the mark of UTF-8
    ("icews", b"\xef\xbb\xbf" + HEAD + ROW, 1, []),
    # UTF-16
    ("icews", (HEAD + ROW).decode().encode("utf-16"), 0, [("Skipped", 0, "UTF-16, not UTF-8", 1)]),
    # Windows and old Macs
    ("icews", (HEAD + ROW).replace(b"\n", b"\r\n"), 1, []),
    ("icews", (HEAD + ROW).replace(b"\n", b"\r"), 1, []),
    # no line break at the end, empty lines
    ("icews", HEAD + b"\n" + ROW.rstrip(b"\n"), 1, []),
    # zero bytes
    ("icews", HEAD + ROW.replace(b"Oslo", b"Os\0lo"), 1, [("Repaired", 2, "zero bytes", 1)]),
    # CAMEO codes that a spreadsheet took for numbers: no code begins with a zero, and 42 is no code
    ("icews", HEAD + icews(CAMEO_Code="42") + icews(CAMEO_Code="10", Event_ID="7"), 2,
     [("Repaired", 2, "CAMEO Code: a CAMEO code without its leading zero", 2)]),
    # a code that is none
    ("icews", HEAD + icews(CAMEO_Code="meet"), 0,
     [("Skipped", 2, "no cameo or type in it", 1), ("Repaired", 2, "CAMEO Code: 'meet' is no code of CAMEO", 1)]),
    # dates as numbers, dates in words, dates that are none
    ("icews", HEAD + icews(Event_Date="20190503"), 1, [("Repaired", 2, "Event Date: a date as a number", 1)]),
    ("icews", HEAD + icews(Event_Date="03 May 2019"), 1, [("Repaired", 2, "Event Date: a date written otherwise", 1)]),
    ("icews", HEAD + icews(Event_Date="2019-02-30"), 0,
     [("Skipped", 2, "no id in it", 1), ("Repaired", 2, "Event Date: '2019-02-30' is no date", 1)]),
    ("gdelt-events", GDELT_LINES[0].replace(b"20190503\t", b"2019-05-03\t", 1), 1,
     [("Repaired", 1, "SQLDATE: a date written otherwise", 1)]),
    # one id twice: in ICEWS it is unique only with its date
    ("icews", HEAD + ROW + icews(Event_Date="2019-05-09"), 2, []),
    ("icews", HEAD + ROW + ROW, 2, [("Repaired", 3, "id stands before already; numbered", 1)]),
    # quotation marks that a spreadsheet put there, a tab between them, and one that is text
    ("icews", HEAD + icews(City='"Os""lo"'), 1, [("Repaired", 2, "quotation marks around cells", 1)]),
    ("icews", HEAD + icews(City='"Os\tlo"'), 1, [("Repaired", 2, "a delimiter between quotation marks", 1)]),
    ("icews", HEAD + icews(City='Os"lo'), 1, []),
    # saved as CSV
    ("icews", (HEAD + icews(City='"Oslo, old"')).replace(b"\t", b","), 1,
     [("Repaired", 1, "cells parted by commas", 1)]),
    ("icews", (HEAD + ROW).replace(b"\t", b";"), 1, [("Repaired", 1, "cells parted by semicolons", 1)]),
    # empty cells that a statistics package filled
    ("icews", HEAD + icews(City="NA", Latitude="NA", Source_Country="NULL"), 1, []),
    # numbers that are none, places outside the world
    ("icews", HEAD + icews(Latitude="north", Longitude="181"), 1,
     [("Repaired", 2, "Latitude: 'north' is no number", 1), ("Repaired", 2, "Longitude: '181' is no degree", 1)]),
    ("icews", HEAD + icews(Intensity="2,5"), 1, [("Repaired", 2, "Intensity: a decimal comma", 1)]),
    # countries that are none
    ("icews", HEAD + icews(Country="Atlantis"), 1,
     [("Repaired", 2, "Country: 'Atlantis' is no country that we know", 1)]),
    # the open sea
    ("gdelt-events", GDELT_LINES[0].replace(b"\tNO\t", b"\tOC\t"), 1,
     [("Repaired", 1, "ActionGeo_CountryCode: 'OC' is no country of FIPS 10-4", 1)]),
    # labels for numbers
    ("polecat", ("\t".join(POLECAT[:6]) + "\n1\t2019-05-03\tagree\t\t2.5\tVerbal Cooperation\n").encode(), 1,
     [("Repaired", 1, "no column Contexts", 34)]),
    # nothing at all, and something else
    ("icews", b"", 0, [("Skipped", 0, "an empty file", 1)]),
    ("icews", b"<html>no</html>\n", 0,
     [("Repaired", 1, "no header", 1), ("Skipped", 1, "1 columns where 20 are expected", 1)]),
])  # fmt: skip
def test_traps_of_tables(name, data, rows, notes, tmp_path):
    found, told = read(name, data, tmp_path)
    assert len(found) == rows
    assert [(kind, line, count) for kind, line, _, count in told] == [
        (kind, line, count) for kind, line, _, count in notes
    ]
    for (_, _, what, _), (_, _, wanted, _) in zip(told, notes, strict=True):
        assert what.startswith(wanted)


def test_codes_that_lost_their_zeros_are_read_by_all_the_codes_of_a_file(tmp_path):
    rows, _ = read("icews", HEAD + icews(CAMEO_Code="42") + icews(CAMEO_Code="10", Event_ID="7"), tmp_path)
    assert [row.cameo for row in rows] == ["042", "010"]
    # 10 is what it says where zeros were kept
    rows, notes = read("icews", HEAD + icews(CAMEO_Code="042") + icews(CAMEO_Code="10", Event_ID="7"), tmp_path)
    assert [row.cameo for row in rows] == ["042", "10"]
    assert notes == []


def test_what_was_mended_says_what_it_should(tmp_path):
    rows, _ = read("icews", HEAD + icews(City='"Os""lo"', Intensity="2,5", Event_Date="20190503"), tmp_path)
    assert (rows[0].place_name, rows[0].intensity, rows[0].day) == ('Os"lo', 2.5, "2019-05-03")
    rows, _ = read("icews", HEAD + ROW + ROW + ROW, tmp_path)
    assert [row.id[-2:] for row in rows] == ["03", "#2", "#3"]


def test_rows_that_were_mended_stand_in_their_places(tmp_path):
    data = HEAD + icews(Event_ID="1") + icews(Event_ID="2").rstrip(b"\n") + b"\t\n" + icews(Event_ID="3")
    assert [row.id for row in read("icews", data, tmp_path)[0]] == ["1@2019-05-03", "2@2019-05-03", "3@2019-05-03"]


@pytest.mark.parametrize("suffix, pack", [(".gz", gzip.compress), (".zip", lambda data: zipped(data))])
def test_packed_files_are_unpacked(suffix, pack, tmp_path):
    rows, notes = read("icews", pack(HEAD + ROW), tmp_path, suffix)
    assert (len(rows), notes) == (1, [])


@pytest.mark.parametrize("suffix, data", [
    # cut short
    (".gz", gzip.compress(HEAD + ROW)[:-12]),
    # no archive
    (".zip", b"PK no"),
    # two files
    (".zip", None),
])  # fmt: skip
def test_packed_files_that_are_damaged_are_named(suffix, data, tmp_path):
    _, notes = read("icews", data if data is not None else zipped(HEAD, ROW), tmp_path, suffix)
    assert [(kind, what[:18]) for kind, _, what, _ in notes][-1:] == [("Skipped", "cannot be unpacked")]


def zipped(*parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, data in enumerate(parts):
            archive.writestr(f"{number}.txt", data)
    return out.getvalue()


def test_a_file_in_stretches_is_the_file(tmp_path, monkeypatch):
    import detente.readers.exchange.lines as lines

    data = HEAD + b"".join(icews(Event_ID=str(number)) for number in range(50)) + b"short\n" + icews(Event_ID="0")
    whole = read("icews", data, tmp_path)
    monkeypatch.setattr(lines, "STRETCH", 700)
    assert read("icews", data, tmp_path) == whole
    assert whole[1] == [
        ("Skipped", 52, "1 columns where 20 are expected", 1),
        ("Repaired", 53, "id stands before already; numbered", 1),
    ]


def test_a_whole_file_is_a_table(tmp_path):
    (tmp_path / "file").write_bytes(HEAD + ROW + b"short\n")
    table, notes = read_whole(tmp_path / "file", ICEWS_LAYOUT)
    assert table.num_rows == 1
    assert notes == [Skipped(str(tmp_path / "file"), 3, "1 columns where 20 are expected")]


# ---------------------------------------------------------------------------------------------------------------------
# CSV of others, read alone

ACLED = b"""event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,location,latitude,longitude,\
geo_precision,source,notes,fatalities,extra
"""


def acled(*lines):
    return ACLED + b"".join(lines)


@pytest.mark.parametrize("data, rows, notes", [
    # an older export: another order of columns, dates in words, notes over two lines with quotation marks
    (acled(b'XXX1,03 May 2019,Battles,Armed clash,"A, of B",C,Chad,Abeche,13.8,20.8,1,E,"Two\nlines, ""said""",4,\n',
           b"XXX2,2019-05-04,Riots,,D,,Chad,Abeche,13.8,20.8,1,The Example; Other,Nobody,0,\n"), 2,
     [(1, "more columns (extra)"), (1, "no column year"), (2, "event_date: a date written otherwise")]),
    # a line after one of two lines has its right number
    (acled(b'XXX1,2019-05-03,Battles,,A,C,Chad,Abeche,13.8,20.8,1,E,"Two\nlines",4,\n', b"XXX2,short\n"), 1,
     [(1, "more columns"), (1, "no column"), (4, "2 columns where 15 are expected")]),
    # no header
    (b"XXX1,2019-05-03,Battles\n", 0, [(0, "no header, without which")]),
])  # fmt: skip
def test_traps_of_acled(data, rows, notes, tmp_path):
    found, told = read("acled", data, tmp_path)
    assert len(found) == rows
    assert [(line, what[: len(wanted)]) for (_, line, what, _), (_, wanted) in zip(told, notes, strict=True)] == notes


def test_acled_is_read(tmp_path):
    first, second = read("acled", acled(
        b'XXX1,2019-05-03,Battles,Armed clash,"A, of B",C,Chad,Abeche,13.8,20.8,1,E,"Two\nlines, ""said""",4,\n',
        b"XXX2,2019-05-04,Riots,,D,,Chad,Abeche,13.8,20.8,1,The Example; Other,Nobody,0,\n",
    ), tmp_path)[0]  # fmt: skip
    assert (first.source_name, first.text, first.killed_low, first.killed_high) == (
        "A, of B",
        'Two\nlines, "said"',
        4,
        4,
    )
    # nought is also what is not known
    assert (second.killed_low, second.killed_high, second.publisher) == (0, None, "The Example")


def test_ucdp_is_read(tmp_path):
    data = (
        b"id,date_start,date_end,type_of_violence,side_a,side_b,country,where_coordinates,where_prec,low,best,high,"
        b"number_of_sources\n"
        b'12,2019-05-03 00:00:00.000,2019-05-04,1,Government of X,"Y, Z",Chad,Abeche town,1,2,3,9,-1\n'
    )
    (row,), notes = read("ucdp-ged", data, tmp_path)
    assert (row.type, row.day, row.end, row.killed_low, row.killed_high) == (
        "state-based",
        "2019-05-03",
        "2019-05-04",
        2,
        9,
    )
    assert (row.target_name, row.place_country, row.reports) == ("Y, Z", "TCD", None)
    assert notes[0][2].startswith("no column relid")


# ---------------------------------------------------------------------------------------------------------------------
# JSON and XML

POINTS = b'{"type":"FeatureCollection","features":[{"id":"1","geometry":{"type":"Point","coordinates":DEGREES}}]}'


@pytest.mark.parametrize("name, data, rows, notes", [
    # PLOVER: text for lists, numbers for text, a date as a number, no event, what is no JSON, an id twice
    ("plover", b'{"id": 1, "date": 20190503, "event": "agree", "actor": {"code": "NOR"}}\n', 1,
     [("Repaired", 1, "date: a date as a number")]),
    ("plover", b'{"id": "1", "date": "2019-05-03", "has_event": false}\n\n', 0, []),
    ("plover", b'{"id": "1", "date": "2019-05-03"}\n{"id": "2", "event": ["AID"]}\n', 0,
     [("Skipped", 1, "no event in it"), ("Skipped", 2, "no date in it")]),
    ("plover", b'no\n[1]\n{"id": {}}\n', 0, [("Skipped", line, "not of this format") for line in (1, 2, 3)]),
    ("plover", b'{"id": "1", "date": "2019-05-03", "event": ["AID"]}\n' * 2, 2,
     [("Repaired", 2, "id stands before already; numbered")]),
    ("plover", '{"id": "1", "date": "2019-05-03", "event": "AID", "text": "São"}'.encode("latin-1"), 1,
     [("Repaired", 1, "Latin-1 for UTF-8")]),
    ("plover", b"[" * 100_000, 0, [("Skipped", 1, "not of this format")]),
    # our own
    ("jsonl", golden(format_of("jsonl")).read_bytes().splitlines()[1] * 2, 0, [("Skipped", 1, "not of this format")]),
    ("jsonl", (golden(format_of("jsonl")).read_bytes().splitlines()[1] + b"\n") * 2, 1, [("Skipped", 2, "event ")]),
    # GeoJSON: a point outside the world, a line, something else in a feature, no collection
    ("geojson", POINTS.replace(b"DEGREES", b"[59,181]"), 1,
     [("Repaired", 1, "a point outside the world")]),
    ("geojson", POINTS.replace(b"Point", b"LineString").replace(b"DEGREES", b"[]").replace(b"}}]", b"}}, 7]"), 1,
     [("Skipped", 2, "no feature of events")]),
    ("geojson", POINTS.replace(b"DEGREES", b'"x"'), 0,
     [("Skipped", 1, "no feature of events")]),
    ("geojson", b"[]", 0, [("Skipped", 0, "no collection of features")]),
    ("geojson", b"\xff", 0, [("Skipped", 0, "no collection of features")]),
    # ninjs: an item of news, a number that is none
    ("ninjs", b'{"uri":"urn:x:1","type":"text"}', 0, [("Skipped", 1, "an item of type text")]),
    ("ninjs", b'{"uri":"urn:x:1","type":"event","subjects":[{"uri":"urn:detente:quad","name":"x"}]}', 0,
     [("Skipped", 1, "not of this format")]),
    # Atom: no id, a number that is none
    ("atom", b'<feed xmlns="http://www.w3.org/2005/Atom"><entry/><entry><id>1</id><updated>2019-05-03</updated>'
             b'<category scheme="urn:detente:quad" term="9"/></entry></feed>', 1,
     [("Skipped", 1, "an entry without an id"), ("Repaired", 1, "quad: '9' is no quad class")]),
])  # fmt: skip
def test_traps_of_json_and_xml(name, data, rows, notes, tmp_path):
    found, told = read(name, data, tmp_path)
    assert len(found) == rows
    assert [(kind, line) for kind, line, _, _ in told] == [(kind, line) for kind, line, _ in notes]
    for (_, _, what, _), (_, _, wanted) in zip(told, notes, strict=True):
        assert what.startswith(wanted)


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x><entry>&b;</entry></x>"""
FETCHES = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x><node id="1">&a;</node></x>"""
XMLS = ("graphml", "gexf", "atom", "timeml")


@pytest.mark.parametrize("name", XMLS)
@pytest.mark.parametrize("data, what", [
    (LAUGHS, "a doctype"),
    (FETCHES, "a doctype"),
    (b"<x>" * 100_000, "over 60 nested elements"),
    (b"<entry><a>&b;</a></entry>", "faulty XML (undefined entity)"),
    (b"<x><entry>", "faulty XML (no element found)"),
    (b"no", "faulty XML (syntax error)"),
    (b"", "faulty XML (no element found)"),
    (b"<entry>" + b"<a/>" * 100_001, "an element holds too much"),
    (b"\xff\xfe<", "faulty XML"),
    (b'<?xml version="1.0" encoding="utf-18"?><entry/>', "an encoding that is not known"),
    (b'<?xml version="1.0" encoding="shift-jis"?><entry/>', "an encoding that is not known"),
])  # fmt: skip
def test_hostile_xml_is_refused_by_name(name, data, what, tmp_path):
    units = {"graphml": b"node", "gexf": b"node", "atom": b"entry", "timeml": b"TimeML"}[name]
    rows, notes = read(name, data.replace(b"entry", units), tmp_path)
    assert rows == []
    assert [kind for kind, *_ in notes][-1:] == ["Skipped"]
    assert notes[-1][2].startswith(what)


@pytest.mark.parametrize("name", ["annotations", "conllu"])
@pytest.mark.parametrize(
    "data", [b"no", b"\xff\xfe", b"[" * 100_000, b'{"items": [{"target": 7}, 9, {"target": "x"}]}', b"1\t2\n"]
)
def test_hostile_texts_are_skipped_by_name(name, data, tmp_path):
    (tmp_path / "file").write_bytes(data)
    found = list(format_of(name).read(tmp_path / "file"))
    assert found
    assert all(isinstance(one, Skipped) for one in found)


CONLLU = "# sent_id = 1\n# text = No words\n{}\n\n"


@pytest.mark.parametrize("words, what", [
    ("1\tNo\tno\tDET\tDT\t_\t9\tdet\t_\t_", "'9' is no head of a word"),
    ("2\tNo\tno\tDET\tDT\t_\t0\troot\t_\t_", "words that are not numbered from 1"),
    ("1 No no", "1 columns where 10 are expected"),
])  # fmt: skip
def test_faulty_sentences_are_left_out(words, what, tmp_path):
    (tmp_path / "file").write_text(CONLLU.format(words))
    (found,) = format_of("conllu").read(tmp_path / "file")
    assert isinstance(found, Skipped)
    assert found.what.startswith(what)


def test_sentences_of_treebanks_are_read_without_places(tmp_path):
    words = "1-2 don't _ _ _ _ _ _ _ _|1 No no DET DT _ 2 det _ _|2 words word NOUN NNS _ 0 root _ _"
    words = words.replace(" ", "\t").replace("|", "\n")
    (tmp_path / "file").write_text(CONLLU.format(words))
    (found,) = format_of("conllu").read(tmp_path / "file")
    assert [(token.start, token.end, token.head) for token in found.sentence.tokens] == [(0, 2, 1), (3, 8, -1)]


def test_graphs_of_other_programs_are_read(tmp_path):
    gexf = (
        b'<gexf><graph><nodes><node id="a" label="A"/><node id="b"/></nodes><edges>'
        b'<edge source="a" target="b" weight="3"/><edge source="a" target="c"/><edge source="b" target="a" weight="x"/>'
        b"</edges></graph></gexf>"
    )
    (tmp_path / "file").write_bytes(gexf)
    dyad, *notes = format_of("gexf").read(tmp_path / "file")
    assert (dyad.source.name, dyad.target.name, dyad.events) == ("A", "b", 3)
    assert [note.what for note in notes] == ["an edge to 'c', which no node before it is", "'x' is no whole number"]


def test_notes_say_where():
    assert Repaired("f", 3, "x").count == 1
