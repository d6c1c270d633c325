"""Pages of events: all of them, each once, the latest first, whoever is asked for."""

import pytest
from tests.store.test_fusing import filled, stream

from detente.store import Store, paging
from detente.store.finding import Wanted


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("paging") / "events", stream(), size=1000)


def paged(store, wanted, limit):
    with Store(store) as opened:
        place, found = None, []
        while True:
            page = opened.page(wanted, after=place, limit=limit)
            assert len(page.events) <= limit
            found += page.events
            if page.next is None:
                return found
            place = page.next


@pytest.mark.parametrize("wanted", [
    Wanted(), Wanted(actor="NOR"), Wanted(actor="NOR", other="TCD"), Wanted(type="CONSULT"), Wanted(place="CHE"),
    Wanted(actor="ATA"), Wanted(since="2019-05-09"), Wanted(standing="denied"),
])  # fmt: skip
@pytest.mark.parametrize("few", [0, 20_000])
def test_pages_hold_all_that_is_wanted_once(store, wanted, few, monkeypatch):
    monkeypatch.setattr(paging, "FEW", few)  # actors by their ids, and month by month
    with Store(store) as opened:
        wished = {row["id"] for row in opened.events(wanted)}
    found = paged(store, wanted, 4)
    assert [event.id for event in found] == list(dict.fromkeys(event.id for event in found))
    assert {event.id for event in found} == wished


def test_the_latest_come_first_and_those_without_a_day_last(store):
    days = [min((telling.date for telling in event.tellings if telling.date), default=None)
            for event in paged(store, Wanted(), 5)]  # fmt: skip
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True)
    assert days[len(dated) :] == [None] * (len(days) - len(dated))
    assert len(dated) >= 20
