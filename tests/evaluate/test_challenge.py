"""The challenge set: the form of its items, what counts as right, and the floors that the coder must not fall below."""

import csv
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

import detente
from detente.cli.main import cli
from detente.coder import Coder
from detente.errors import DetenteError
from detente.evaluate import floors as floor
from detente.evaluate.challenge import OVERALL, false_facts, outcome_of, outcomes_of, tables_of
from detente.evaluate.items import FLOORS, OUTLET, items_of, phenomena
from detente.model import Party, Report

LEXICONS = Path(detente.__file__).parent / "lexicons"
ITEMS = items_of()
ITEMS_BY_ID = {item.id: item for item in ITEMS}


# ---------------------------------------------------------------------------------------------------------------------
# the form of the items


def test_the_set_is_as_large_as_it_says():
    types = Counter(event.readings[0].types[0] for item in ITEMS for event in item.needed)
    assert len(ITEMS) >= 440 and len(phenomena()) >= 18
    assert len(types) == 16 and min(types.values()) >= 20, types


def test_every_item_has_an_id_of_its_own_that_names_its_phenomenon_and_pair():
    ids = [item.id for item in ITEMS]
    assert len(set(ids)) == len(ids)
    assert [id for item, id in zip(ITEMS, ids, strict=True) if not id.startswith(f"{item.phenomenon}-")] == []
    pairs = Counter(item.pair for item in ITEMS)
    assert [pair for pair, members in pairs.items() if members not in (2, 3)] == []


def test_no_text_stands_twice():
    assert len({item.text for item in ITEMS}) == len(ITEMS)


def test_the_words_of_two_events_never_overlap():
    for item in ITEMS:
        spans = sorted(event.span for event in item.events)
        assert all(left[1] <= right[0] for left, right in pairwise(spans)), item.id


def actors_known():
    """Every id, country, code and sector that gold may name."""
    known = {OUTLET, "bbc"}  # bbc: the id of a name that the text alone gives
    for path in [*(LEXICONS / "actors").glob("*.tsv"), LEXICONS / "roles" / "sectors.tsv"]:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        for row in csv.DictReader(lines, delimiter="\t"):
            known |= {row["id"], row["id"].upper(), row.get("country") or "", row.get("code") or ""}
            known |= set((row.get("sectors|") or "").split("|"))
    return known


def test_gold_names_only_actors_that_there_are():
    known = actors_known()
    told = {
        (item.id, name)
        for item in ITEMS
        for event in item.events
        for reading in event.readings
        for side in (reading.source or (), reading.target or (), reading.speakers, (reading.speaker,))
        for wanted in side
        for name in wanted.replace("|", " ").split()
    }
    assert {(id, name) for id, name in told if name not in known} == set()


def test_mutual_events_have_the_same_actors_on_both_sides():
    readings = [(item.id, reading) for item in ITEMS for event in item.events for reading in event.readings[:1]]
    assert [id for id, reading in readings if reading.reciprocal and reading.source != reading.target] == []


def write_items(folder, text):
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "events, said",
    [
        # the words are not in the text, or twice
        ('{ words = "deported", types = ["COERCE"] }', "holds 'deported' 0 times"),
        ('{ words = "e", types = ["COERCE"] }', "holds 'e' 5 times"),
        # a type that PLOVER has not
        ('{ words = "expelled", types = ["EXPEL"] }', "Invalid enum value 'EXPEL'"),
        # a key that there is not
        ('{ words = "expelled", types = ["SANCTION"], sources = ["KEN"] }', "unknown field `sources`"),
        # no types at all
        ('{ words = "expelled" }', "missing required field `types`"),
    ],
)
def test_an_item_that_cannot_be_read_is_named(events, said, tmp_path):
    text = f'[[item]]\nid = "mine-01a"\ntext = "Kenya expelled envoys."\nevents = [{events}]\n'
    with pytest.raises(DetenteError, match="mine-01a") as error:
        items_of(["mine"], write_items(tmp_path, text))
    assert said in str(error.value)


