"""What is kept for relations, however it came in: held to a plain list of pairs."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.store import pairs
from detente.store.pairs import NOBODY, SPAN, Pair, Who

ACTORS = [
    Who("EGY", "EGY", "EGY"), Who("army", "EGY", "EGYMIL"), Who("ETH", "ETH", "ETH"), Who("AU", "", "IGOAFB"), NOBODY,
]  # fmt: skip
KEYS = ["EGY", "ETH", "AU"]
EVENTS = [f"{number:016}" for number in range(6)]
FIRST = 700_000 // SPAN * SPAN
"""A day on which a new part begins."""
DAYS = [0, FIRST - 1, FIRST, FIRST + SPAN - 1, FIRST + SPAN]
EVER = (1, 3_000_000)

actors = st.sampled_from(ACTORS)


def told(event, day):
    """The pairs of an event, some of which are alike but for who did it for a country."""
    some = st.builds(
        Pair, day=st.just(day), event=st.just(event), doer=actors, done_to=actors, deed=st.sampled_from(["[1]", "[2]"]),
        outlets=st.integers(1, 2**31 - 1), stated=st.none(),
    )  # fmt: skip
    return st.lists(some, max_size=4, unique=True)


# Each step says of some events what is told of them now; what was told before goes.
steps = st.lists(
    st.dictionaries(st.sampled_from(EVENTS), st.integers(0, len(DAYS) - 1), max_size=4).flatmap(
        lambda chosen: st.fixed_dictionaries({event: told(event, DAYS[at]) for event, at in chosen.items()})
    ),
    max_size=4,
)


@pytest.fixture
def db():
    connection = empty()
    yield connection
    connection.close()


def empty():
    made = sqlite3.connect(":memory:")
    made.executescript(pairs.TABLES + "CREATE TABLE shelves (noun TEXT, id TEXT, month TEXT);")
    made.executemany("INSERT INTO shelves VALUES ('events', ?, '2019-05')", [(event,) for event in EVENTS])
    return made


def pair(event=0, source=0, target=2, day=FIRST, stated=None):
    return Pair(
        day=day, event=EVENTS[event], doer=ACTORS[source], done_to=ACTORS[target], deed="[1]", outlets=1, stated=stated
    )


def found(db, ours, theirs, days=EVER):
    """What is found, as pairs again."""
    told = pairs.find(db, ours, theirs, days)
    return sorted(
        Pair(day, event.decode(), told.doers[doer], told.doers[done_to], told.deeds[deed], outlets, None)
        for day, event, doer, done_to, deed, outlets in told.columns.tolist()
    )


def wanted(kept, ours, theirs, days=EVER):
    def is_of(who, side):
        return who.key in side if side is not None else who.key != ""

    def is_asked(pair):
        ways = [(pair.doer, pair.done_to), (pair.done_to, pair.doer)]
        return any(is_of(one, ours) and is_of(other, theirs) for one, other in ways)

    return sorted(pair for pair in kept if days[0] <= pair.day <= days[1] and is_asked(pair))


@settings(max_examples=150, deadline=None)
@given(steps, st.sampled_from([["EGY"], ["EGY", "AU"], None]), st.sampled_from([["ETH"], ["EGY"], None]))
def test_what_is_kept_is_found_however_it_came_in(steps, ours, theirs):
    db, now = empty(), {}
    for step in steps:
        gone = [pair for event in step for pair in now.get(event, ())]
        pairs.replace(db, gone, [pair for told in step.values() for pair in told])
        now |= step
    kept = [pair for told in now.values() for pair in told]
    for days in (EVER, (FIRST, FIRST + SPAN - 1), (FIRST - 1, FIRST)):
        assert found(db, ours, theirs, days) == wanted(kept, ours, theirs, days)
    anew = empty()
    pairs.replace(anew, (), kept)
    told, at_once = (pairs.find(one, ["EGY"], None, EVER).columns for one in (db, anew))
    assert told["event"].tolist() == at_once["event"].tolist()  # the order tells nothing of how it came in
    db.close()
    anew.close()


def test_nothing_is_left_of_what_went(db):
    pairs.replace(db, (), [pair(), pair(event=1, stated='{"turn": 1}')])
    pairs.replace(db, [pair(), pair(event=1, stated='{"turn": 1}')], ())
    assert db.execute("SELECT count(*) FROM pairs").fetchone() == (0,)
    assert db.execute("SELECT count(*) FROM stated").fetchone() == (0,)


def test_what_is_stated_is_found_by_sides_and_by_day(db):
    one, other = pair(stated='{"thaw": 1}', day=FIRST), pair(event=1, target=3, stated='{"freeze": 1}', day=FIRST + 5)
    pairs.replace(db, (), [one, other])
    assert pairs.find(db, ["ETH"], ["EGY"], EVER).stated == {EVENTS[0]: '{"thaw": 1}'}
    assert pairs.find(db, ["ETH"], ["EGY"], (FIRST + 1, FIRST + 9)).stated == {}
    assert pairs.stated_lately(db, FIRST + 9, 5) == ['{"freeze": 1}', '{"thaw": 1}']
    assert pairs.stated_lately(db, FIRST + 4, 5) == ['{"thaw": 1}']


def test_what_is_stated_lately_is_of_two(db):
    alone, within = pair(source=0, target=4, stated='{"alone": 1}'), pair(event=1, target=1, stated='{"within": 1}')
    pairs.replace(db, (), [alone, within])
    assert pairs.stated_lately(db, FIRST, 5) == []
    assert pairs.find(db, ["EGY"], ["EGY"], EVER).stated == {EVENTS[1]: '{"within": 1}'}


def test_the_events_of_an_actor_are_told_up_to_a_number(db):
    pairs.replace(db, (), [pair(0), pair(0, source=1), pair(1, 2, 0), pair(2, source=3, target=2), pair(3, 0, 4)])
    assert pairs.events_of(db, "EGY", None, 3) == dict.fromkeys([EVENTS[0], EVENTS[1], EVENTS[3]], "2019-05")
    assert pairs.events_of(db, "EGY", "ETH", 3) == dict.fromkeys(EVENTS[:2], "2019-05")
    assert pairs.events_of(db, "EGY", None, 2) is None


def test_an_id_that_would_not_fit_is_refused(db):
    with pytest.raises(ValueError, match="short is no id of an event"):
        pairs.replace(db, (), [pair()._replace(event="short")])
