"""What an event is about, and the finer CAMEO code that this supports."""

import pytest

from detente.coder import Coder
from detente.model import Article, Block
from detente.sentences import sentences_of

CODER = Coder()


@pytest.mark.parametrize("text, cameo, context", [
    # what people march for or over
    ("Thousands of Maltese pensioners marched against the tax", "1412", "economic"),
    ("Maltese students rallied for democracy", "1414", "pro_democracy"),
    ("Maltese nurses went on strike over wages", "1432", "economic"),
    ("Maltese students marched to demand the resignation of the premier", "1411", "executive"),
    # of what one is accused
    ("Malta accused Cyprus of genocide", "1124", "human_rights"),
    ("Malta accused Cyprus of torture", "1122", "human_rights"),
    ("Malta accused Cyprus of spying", "1125", "intelligence"),
    ("Malta accused Cyprus of bribery", "1121", "corruption"),
    # into what one looks
    ("Malta investigates a massacre in Cyprus", "094", "human_rights"),
    # what one threatens with
    ("Malta threatened Cyprus with a nuclear strike", "1385", "cbrn"),
])  # fmt: skip
def test_words_of_a_context_make_the_code_finer(text, cameo, context):
    article = Article(id="a" * 16, record="", origin="made", text=text, blocks=(Block("paragraph", 0, len(text)),))
    (sentences,) = sentences_of([article], CODER.language)
    (report,) = CODER.coding_of(article, sentences).reports
    assert (report.cameo, context in report.contexts) == (cameo, True)