def test_a_phenomenon_that_there_is_not_lists_those_that_there_are():
    with pytest.raises(DetenteError, match=r"irony: no such phenomenon; there are adjuncts, .*threats"):
        items_of(["irony"])


# ---------------------------------------------------------------------------------------------------------------------
# what counts as right

TEXT = "Norway said Kenya had expelled the Somali ambassador after a quarrel."
NORWAY = Party(id="NOR", name="Norway", country="NOR", words=(0, 6))
KENYA = Party(id="KEN", name="Kenya", country="KEN", words=(12, 17))
ENVOY = Party(id="SOMGOV", name="ambassador", country="SOM", sectors=("GOV",), words=(31, 52))
GOLD = """
[[item]]
id = "mine-01a"
text = "Norway said Kenya had expelled the Somali ambassador after a quarrel."
events = [
  { words = "had expelled", types = ["SANCTION"], cameo = ["161"], source = ["KEN"], target = ["SOM GOV"],
    speaker = "NOR", or = [{ types = ["COERCE"], target = [] }] },
  { words = "quarrel", types = ["ACCUSE"], standing = ["denied"], optional = true },
]
"""


@pytest.fixture
def item(tmp_path):
    text = GOLD.replace(",\n    speaker", ", speaker")  # an inline table stands on one line
    (one,) = items_of(["mine"], write_items(tmp_path, text))
    return one


def report(trigger=(22, 30), type="SANCTION", cameo="161", source=(KENYA,), target=(ENVOY,), **other):
    return Report(
        id=f"{trigger}{type}", article="a", part="body", sentence=(0, len(TEXT)), text=TEXT, type=type, quad=4,
        cameo=cameo, source=source, target=target, trigger=trigger, score=1.0,
        **{"standing": "happened", "speaker": NORWAY, "speakers": (NORWAY,), **other},
    )  # fmt: skip


@pytest.mark.parametrize(
    "told, faults",
    [
        ({}, set()),
        # a finer code is right, another is not
        ({"cameo": "1611"}, set()),
        ({"cameo": "174"}, {"code"}),
        # the other reading leaves code and target open, or says none
        ({"type": "COERCE", "cameo": "174", "target": ()}, set()),
        ({"source": (NORWAY,)}, {"source"}),
        # someone more than is wanted
        ({"target": (ENVOY, NORWAY)}, {"target"}),
        ({"standing": "denied"}, {"standing"}),
        ({"speaker": None, "speakers": ()}, {"speaker"}),
    ],
)
def test_names_the_fields_that_are_wrong(told, faults, item):
    (answer,) = outcome_of(item, [report(**told)]).answers
    assert set(answer.faults) == faults


def test_an_event_with_another_type_is_seen_but_not_found_and_told_falsely():
    outcome = outcome_of(ITEMS_BY_ID["negation-01a"], [report(trigger=(6, 14), type="AGREE")])
    (answer,) = outcome.answers
    assert answer.seen and not answer.found and not answer.has("source")
    assert len(outcome.false) == 1


def test_what_is_not_coded_is_wrong_end_to_end(item):
    (answer,) = outcome_of(item, []).answers
    assert not answer.seen and not answer.right


def test_a_fact_elsewhere_is_false_but_a_plan_elsewhere_is_not(item):
    elsewhere = {"trigger": (7, 11), "type": "AGREE"}
    assert len(outcome_of(item, [report(), report(**elsewhere)]).false) == 1
    outcome = outcome_of(item, [report(), report(**elsewhere, standing="planned")])
    assert outcome.false == () and outcome.right


def test_what_need_not_be_coded_must_not_be_made_a_fact(item):
    quarrel = {"trigger": (61, 68), "type": "ACCUSE"}
    assert outcome_of(item, [report(), report(**quarrel, standing="denied")]).right
    assert len(outcome_of(item, [report(), report(**quarrel)]).false) == 1


