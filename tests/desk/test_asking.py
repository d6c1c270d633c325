"""A stranger's question is answered, or ended in time, and learns nothing of the machine."""

import os
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.store.made import CHAD, NORWAY, coding, skipped

from detente.desk import asking
from detente.desk.asking import Asked, ask_apart
from detente.errors import QuestionError, StoreError
from detente.store import Store
from detente.store.asked import TABLES, tables_asked

SECRET = "hunter2"
FOREVER = "SELECT count(*) FROM range(100000000000)"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("asked") / "it's a store"
    with Store(path) as opened:
        one_way = coding("Chad quits talks", origin="c.txt", source=(CHAD,), target=(NORWAY,), type="REJECT")
        opened.publish([coding(reports=2), one_way, skipped()], version="1")
        opened.fuse()
        event = next(iter(opened.events()))["id"]
        opened.call_wrong(event, why="it is not", who="alice")
    return path


@pytest.fixture(autouse=True)
def machine(monkeypatch):
    monkeypatch.setenv("DETENTE_SECRET", SECRET)


@pytest.fixture
def children(monkeypatch):
    """The children that are started, as they are started."""
    made, start = [], asking._started

    def started():
        made.append(start())
        return made[-1]

    monkeypatch.setattr(asking, "_started", started)
    return made


def rows(asked: Asked):
    return [tuple(row.values()) for row in asked.table.to_pylist()]


def is_gone(child):
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)
    return child.returncode is not None


# -- Questions that are answered --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question, told",
    [
        ("SELECT count(*) FROM Reports", [(3,)]),
        ("FROM articles SELECT origin ORDER BY 1", [("a.txt",), ("c.txt",)]),
        (
            "SELECT a.headline, count(*) FROM reports AS r JOIN articles AS a ON a.id = article GROUP BY 1 ORDER BY 2",
            [("Chad quits talks", 1), ("Norway, Chad agree to reopen embassies", 2)],
        ),
        ("SELECT count(*) > 0 FROM events AS e JOIN stories AS s ON s.id = e.story", [(True,)]),
        # nested columns
        ("SELECT DISTINCT p.name FROM reports, unnest(source) AS x (p) ORDER BY ALL", [("Chad",), ("Norway",)]),
        ("SELECT list_transform(source, lambda p: p.id) FROM reports WHERE type = 'REJECT'", [(["TCD"],)]),
        ("SELECT clauses->'$[0].lemma' FROM sentences LIMIT 1", [('"agree"',)]),
        ("SELECT lower(source[1].name), time.\"end\" FROM reports WHERE type = 'REJECT'", [("chad", "2019-05-04")]),
        # windows, tables of the question's own, groups of groups
        ("SELECT row_number() OVER w FROM reports WINDOW w AS (ORDER BY id)", [(1,), (2,), (3,)]),
        ("WITH x AS (FROM reports), y AS (FROM x) SELECT count(*) FROM y", [(3,)]),
        ("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 4) SELECT sum(n) FROM t", [(10,)]),
        (
            "SELECT month, count(*) FILTER (type = 'AGREE') FROM reports GROUP BY ROLLUP (month) ORDER BY ALL",
            [("2019-05", 2), (None, 2)],
        ),
        ("PIVOT (SELECT type FROM reports) ON type IN ('AGREE', 'REJECT') USING count(*)", [(2, 1)]),
        ("SELECT i FROM range(3) AS t (i) EXCEPT VALUES (1) ORDER BY ALL", [(0,), (2,)]),
        ("SELECT date_trunc('month', date) + INTERVAL 1 DAY = '2019-05-02' FROM reports LIMIT 1", [(True,)]),
        ("SELECT column_name FROM (DESCRIBE dyads) LIMIT 1", [("id",)]),
        # what the catalogue holds
        ("SELECT state, count(*) FROM ledger GROUP BY 1 ORDER BY 1", [("coded", 2), ("unreadable", 1)]),
        ("SELECT kind, why FROM corrections", [("wrong", "it is not")]),
        ("WITH ledger AS (FROM ledger LIMIT 2) SELECT count(*) FROM ledger", [(2,)]),
    ],
)
def test_answers(store, question, told):
    assert rows(ask_apart(store, question)) == told


