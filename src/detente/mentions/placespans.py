"""Which words may name a place: the longest name of the gazetteer at each capital letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from detente.mentions.placenames import plain
from detente.model import Sentence, Token

LONGEST_NAME = 6
"""In words: "the Democratic Republic of the Congo"."""
LINKS = frozenset(
    ("of", "the", "and", "de", "la", "le", "les", "du", "des", "del", "della", "di", "da", "do", "dos", "el", "al",
     "ul", "upon", "on", "in", "au", "aux", "en", "a", "sur", "sous", "e", "am", "an", "der", "den", "und", "y", "-")
)  # fmt: skip
POSSESSIVES = frozenset(("'s", "’s"))
SMALL = frozenset(
    ("state", "province", "county", "peninsula", "island", "islands", "river", "lake", "valley", "delta", "bay",
     "airport", "camp", "prison", "base", "crossing", "square", "mountains", "desert", "canal", "dam")
)  # fmt: skip
"""Last words of names that news writes small: "Washington state"."""
_INSIDE = LINKS | SMALL | POSSESSIVES
NOT_NOUNS = frozenset(("VERB", "AUX", "ADP", "ADV", "PRON", "DET", "ADJ", "CCONJ", "SCONJ", "INTJ", "PART"))


class Found(Struct):
    """A span of words that a gazetteer knows."""

    start: int
    end: int
    name: str
    """In plain form."""
    entity: str = "LOC"
    """Class of the name that the language model saw here: PER, LOC, ORG, MISC, or "" for none."""
    whole: bool = True
    """The words are all of that name."""
    leads: bool = True
    """They begin it."""
    noun: bool = True
    """By its part of speech it may be a name at all."""
    beside: bool = False
    """Next to other capitalised words outside any name."""
    before: str = ""
    """The word before, in small letters and without its dot."""
    after: str = ""
    """The word after, as written."""
    acronym: bool = False
    """A few capital letters in a sentence of small ones."""
    dotted: bool = False
    """ "N.C.": letters and dots."""
    after_comma: bool = False
    """Right after a comma and another name: "Mansfield, La."."""


class Spans:
    """Finds names of places in sentences."""

    def __init__(self, known: Callable[[str], bool], begins: Callable[[str], bool]) -> None:
        """`known` tells whether a plain name is a place's, `begins` whether a longer one begins so."""
        self.known = known
        self.begins = begins

    def find(self, sentences: Sequence[Sentence]) -> list[Found]:
        """The spans of all sentences, none within another."""
        found: list[Found] = []
        for sentence in sentences:
            found.extend(self._in_sentence(sentence))
        return found

    def _in_sentence(self, sentence: Sentence) -> list[Found]:
        tokens = sentence.tokens
        shouted = not any(token.form.islower() and len(token.form) > 3 for token in tokens)
        found: list[Found] = []
        index = 0
        while index < len(tokens):
            if not tokens[index].form[:1].isupper():
                index += 1
                continue
            last, name = self._longest(tokens, index)
            if last == index:
                index += 1
                continue
            found.append(_found(tokens, index, last, name, shouted=shouted))
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
            if last > index and not (form[0].isupper() or form[0].isdigit() or form in _INSIDE):
                break
            part = plain(form)
            # "Martha's Vineyard" is looked up as "marthas vineyard".
            words += part if form in POSSESSIVES or not words or not part else f" {part}"
            if not words:
                break
            if form not in LINKS and form not in POSSESSIVES and self.known(words):
                best, name = last + 1, words
            before_possessive = last + 1 < len(tokens) and tokens[last + 1].form in POSSESSIVES
            if not before_possessive and not self.begins(words):
                break
        return best, name


def _found(tokens: Sequence[Token], first: int, last: int, name: str, *, shouted: bool) -> Found:
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    tag = next((token.name for token in tokens[first:last] if token.name != "O"), "O")
    leads = not tokens[first].name.startswith("I-")
    form = tokens[first].form
    single = last == first + 1
    return Found(
        start=tokens[first].start,
        end=tokens[last - 1].end,
        name=name,
        entity=tag[2:],
        whole=leads and not (after is not None and after.name.startswith("I-")),
        leads=leads,
        noun=not single or _may_be_noun(tokens, first),
        beside=_is_capital(before) or _is_capital(after),
        before=before.form.rstrip(".").lower() if before is not None and before.form[0].isupper() else "",
        after=after.form if after is not None else "",
        acronym=single and not shouted and form.isupper() and len(form) <= 5 and "." not in form,
        dotted=single and "." in form[1:] and len(form) > 3,
        after_comma=first > 1 and before is not None and before.form == "," and tokens[first - 2].form[:1].isupper(),
    )


def _may_be_noun(tokens: Sequence[Token], at: int) -> bool:
    """ "Reading the treaty" begins with a verb, "Nice weather" with an adjective."""
    return tokens[at].upos not in NOT_NOUNS and not (tokens[at].upos == "NOUN" and at == 0)


def _is_capital(token: Token | None) -> bool:
    return (
        token is not None
        and token.form[0].isupper()
        and len(token.form) > 1
        and token.name == "O"
        and token.upos in ("PROPN", "X")
    )