def test_a_chain_is_right_from_the_nearest_to_the_outermost():
    chain = ITEMS_BY_ID["chains-03a"]
    elns = Party(id="ELN", name="ELN", country="COL", sectors=("REB",), words=(24, 27))
    soldiers = Party(id="COLMIL", name="soldiers", country="COL", sectors=("MIL",), words=(60, 72))
    told = {"type": "RETREAT", "cameo": "0841", "source": (elns,), "target": (soldiers,), "speaker": elns}
    at = chain.events[0].span
    assert outcome_of(chain, [report(trigger=at, **told, speakers=(elns, NORWAY))]).right
    (answer,) = outcome_of(chain, [report(trigger=at, **told, speakers=(elns,))]).answers
    assert set(answer.faults) == {"chain"}


def test_a_pair_is_right_only_with_all_its_members():
    first, second = ITEMS_BY_ID["negation-01a"], ITEMS_BY_ID["negation-01b"]
    expelled = report(trigger=first.events[0].span, speaker=None, speakers=())
    denied = report(trigger=second.events[0].span, speaker=None, speakers=(), standing="denied")
    right = [outcome_of(first, [expelled]), outcome_of(second, [denied])]
    half = [right[0], outcome_of(second, [])]
    assert [value(outcomes, "pairs") for outcomes in (right, half)] == [1.0, 0.0]
    assert [value(outcomes, "found") for outcomes in (right, half)] == [1.0, 0.5]


def value(outcomes, name):
    overall = next(iter(tables_of(outcomes)))
    return next(figure.value for figure in overall.figures if figure.name == name)


# ---------------------------------------------------------------------------------------------------------------------
# floors


@pytest.fixture(scope="module")
def outcomes():
    return list(outcomes_of(ITEMS, Coder()))


def test_the_coder_keeps_to_its_floors(outcomes):
    assert list(floor.below(list(tables_of(outcomes)), floor.floors_of())) == []


def test_every_phenomenon_has_floors():
    assert set(floor.floors_of()) == {OVERALL, *phenomena()}


def test_the_coder_beats_one_that_always_says_happened_and_the_outlet(outcomes):
    assert value(outcomes, "standing of seen") > value(outcomes, "standing, always happened")
    assert value(outcomes, "speaker of seen") > value(outcomes, "speaker, always the outlet")
    assert false_facts(outcomes) < len(outcomes) / 10


def test_floors_are_raised_and_never_lowered(tmp_path):
    old = {OVERALL: {"found": 0.7, "right": 0.5}}
    new = {OVERALL: {"found": 0.8, "right": 0.4}, "negation": {"found": 0.9}}
    assert list(floor.raised(old, new)) == [(OVERALL, "found", 0.7, 0.8), ("negation", "found", 0.0, 0.9)]
    floor.write(floor.higher(old, new), tmp_path / "floors.toml")
    assert floor.floors_of(tmp_path / "floors.toml") == {
        OVERALL: {"found": 0.8, "right": 0.5},
        "negation": {"found": 0.9},
    }


def test_a_figure_below_its_floor_is_named(outcomes):
    (line,) = floor.below(list(tables_of(outcomes)), {"negation": {"right": 1.1}})
    assert line.startswith("negation: right is 0.") and line.endswith(", its floor 1.100")


def test_what_set_a_floor_stands_on_it(outcomes):
    assert list(floor.below(list(tables_of(outcomes)), floor.reached(outcomes))) == []


# ---------------------------------------------------------------------------------------------------------------------
# the command


def test_the_command_lists_what_went_wrong_in_a_phenomenon():
    result = CliRunner().invoke(cli, ["evaluate", "challenge", "--phenomenon", "quotes", "--errors"])
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("22 items in 11 pairs, 36 events")
    assert "WRONG quotes-" in result.stdout


@pytest.mark.parametrize("extra", [["--phenomenon", "none"], ["--lexicon", "."]])
def test_floors_are_raised_from_the_whole_set_with_our_own_lexicon(extra):
    before = FLOORS.read_bytes()
    result = CliRunner().invoke(cli, ["evaluate", "challenge", "--raise-floors", *extra])
    assert result.exit_code == 2
    assert FLOORS.read_bytes() == before