def test_an_empty_store_has_its_tables(tmp_path):
    Store(tmp_path / "new").close()
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)
    assert rows(ask_apart(tmp_path / "new", f"SELECT {counts}")) == [(0,) * len(TABLES)]


def test_every_table_of_a_store_can_be_asked(store):
    with Store(store) as opened:
        named = opened.sql("SELECT table_name FROM information_schema.tables -- ledger, aliases, corrections")
        assert {row["table_name"] for row in named} == set(TABLES)


def test_a_store_behind_a_link(store, tmp_path):
    (tmp_path / "link").symlink_to(store)
    assert rows(ask_apart(tmp_path / "link", "SELECT count(*) FROM articles")) == [(2,)]


def test_a_store_is_found_from_where_the_desk_stands(store, monkeypatch):
    monkeypatch.chdir(store.parent)
    assert rows(ask_apart(store.relative_to(store.parent), "SELECT count(*) FROM articles")) == [(2,)]


@pytest.mark.parametrize(
    "question, tables",
    [
        ("SELECT * FROM Reports, dyads", {"reports", "dyads"}),
        ("SELECT (SELECT max(date) FROM articles) WHERE EXISTS (FROM events)", {"articles", "events"}),
        ("WITH x AS (FROM events) SELECT * FROM x", {"events"}),
        ("WITH ledger AS (FROM ledger) FROM ledger", {"ledger"}),
        ("SHOW reports", {"reports"}),
        ("SELECT 'ledger'", set()),
    ],
)
def test_which_tables_are_asked(question, tables):
    assert tables_asked(question) == tables


# -- Questions that reach for something else --------------------------------------------------------------------------

