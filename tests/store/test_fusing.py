"""Copies, stories and events of a store: the same however the articles come, kept up to date, and never lost."""

import random
from datetime import date, timedelta

import msgspec
import pytest
from tests.store.made import coding, report, skipped

from detente.errors import QuestionError, StoreError
from detente.fuser import Fuser, Piece, order_of
from detente.model import Party, When
from detente.store import Store
from detente.store.fusing import round
from detente.store.fusing.identity import joined, named
from detente.store.fusing.spans import SMALL, Span, due_first, spans_of

WORDS = [
    "harbour strike dockers wages union pickets quay", "dam reservoir engineers river treaty water flow",
    "temple border soldiers shelling hill monks ceasefire", "election ballots recount court fraud province turnout",
    "pipeline gas transit tariff winter valve contract", "ferry disaster lifeboats captain inquiry storm hull",
]  # fmt: skip
PARTIES = [
    Party(id=id, name=id, country=id, code=id, words=(0, 3)) for id in ("NOR", "TCD", "PER", "KEN", "OMN", "LAO")
]
FIRST = date(2019, 5, 1)


def made_up(draw, count):
    return ("".join(draw.choices("abdeiklmnoprstu", k=6)) for _ in range(count))


def news(number, draw):
    """An article of one of six stories, which tells one or two things of its pair of countries."""
    matter = number % len(WORDS)
    words = WORDS[matter].split()
    sentences = [" ".join((*draw.choices(words, k=5), *made_up(draw, 3))) for _ in range(12)]
    day = (FIRST + timedelta(days=matter * 6 + draw.randrange(3))).isoformat()
    pair = PARTIES[matter], PARTIES[(matter + 1) % 6]
    return coding(
        f"Number {number} {' '.join(draw.choices(words, k=4))}",
        origin=f"{number}.txt", date=day, body=". ".join(sentences), reports=1 + number % 2, type="CONSULT",
        source=pair[:1], target=pair[1:], time=When(start=day, end=day, basis="stated"), place=None,
    )  # fmt: skip


def stream(count=48):
    draw = random.Random(4)
    made = [news(number, draw) for number in range(count)]
    text = made[0].article.text
    # One outlet runs the text of another under its own headline, and one dates itself to the far future.
    copy = coding("Another headline altogether", origin="copy.txt", date="2019-05-04", body=text, reports=1)
    future = coding("Wages of the future", origin="2090.txt", date="2090-01-01", body="Nothing happens yet.")
    undated = coding("Dockers strike at the harbour quay", origin="undated.txt", date=None, body="Pickets, wages.")
    return [*made, copy, future, undated]


def filled(path, codings, *, size):
    with Store(path) as store:
        for at in range(0, len(codings), size):
            store.publish(codings[at : at + size], version="1")
            store.fuse()
    return path


def groups(path):
    """What is together, whatever it is called."""
    with Store(path) as store:
        assert store.is_fused()
        stories = {frozenset(row["articles"]) for row in store.stories()}
        events = {frozenset(one["report"] for one in row["tellings"]) for row in store.events()}
        copies = {(row["article"], row["copy_of"], row["relation"]) for row in store.sql("SELECT * FROM copies")}
    return stories, events, copies


