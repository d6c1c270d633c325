"""`detente code` with a coder made by hand: what goes where, and with which exit code."""

import json
import signal
import zipfile
from typing import ClassVar

import pytest
from click.testing import CliRunner
from tests.store.made import article, report

from detente.cli import run as run_module
from detente.cli.main import cli
from detente.errors import ModelError
from detente.model import Coding, Record
from detente.store import Store


class MadeCoder:
    """Codes a page by its first word: "events", "silence", "list" (no article), "crash"."""

    version = "made-1"
    coded: ClassVar[list[str]] = []

    def __init__(self, *arguments):
        pass


def made_code(records, *, workers=1, lexicons=()):
    for record in records:
        if not isinstance(record, Record):
            yield Coding(record="", origin=record.origin, state=record.state, reason=record.reason)
            continue
        MadeCoder.coded.append(record.origin)
        yield outcome(record)


def outcome(record):
    word, _, rest = record.content.decode().partition(" ")
    if word == "list":
        reason = f"{record.origin}: a list of links"
        return Coding(record=record.id, origin=record.origin, state="not an article", reason=reason)
    if word == "stop":
        signal.raise_signal(signal.SIGINT)
    if word == "crash":
        raise ModelError("model.onnx: damaged; install Detente again")
    told = article(rest, origin=record.origin, record=record.id, date=record.published)
    reports = (report(told),) if word == "events" else ()
    state = "coded" if reports else "no events"
    return Coding(record=record.id, origin=record.origin, state=state, article=told, reports=reports)


@pytest.fixture(autouse=True)
def made_coder(monkeypatch):
    MadeCoder.coded = []
    monkeypatch.setattr(run_module, "Coder", MadeCoder)
    monkeypatch.setattr(run_module, "code", made_code)


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("events Norway votes")
    (folder / "b.txt").write_text("silence Chad sleeps")
    (folder / "c.txt").write_text("list of links")
    return folder


def detente(*arguments, input=None):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=input, prog_name="detente")


def test_the_table_goes_to_standard_output_and_the_rest_to_standard_error(news):
    result = detente("code", news)
    assert result.exit_code == 0
    assert "Norway votes" in result.stdout
    assert "detente:" not in result.stdout
    assert f"not an article: {news}/c.txt: a list of links" in result.stderr
    assert f"no date: {news}/a.txt" in result.stderr
    assert "3 records: 1 coded, 1 no events, 1 not an article; 1 report; 1 without a date\n" in result.stderr


def test_json_lines(news):
    result = detente("code", news, "--format", "jsonl")
    (line,) = map(json.loads, result.stdout.splitlines())
    assert (line["origin"], line["type"]) == (f"{news}/a.txt", "AGREE")


def test_quiet_says_nothing_but_the_result(news):
    assert detente("code", news, "-q").stderr == ""


@pytest.mark.parametrize(
    "name, start", [("r.csv", b"id,"), ("r.jsonl", b"{"), ("r.parquet", b"PAR"), ("r.txt", b"Nor")]
)
def test_the_name_of_the_file_tells_the_format(news, tmp_path, name, start):
    result = detente("code", news, "--out", tmp_path / name)
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(start)
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_standard_input():
    result = detente("code", "-", "--from", "text", "--format", "jsonl", input="events Norway votes")
    assert json.loads(result.stdout)["origin"] == "-"


def test_the_date_from_outside_is_for_records_that_give_none(tmp_path):
    lines = [{"text": "events a"}, {"text": "events b", "published": "2001-01-01"}]
    (tmp_path / "x.jsonl").write_text("\n".join(map(json.dumps, lines)))
    result = detente("code", tmp_path / "x.jsonl", "--published", "2009-06-28", "--format", "jsonl")
    assert [json.loads(line)["date"] for line in result.stdout.splitlines()] == ["2009-06-28", "2001-01-01"]


def test_a_store_is_made_and_filled(news, tmp_path):
    detente("code", news, "--store", tmp_path / "s", "--format", "none")
    with Store(tmp_path / "s", create=False) as store:
        assert store.states() == {"coded": 1, "no events": 1, "not an article": 1}


def test_the_same_again_codes_nothing_and_tells_the_same(news, tmp_path):
    first = detente("code", news, "--store", tmp_path / "s")
    assert len(MadeCoder.coded) == 3
    again = detente("code", news, "--store", tmp_path / "s")
    assert len(MadeCoder.coded) == 3
    assert again.stdout == first.stdout
    assert "3 of the records were in" in again.stderr


def test_new_files_among_known_ones_keep_their_places(news, tmp_path):
    detente("code", news, "--store", tmp_path / "s")
    for name in ("0", "aa", "z"):
        (news / f"{name}.txt").write_text(f"events {name}")
    MadeCoder.coded = []
    result = detente("code", news, "--store", tmp_path / "s", "--format", "jsonl")
    assert [json.loads(line)["origin"][len(str(news)) :] for line in result.stdout.splitlines()] == [
        "/0.txt", "/a.txt", "/aa.txt", "/z.txt",
    ]  # fmt: skip
    assert len(MadeCoder.coded) == 3


