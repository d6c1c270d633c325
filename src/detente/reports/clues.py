"""The words by which a sentence tells what one party does to another: with the pair masked, and along the way between.

Clues are numbers (hashed), so that a head of fixed size can weigh them; which words they stand for is not kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from detente.model import Sentence, Span, Token, overlap

SIZE = 1 << 16
"""How many different clues there are."""
_BELOW = frozenset(
    ["aux", "advmod", "mark", "obj", "xcomp", "ccomp", "compound", "obl", "amod", "case", "nmod"]
)  # fmt: skip
_SOURCE, _TARGET, _NAME, _NUMBER = "<S>", "<T>", "<N>", "<9>"


class Way(Struct, frozen=True):
    """The way through the tree from one party to the other."""

    source: int | None
    target: int | None
    path: tuple[int, ...]
    """The tokens on it, the parties' heads left out."""
    top: int
    """The predicate above both."""


def clues_of(sentences: Sequence[Sentence], source: Span | None, target: Span | None) -> list[int]:
    """The clues of the sentence that holds the pair, in order and each once; none where there is no sentence."""
    sentence = _home(sentences, source, target)
    if sentence is None:
        return []
    way = _way(sentence, source, target)
    texts = (*_around(sentence, source, target), *_along(sentence, way), *_below(sentence, way, source, target))
    return sorted({zlib.crc32(text.encode()) % SIZE for text in texts})


def _home(sentences: Sequence[Sentence], source: Span | None, target: Span | None) -> Sentence | None:
    """The first sentence that holds both, else one of them, else the first."""

    def held(sentence: Sentence) -> int:
        return sum(head_in(sentence, span) is not None for span in (source, target) if span is not None)

    return max(sentences, key=held, default=None)


def head_in(sentence: Sentence, span: Span | None) -> int | None:
    """The token of a span that its others hang on; None where the sentence holds nothing of it."""
    inside = [i for i, token in enumerate(sentence.tokens) if _touches(token, span)]
    return next((i for i in inside if sentence.tokens[i].head not in inside), inside[-1] if inside else None)


def _touches(token: Token, span: Span | None) -> bool:
    return span is not None and overlap((token.start, token.end), span)


def _up(sentence: Sentence, i: int) -> list[int]:
    found: list[int] = []
    while 0 <= i < len(sentence.tokens) and len(found) < len(sentence.tokens):
        found.append(i)
        i = sentence.tokens[i].head
    return found


def _way(sentence: Sentence, source: Span | None, target: Span | None) -> Way:
    predicates = {clause.predicate for clause in sentence.clauses}
    ends = [head_in(sentence, span) for span in (source, target)]
    above = [_up(sentence, end) for end in ends if end is not None]
    if not above:
        return Way(None, None, (), 0)
    meeting = next((i for i in above[0] if i in above[-1]), above[0][-1]) if len(above) == 2 else above[0][0]
    climbed = _climbed(_up(sentence, meeting), predicates, alone=len(above) == 1)
    between = [i for line in above for i in line[: line.index(meeting)] if meeting in line] if len(above) == 2 else []
    path = [
        i for i in (*between, *([meeting] if len(above) == 2 else ()), *climbed) if i not in ends or i in predicates
    ]
    return Way(ends[0], ends[1], tuple(dict.fromkeys(path)), climbed[-1] if climbed else meeting)


def _climbed(line: Sequence[int], predicates: set[int], *, alone: bool) -> list[int]:
    """From where the two ways meet up to the predicate; a single party is never its own predicate."""
    if not alone and line[0] in predicates:
        return []
    found: list[int] = []
    for i in line[1:]:
        found.append(i)
        if i in predicates:
            break
    return found


def _around(sentence: Sentence, source: Span | None, target: Span | None) -> Iterator[str]:
    """The words of the sentence, single and in pairs."""
    words: list[str] = []
    for token in sentence.tokens:
        word = _masked(token, source, target)
        if word and not (word.startswith("<") and words and words[-1] == word):
            words.append(word)
    yield from (f"w:{word}" for word in words)
    yield from (f"b:{word} {following}" for word, following in pairwise(words))


def _masked(token: Token, source: Span | None, target: Span | None) -> str:
    if _touches(token, source):
        return _SOURCE
    if _touches(token, target):
        return _TARGET
    if token.upos == "PUNCT":
        return ""
    if token.upos == "PROPN" or token.name != "O":
        return _NAME
    return _NUMBER if token.upos == "NUM" else token.lemma.lower()


def _along(sentence: Sentence, way: Way) -> Iterator[str]:
    """The words on the way, and how the parties hang on it."""
    words = [sentence.tokens[i].lemma.lower() for i in way.path]
    yield from (f"p:{word}" for word in words)
    yield f"pp:{'|'.join(words)}"
    yield from (f"pb:{word} {following}" for word, following in pairwise(words))
    top = sentence.tokens[way.top].lemma.lower()
    for side, end in (("s", way.source), ("t", way.target)):
        if end is not None:
            relation = sentence.tokens[end].relation
            yield f"r{side}:{relation}"
            yield f"top+r{side}:{top}{relation}"


def _below(sentence: Sentence, way: Way, source: Span | None, target: Span | None) -> Iterator[str]:
    """What hangs on the way: objects, auxiliaries, negations, prepositions."""
    on_it = {*way.path, way.top}
    for token in sentence.tokens:
        base = token.relation.partition(":")[0]
        if token.head not in on_it or base not in _BELOW or _touches(token, source) or _touches(token, target):
            continue
        lemma = token.lemma.lower()
        yield f"k:{base}:{lemma}"
        yield f"kt:{sentence.tokens[token.head].lemma.lower()}:{lemma}"
