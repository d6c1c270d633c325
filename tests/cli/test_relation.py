"""`detente relation`: how two sides froze and thawed, in each format."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from tests.store.made import CHAD, NORWAY, coding

from detente.cli.main import cli
from detente.model import Party, When
from detente.relations import Dealings, Scale, Side, course_of, rows_of, stated_turns
from detente.store import Store
from detente.store.finding import Told
from detente.store.rows import event_of_row

ARMY = Party(id="NORMIL", name="Military of Norway", country="NOR", sectors=("MIL",), code="NORMIL", words=(0, 6))


def detente(*arguments):
    env = {"COLUMNS": "100", "NO_COLOR": "1"}
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="detente", env=env)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A hundred weeks of visits, then a hundred of expulsions; no article of twenty weeks between."""
    path = tmp_path_factory.mktemp("relation") / "events"
    codings = []
    for number in range(200):
        warm = number < 100
        day = (date(2015, 1, 5) + timedelta(weeks=number + (20 if number >= 150 else 0))).isoformat()
        told = {"type": "CONSULT", "mode": "visit", "cameo": "042", "quad": 1} if warm else {}
        told = told or {"type": "SANCTION", "mode": "expel", "cameo": "161", "quad": 4}
        source = (ARMY,) if number % 4 == 0 else (NORWAY,)
        sides = {"source": source, "target": (CHAD,), "reciprocal": False, "place": None}
        codings.append(
            coding(
                f"Week {number} of Norway and Chad", origin=f"{number}.txt", date=day, body=f"Number {number}.",
                time=When(start=day, end=day, basis="stated"), **told, **sides,
            )
        )  # fmt: skip
    with Store(path) as opened:
        opened.publish(codings, version="1")
        opened.fuse()
    return path


def test_the_turn_is_shown_with_its_sentences(store):
    shown = detente("relation", "NOR", "TCD", "--store", store).stdout
    assert "NOR and TCD" in shown
    assert "1 turn\n" in shown
    assert "freeze -" in shown
    assert "before Week" in shown.replace("  ", " ")
    assert "NOR to TCD" in shown
    assert "?" in shown


def bins(store, *arguments):
    done = detente("relation", *arguments, "--store", store, "--format", "jsonl")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_bins_both_ways(store):
    rows = bins(store, "TCD", "NOR", "--by", "month")
    there = [row for row in rows if row["direction"] == "there"]
    back = [row for row in rows if row["direction"] == "back"]
    assert sum(row["events"] or 0 for row in there) == 0
    assert sum(row["events"] or 0 for row in back) == 200
    assert {row["scale"] for row in rows} == {"plover"}
    assert None in {row["events"] for row in rows}


def test_roles_and_times(store):
    events = [row["events"] or 0 for row in bins(store, "NOR MIL", "TCD") if row["direction"] == "both"]
    assert sum(events) == 50
    few = [row for row in bins(store, "NOR", "--since", "2016", "--until", "2016-03") if row["direction"] == "both"]
    assert few[0]["start"] <= "2016-01-01"
    assert few[-1]["start"] <= "2016-03-31" < "2016-04-08"
    assert 10 < sum(row["events"] or 0 for row in few) < 16


def test_scales_are_named_and_differ(store):
    mean = {
        scale: bins(store, "NOR", "TCD", "--scale", scale)[0]["mean"] for scale in ("plover", "goldstein-icews")
    }  # fmt: skip
    assert mean["plover"] != mean["goldstein-icews"]


def test_csv_svg_json_and_png_by_the_name_of_the_file(store, tmp_path):
    for name in ("a.csv", "a.svg", "a.json", "a.png"):
        assert detente("relation", "NOR", "TCD", "--store", store, "--out", tmp_path / name).exit_code == 0
    assert next(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text())))["direction"] == "there"
    assert (tmp_path / "a.svg").read_text().startswith("<svg")
    told = json.loads((tmp_path / "a.json").read_text())
    assert told["turns"][0]["label"] == "freeze"
    assert set(told["turns"][0]["events_before"]) <= set(told["sentences"])
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_no_event_is_said(store):
    done = detente("relation", "ATA", "TCD", "--store", store)
    assert done.exit_code == 0
    assert "No event of these two" in done.stdout