def test_copies_are_told_once(news, tmp_path):
    (news / "copy.txt").write_text("events Norway votes")
    result = detente("code", news, "--store", tmp_path / "s", "--format", "jsonl")
    assert "1 coded, 1 no events, 1 duplicate, 1 not an article" in result.stderr
    with Store(tmp_path / "s", create=False) as store:
        assert store.counts()["reports"] == 1


def test_units_are_published_on_the_way(news, tmp_path, monkeypatch):
    monkeypatch.setattr(run_module, "UNIT", 2)
    (news / "z.txt").write_text("crash")
    result = detente("code", news, "--store", tmp_path / "s", "--format", "none")
    assert (result.exit_code, "damaged; install" in result.stderr) == (3, True)
    with Store(tmp_path / "s", create=False) as store:
        assert store.states() == {"coded": 1, "no events": 1}


@pytest.fixture
def interruptible():
    """Ctrl-C as a terminal has it; who starts the tests in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_keeps_what_was_published_and_goes_on_later(news, tmp_path, monkeypatch):
    monkeypatch.setattr(run_module, "UNIT", 2)
    (news / "bb.txt").write_text("stop now")
    result = detente("code", news, "--store", tmp_path / "s", "--out", tmp_path / "r.jsonl")
    assert result.exit_code == 130
    assert "goes on from there" in result.stderr
    assert len((tmp_path / "r.jsonl").read_text().splitlines()) == 1
    (news / "bb.txt").write_text("silence now")
    detente("code", news, "--store", tmp_path / "s")
    with Store(tmp_path / "s", create=False) as store:
        assert sum(store.states().values()) == 4


@pytest.mark.parametrize(
    "arguments, status, said",
    [
        (["/no/such/place"], 1, "unreadable: /no/such/place: no such file"),
        ([], 2, "Missing argument"),
        (["x", "--format", "xml"], 2, "'xml' is not one of"),
        (["x", "--format", "none"], 2, "--store"),
        (["x", "--published", "28 June"], 2, "2009-06-28"),
        (["x", "--workers", "0"], 2, "0 is not in the range"),
        (["x", "--lexicon", "/no/such/place"], 2, "does not exist"),
        (["x", "--out", "/no/such/place/x.csv"], 2, "cannot be written"),
        (["x", "--from", "docx"], 2, "'docx' is not one of"),
        (["x", "--columns", "body"], 2, "'body' says of no field which column holds it"),
        (["x", "--columns", "text=a,text=b"], 2, "each once"),
        (["x", "--columns", "author=a"], 2, "'author=a' says of no field"),
    ],
)
def test_what_goes_wrong_says_so(arguments, status, said):
    result = detente("code", *arguments)
    assert result.exit_code == status
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_one_bad_source_harms_no_other(news):
    result = detente("code", news / "none.txt", news / "a.txt", "--format", "jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "2 records: 1 coded, 1 unreadable" in result.stderr


def test_what_is_no_news_in_an_archive_is_told_and_is_no_failure(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "events A truce.")
        archive.writestr("b.png", b"x")
    done = detente("code", str(tmp_path / "a.zip"), "--format", "jsonl")
    assert done.exit_code == 0
    assert "passed over 1 member that is no news (1 .png)" in done.stderr
    assert "2 records: 1 coded, 1 not an article" in done.stderr


def test_columns_of_a_table(tmp_path):
    (tmp_path / "a.csv").write_text("words,day\nevents A truce.,2009-06-28\n")
    done = detente("code", str(tmp_path / "a.csv"), "--format", "jsonl", "--columns", "text=words, published=day")
    assert done.exit_code == 0 and '"2009-06-28' in done.stdout


def test_a_folder_that_is_no_store(news):
    result = detente("code", news, "--store", news)
    assert (result.exit_code, "holds other things" in result.stderr) == (3, True)


def test_many_skips_are_named_up_to_a_point(tmp_path):
    (tmp_path / "x.jsonl").write_text("".join(f'{{"text": "list {n}"}}\n' for n in range(50)))
    result = detente("code", tmp_path / "x.jsonl")
    assert result.stderr.count("a list of links") == 20
    assert "50 not an article" in result.stderr


def test_a_name_that_could_steer_the_terminal(tmp_path):
    (tmp_path / "\x1b[31mred.txt").write_text("list")
    result = detente("code", tmp_path)
    assert "\x1b" not in result.output


@pytest.mark.parametrize("format", ["table", "jsonl", "csv", "parquet"])
def test_a_name_that_is_not_utf_8(tmp_path, format):
    (tmp_path / "n").mkdir()
    (tmp_path / "n" / "caf\udce9.txt").write_text("events Norway votes")
    result = detente("code", tmp_path / "n", "--format", format, "--store", tmp_path / "s", "--out", tmp_path / "out")
    assert result.exit_code == 0
    with Store(tmp_path / "s", create=False) as store:
        assert [row["origin"] for row in store.ledger()] == [f"{tmp_path}/n/caf\\xe9.txt"]