BREAKOUTS = [
    # files
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_json('/etc/passwd')",
    "SELECT * FROM read_parquet('{segment}')",
    "SELECT * FROM parquet_scan('{segment}')",
    "SELECT * FROM parquet_metadata('{segment}')",
    "SELECT * FROM parquet_schema('{segment}')",
    "SELECT * FROM parquet_kv_metadata('{segment}')",
    "SELECT * FROM read_duckdb('{database}')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM glob('*')",
    "SELECT read_text('/etc/passwd')",
    "FROM '/etc/passwd'",
    "FROM '{segment}'",
    'FROM "{segment}"',
    "FROM '{outside}'",
    "FROM 'file:///etc/passwd'",
    "FROM 'https://example.com/x.csv'",
    "FROM 's3://bucket/x.parquet'",
    r"FROM '\\host\share\x.csv'",
    "SUMMARIZE '{outside}'",
    "DESCRIBE '{outside}'",
    "SELECT * FROM reports JOIN '{outside}' ON true",
    "SELECT (FROM '{outside}')",
    "PIVOT '{outside}' ON password IN ('x') USING count(*)",
    'WITH "{outside}" AS (SELECT 1) FROM "{outside}"',
    # names of our Python
    "FROM store",
    "FROM files",
    # text that would be run
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('{outside}')",
    "SELECT * FROM query_table(['duckdb_views'])",
    "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "SELECT json_serialize_plan('SELECT * FROM reports')",
    "SELECT * FROM from_substrait('x')",
    "SELECT * FROM sql_auto_complete('SEL')",
    "SELECT * FROM histogram('reports', 'id')",
    # what DuckDB tells of the machine
    "SELECT getenv('DETENTE_SECRET')",
    "SELECT current_setting('allowed_paths')",
    "SELECT 'allowed_paths'.current_setting()",
    "SELECT pg_catalog.current_setting('secret_directory')",
    "SELECT Current_Setting('home_directory')",
    "SELECT count(*) FILTER (current_setting('threads') = 1) FROM reports",
    "SELECT 1 ORDER BY current_setting('allowed_paths')",
    "SELECT 1 LIMIT length(current_setting('allowed_paths'))",
    "SELECT max(id) OVER (ORDER BY current_setting('threads')) FROM reports",
    "SELECT list_transform([1], lambda x: current_setting('allowed_paths'))",
    "SELECT COLUMNS(lambda c: c = current_setting('threads')::VARCHAR) FROM reports",
    "SELECT * REPLACE (current_setting('threads') AS id) FROM reports",
    "FROM (VALUES (current_setting('allowed_paths')))",
    "WITH x AS (SELECT current_setting('allowed_paths')) FROM x",
    "FROM duckdb_settings()",
    "FROM duckdb_secrets()",
    "FROM duckdb_logs()",
    "FROM duckdb_views()",
    "FROM duckdb_tables",
    "FROM duckdb_views",
    "FROM duckdb_databases()",
    "FROM duckdb_extensions()",
    "FROM duckdb_functions()",
    "FROM duckdb_temporary_files()",
    "FROM duckdb_external_file_cache()",
    "FROM pragma_version()",
    "FROM pragma_database_size()",
    "FROM pragma_user_agent()",
    "FROM pragma_show('reports')",
    "FROM pragma_table_info('reports')",
    "FROM sqlite_master",
    "FROM sqlite_schema",
    "FROM information_schema.views",
    "FROM system.information_schema.tables",
    "FROM memory.main.reports",
    "FROM pg_catalog.pg_views",
    "SELECT pg_get_viewdef(1)",
    "SELECT version()",
    "WITH x AS (FROM sqlite_master), sqlite_master AS (SELECT 1) FROM x",
    "WITH RECURSIVE duckdb_views AS (FROM duckdb_views) FROM duckdb_views",
    "SELECT 1 WHERE 1 IN (WITH duckdb_views AS (SELECT 1) FROM duckdb_views) OR EXISTS (FROM duckdb_views)",
    "SHOW ALL TABLES",
    "SHOW DATABASES",
    "DESCRIBE",
    "FROM (SHOW ALL TABLES)",
    "EXPLAIN SELECT * FROM reports",
    "EXPLAIN ANALYZE SELECT * FROM reports",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{segment}' (use_tmp_file false, format parquet)",
    "PRAGMA database_list",
    "PRAGMA show_tables_expanded",
    # changes
    "COPY reports TO '{target}'",
    "COPY (SELECT 1) TO '{segment}' (use_tmp_file false, format parquet)",
    "EXPORT DATABASE '{target}'",
    "IMPORT DATABASE '{target}'",
    "ATTACH '{database}' AS x (TYPE sqlite)",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET lock_configuration = false",
    "RESET enable_external_access",
    "CALL pragma_version()",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "CREATE TABLE x AS SELECT 1",
    "CREATE MACRO f() AS 1",
    "CREATE SECRET s (TYPE s3)",
    "INSERT INTO ledger VALUES (1)",
    "DELETE FROM ledger",
    "WITH gone AS (DELETE FROM ledger RETURNING *) FROM gone",
    "WITH x AS (INSERT INTO ledger VALUES (1) RETURNING *) SELECT * FROM x",
    "SELECT nextval('s')",
    "SELECT write_log('x')",
    "SELECT sleep_ms(100000)",
    "SELECT $1",
    # more than one, or none
    "SELECT 1; SELECT 2",
    "SELECT 1; COPY reports TO '{target}'",
    "SELECT 1 /* ; */ ; -- */\n SET threads = 4",
    "PIVOT reports ON type USING count(*)",
    "",
    "-- nothing",
    "SELEC 1",
    "SELECT " + "[" * 4_000 + "1" + "]" * 4_000,
    "SELECT " + "1 + " * 4_000 + "1",
]


# What is refused later: the tables are ours.
REFUSED_LATER = [
    "SELECT who FROM corrections",
    "SELECT filename FROM reports",
    "SELECT rowid FROM reports",
    "SELECT 1 FROM (WITH x AS (SELECT 1) SELECT 2) JOIN x ON true",
    "SELECT reports FROM (SELECT 1)",
    "SELECT 'x'::secret",
    "SELECT id COLLATE nothing FROM reports",
]