@pytest.mark.parametrize(("arguments", "code", "message"), [
    (["NOR", "TCD", "--scale", "nonsense"], 1, "scale"),
    (["NOR,,TCD"], 1, "name an actor"),
    (["NOR", "--since", "2018", "--until", "2017"], 1, "after"),
    (["NOR", "--since", "long ago"], 2, "no day"),
    (["NOR", "--until", "2018-13"], 2, "no day"),
])  # fmt: skip
def test_what_cannot_be_asked_says_why(store, arguments, code, message):
    done = detente("relation", *arguments, "--store", store)
    assert done.exit_code == code
    assert message in done.stderr


def test_jupyter_draws_it(store):
    with Store(store) as opened:
        course = opened.relation("NOR", "TCD", by="month")
    assert course._repr_svg_().startswith("<svg")
    assert course.turns[0].label == "freeze"


SIDES = [
    ("NOR", "TCD"),
    ("TCD", "NOR"),
    ("NOR MIL", "TCD"),
    ("NOR, KEN", "TCD"),
    ("NOR", "NOR"),
    ("NOR", "*"),
    ("*", "TCD"),
    ("* MIL", "TCD"),
    ("NOR", "* MIL"),
    ("NORMIL", "TCD"),
    ("*", "*"),
    ("* MIL", "*"),
]


@pytest.mark.parametrize("sides", SIDES)
def test_what_is_kept_for_relations_is_what_the_events_say(store, sides):
    with Store(store) as opened:
        kept = opened.relation(*sides, by="month")
        events = [event_of_row(row) for row in opened.events()]
        volume = {row["date"]: row["n"] for row in opened.sql("SELECT date, count(*) AS n FROM articles GROUP BY date")}
    dealings = Dealings.of((row for event in events for row in rows_of(event)), Scale.named("plover"))
    stated = {turn.id: turn for turn in stated_turns(events)}
    texts = {event.id: event.text for event in events}
    told = course_of(
        dealings, *map(Side.of, sides), stated=stated, sentences=lambda ids: {id: texts[id] for id in ids}, by="month",
        volume=volume,
    )  # fmt: skip
    assert kept == told


@pytest.mark.parametrize(("told", "events"), [
    (Told(), True), (Told(outlet="nobody"), False), (Told(speaker="LAO"), False), (Told(place="ATA"), False),
])  # fmt: skip
def test_a_relation_of_what_is_told_so(store, told, events):
    with Store(store) as opened:
        dealt = opened.dealt("NOR", "TCD", told=told)
        course, listed = dealt.course(), dealt.events(limit=500)
    assert bool(course.relation.both.bins) is bool(listed) is events
    if events:
        days = [event.start for event in listed]
        assert days == sorted(days, reverse=True)
        assert len(listed) == sum(part.events or 0 for part in course.relation.both.bins)


def test_who_tells_it_where_and_on_whose_word(tmp_path):
    codings = [coding("Norway and Chad", source=(NORWAY,), target=(CHAD,), speaker=CHAD)]
    with Store(tmp_path / "events") as opened:
        opened.publish(codings, version="1")
        opened.fuse()
        for told in (Told(speaker="TCD"), Told(outlet="Examplenews"), Told(place="Oslo"), Told(place="NOR")):
            assert len(opened.dealt("NOR", "TCD", told=told).events()) == 1


@pytest.mark.parametrize(("sides", "events"), [(("NORMIL", "TCD"), True), (("NORPOL", "TCD"), False)])
def test_bodies_and_persons_are_found_under_their_country(store, sides, events):
    with Store(store) as opened:
        assert bool(opened.relation(*sides).relation.both.bins) is events


def test_what_leaves_is_no_part_of_a_relation(tmp_path):
    codings = [coding(f"Norway and Chad, {number}", origin=f"{number}.txt") for number in range(3)]
    with Store(tmp_path / "events") as opened:
        opened.publish(codings, version="1")
        opened.fuse()
        opened.withdraw([one.article.id for one in codings[1:]], why="a test")
        opened.fuse()
        course = opened.relation("NOR", "TCD")
        assert sum(part.events or 0 for part in course.relation.both.bins) == 1
        assert sum(part.volume or 0 for part in course.relation.both.bins) == 1
