"""Every entry of events, speech, numbers and counts gets its examples right and leaves its near misses alone."""

from collections import defaultdict

import pytest

from detente.coder import Coder
from detente.evaluate.examples import entries_with_examples, wrong_examples

CODER = Coder()
ENTRIES = entries_with_examples(CODER)


@pytest.fixture(scope="module")
def faults():
    """What went wrong, by entry; all examples are coded in one go."""
    found = defaultdict(list)
    for fault in wrong_examples(CODER, ENTRIES):
        found[fault.partition(": ")[0]].append(fault)
    return found


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_entries_get_their_examples_right(entry, faults):
    assert not faults[entry.id], "\n".join(faults[entry.id])


def test_every_rule_shows_what_it_codes():
    assert [entry.id for entry in ENTRIES if entry.id.startswith("events/") and not entry.examples] == []
