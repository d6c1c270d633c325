"""Sets of coded sentences: how rows are read, what the figures are, and what `detente evaluate events` tells."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from detente.cli.main import cli
from detente.coder import Coder
from detente.errors import DetenteError
from detente.evaluate.baselines import bag_of_words
from detente.evaluate.events import QUAD_OF_ROOT, tables_of
from detente.evaluate.figures import f1, figure, macro_f1, ratio, share
from detente.evaluate.rows import rows_of
from detente.evaluate.runs import Kept, changes, load, save
from detente.evaluate.sentences import told_of

EXPELLED = {
    "id": "expelled",
    "text": "Peru expelled two Chilean diplomats on Monday.",
    "codes": {"root": "SANCTION", "quad": 4, "binary": 1},
    "spans": [{"role": "source", "start": 0, "end": 4}, {"role": "target", "start": 18, "end": 25}],
}
TURNED = EXPELLED | {
    "id": "turned",
    "spans": [{"role": "target", "start": 0, "end": 4}, {"role": "source", "start": 18, "end": 25}],
}
MET = {
    "id": "met",
    "text": "The leaders of Chad and Niger met in Paris.",
    "codes": {"root": "CONSULT", "quad": 1, "binary": 0},
    "spans": [{"role": "source", "start": 15, "end": 19}, {"role": "target", "start": 24, "end": 29}],
}
PRAISED = {"id": "praised", "text": "Peru praised Chile.", "codes": {"penta": 1},
           "tokens": ["Peru", "praised", "Chile", "."], "tags": ["B-S", "O", "B-T", "O"]}  # fmt: skip
DRY = {"id": "dry", "text": "The summer was long and dry.", "codes": {"relevant_majority": False}}


@pytest.fixture(scope="module")
def coder():
    return Coder()


@pytest.fixture
def set_of(tmp_path):
    def write(*rows):
        path = tmp_path / "set.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


def told(coder, path):
    return list(told_of(rows_of(path), coder))


def figures_of(tables, title):
    return {one.name: one for one in next(table for table in tables if table.title == title).figures}


# ---------------------------------------------------------------------------------------------------------------------
# rows


def test_a_pair_row_has_its_spans_and_codes(set_of):
    (row,) = rows_of(set_of(EXPELLED))
    assert (row.kind, row.root, row.quad, row.conflict) == ("pair", "SANCTION", 4, True)
    assert [row.text[slice(*span)] for span in (*row.source, *row.target)] == ["Peru", "Chilean"]


def test_tags_become_spans_of_the_text(set_of):
    tagged = {"text": "South Korea and Peru met , Seoul said .", "codes": {"penta": 1},
              "tokens": ["South", "Korea", "and", "Peru", "met", ",", "Seoul", "said", "."],
              "tags": ["B-R", "I-R", "O", "B-T", "O", "O", "B-S", "O", "O"]}  # fmt: skip
    (row,) = rows_of(set_of(tagged))
    assert [row.text[start:end] for start, end in row.source] == ["South Korea", "Seoul"]
    assert [row.text[start:end] for start, end in row.target] == ["South Korea", "Peru"]


def test_a_row_without_an_id_is_called_by_its_line(set_of):
    path = set_of({key: value for key, value in DRY.items() if key != "id"})
    assert rows_of(path)[0].id == f"{path}:1"


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"text": "no codes"}, "it needs text and codes"),
        ({"codes": {"root": "AID"}}, "it needs text and codes"),
        ({"text": "empty", "codes": {}}, "codes hold neither root, penta nor relevant_majority"),
        ([1, 2], "it needs text and codes"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_file_and_line(set_of, row, wrong):
    with pytest.raises(DetenteError, match=wrong) as error:
        rows_of(set_of(EXPELLED, row))
    assert "set.jsonl:2: " in str(error.value)


def test_a_set_is_of_one_kind(set_of):
    with pytest.raises(DetenteError, match="holds class and pair; give rows of one kind"):
        rows_of(set_of(EXPELLED, PRAISED))
    with pytest.raises(DetenteError, match="holds no rows"):
        rows_of(set_of())


# ---------------------------------------------------------------------------------------------------------------------
# figures, by hand


def test_the_measures_are_those_of_the_textbook():
    rows = np.arange(4)
    gold, said = [1, 1, 1, 0], [1, 0, 0, 1]
    right = [1, 0, 0, 0]
    assert f1(right, said, gold)(rows) == pytest.approx(2 * 1 / (2 + 3))
    assert ratio(right, said)(rows) == pytest.approx(1 / 2)
    assert ratio(right, gold)(rows) == pytest.approx(1 / 3)
    assert share(gold)(rows) == pytest.approx(3 / 4)
    # a: 2 of 2 told, 2 of 3 there; b: 1 of 2 told, 1 of 1 there; c is told, but never there.
    statistic = macro_f1(["a", "a", "a", "b"], ["a", "a", "c", "b"])
    assert statistic(rows) == pytest.approx((4 / 5 + 1) / 2)


def test_nothing_told_is_nothing_right():
    rows = np.arange(2)
    assert f1([0, 0], [0, 0], [0, 0])(rows) == 0
    assert ratio([0, 0], [0, 0])(rows) == 0
    assert ratio([0, 0], [0, 0], empty=1.0)(rows) == 1


def test_an_interval_holds_its_value_and_narrows_with_more_rows():
    few, many = ([True, False] * n for n in (10, 1000))
    a, b = (figure("half", share(values), len(values)) for values in (few, many))
    assert a.value == b.value == 0.5
    assert a.low < b.low < 0.5 < b.high < a.high
    assert figure("none", share([]), 0).rows == 0


def test_an_interval_is_the_same_every_time():
    values = [True, False, True]
    assert figure("x", share(values), 3) == figure("x", share(values), 3)


# ---------------------------------------------------------------------------------------------------------------------
# what the coder made of the rows


def test_a_row_is_right_when_dyad_and_type_are(coder, set_of):
    right, turned, met = told(coder, set_of(EXPELLED, TURNED, MET))
    assert (right.is_right, right.source, right.target, right.root) == (True, True, True, "SANCTION")
    assert (turned.is_right, turned.has_dyad, turned.has_root, turned.turned) == (False, False, True, True)
    assert met.is_right and met.root == "CONSULT"


def test_the_tables_of_pairs(coder, set_of):
    tables = list(tables_of(told(coder, set_of(EXPELLED, TURNED, MET)), coder.code_pair, baselines=False))
    ends = figures_of(tables, "end to end")
    assert ends["dyad and root, recall"].value == pytest.approx(2 / 3)
    assert ends["right root in any report"].value == 1
    assert ends["reciprocal rows, pair found"].rows == 1
    assert figures_of(tables, "pair given")["root, accuracy"].rows == 3
    assert not [table.title for table in tables if table.title.startswith("baseline")]


def test_the_tables_of_classes_and_of_relevance(coder, set_of):
    (table,) = tables_of(told(coder, set_of(PRAISED)), baselines=False)
    values = {one.name: one.value for one in table.figures}
    assert values["class 0-4, accuracy"] == values["source overlap, tagged rows"] == 1
    event = {"text": EXPELLED["text"], "codes": {"relevant_majority": True}}
    (table,) = tables_of(told(coder, set_of(DRY, event)))
    values = {one.name: one.value for one in table.figures}
    assert values["event or none, F1"] == 1
    assert values["baseline: always yes, F1"] == pytest.approx(2 / 3)


def test_the_quads_hold_every_type_that_a_pair_may_stand_in(coder):
    types = {one.type for one in coder.code_pair("Peru expelled two Chilean diplomats.", (0, 4), (18, 25))}
    assert set(QUAD_OF_ROOT) == (types - {"CONCEDE", "RETREAT"}) | {"YIELD"}


def test_a_bag_of_words_learns_each_fold_from_the_others():
    texts = [f"{word} number {n}" for n in range(10) for word in ("bombs", "talks")]
    labels = ["ASSAULT", "CONSULT"] * 10
    assert bag_of_words(texts, labels) == labels
    # Words that tell nothing about the labels: the true label of a row is not among what its fold has seen.
    assert bag_of_words(["the same words"] * 10, ["A"] * 8 + ["B"] * 2) == ["A"] * 10


# ---------------------------------------------------------------------------------------------------------------------
# runs


def test_two_runs_are_held_against_each_other_row_by_row(tmp_path):
    def run_of(**rows):
        return [Kept(id, id, right, ()) for id, right in rows.items()]

    before = run_of(a=True, b=False, c=True, d=True)
    after = run_of(a=False, b=True, c=True, e=True)
    save(before, tmp_path / "run")
    assert load(tmp_path / "run") == before
    assert [(one.after.id, one.gained) for one in changes(before, after)] == [("a", False), ("b", True)]


def test_a_file_that_is_no_run_is_named(tmp_path, set_of):
    with pytest.raises(DetenteError, match=r"set\.jsonl: no kept run .*; make one with --save"):
        load(set_of({"id": "1"}))
    with pytest.raises(DetenteError, match="missing: No such file"):
        load(tmp_path / "missing")


# ---------------------------------------------------------------------------------------------------------------------
# the command


def run(*arguments):
    return CliRunner().invoke(cli, ["evaluate", "events", *map(str, arguments)], catch_exceptions=False)


def test_the_command_prints_figures_with_intervals_and_keeps_the_run(set_of, tmp_path):
    done = run(set_of(EXPELLED, TURNED), "--no-baselines", "--save", tmp_path / "run")
    assert done.exit_code == 0
    line = next(line for line in done.stdout.splitlines() if "dyad and root, recall" in line)
    assert line.split()[4:] == ["0.500", "[0.000,", "1.000]", "of", "2"]
    assert [(one.id, one.right) for one in load(tmp_path / "run")] == [("expelled", True), ("turned", False)]


def test_the_command_writes_json(set_of):
    done = run(set_of(DRY), "--no-baselines", "--format", "json")
    (table,) = json.loads(done.stdout)
    assert table["title"] == "end to end"
    assert {"name", "value", "low", "high", "rows"} == set(table["figures"][0])


def test_the_command_tells_what_was_gained_and_lost(set_of, tmp_path):
    before = tmp_path / "before"
    save([Kept("expelled", EXPELLED["text"], False, ()), Kept("turned", TURNED["text"], True, ("once",))], before)
    out = run(set_of(EXPELLED, TURNED), "--no-baselines", "--compare", before).stdout
    assert out.index("LOST turned: Peru expelled") < out.index("GAINED expelled: Peru expelled")
    assert "was once" in out and "was nothing" in out


def test_a_set_too_small_for_the_baseline_says_what_to_do(set_of):
    done = run(set_of(EXPELLED, MET))
    assert done.exit_code == 3
    assert "it needs 5 of one label and 2 of another; leave it out with --no-baselines" in done.output


def test_words_of_a_set_cannot_steer_the_terminal(set_of, tmp_path):
    hostile = DRY | {"text": "The summer \x1b[2J was dry."}
    before = tmp_path / "before"
    save([Kept("dry", "", False, ())], before)
    out = run(set_of(hostile), "--no-baselines", "--compare", before).stdout
    assert "GAINED dry" in out and "\x1b" not in out


def test_a_set_that_cannot_be_read_ends_with_3(set_of):
    done = run(set_of({"text": "no codes"}))
    assert done.exit_code == 3
    assert "set.jsonl:1: no row of a set" in done.output
