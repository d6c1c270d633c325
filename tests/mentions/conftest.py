"""Articles and sentences made by hand: "They will/MD meet Monday" is a sentence whose "will" has the tag MD."""

import re

import pytest

from detente.model import Article, Block, Sentence, Stamp, Token

UPOS_OF = {"MD": "AUX", "VBD": "VERB", "VBN": "VERB", "VBZ": "VERB", "VBP": "VERB", "VB": "VERB", "NNS": "NOUN",
           "NNP": "PROPN", "NN": "NOUN", "IN": "ADP", "JJ": "ADJ"}  # fmt: skip
WORD = re.compile(r"\w+(?:[./:,-]\w+)*|\S")


def made(text: str, *, anchor: str | None = None, headline: str | None = None, place: str | None = None):
    """An article of one block, its words tagged only where the text says so ("may/AUX", "Paris/LOC")."""
    clean, tags, names = [], {}, {}
    at = 0
    for piece in re.split(r"(\s+)", text):
        word, _, tag = piece.rpartition("/")
        if word and re.fullmatch(r"[A-Z]{2,5}", tag):
            (names if tag in ("PER", "LOC", "ORG", "MISC") else tags)[at] = tag
            piece = word
        clean.append(piece)
        at += len(piece)
    whole = "".join(clean)
    stamp = Stamp(kind="published", value=anchor, basis="given") if anchor else None
    article = Article(
        id="a", record="r", origin="made by hand", text=whole, blocks=(Block("paragraph", 0, len(whole)),),
        published=stamp, headline=headline, place=place,
    )  # fmt: skip
    sentences = []
    for start, end in spans(whole):
        tokens, before = [], None
        for match in WORD.finditer(whole, start, end):
            name = names.get(match.start())
            tokens.append(token(match, tags.get(match.start()), name, "I" if name and name == before else "B"))
            before = name
        sentences.append(Sentence(block=0, part="body", start=start, end=end, tokens=tuple(tokens)))
    return article, tuple(sentences)


def spans(text: str):
    """Sentences end at a full stop before a capital letter after a word of four letters or a year."""
    start = 0
    for match in re.finditer(r"(?<=[a-z0-9]{4})\.\s+(?=[A-Z])", text):
        yield start, match.start() + 1
        start = match.end()
    yield start, len(text)


def token(match: re.Match[str], tag: str | None, name: str | None, place: str) -> Token:
    form = match.group()
    guess = "PROPN" if form[0].isupper() and match.start() else "NUM" if form[0].isdigit() else "X"
    upos = UPOS_OF.get(tag, tag) if tag else ("PROPN" if name else guess)
    return Token(match.start(), match.end(), form, form.lower(), upos, tag or ("NNP" if name else ""), -1, "dep",
                 f"{place}-{name}" if name else "O")  # fmt: skip


@pytest.fixture(scope="session")
def by_hand():
    return made
