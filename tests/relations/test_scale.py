"""Scales are named, versioned and never mixed."""

import csv
from pathlib import Path

import pytest

from detente.errors import QuestionError
from detente.lexicon import Lexicon
from detente.relations import Scale

SHARED = Path(__file__).parents[3] / "shared" / "data"
PRINTED = SHARED / "stories" / "dyads"
needs_shared = pytest.mark.skipif(not PRINTED.is_dir(), reason="needs the printed tables")


@pytest.mark.parametrize("type, mode, cameo, plover, icews, gdelt", [
    ("CONSULT", "visit", "042", 4.0, 1.9, 1.9),
    # the mode has no score: its type's
    ("PROTEST", "vandalize", None, -5.0, None, None),
    # the manual prints +3, while the modes of the type are all below zero
    ("ACCUSE", None, "112", -3.0, -2.0, -2.0),
    # the four codes that ICEWS and GDELT print differently
    ("REJECT", None, "016", -2.0, -5.0, -2.0),
    ("REQUEST", None, "022", 0.0, 3.4, 3.2),
    ("SANCTION", "withdraw", "164", -6.0, -6.5, -7.0),
    ("SANCTION", "withdraw", "165", -6.0, -7.0, -6.5),
    # GDELT has no score for it
    ("REJECT", "assist", "1213", -1.5, -4.0, None),
    # codes are text
    (None, None, "10", None, -5.0, -5.0),
    (None, None, "010", None, 0.0, 0.0),
    # not known
    ("DANCE", None, "999", None, None, None),
    (None, None, None, None, None, None),
])  # fmt: skip
def test_one_event_on_three_scales(type, mode, cameo, plover, icews, gdelt):
    scores = [Scale.named(name).of(type, mode, cameo) for name in ("plover", "goldstein-icews", "goldstein-gdelt")]
    assert scores == [plover, icews, gdelt]


def test_versions_change_with_the_numbers_alone():
    # a number that was changed on purpose changes its version here
    assert [Scale.named(name).version for name in Scale.names()] == ["2.0-3fbca7f2", "icews-07dcac8b", "gdelt-f7e1cd9e"]


def test_users_bring_their_own(tmp_path):
    (tmp_path / "scales").mkdir()
    lines = ("id\tlabel\tedition\ttables|\tcolumn", "types-only\tPLOVER without modes\tmine\ttypes\tintensity")
    (tmp_path / "scales" / "mine.tsv").write_text("\n".join(lines))
    mine = Scale.named("types-only", Lexicon(tmp_path))
    assert mine.of("CONSULT", "visit") == 2.5
    assert mine.version.startswith("mine-")


def test_a_name_that_no_scale_has():
    with pytest.raises(QuestionError, match="no scale 'goldstein'; there are plover, goldstein-icews"):
        Scale.named("goldstein")


def printed(name):
    return list(csv.DictReader((PRINTED / name).read_text().splitlines()))


@needs_shared
def test_plover_is_as_printed_but_for_the_misprint():
    scale, other = Scale.named("plover"), []
    for line in printed("plover_scores.csv"):
        type, _, mode = line["category_mode"].partition(": ")
        if scale.of(type, mode.lower() or None) != float(line["score_as_printed"]):
            other.append(line["category_mode"])
    assert other == ["ACCUSE"]


@needs_shared
def test_goldstein_is_as_icews_prints_it():
    lines = printed("cameo_goldstein.csv")
    scale = Scale.named("goldstein-icews")
    assert [line["code"] for line in lines if scale.of(cameo=line["code"]) != float(line["goldstein"])] == []
