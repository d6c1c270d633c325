"""The comparison of a page with its gold: what counts as right, missing and added."""

import pytest

from detente.errors import DetenteError
from detente.evaluate.gold import Row, gold_of
from detente.evaluate.page import page_score
from detente.model import Article, Block, Coding, Party, Report

TEXT = "France expelled two Russian diplomats.\n\nIt will not close the embassy."
ARTICLE = Article(
    id="a", record="r", origin="page", text=TEXT, blocks=(Block("paragraph", 0, 38), Block("paragraph", 40, 70))
)
FRANCE = Party(id="FRA", name="France", country="FRA", words=(0, 6))
DIPLOMATS = Party(id="RUSGOV", name="Russian diplomats", country="RUS", sectors=("GOV",), words=(20, 37))


def report(id="1", type="SANCTION", trigger=(7, 15), standing="happened", source=(FRANCE,), target=(DIPLOMATS,)):
    return Report(
        id=id, article="a", part="body", sentence=(0, 38), text=TEXT[:38], type=type, quad=4, standing=standing,
        source=source, target=target, trigger=trigger, score=1.0,
    )  # fmt: skip


def score(row, *reports):
    return page_score(Coding(record="r", origin="page", state="coded", article=ARTICLE, reports=reports), [row])


EXPULSION = Row(
    id="x", part="body", words="expelled two Russian diplomats", types=("SANCTION", "COERCE"), source=("FRA",),
    target=("RUS GOV",),
)  # fmt: skip


@pytest.mark.parametrize(
    "coded, faults",
    [
        (report(), ()),
        # another type
        (report(type="AGREE"), ("type AGREE, not SANCTION or COERCE",)),
        # it is told as planned
        (report(standing="planned"), ("standing planned, not happened",)),
        # the direction is wrong
        (
            report(source=(DIPLOMATS,), target=(FRANCE,)),
            ("source RUSGOV, not FRA", "target FRA, not RUS GOV"),
        ),
        # the sector is asked for
        (report(target=(Party(id="RUS", name="Russia", country="RUS", words=(20, 27)),)), ("target RUS, not RUS GOV",)),
    ],
)
def test_names_what_is_wrong_with_a_report(coded, faults):
    assert score(EXPULSION, coded).outcomes[0].faults == faults


def test_a_row_without_a_report_is_not_found():
    assert score(EXPULSION).outcomes[0].faults == ("not found",)


def test_a_fact_that_the_page_does_not_tell_is_added():
    close = report(id="2", type="COERCE", trigger=(52, 57), target=())
    assert [added.id for added in score(EXPULSION, report(), close).added] == ["2"]


def test_what_did_not_happen_may_be_coded_as_such_but_not_as_a_fact():
    row = Row(id="y", part="body", words="will not close the embassy")
    assert score(row, report(trigger=(52, 57), standing="denied")).outcomes[0].right
    assert not score(row, report(trigger=(52, 57))).outcomes[0].right


def test_words_that_the_page_does_not_hold_are_named():
    with pytest.raises(DetenteError, match="row 'z': the body does not hold 'Spain left'"):
        score(Row(id="z", part="body", words="Spain left"))


def test_shipped_gold_is_read_by_name_and_an_unknown_one_lists_what_there_is():
    assert any(row.id == "expulsion" for row in gold_of("founding"))
    with pytest.raises(DetenteError, match="founding"):
        gold_of("nowhere")
