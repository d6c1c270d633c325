"""Which pairs are of one event, by the ids that are kept."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.store.dyads import _ODD, places_of

ids = st.lists(st.text("abz", min_size=16, max_size=16), max_size=30)


def texts(given):
    return np.array(given, "S16")


def told(given):
    """Each id by its place; what is alike has one."""
    places = places_of(given)
    assert len(set(places.tolist())) == len(set(given.tolist()))
    return given[places].tolist()


@given(ids)
def test_each_id_has_one_place(given):
    assert told(texts(given)) == [id.encode() for id in given]


def test_two_ids_that_have_one_number_are_told_apart():
    # One more in the first half, and so much less in the second.
    like = (np.frombuffer(b"one id and other", np.uint64) + np.array([np.uint64(1), ~_ODD + np.uint64(1)])).tobytes()
    given = texts([b"one id and other", like, b"one id and other", b"a third id of it"])
    assert told(given) == given.tolist()
