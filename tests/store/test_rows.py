"""Rows of the tables hold all that the values hold, and flat columns beside it."""

from datetime import date

import pytest
from tests.store.made import CHAD, NORWAY, article, coding, report, skipped

from detente.model import Count, Stamp, When
from detente.store.rows import (
    article_of_row,
    day_of,
    mention_of_row,
    month_of,
    report_of_row,
    sentence_of_row,
    table_of,
)


def rows(noun, *codings):
    return table_of(noun, codings).to_pylist()


def test_nothing_is_lost_on_the_way_in_and_out():
    told = coding(reports=3)
    assert [article_of_row(row) for row in rows("articles", told)] == [told.article]
    assert [sentence_of_row(row) for row in rows("sentences", told)] == list(told.sentences)
    assert [mention_of_row(row) for row in rows("mentions", told)] == list(told.mentions)
    assert [report_of_row(row) for row in rows("reports", told)] == list(told.reports)


def test_what_is_not_known_stays_unknown():
    bare = report(article(), source=(), target=(), time=None, place=None, mode=None, intensity=None, because=())
    told = coding(reports=0)
    (row,) = rows("reports", type(told)(record="r", origin="o", state="coded", article=article(), reports=(bare,)))
    assert report_of_row(row) == bare
    assert (row["source_id"], row["target_id"], row["time_start"], row["place_name"]) == (None, None, None, None)


def test_records_without_an_article_have_no_rows():
    assert rows("articles", skipped()) == rows("reports", skipped()) == []


def test_flat_columns_of_a_report():
    (row,) = rows("reports", coding(reciprocal=False, source=(NORWAY,), target=(CHAD,), speaker=CHAD))
    assert (row["source_id"], row["target_country"], row["speaker_id"]) == ("NOR", "TCD", "TCD")
    assert (row["time_start"], row["time_end"]) == (date(2019, 5, 3), date(2019, 5, 4))
    assert (row["origin"], row["date"], row["month"]) == ("a.txt", date(2019, 5, 4), "2019-05")


def test_what_plover_counts_has_flat_columns():
    (row,) = rows("reports", coding())
    assert (row["killed_low"], row["killed_high"]) == (12, None)
    assert (row["protesters_low"], row["protesters_high"]) == (24, 99)
    assert (row["injured_low"], row["injured_high"]) == (None, None)


def test_a_death_toll_told_after_the_dead_of_the_event_is_not_its_flat_count():
    counts = tuple(Count(kind="killed", low=low, high=low, exact=True, words=(0, 6)) for low in (12, 40))
    (row,) = rows("reports", coding(counts=counts))
    assert (row["killed_low"], row["killed_high"]) == (12, 12)


def test_of_two_who_did_it_to_each_other_the_flat_target_is_the_other():
    (row,) = rows("reports", coding(source=(NORWAY, CHAD), target=(NORWAY, CHAD)))
    assert (row["source_id"], row["target_id"]) == ("NOR", "TCD")


@pytest.mark.parametrize(
    "value, day",
    [
        ("2009-06-28", date(2009, 6, 28)),
        # with its time and zone
        ("2009-06-28T10:57+08:00", date(2009, 6, 28)),
        # no more precise than the page: no day is made up
        ("2009-06", None),
        (None, None),
        # not a day of the calendar; a page's fault must not stop the batch
        ("2009-02-30", None),
        ("soon, they say", None),
    ],
)
def test_days(value, day):
    assert day_of(value) == day


@pytest.mark.parametrize(
    "value, month", [("2009-06-28", "2009-06"), ("2009-06", "2009-06"), ("2009", "undated"), (None, "undated")]
)
def test_months(value, month):
    told = article(date=None)
    if value:
        stamp = Stamp(kind="updated", value=value, basis="visible")
        told = type(told)(id="i", record="r", origin="o", text="t", blocks=(), updated=stamp)
    assert month_of(told) == month


def test_a_date_that_is_none_leaves_the_flat_column_empty():
    (row,) = rows("reports", coding(time=When(start="1190-00-00", end=None, basis="stated")))
    assert row["time_start"] is None
    assert report_of_row(row).time.start == "1190-00-00"
