"""`detente explain` and `detente why --route`: the route drawn for people, or as JSON for programs."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import detente
from detente.cli.main import cli
from detente.store import Store

DOCS = Path(__file__).parents[2] / "docs"
TEXT = "Peru said Togo had expelled two Swiss envoys on Monday."


def run(*arguments, input=None, **env):
    env = {"COLUMNS": "160", "NO_COLOR": "1", "FORCE_COLOR": None, **env}
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=input, prog_name="detente", env=env)


def lines(result):
    return [line.lstrip("│├└─ ") for line in result.stdout.splitlines()]


def test_draws_the_route_from_clause_to_report():
    result = run("explain", TEXT, "--published", "2024-05-15")
    assert (result.exit_code, result.stderr) == (0, "")
    for told in (
        'who    Peru (PER): "Peru"; Togo (TGO): "Togo"; Government of Switzerland (CHEGOV): "two Swiss envoys"',
        'when   "Monday": 2024-05-13',
        "2 expelled  verb expel, past, perfect, under 1 (ccomp)",
        "object: two Swiss envoys = Government of Switzerland (CHEGOV)",
        "lost to events/sanction#expel-envoys (lower priority: 0 < 1)",
        'refused  events/sanction#expel-observers: object "envoys" is not one of [@observers]',
        'object "two Swiss envoys" stands for <target>',
        "standing: happened",
        "said by: Peru (PER)",
        'Peru: "said" (speech/saying#say)',
        "when: 2024-05-13",
    ):
        assert told in lines(result)
    assert all(line == line.rstrip() for line in result.stdout.splitlines())


def test_says_why_nothing_comes_out():
    assert 'no event: no entry has the verb "dance"' in lines(run("explain", "Togo danced."))
    assert "no event: nobody who acts is named in the sentence" in lines(run("explain", "They held talks."))
    assert "no clause: neither a verb nor a noun of event was found in it" in lines(run("explain", "Togo."))


def test_shows_the_nearest_refusals_unless_all_are_asked_for():
    short, long = (run("explain", "Togo called Benin.", *more) for more in ((), ("--all",)))
    refused = [sum(line.startswith("refused  events/") for line in lines(result)) for result in (short, long)]
    assert refused[0] == 6 < refused[1]
    assert f"refused  {refused[1] - 6} more (--all shows them)" in lines(short)


def test_reads_standard_input():
    assert run("explain", "-", input=TEXT).stdout == run("explain", TEXT).stdout


def test_gives_json_for_programs():
    found = json.loads(run("explain", TEXT, "--format", "json").stdout)
    (sentence,) = found["sentences"]
    said, expelled, *_ = sentence["clauses"]
    assert (said["outcome"], expelled["outcome"]) == ("no pattern fits", "told")
    assert expelled["report"] == json.loads(json.dumps(expelled["report"])) and expelled["report"]["type"] == "SANCTION"
    assert [tried["fits"] for tried in expelled["tried"]][:1] == [True] and expelled["tried"][0]["why"] == ""
    assert [argument["place"] for argument in expelled["frame"]["arguments"]][:2] == ["subject", "object"]


def test_tries_the_entries_of_your_own_lexicon(tmp_path):
    (tmp_path / "events").mkdir()
    entry = 'type = "SANCTION"\n[[rule]]\nid = "ground"\npatterns = ["<source> [!fog] mothball <target> [airliner]"]\n'
    (tmp_path / "events" / "mine.toml").write_text(entry)
    grounded, fog = (
        run("explain", f"{who} mothballed a Swiss airliner.", "--lexicon", tmp_path) for who in ("Togo", "Fog")
    )
    assert any(line.startswith("won      events/mine#ground  SANCTION") for line in lines(grounded))
    assert 'refused  events/mine#ground: subject "Fog" is barred by [!fog]' in lines(fog)


@pytest.mark.parametrize(
    "text, said",
    [("", "empty"), ("Die Minister haben sich in Wien getroffen, und über Chad gesprochen.", "German")],
)
def test_says_what_is_no_text_to_code(text, said):
    result = run("explain", text)
    assert (result.exit_code, result.stdout, said in result.stderr) == (1, "", True)


def test_a_date_that_is_none_is_wrong_usage():
    result = run("explain", TEXT, "--published", "last May")
    assert (result.exit_code, "no ISO 8601 date" in result.stderr) == (2, True)


def test_nothing_in_the_text_steers_the_terminal():
    text = "Togo \x1b[31mexpelled\x07 two [bold]Swiss\u202e envoys\x00 :smile: on Monday."
    result = run("explain", text)
    assert result.exit_code == 0
    assert not {"\x1b", "\x07", "\u202e", "\x00"} & set(result.stdout)
    assert "[bold]" in result.stdout and ":smile:" in result.stdout


def test_nothing_in_a_name_steers_the_terminal():
    """Words that no lexicon knows become names."""
    shown = run("explain", "ZAMBIA'S, RULIN\x1b[31MG PARTY CONCEDED THE ELECTION").stdout
    assert "rulin" in shown and "\x1b" not in shown


def test_colour_is_shown_when_it_is_asked_for_and_heeds_no_color():
    assert "\x1b[" in run("explain", TEXT, NO_COLOR=None, FORCE_COLOR="1", TERM="xterm").stdout
    assert "\x1b[" not in run("explain", TEXT).stdout


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    path = tmp_path_factory.mktemp("routes") / "events"
    reports = detente.code("Togo's president visited Benin.\n\nLater he expelled two Swiss envoys.")
    with Store(path) as store:
        store.publish(list(reports.codings), version="1")
    return path, reports[-1]


def test_why_draws_the_route_of_a_stored_report(stored):
    path, report = stored
    result = run("why", report.id, "--store", path, "--route")
    assert (result.exit_code, result.stderr) == (0, "")
    assert any(line.startswith("won      events/sanction#expel-envoys  SANCTION") for line in lines(result))
    # who "he" is stands in the sentence before
    assert 'subject "he" stands for <source>' in lines(result)
    assert "visited" not in result.stdout.split("score")[1]


def test_why_says_when_the_report_does_not_come_out_again(stored, tmp_path):
    path, report = stored
    (tmp_path / "events").mkdir()
    entry = 'type = "SANCTION"\n[[rule]]\nid = "expel-envoys"\npatterns = ["<source> snub <target>"]\n'
    (tmp_path / "events" / "sanction.toml").write_text(entry)
    result = run("why", report.id, "--store", path, "--route", "--lexicon", tmp_path)
    assert (result.exit_code, "does not come out as it is stored" in result.stderr) == (0, True)
    assert "events/sanction#expel-envoys:" not in result.stdout


@pytest.mark.parametrize("page", ["cli.md", "lexicon.md"])
def test_the_docs_show_what_is_printed(page, tmp_path, monkeypatch):
    told = (DOCS / page).read_text(encoding="utf-8")
    (tmp_path / "mine" / "events").mkdir(parents=True)
    airlines = re.search(r"```toml\n(type = .*?)```", (DOCS / "lexicon.md").read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "mine" / "events" / "airlines.toml").write_text(airlines[1])
    monkeypatch.chdir(tmp_path)
    command, shown = re.search(r"    \$ detente (explain .*)\n((?:    .*\n)+)", told).groups()
    printed = iter(run(*shlex.split(command), COLUMNS="118").stdout.splitlines())
    wanted = [line[4:] for line in shown.splitlines() if line.strip() != "[...]"]
    assert len(wanted) > 5
    # What "[...]" leaves out may change with the lexicon; the rest stands there, and in this order.
    assert [line for line in wanted if line not in printed] == []