def written(question, store, folder):
    """The question with paths that a stranger has guessed."""
    (folder / "secret.csv").write_text(f"password\n{SECRET}\n")
    paths = {
        "{outside}": folder / "secret.csv",
        "{target}": folder / "stolen",
        "{segment}": next(store.rglob("reports/**/*.parquet")),
        "{database}": store / "detente.db",
    }
    for name, path in paths.items():
        question = question.replace(name, str(path).replace("'", "''"))
    return question


def tells_nothing(told, store, question):
    secrets = (str(store.parent), str(asking.__file__), os.environ["HOME"], SECRET, "root:", "alice")
    return not any(secret in told and secret not in question for secret in secrets)


@pytest.mark.parametrize("question", BREAKOUTS)
def test_a_question_that_reaches_for_something_else_is_refused(store, tmp_path, question):
    question = written(question, store, tmp_path)
    with pytest.raises(QuestionError) as refused:
        tables_asked(question)
    assert tells_nothing(str(refused.value), store, question)


# Every sixth in earnest: a child takes a quarter of a second, and all are refused by the same rules in it.
@pytest.mark.parametrize("question", [*REFUSED_LATER, *BREAKOUTS[::6]])
def test_a_question_reaches_nothing_else(store, tmp_path, question):
    question = written(question, store, tmp_path)
    segment = next(store.rglob("reports/**/*.parquet"))
    before = segment.read_bytes()
    with pytest.raises(QuestionError) as refused:
        ask_apart(store, question)
    assert tells_nothing(str(refused.value), store, question)
    assert segment.read_bytes() == before
    assert not (tmp_path / "stolen").exists()


@pytest.mark.parametrize("question", ["SELECT 1 AS \ud800", "SELECT '" + "x" * 30_000 + "'"])
def test_a_question_that_is_no_question(store, children, question):
    with pytest.raises(QuestionError):
        ask_apart(store, question)
    assert not children


@pytest.mark.parametrize(
    "question",
    [
        "SELECT current_user, session_user, current_catalog, current_schema",
        "SELECT * FROM corrections",
        "FROM ledger",
        "FROM placements",
        "SUMMARIZE reports",
        "DESCRIBE corrections",
    ],
)
def test_an_answer_tells_nothing_of_the_machine(store, question):
    assert tells_nothing(str(ask_apart(store, question).table.to_pylist()), store, question)


def test_a_child_has_no_environment_of_ours(store, monkeypatch):
    tell = "import json, os; print(json.dumps({'whose': 'question', 'fault': str(dict(os.environ))}))"
    monkeypatch.setattr(asking, "_CHILD", tell)
    with pytest.raises(QuestionError) as told:
        ask_apart(store, "SELECT 1")
    assert SECRET not in str(told.value)
    assert "HOME" not in str(told.value)


def test_a_child_writes_no_file(store, tmp_path, monkeypatch):
    write = f"import pathlib; pathlib.Path({str(tmp_path / 'x')!r}).write_text('x')"
    monkeypatch.setattr(asking, "_CHILD", f"from detente.desk.asking import _limit; _limit(FSIZE=0); {write}")
    with pytest.raises(StoreError, match="died"):
        ask_apart(store, "SELECT 1")
    assert (tmp_path / "x").read_text() == ""


# -- Limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [FOREVER, "SELECT length(repeat('x', 300000000))"])
def test_time_runs_out(store, children, question):
    began = time.monotonic()
    with pytest.raises(QuestionError, match=r"took over 1 s; add a WHERE or a LIMIT"):
        ask_apart(store, question, seconds=1)
    assert time.monotonic() - began < 3
    assert all(map(is_gone, children))


@pytest.mark.parametrize(
    "question",
    [
        "SELECT repeat('x', 2000000000)",
        "SELECT length(repeat('x', 900000000))",
        "SELECT list(range) FROM range(100000000)",
        "SELECT DISTINCT range FROM range(100000000) ORDER BY 1 DESC",
    ],
)
def test_memory_runs_out(store, question):
    with pytest.raises(QuestionError, match=r"took over 400 MB of memory"):
        ask_apart(store, question, memory=400 << 20)


