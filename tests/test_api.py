"""The Python face: values, tables for every reader, errors that say why."""

import duckdb
import pandas
import polars
import pyarrow as pa
import pytest

import detente

TEXT = "Russia expels two NATO officials"


@pytest.fixture(scope="module")
def reports():
    return detente.code(TEXT, published="2009-05-06")


def test_gives_frozen_values(reports):
    (report,) = reports
    assert (report.source[0].id, report.standing) == ("RUS", "happened")
    with pytest.raises(AttributeError):
        report.type = "AGREE"


@pytest.mark.parametrize(
    "read",
    [
        pa.table,
        polars.DataFrame,
        pandas.DataFrame.from_arrow if hasattr(pandas.DataFrame, "from_arrow") else lambda rows: rows.df(),
        lambda reports: duckdb.sql("from reports").df(),
        lambda reports: reports.pl(),
        lambda reports: reports.df(),
    ],
    ids=["pyarrow", "polars", "pandas", "duckdb", "pl()", "df()"],
)
def test_is_a_table_for_every_reader(reports, read):
    table = read(reports)
    assert list(table["source_id"] if not isinstance(table, pa.Table) else table["source_id"].to_pylist()) == ["RUS"]


def test_duckdb_reads_it_by_its_name(reports):
    assert duckdb.sql("select type from reports").fetchall() == [(reports[0].type,)]


def test_shows_the_evidence_in_a_notebook(reports):
    page = reports._repr_html_()
    assert '<mark class="trigger"' in page and ">expels</mark>" in page
    assert "<script" not in page and "http" not in page


def test_nothing_of_the_text_becomes_markup():
    page = detente.code("Russia <img src=x onerror=alert(1)> expels two NATO officials").articles
    shown = detente.code("Russia expels two NATO officials <b onclick=x>today</b>.")._repr_html_()
    assert page and "<b onclick" not in shown and "&lt;b onclick" in shown


def test_reads_the_html_of_a_page():
    page = f"<html><body><h1>{TEXT}</h1><p>{TEXT} over spying, the alliance said on Wednesday.</p></body></html>"
    assert {report.part for report in detente.code(page, format="html")} == {"headline", "body"}


@pytest.mark.parametrize(
    "text, error",
    [
        # nothing there
        ("", detente.NotAnArticle),
        # German
        (
            "Die Bundesregierung hat am Mittwoch zwei russische Diplomaten ausgewiesen. Das teilte das Auswärtige Amt "
            "in Berlin mit. Moskau kündigte an, darauf mit eigenen Maßnahmen zu antworten, und sprach von Irrtum.",
            detente.NotEnglish,
        ),
        # an image
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, detente.Unreadable),
    ],
    ids=["empty", "German", "image"],
)
def test_says_why_there_is_nothing_to_code(text, error):
    with pytest.raises(error, match="text"):
        detente.code(text)


def test_explains_what_it_codes_and_what_it_leaves(reports):
    found = detente.explain(TEXT, published="2009-05-06")
    assert [report.trigger for report in found.reports] == [report.trigger for report in reports]
    (clause,) = detente.explain("The verdict condemned Togo").sentences[0].clauses[:1]
    assert clause.outcome.startswith('"The verdict" does it, which is a thing')
    with pytest.raises(detente.NotAnArticle):
        detente.explain("")


def test_the_same_text_gives_the_same_ids(reports):
    assert [report.id for report in detente.code(TEXT, published="2009-05-06")] == [report.id for report in reports]


def test_two_workers_give_what_one_gives(tmp_path):
    from detente.engines import code

    for number, who in enumerate(("Russia", "France", "Iran")):
        (tmp_path / f"{number}.txt").write_text(f"{who} expels two NATO officials", encoding="utf-8")
    alone, together = (list(code(detente.read(tmp_path), workers=workers)) for workers in (1, 2))
    assert [coding.reports for coding in alone] == [coding.reports for coding in together]
