"""Questions in SQL see the tables of the store and nothing else."""

import duckdb
import pandas
import polars
import pyarrow
import pytest
from tests.store.made import CHAD, NORWAY, coding, skipped

from detente.errors import StoreError
from detente.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("asked") / "it's a store") as opened:
        one_way = coding("Chad quits talks", origin="c.txt", source=(CHAD,), target=(NORWAY,), type="REJECT")
        opened.publish([coding(reports=2), one_way, skipped()], version="1")
        yield opened


def ask(store, question):
    return [tuple(row.values()) for row in store.sql(question)]


@pytest.mark.parametrize(
    "question, rows",
    [
        ("select count(*) from reports", [(3,)]),
        ("from articles select origin order by 1", [("a.txt",), ("c.txt",)]),
        # both ways for what they did to each other
        (
            "select source_id, target_id, count(*) from dyads group by all order by all",
            [("NOR", "TCD", 2), ("TCD", "NOR", 3)],
        ),
        ("select state, count(*) from ledger group by 1 order by 1", [("coded", 2), ("unreadable", 1)]),
        # nested columns
        ("select source[1].name, time.\"end\" from reports where type = 'REJECT'", [("Chad", "2019-05-04")]),
        ("select clauses->'$[0].lemma' from sentences limit 1", [('"agree"',)]),
        ("select distinct t.lemma from sentences, unnest(tokens) as x (t) order by 1", [("Norway",), ("agree",)]),
        ("with x as (select 1 as n) select n from x", [(1,)]),
        ("values (1)", [(1,)]),
    ],
)
def test_answers(store, question, rows):
    assert ask(store, question) == rows


def test_an_empty_store_has_its_tables(tmp_path):
    with Store(tmp_path / "new") as store:
        for table in ("articles", "sentences", "mentions", "reports", "dyads", "ledger"):
            assert ask(store, f"select count(*) from {table}") == [(0,)]
        assert "source_id" in store.reports().columns


@pytest.mark.parametrize("read", [polars.DataFrame, pandas.DataFrame.from_arrow, pyarrow.table])
def test_readers_of_the_arrow_stream(store, read):
    assert read(store.reports()).shape == (3, len(store.reports().columns))


def test_duckdb_reads_an_answer(store):
    assert duckdb.from_arrow(store.reports()).aggregate("count(*)").fetchall() == [(3,)]


def test_frames(store):
    assert len(store.reports().df()) == len(store.reports().pl()) == store.reports().arrow().num_rows == 3


def test_an_answer_outlives_its_store(tmp_path):
    with Store(tmp_path / "s") as store:
        store.publish([coding()], version="1")
        answer = store.reports()
    assert len(list(answer)) == 1


# What a question might try against the machine that answers it. None may read, write or change anything.
BREAKOUTS = [
    "select * from read_text('{outside}')",
    "select * from read_blob('{outside}')",
    "select * from read_csv('{outside}')",
    "select * from read_json('{outside}')",
    "select * from read_parquet('{outside}')",
    "select * from '{outside}'",
    "select * from glob('/*')",
    "select * from parquet_metadata('{outside}')",
    "select * from sniff_csv('{outside}')",
    "select * from query('copy reports to ''{target}''')",
    "select * from query_table('{outside}')",
    "select getenv('HOME')",
    "copy reports to '{target}'",
    "copy (select 1) to '{segment}' (use_tmp_file false, format parquet)",
    "explain analyze copy (select 1) to '{segment}' (use_tmp_file false, format parquet)",
    "export database '{target}'",
    "import database '{target}'",
    "attach '{target}' as x",
    "attach '{database}' as x (type sqlite)",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "reset enable_external_access",
    "pragma enable_profiling",
    "set allowed_paths = ['/']",
    "set lock_configuration = false",
    "create table x as select 1",
    "create temp table x as select 1",
    "create view x as select 1",
    "create macro f() as 1",
    "drop view reports",
    "insert into ledger values (1)",
    "delete from ledger",
    "update ledger set state = 'coded'",
    "call pragma_version()",
    "use memory",
    "begin",
    "checkpoint",
    "vacuum",
    "prepare p as select 1",
    "select 1; select 2",
    "select 1; copy reports to '{target}'",
    "select * from read_text('https://example.com')",
    "from 's3://bucket/x.parquet'",
    "",
    ";",
    "-- nothing",
    "selec 1",
    "select * from store",
]


@pytest.mark.parametrize("question", BREAKOUTS)
def test_a_question_reaches_nothing_else(store, tmp_path, question):
    outside = tmp_path / "secret.csv"
    outside.write_text("password\nhunter2\n")
    segment = next(store.path.rglob("reports/**/*.parquet")).resolve()
    before = segment.read_bytes()
    names = {
        "outside": outside,
        "target": tmp_path / "stolen",
        "segment": str(segment).replace("'", "''"),
        "database": str(store.path / "detente.db").replace("'", "''"),
    }
    with pytest.raises(StoreError):
        list(store.sql(question.format(**names)))
    assert segment.read_bytes() == before
    assert not (tmp_path / "stolen").exists()
    assert ask(store, "select count(*) from reports") == [(3,)]


def test_a_question_that_fails_while_it_runs(store):
    with pytest.raises(StoreError, match="failed"):
        list(store.sql("select error('late') from reports"))
