"""Which words name a place: the longest name of the gazetteer at each capital letter that is nobody's own name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from detente.mentions.placenames import plain
from detente.model import Sentence, Token

LONGEST_NAME = 6
"""In words: "the Democratic Republic of the Congo"."""
LINKS = frozenset(("of", "the", "and", "de", "la", "le", "les", "du", "del", "di", "da", "do", "el", "al", "upon", "-"))
TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "president", "minister", "senator", "sen", "rep", "gov",
     "general", "gen", "colonel", "col", "captain", "capt", "judge", "justice", "pope", "king", "queen", "prince",
     "princess", "sheikh", "rev", "sgt", "lt", "chancellor", "premier", "secretary", "ambassador", "professor", "prof")
)  # fmt: skip


class Found(Struct):
    """A span of words that a gazetteer knows."""

    start: int
    end: int
    name: str
    """In plain form."""
    sentence: int
    first: int
    last: int
    """Its tokens, the last exclusive."""
    tag: str
    """Class of name that the language model gave it: LOC, ORG, MISC, or "" for none."""
    loose: bool
    """Beside other capitalised words that the gazetteer does not know: maybe part of a longer name."""
    after_comma: bool
    """It stands right after a comma and a name: "Mansfield, La."."""


class Spans:
    """Finds names of places in sentences."""

    def __init__(self, known: Callable[[str], bool], begins: Callable[[str], bool]) -> None:
        """`known` tells whether a plain name is a place's, `begins` whether a longer one begins so."""
        self.known = known
        self.begins = begins

    def find(self, sentences: Sequence[Sentence]) -> list[Found]:
        """The spans of all sentences, none within another."""
        found: list[Found] = []
        for number, sentence in enumerate(sentences):
            found.extend(self._in_sentence(number, sentence))
        return found

    def _in_sentence(self, number: int, sentence: Sentence) -> list[Found]:
        tokens = sentence.tokens
        found: list[Found] = []
        index = 0
        while index < len(tokens):
            if not tokens[index].form[:1].isupper():
                index += 1
                continue
            last, name = self._longest(tokens, index)
            if last == index or not _may_be_place(tokens, index, last):
                index += 1
                continue
            found.append(_found(tokens, index, last, name, number))
            index = last
        return found

    def _longest(self, tokens: Sequence[Token], index: int) -> tuple[int, str]:
        """The last token (exclusive) and the plain name of the longest known name that begins here."""
        best, name, words = index, "", ""
        for last in range(index, min(len(tokens), index + LONGEST_NAME)):
            form = tokens[last].form
            if form == "." and last == index + 1 and len(tokens[index].form) <= 5:
                # A tokenizer may part "Va" from its dot.
                continue
            if not (form[0].isupper() or form in LINKS) and last > index:
                break
            part = plain(form)
            words = f"{words} {part}" if words and part else words or part
            if not words:
                break
            if form not in LINKS and self.known(words):
                best, name = last + 1, words
            if not self.begins(words):
                break
        return best, name


def _may_be_place(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Not a person's name ("Jordan Peele"), not an adjective or a verb at the head of a sentence ("Reading ...")."""
    inside = tokens[first:last]
    if any(token.name.endswith("PER") for token in inside):
        return False
    if last - first == 1:
        if inside[0].upos in ("VERB", "AUX", "ADP", "ADV", "PRON", "DET", "ADJ", "CCONJ", "SCONJ", "INTJ", "PART"):
            return inside[0].name.endswith("LOC")
        if inside[0].upos == "NOUN" and first == 0:
            return inside[0].name.endswith("LOC")
    if first and tokens[first - 1].form.rstrip(".").lower() in TITLES and tokens[first - 1].form[0].isupper():
        return inside[0].name.endswith("LOC")
    return True


def _found(tokens: Sequence[Token], first: int, last: int, name: str, sentence: int) -> Found:
    tag = next((token.name[2:] for token in tokens[first:last] if token.name != "O"), "")
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    return Found(
        start=tokens[first].start,
        end=tokens[last - 1].end,
        name=name,
        sentence=sentence,
        first=first,
        last=last,
        tag=tag,
        loose=_is_name(before) or _is_name(after),
        after_comma=first > 1 and before is not None and before.form == "," and tokens[first - 2].form[:1].isupper(),
    )


def _is_name(token: Token | None) -> bool:
    return token is not None and token.form[0].isupper() and len(token.form) > 1 and token.upos in ("PROPN", "X", "")
