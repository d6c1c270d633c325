"""Reports of a text with the words that tell them."""

from functools import cache
from pathlib import Path

from detente.coder import Coder
from detente.lexicon import Lexicon
from detente.model import Article, Block, Report
from detente.sentences import sentences_of


@cache
def _coder() -> Coder:
    return Coder()


def reports_of(text: str) -> list[tuple[Report, str]]:
    """The reports of a text; a blank line parts its paragraphs."""
    return _told(text, _coder())


def coded_with(folder: Path, text: str) -> list[tuple[Report, str]]:
    """The same with a lexicon of one's own."""
    return _told(text, Coder(Lexicon(folder), _coder().language))


def _told(text: str, coder: Coder) -> list[tuple[Report, str]]:
    blocks, start = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block("paragraph", start, start + len(paragraph)))
        start += len(paragraph) + 2
    article = Article(id="a", record="r", origin="o", text=text, blocks=tuple(blocks))
    (sentences,) = sentences_of([article], coder.language)
    return [(report, article.words(report.trigger)) for report in coder.coding_of(article, sentences).reports]
