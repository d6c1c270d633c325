"""A fault of ours costs the page that met it, and no other."""

import pytest

import detente
from detente.coder import Coder, harmless
from detente.errors import LexiconError
from detente.mentions import Places
from detente.model import Coding, Record
from detente.records import Unread


def record(name, text="Norway and Chad signed a treaty in Oslo on Friday."):
    return Record(origin=name, content=text.encode(), format="text", published="2019-05-03")


def tripping(records):
    """Codes what is not called "bad"; what is named "a2" is a page of "a1", if that is there."""
    names = [one.origin for one in records]
    for one in records:
        if one.origin.startswith("bad"):
            raise KeyError(one.origin)
        state = "joined" if one.origin == "a2" and "a1" in names else "coded"
        yield Coding(record=one.origin, origin=one.origin, state=state, reason="")


def told(codings):
    return [(coding.origin, coding.state) for coding in codings]


def test_one_that_trips_the_coder_costs_itself():
    records = [record(name) for name in ("a", "bad1", "b", "bad2")]
    codings = harmless(tripping, records)
    assert told(codings) == [("a", "coded"), ("bad1", "unreadable"), ("b", "coded"), ("bad2", "unreadable")]
    assert codings[1].reason.startswith("bad1: a fault of Detente's own (KeyError: 'bad1', test_coder.py:")
    assert codings[1].record == records[1].id


def test_pages_of_one_article_stay_together():
    records = [record(name) for name in ("a1", "bad", "a2")]
    assert told(harmless(tripping, records)) == [("a1", "coded"), ("bad", "unreadable"), ("a2", "joined")]


def test_what_trips_only_together_is_coded_alone():
    def code(records):
        if len(records) > 1:
            raise RuntimeError("too many")
        return tripping(records)

    assert told(harmless(code, [record("a"), record("b")])) == [("a", "coded"), ("b", "coded")]


def test_what_all_need_is_no_fault_of_one():
    def code(records):
        raise LexiconError("events/sanction.toml: not TOML")

    with pytest.raises(LexiconError):
        harmless(code, [record("a"), record("b")])


@pytest.mark.parametrize("stage", ["mentions", "parse"])
def test_each_stage_may_trip(monkeypatch, stage):
    coder = Coder()
    find, code = Places.find, Coder._code_batch

    def trips(self, article, sentences):
        if article.origin == "bad":
            raise ZeroDivisionError("division by zero")
        return find(self, article, sentences)

    def trips_early(self, records):
        if any(one.origin == "bad" for one in records):
            raise ZeroDivisionError("division by zero")
        return code(self, records)

    monkeypatch.setattr(*((Places, "find", trips) if stage == "mentions" else (Coder, "_code_batch", trips_early)))
    given = [record("good"), Unread("gone", "gone: no such file"), record("bad"), record("well")]
    with pytest.raises(ZeroDivisionError):  # who measures or checks is told so
        list(coder.code(given))
    codings = list(detente.code_records(given, coder=coder))
    assert [coding.state for coding in codings] == ["coded", "unreadable", "unreadable", "coded"]
    assert codings[2].reason.startswith(
        "bad: a fault of Detente's own (ZeroDivisionError: division by zero, test_coder"
    )