def check_whole(store):
    """Each article is in one story and each report in one event."""
    articles = sorted(row["id"] for row in store.articles())
    placed = sorted(row["article"] for row in store.sql("SELECT article FROM placements"))
    in_stories = sorted(article for row in store.stories() for article in row["articles"])
    assert articles == placed == in_stories
    reports = sorted(row["id"] for row in store.reports())
    assert reports == sorted(one["report"] for row in store.events() for one in row["tellings"])
    known = {row["id"] for row in store.stories()}
    assert {row["story"] for row in store.sql("SELECT story FROM placements")} <= known
    assert {row["story"] for row in store.events()} <= known | {None}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A store to which all came at once."""
    return filled(tmp_path_factory.mktemp("whole") / "events", stream(), size=1000)


def test_stories_and_events_are_found(whole):
    stories, events, copies = groups(whole)
    assert len([story for story in stories if len(story) >= 8]) >= 5
    assert len(events) < 60
    assert [relation for _, _, relation in copies] == ["same"]
    with Store(whole) as store:
        check_whole(store)


@pytest.mark.parametrize(("seed", "size"), [(1, 7), (2, 13), (3, 1000)])
def test_the_order_in_which_articles_come_plays_no_part(whole, tmp_path, seed, size):
    codings = stream()
    random.Random(seed).shuffle(codings)
    assert groups(filled(tmp_path / "events", codings, size=size)) == groups(whole)


def test_articles_that_leave_leave_nothing_behind(whole, tmp_path):
    codings = stream()
    extra = [news(number, random.Random(number)) for number in range(100, 112)]
    path = filled(tmp_path / "events", codings + extra, size=20)
    with Store(path) as store:
        store.withdraw([one.article.id for one in extra], why="a test")
        assert not store.is_fused()
        store.fuse()
        check_whole(store)
        assert store.states()["withdrawn"] == len(extra)
        told = [row["why"] for row in store.sql("SELECT why FROM changes WHERE change = 'changed'")]
        assert any("less (withdrawn: a test)" in why for why in told)
        # What was withdrawn is not let in again, whoever tells it; what is readmitted is.
        assert {one.state for one in store.publish(extra, version="2")} == {"withdrawn"}
        store.readmit([extra[0].article.id])
        assert store.publish(extra[:1], version="2")[0].state == "coded"
        store.withdraw([extra[0].article.id], why="a test")
        store.fuse()
    assert groups(path) == groups(whole)


def test_an_unknown_article_cannot_be_withdrawn(whole):
    with Store(whole) as store, pytest.raises(StoreError, match="no article 'nothing'"):
        store.withdraw(["nothing"], why="a test")


def test_nothing_pending_changes_nothing(whole):
    with Store(whole) as store:
        before = store.counts()
        assert store.fuse().articles == 0
        assert store.counts() == before


def test_when_another_process_was_first_all_is_looked_at_again(tmp_path, monkeypatch):
    codings = stream()
    path = filled(tmp_path / "events", codings[:20], size=1000)
    with Store(path) as store, Store(path) as other:
        store.publish(codings[20:], version="1")

        def late(*arguments):
            monkeypatch.setattr(round, "spans_of", spans_of)
            other.fuse()
            return spans_of(*arguments)

        monkeypatch.setattr(round, "spans_of", late)
        store.fuse()
        check_whole(store)
        numbers = [row["number"] for row in store.changes()]
        assert numbers == list(range(1, len(numbers) + 1))


def test_records_without_articles_are_no_matter(tmp_path):
    with Store(tmp_path / "events") as store:
        store.publish([skipped()], version="1")
        assert store.fuse().articles == 0
        assert store.is_fused()


def test_ids_stay_as_articles_come(tmp_path):
    codings = stream()
    path = tmp_path / "events"
    known = {}
    with Store(path) as store:
        for at in range(0, len(codings), 10):
            store.publish(codings[at : at + 10], version="1")
            store.fuse()
            check_whole(store)
            known |= {row["id"]: row["articles"][0] for row in store.stories()}
        # An id leads to a story for ever, whatever it is called now.
        assert all(store.story(id).articles for id in known)
        with pytest.raises(StoreError, match="no story 'zzz'"):
            store.story("zzz")


def test_ids_of_events_stay_when_another_version_reads_them_otherwise(tmp_path):
    made = coding("Norway and Chad agree", origin="a.txt", reports=1)
    (told,) = made.reports
    other = msgspec.structs.replace(told, id="another", standing="planned", target=(), source=told.source[:1])
    with Store(tmp_path / "events") as store:
        store.publish([made], version="1")
        store.fuse()
        (before,) = store.events()
        store.publish([msgspec.structs.replace(made, reports=(other,))], version="2")
        store.fuse()
        (after,) = store.events()
    assert (after["id"], after["standing"], after["report"]) == (before["id"], "planned", "another")


def test_the_copy_of_a_copy_is_told_by_the_first():
    text = " ".join(f"word{number}" for number in range(200))
    fuser = Fuser()
    for number, outlet in enumerate("ABC"):
        time = f"2019-05-01T1{number}"
        told = report(coding(f"T {outlet}").article, number=number)
        words = f"{text} {outlet}"
        fuser.add(Piece(id=outlet, day="2019-05-01", time=time, text=words, outlet=outlet, reports=(told,)))
    tellings = [told for group in fuser.groups() for told, _ in group.tellings]
    assert {(told.outlet, told.copied) for told in tellings} == {("A", False), ("A", True)}


def test_changes_say_what_and_why(tmp_path):
    codings = [news(number, random.Random(number)) for number in (0, 6, 12)]
    with Store(tmp_path / "events") as store:
        store.publish(codings[:2], version="1")
        store.fuse()
        seen = max(row["number"] for row in store.changes())
        store.publish(codings[2:], version="1")
        store.fuse()
        rows = list(store.changes(since=seen))
        assert [row["number"] for row in rows] == list(range(seen + 1, seen + 1 + len(rows)))
        assert {(row["noun"], row["change"]) for row in rows} >= {("story", "changed")}
        assert any("1 article more (came)" in row["why"] for row in rows)


# ---------------------------------------------------------------------------------------------------------------------
# Corrections


@pytest.fixture
def store(tmp_path):
    with Store(filled(tmp_path / "events", stream(), size=1000)) as opened:
        yield opened


def largest(store, noun):
    members = {"stories": "articles", "events": "tellings"}[noun]
    rows = store.sql(f"SELECT id FROM {noun} ORDER BY len({members}) DESC, id LIMIT 2")
    return [row["id"] for row in rows]


def test_stories_are_merged_split_again_and_taken_back(store):
    before = groups(store.path)
    one, other = largest(store, "stories")
    sizes = len(store.story(one).articles) + len(store.story(other).articles)
    number = store.merge([one, other], why="one strike", who="ann")
    store.fuse()
    check_whole(store)
    assert store.story(one) == store.story(other)
    assert len(store.story(one).articles) == sizes
    # More articles come, in whatever order: the decision holds.
    store.publish([news(200, random.Random(1))], version="1")
    store.fuse()
    assert store.story(one) == store.story(other)
    store.withdraw([news(200, random.Random(1)).article.id], why="a test")
    assert store.undo(number).who == "ann"
    store.fuse()
    assert groups(store.path) == before


def test_a_part_is_split_off_and_stays_apart(store):
    story = store.story(largest(store, "stories")[0])
    store.split(story.id, story.articles[2:5], why="another port")
    for coding_ in ([], [news(201, random.Random(2))]):
        store.publish(coding_, version="1")
        store.fuse()
        check_whole(store)
        where = {row["article"]: row["story"] for row in store.sql("SELECT article, story FROM placements")}
        taken, left = ({where[article] for article in part} for part in (story.articles[2:5], story.articles[:2]))
        assert len(taken) == 1
        assert not taken & left


def test_events_are_merged_and_split(store):
    one, other = largest(store, "events")
    reports = {telling.report for id in (one, other) for telling in store.event(id).tellings}
    store.merge([one, other], why="one meeting")
    store.fuse()
    merged = store.event(one)
    assert {telling.report for telling in merged.tellings} == reports
    store.split(one, [merged.tellings[0].report], why="not that")
    store.fuse()
    check_whole(store)
    assert len(store.event(one).tellings) < len(reports)


def test_a_wrong_report_tells_no_event(store):
    event = store.event(largest(store, "events")[0])
    store.call_wrong(event.tellings[0].report, why="misread")
    store.call_wrong(largest(store, "events")[1], why="misread")
    store.fuse()
    kept = {one["report"] for row in store.events() for one in row["tellings"]}
    assert event.tellings[0].report not in kept
    others = {one.report for one in event.tellings if one.article != event.tellings[0].article}
    assert others <= kept
    assert others
    (gone,) = (row["old"] for row in store.sql("SELECT old FROM aliases WHERE new IS NULL"))
    with pytest.raises(StoreError, match="is gone"):
        store.event(gone)


def test_a_field_is_set_and_survives(store):
    id = largest(store, "events")[0]
    store.set_field(id, "standing", "denied", why="it was denied since")
    store.set_field(id, "start", None, why="nobody knows")
    store.fuse()
    event = store.event(id)
    assert (event.standing, event.start, event.corrected) == ("denied", None, ("standing", "start"))
    # Coded again by another version, the decision still holds.
    store.publish(stream(), version="2")
    store.fuse()
    assert store.event(id).standing == "denied"


@pytest.mark.parametrize("decide", [
    lambda store, event: store.set_field(event.id, "standing", "denied", why="x"),
    lambda store, event: store.call_wrong(event.id, why="x"),
    lambda store, event: store.split(event.id, [event.tellings[0].report], why="x"),
])  # fmt: skip
def test_of_an_event_that_has_left_nothing_is_decided(store, decide):
    event = store.event(largest(store, "events")[0])
    store.withdraw(sorted({one.article for one in event.tellings}), why="a test")
    with pytest.raises(QuestionError, match="run detente fuse"):
        decide(store, event)


@pytest.mark.parametrize(("decide", "message"), [
    (lambda store, story, event: store.merge([story], why="x"), "two or more"),
    (lambda store, story, event: store.merge([story, event], why="x"), "two or more"),
    (lambda store, story, event: store.split(story, ["zzz"], why="x"), "none of its members"),
    (lambda store, story, event: store.split(story, store.story(story).articles, why="x"), "leaves some"),
    (lambda store, story, event: store.call_wrong(story, why="x"), "is a story"),
    (lambda store, story, event: store.set_field(story, "type", "AID", why="x"), "is a story"),
    (lambda store, story, event: store.set_field(event, "colour", "red", why="x"), "cannot be set"),
    (lambda store, story, event: store.set_field(event, "type", "WAR", why="x"), "type is one of"),
    (lambda store, story, event: store.set_field(event, "end", "2019-13-01", why="x"), "is a day"),
    (lambda store, story, event: store.undo(7), "no correction 7"),
])  # fmt: skip
def test_what_cannot_be_decided_says_why(store, decide, message):
    with pytest.raises((QuestionError, StoreError), match=message):
        decide(store, largest(store, "stories")[0], largest(store, "events")[0])
    assert store.corrections() == []


# ---------------------------------------------------------------------------------------------------------------------
# Related readings


def test_related_readings_are_of_the_story_then_of_earlier_ones(store):
    story = store.story(largest(store, "stories")[0])
    found = store.related(story.articles[0], limit=100)
    same = [one.article for one in found if one.relation in ("same story", "copy")]
    assert sorted(same) == sorted(story.articles[1:])
    earlier = [one for one in found if one.relation == "earlier story"]
    assert all(one.story != story.id and one.because for one in earlier)
    assert [one.score for one in earlier] == sorted((one.score for one in earlier), reverse=True)
    with pytest.raises(StoreError, match="no article"):
        store.related("nothing")


# ---------------------------------------------------------------------------------------------------------------------
# Which group is which, and which days are looked at


@pytest.mark.parametrize(("groups", "before", "ids", "aliases"), [
    # as it was
    (["ab"], {"X": "ab"}, ["X"], {}),
    # grown
    (["zab"], {"X": "ab"}, ["X"], {}),
    # merged: the larger keeps its id
    (["abcde"], {"X": "ab", "Y": "cde"}, ["Y"], {"X": "Y"}),
    # split: the larger part keeps it
    (["ab", "cde"], {"X": "abcde"}, [None, "X"], {}),
    # gone
    ([], {"X": "ab"}, [], {"X": None}),
])  # fmt: skip
def test_ids_are_kept(groups, before, ids, aliases):
    found = named("story", groups, before)
    assert [id if wanted else None for id, wanted in zip(found.ids, ids, strict=True)] == ids
    assert found.aliases == aliases
    assert len(set(found.ids)) == len(ids)
    assert None not in found.ids


def test_what_belongs_together_is_joined():
    assert joined(["ab", "cd", "ef"], [("a", "f"), ("c", "zz")]) == [["a", "b", "e", "f"], ["c", "d"]]


def test_a_small_store_is_put_together_as_a_whole():
    assert spans_of([(FIRST, 10)], [FIRST]) == [Span(None, None, None, True)]
    assert spans_of([(FIRST, 10)], []) == []


def test_in_a_large_one_only_what_can_change_is():
    days = [(FIRST + timedelta(days=number), SMALL // 100) for number in range(200)]
    late, new = FIRST + timedelta(days=50), FIRST + timedelta(days=190)
    found = spans_of([*days, (None, 3)], [late, new, None])
    week = timedelta(days=7)
    assert (found[0].first, found[0].last, found[0].undated) == (late - week, late + week, False)
    assert found[0].warm <= late - 2 * week
    # What reaches into each other is one.
    assert found[-1].first == new - week
    assert found[-1].undated


def test_much_is_put_together_in_rounds_of_whole_days():
    days = [(FIRST + timedelta(days=number), 20_000) for number in range(5)]
    pending = [day for day, _ in days]
    assert due_first([*days, (None, 3)], [*pending, None]) == set(pending[:2])
    assert due_first([(FIRST, 500_000)], [FIRST]) == {FIRST}
    assert due_first([*days, (None, 3)], [None]) == {None}
    assert due_first([(FIRST, 10), (None, 3)], [FIRST, None]) == {FIRST, None}


def test_rounds_give_what_one_round_gives(tmp_path, monkeypatch, whole):
    monkeypatch.setattr("detente.store.fusing.spans.SMALL", 0)
    monkeypatch.setattr("detente.store.fusing.spans.WARM", 30)
    monkeypatch.setattr("detente.store.fusing.spans.AT_MOST", 12)
    path = filled(tmp_path / "events", stream(), size=1000)
    with Store(path) as store:
        check_whole(store)
    assert groups(path)[0] == groups(whole)[0]


def test_a_large_store_is_kept_up_to_date(tmp_path, monkeypatch, whole):
    """As if it were large: only spans are put together anew, what is outside stays."""
    monkeypatch.setattr("detente.store.fusing.spans.SMALL", 0)
    monkeypatch.setattr("detente.store.fusing.spans.WARM", 30)
    codings = sorted(stream(), key=lambda one: one.article.anchor.value if one.article.anchor else "9")
    late = codings.pop(20)
    path = filled(tmp_path / "events", codings, size=9)
    with Store(path) as store:
        store.publish([late], version="1")
        assert store.fuse().articles < len(codings)
        check_whole(store)
    assert groups(path)[0] == groups(whole)[0]


def test_ten_thousand_identical_texts_are_one_story():
    text = " ".join(WORDS)
    fuser = Fuser()
    for number in range(10_000):
        fuser.add(Piece(id=f"{number:05}", day="2019-05-01", text=text, outlet=str(number)))
    fuser.finish()
    assert {filed.story for filed in fuser.articles.values()} == {"00000"}


@pytest.mark.parametrize("text", ["", "  ", "\n", "word " * 2_000_000, "слово " * 200, "中" * 1000])
def test_odd_texts_have_their_place(text):
    fuser = Fuser()
    for number in range(3):
        fuser.add(Piece(id=str(number), day=None if number else "2019-05-01", text=text))
    fuser.finish()
    assert len(fuser.articles) == 3


def test_pieces_are_taken_in_by_day_and_time_those_without_last():
    days = [None, "2019-05-02", "2019-05-01"]
    pieces = [Piece(id=str(number), day=day, time=day or "") for number, day in enumerate(days)]
    assert [piece.id for piece in sorted(pieces, key=order_of)] == ["2", "1", "0"]
