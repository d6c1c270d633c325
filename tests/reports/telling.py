"""Reports of a text with the words that tell them."""

from functools import cache

from detente.coder import Coder
from detente.model import Article, Block, Report
from detente.sentences import sentences_of


@cache
def _coder() -> Coder:
    return Coder()


def reports_of(text: str) -> list[tuple[Report, str]]:
    """The reports of a text; a blank line parts its paragraphs."""
    blocks, start = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block("paragraph", start, start + len(paragraph)))
        start += len(paragraph) + 2
    article = Article(id="a", record="r", origin="o", text=text, blocks=tuple(blocks))
    (sentences,) = sentences_of([article], _coder().language)
    return [(report, article.words(report.trigger)) for report in _coder().coding_of(article, sentences).reports]