@pytest.mark.parametrize("question, given, is_cut", [(10, 10, False), (11, 10, True), (1_000_000, 10, True)])
def test_rows_are_cut(store, question, given, is_cut):
    asked = ask_apart(store, f"FROM range({question})", rows=10)
    assert (asked.table.num_rows, asked.is_cut) == (given, is_cut)
    assert rows(asked)[-1] == (given - 1,)


def test_bytes_are_cut(store):
    asked = ask_apart(store, "SELECT repeat('x', 5000) AS text FROM range(1000000)", size=1 << 20)
    assert asked.is_cut
    assert 1_000_000 < asked.table.nbytes < 1 << 20


def test_a_row_that_is_too_large_is_left_out(store):
    asked = ask_apart(store, "SELECT 1 AS n, repeat('x', 20000000) AS text", size=1 << 20)
    assert (asked.table.column_names, asked.table.num_rows, asked.is_cut) == (["n", "text"], 0, True)


def test_two_are_answered_at_once_and_a_third_waits_a_moment(store, monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE", 0.2)
    both = threading.Barrier(3)

    def late():
        both.wait()
        with pytest.raises(QuestionError, match="took over"):
            ask_apart(store, FOREVER, seconds=1.5)

    with ThreadPoolExecutor(2) as pool:
        began = time.monotonic()
        running = [pool.submit(late), pool.submit(late)]
        both.wait()
        time.sleep(0.3)
        with pytest.raises(StoreError, match="two questions are being answered; try again"):
            ask_apart(store, "SELECT 1")
        for one in running:
            one.result()
    assert time.monotonic() - began < 2.8
    assert rows(ask_apart(store, "SELECT 1")) == [(1,)]


def test_more_than_may_wait_are_told_at_once(store, monkeypatch):
    monkeypatch.setattr(asking, "_PLACES", threading.BoundedSemaphore(1))
    with asking._turn(), pytest.raises(StoreError, match="try again"):
        ask_apart(store, "SELECT 1")


# -- Children that do not answer --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "program, fault, told",
    [
        ("import os; os.kill(os.getpid(), 9)", StoreError, r"died \(SIGKILL\); try again"),
        ("import os; os.abort()", StoreError, r"died \(SIGABRT\)"),
        ("raise SystemExit(3)", StoreError, r"died \(code 3\)"),
        ("print('hello')", StoreError, "nothing that can be read"),
        ("print('{}')", StoreError, "nothing that can be read"),
        ("while True: print('x' * 100000)", QuestionError, "over 1 MB"),
        ("import time; time.sleep(60)", QuestionError, "took over 1 s"),
        # what it started is ended with it
        ("import os, time; os.fork(); time.sleep(60)", QuestionError, "took over 1 s"),
    ],
)
def test_a_child_that_does_not_answer(store, children, monkeypatch, program, fault, told):
    monkeypatch.setattr(asking, "_CHILD", program)
    with pytest.raises(fault, match=told):
        ask_apart(store, "SELECT 1", seconds=1, size=1 << 20)
    assert all(map(is_gone, children))


def test_a_child_that_is_ended_by_another(store, children):
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask_apart, store, FOREVER)
        while not children:
            time.sleep(0.01)
        time.sleep(0.4)
        children[0].kill()
        with pytest.raises(StoreError, match="died"):
            asked.result()


def test_no_store(tmp_path):
    with pytest.raises(StoreError, match="none: no store is here") as told:
        ask_apart(tmp_path / "none", "SELECT 1")
    assert str(tmp_path) not in str(told.value)


def test_no_folder_for_a_store(tmp_path):
    with pytest.raises(StoreError, match="store: no store is here"):
        ask_apart(tmp_path / "no" / "store", "SELECT 1")


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"PAR1 no more")])
def test_a_damaged_store(store, tmp_path, damage):
    broken = tmp_path / "broken"
    shutil.copytree(store, broken)
    damage(next(broken.rglob("reports/**/*.parquet")))
    with pytest.raises(StoreError, match=r"^a segment is missing or damaged; run detente doctor --store$"):
        ask_apart(broken, "FROM reports")
