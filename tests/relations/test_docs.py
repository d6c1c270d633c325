"""The examples of docs/relations.md do what it says, and its tables hold."""

import doctest
from pathlib import Path

from detente.lexicon import Lexicon
from detente.relations import Scale
from detente.relations.scale import Scored

DOCS = Path(__file__).parents[2] / "docs" / "relations.md"


def test_the_examples_are_true():
    result = doctest.testfile(str(DOCS), module_relative=False)
    assert result.attempted > 15
    assert result.failed == 0


def test_every_scale_is_documented_with_its_size():
    told = DOCS.read_text()
    codes = [entry for entry in Lexicon().entries("ontology", Scored) if entry.id.startswith("ontology/cameo#")]
    assert [name for name in Scale.names() if f"| `{name}` |" not in told] == []
    assert f"{sum(code.goldstein_icews is not None for code in codes)} CAMEO codes | Goldstein 1992 as ICEWS" in told
    assert f"{sum(code.goldstein_gdelt is not None for code in codes)} CAMEO codes | Goldstein 1992 as GDELT" in told
