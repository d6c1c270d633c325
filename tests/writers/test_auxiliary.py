"""PLOVER's auxiliary modes, made of the standing and the time."""

import pytest
from tests.store.made import coding

from detente.model import When
from detente.writers.auxiliary import auxiliary_of


def mode(standing="happened", published="2024-05-13", **time):
    when = When(**time) if time else None
    (report,) = coding(standing=standing, time=when).reports
    return auxiliary_of(report, published)


@pytest.mark.parametrize(
    "standing, told",
    [
        ("happened", None),
        ("ongoing", None),
        ("planned", "future"),
        ("denied", "negation"),
        ("hypothetical", "hypothetical"),
        # neither told as done nor as not done
        ("demanded", "hypothetical"),
        ("threatened", "hypothetical"),
        ("asked", "hypothetical"),
    ],
)
def test_the_standing_gives_the_mode(standing, told):
    assert mode(standing) == told


@pytest.mark.parametrize(
    "end, basis, published, told",
    [
        # "in 1989" on a page of 2024
        ("1989-12-31", "stated", "2024-05-13", "historical"),
        # a year and a day is the border
        ("2023-05-14", "stated", "2024-05-13", None),
        ("2023-05-13", "stated", "2024-05-13", "historical"),
        # the tense alone tells of no history
        ("1989-12-31", "tense", "2024-05-13", None),
        # a page without a day has none
        ("1989-12-31", "stated", None, None),
        ("1989-12-31", "stated", "2024-05", None),
        # a time of day beside the date does no harm
        ("1989-12-31", "stated", "2024-05-13T10:57+08:00", "historical"),
    ],
)
def test_facts_of_long_ago_are_historical(end, basis, published, told):
    assert mode(published=published, end=end, basis=basis) == told


def test_what_was_denied_long_ago_is_negation():
    assert mode("denied", end="1989-12-31", basis="stated") == "negation"
