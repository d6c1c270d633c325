"""What was coded, as a table, JSON lines, CSV and Parquet."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import msgspec
import pyarrow.parquet as pq
import pytest
from tests.store.made import CHAD, NORWAY, coding, skipped

import detente
from detente.model import Article, Party, Report, When
from detente.writers import FORMATS, SUFFIXES, writer
from detente.writers.csv import COLUMNS
from detente.writers.terminal import safe

SCHEMA = json.loads((Path(detente.__file__).parent / "schemas" / "report.schema.json").read_text())


def written(format, *codings):
    out = io.BytesIO()
    target = writer(format, out)
    for told in codings:
        target.write(told)
    target.close()
    return out.getvalue()


def lines(*codings):
    return [json.loads(line) for line in written("jsonl", *codings).splitlines()]


def test_json_lines_keep_the_contract():
    speaker = Party(id="NATO", name="NATO", sectors=("IGO",), code="IGONAT", words=(0, 4))
    bare = coding("Chad votes", speaker=speaker, time=None, place=None, cameo=None, intensity=None, source=())
    for line in lines(coding(reports=2), bare):
        jsonschema.validate(line, SCHEMA)


def test_the_contract_refuses_what_is_not_in_it():
    (line,) = lines(coding())
    for wrong in ({"type": "FIGHT"}, {"cameo": 10}, {"trigger": [1]}, {"new": 1}, {"standing": "maybe"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**line, **wrong}, SCHEMA)


def test_the_contract_names_each_field_of_a_report():
    assert set(SCHEMA["properties"]) == {*Report.__struct_fields__, "origin", "url", "headline", "date", "auxiliary"}
    assert SCHEMA["properties"].keys() == set(SCHEMA["required"])


def test_a_json_line_is_a_report_again():
    told = coding()
    assert msgspec.json.decode(written("jsonl", told), type=Report) == told.reports[0]


def test_csv_has_one_row_per_report_and_a_header():
    rows = list(csv.DictReader(io.StringIO(written("csv", coding(reports=2), skipped()).decode())))
    assert len(rows) == 2
    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["source_id"], rows[0]["cameo"], rows[0]["trigger"]) == ("NOR; TCD", "0311", "agree")


def test_csv_names_all_who_vouch_for_it_the_nearest_first():
    chain = tuple(Party(id=id, name=id, words=(0, 4)) for id in ("NATO", "TCD"))
    (row,) = csv.DictReader(io.StringIO(written("csv", coding(speaker=chain[0], speakers=chain)).decode(), newline=""))
    assert (row["speaker_id"], row["speakers"]) == ("NATO", "NATO; TCD")


def test_csv_has_counts_as_numbers_and_in_short():
    (row,) = csv.DictReader(io.StringIO(written("csv", coding()).decode()))
    assert (row["killed_low"], row["killed_high"], row["injured_low"], row["protesters_high"]) == ("12", "", "", "99")
    assert row["counts"] == "killed 12+; protesters 24-99"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_runs_nothing_in_a_spreadsheet(start):
    told = coding(f'{start}HYPERLINK("http://evil.example")')
    (row,) = csv.DictReader(io.StringIO(written("csv", told).decode(), newline=""))
    assert row["headline"].startswith(f"'{start}")
    assert row["intensity"] == "5.2"


def test_parquet_has_the_columns_of_the_store():
    table = pq.read_table(io.BytesIO(written("parquet", coding(reports=3), coding(origin="b", reports=0))))
    assert table.num_rows == 3
    assert {"source", "source_id", "time_start", "month"} <= set(table.column_names)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_in_gives_no_reports(format):
    out = written(format)
    if format == "parquet":
        assert pq.read_table(io.BytesIO(out)).num_rows == 0
    else:
        assert len(out.splitlines()) == (1 if format == "csv" else 0)


def test_unknown_formats_are_refused():
    with pytest.raises(ValueError, match="no format 'xml'"):
        writer("xml", io.BytesIO())
    assert set(SUFFIXES.values()) == set(FORMATS)


# ---------------------------------------------------------------------------------------------------------------------
# The table for people


def table(monkeypatch, width, *codings):
    monkeypatch.setenv("COLUMNS", str(width))
    return written("table", *codings).decode().splitlines()


@pytest.mark.parametrize("width", [20, 40, 80, 110, 200])
def test_the_table_fits_the_terminal(monkeypatch, width):
    assert max(map(len, table(monkeypatch, width, coding(reports=2)))) <= width


@pytest.mark.parametrize("width", [60, 80, 109, 110, 200])
def test_the_table_stays_readable(monkeypatch, width):
    page = table(monkeypatch, width, coding(reports=2, time=When(start="2019-05-03", end=None, basis="tense")))
    told = " ".join(" ".join(page).split())
    for word in ("Norway (NOR)", "AGREE", "0311", "happened", "Norway, Chad [agree] to reopen embassies"):
        assert word.replace(" ", "") in told.replace(" ", "")


def test_counts_stand_below_the_event(monkeypatch):
    page = table(monkeypatch, 200, coding())
    assert [told for line in page for told in ("killed 12+", "protesters 24-99") if told in line] == [
        "killed 12+",
        "protesters 24-99",
    ]


def test_the_head_tells_what_is_known_of_the_page(monkeypatch):
    head = table(monkeypatch, 80, coding())[:3]
    assert head == [
        "Norway, Chad agree to reopen embassies",
        "WORLD > Africa · Examplenews · A. Writer · published 2019-05-04 · OSLO",
        "https://news.example/1",
    ]


def test_who_did_it_to_each_other(monkeypatch):
    assert "each other" in "\n".join(table(monkeypatch, 80, coding()))
    one_way = "\n".join(table(monkeypatch, 80, coding(reciprocal=False, source=(NORWAY,), target=(CHAD,))))
    assert "each other" not in one_way
    assert "Chad (TCD)" in one_way


def test_an_article_without_events_says_so(monkeypatch):
    assert "no events: nothing is told" in "\n".join(table(monkeypatch, 80, coding(reports=0)))


@pytest.mark.parametrize(
    "time, told",
    [
        (When(start="2009-06-27", end="2009-06-27", basis="stated"), "2009-06-27"),
        (When(start="2009-05-16", end="2009-05-31", basis="stated"), "2009-05-16 to 2009-05-31"),
        # open ends
        (When(start=None, end="2009-06-28", basis="tense"), "by 2009-06-28"),
        (When(start="2009-06-28", end=None, basis="tense"), "from 2009-06-28"),
        (When(start=None, end=None, basis="published"), ""),
        (None, ""),
    ],
)
def test_dates_in_words(time, told):
    from detente.writers.table import when_of

    assert when_of(time) == told


EVIL = "\x1b]0;owned\x07\x1b[31m red \x9b2J [bold]x[/bold] \u202ederohs\u202c \ud800 :smile:"


@pytest.mark.parametrize("force", ["", "1"])
def test_pages_cannot_steer_the_terminal(monkeypatch, force):
    monkeypatch.setenv("FORCE_COLOR", force) if force else monkeypatch.delenv("FORCE_COLOR", raising=False)
    told = coding("Chad votes")
    evil = msgspec.structs.replace(told.reports[0], text=EVIL, sentence=(0, len(EVIL)), source=(party(EVIL),))
    article = msgspec.structs.replace(told.article, headline=EVIL, agency=EVIL, url=EVIL)
    page = "\n".join(table(monkeypatch, 200, msgspec.structs.replace(told, article=article, reports=(evil,))))
    assert not {"\x07", "\x9b", "\u202e", "\ud800"} & set(page)
    assert "\x1b]" not in page
    assert "[bold]x[/bold]" in page
    assert ":smile:" in page
    if not force:
        assert "\x1b" not in page


def party(name):
    return Party(id="X", name=name, code="X", words=(0, 4))


def test_safe_words_keep_their_length():
    assert len(safe(EVIL)) == len(EVIL)
    assert safe("one\ntwo\tthree") == "one two three"
    assert safe("Österreich, 中国, naïve – “quoted”") == "Österreich, 中国, naïve – “quoted”"


def test_a_bare_article(monkeypatch):
    bare = Article(id="i", record="r", origin="pages/x.html", text="t", blocks=())
    page = table(monkeypatch, 80, msgspec.structs.replace(coding(reports=0), article=bare))
    assert page[:3] == ["(no headline)", "no date", "pages/x.html"]
