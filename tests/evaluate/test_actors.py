"""Sets of phrases and of sentences with two sides: how rows are read, and what is right."""

import json

import pytest
from click.testing import CliRunner

from detente.cli.main import cli
from detente.coder import Coder
from detente.errors import DetenteError
from detente.evaluate.actors import actor_rows, answers_of, phrase_tables, side_tables, sides_of, wrong_answers

PHRASES = [
    {"id": "1", "text": "Afghan police", "codes": {"country": "AFG", "code_1": "COP"}},
    {"id": "2", "text": "gunmen", "codes": {"country": "", "code_1": "UAF"}},
    {"id": "3", "text": "NATO", "codes": {"country": "IGO"}},
    {"id": "4", "text": "Zorvan Telluk", "codes": {"code": None}},
    # the day decides
    {"id": "5", "text": "Tony Blair", "codes": {"country": "GBR", "code_1": "GOV"}, "date": "20050505"},
    {"id": "6", "text": "Tony Blair", "codes": {"country": "GBR", "code_1": "ELI"}, "args": ["", "5 May 2020"]},
    # any of several, and wrong on purpose
    {"id": "7", "text": "Hezbollah", "codes": {"country": "LBN", "code_1": {"In": ["PTY", "REB"]}}},
    {"id": "8", "text": "Chile's defense ministry", "codes": {"country": "PER", "code_1": "GOV"}},
    # asks nothing
    {"id": "9", "text": "d['actor']", "codes": {}},
    {"id": "10", "text": "Iran", "codes": {"country": "IRN"}, "split": "xfail: known"},
]
SIDES = [
    {
        "id": "a",
        "text": "Peru expelled two Chilean envoys.",
        "source": ["PER"],
        "target": ["CHLGOV"],
        "date": "20090628",
    },
    {"id": "b", "text": "Peru expelled two Chilean envoys.", "source": ["CHL"], "target": ["PER"]},
    {"id": "c", "text": "The UN thanked Chile.", "source": ["IGOUNO"], "target": ["CHL"]},
    {"id": "d", "text": "Rain fell.", "source": [], "target": ["---"]},
]


@pytest.fixture(scope="module")
def coder():
    return Coder()


@pytest.fixture
def set_of(tmp_path):
    def write(rows):
        path = tmp_path / "set.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


def test_phrases_are_right_by_country_and_sector(coder, set_of):
    rows, left = actor_rows(set_of(PHRASES))
    assert (len(rows), left) == (8, 2)
    answers = {one.row.id: one for one in answers_of(rows, coder)}
    assert {id: (one.country, one.sector) for id, one in answers.items()} == {
        "1": (True, True), "2": (True, True), "3": (True, None), "4": (None, None), "5": (True, True),
        "6": (True, True), "7": (True, True), "8": (False, True),
    }  # fmt: skip
    table = {one.name: one.value for one in next(iter(phrase_tables(list(answers.values())))).figures}
    assert table["country"] == pytest.approx(6 / 7) and table["primary sector"] == 1
    assert table["nobody in particular, and so left alone"] == 1
    assert list(wrong_answers(answers.values())) == [
        '"Chile\'s defense ministry": wanted PER GOV, got CHLGOV (CHLGOV, GOV/MIL)'
    ]


def test_sides_are_right_in_one_report_and_direction(coder, set_of):
    rows, left = actor_rows(set_of(SIDES))
    assert (len(rows), left) == (3, 1)
    sides = list(sides_of(rows, coder))
    assert [(one.coded, one.turned, one.known) for one in sides] == [
        (True, True, True), (False, True, True), (True, True, True),
    ]  # fmt: skip
    figures = next(iter(side_tables(sides))).figures
    assert [one.value for one in figures] == pytest.approx([2 / 3, 1, 1])


@pytest.mark.parametrize("line", ["not json", '{"codes": {}}', "[]"])
def test_a_row_that_is_none_is_named(tmp_path, line):
    path = tmp_path / "set.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(DetenteError, match=r"set\.jsonl"):
        actor_rows(path)


def test_the_command_prints_figures_and_errors(set_of):
    result = CliRunner().invoke(cli, ["evaluate", "actors", str(set_of([*PHRASES, *SIDES])), "--errors"])
    assert result.exit_code == 0
    assert "primary sector" in result.stdout and "wanted PER GOV" in result.stdout
    assert "3 lines of the set ask nothing" in result.stdout
    as_json = CliRunner().invoke(cli, ["evaluate", "actors", str(set_of(PHRASES)), "--format", "json"])
    assert json.loads(as_json.stdout)[0]["title"] == "phrases that stand alone"
