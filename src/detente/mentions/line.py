"""A sentence as the finders of actors look at it: its words, its tokens, and who hangs on whom."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from detente.mentions.names import Word, words_of
from detente.model import Article, Part, Sentence, Token

# Farther up than this nothing belongs to a noun phrase any more; it also ends walks over a damaged tree.
_FARTHEST = 8
# A verb that hangs so and has no subject of its own has that of the verb above.
_SHARING = frozenset(["conj", "xcomp", "advcl"])


class Line:
    """One sentence of an article with what is asked about it again and again."""

    def __init__(self, article: Article, sentence: Sentence, number: int) -> None:
        self.sentence = sentence
        self.number = number
        self.part: Part = sentence.part
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.text = article.text[sentence.start : sentence.end]
        self.words: list[Word] = words_of(self.text, sentence.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _children(self) -> list[list[int]]:
        children: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if 0 <= token.head < len(children):
                children[token.head].append(index)
        return children

    @cached_property
    def is_shouted(self) -> bool:
        """All capitals, as some headlines are."""
        return not any(char.islower() for char in self.text)

    def token_at(self, offset: int) -> int:
        """Index of the token that covers the offset, or of the last one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def children(self, index: int) -> list[int]:
        """The tokens that hang on a token."""
        return self._children[index]

    def is_under(self, index: int, head: int) -> bool:
        """Whether a token hangs on another, directly or through others. A token is under itself."""
        for _ in range(_FARTHEST):
            if index == head:
                return True
            index = self.tokens[index].head
            if not 0 <= index < len(self.tokens):
                return False
        return False

    def top_of(self, first: int, last: int) -> int:
        """The token of a stretch that carries it: the one whose head lies outside."""
        for index in range(last, first - 1, -1):
            if not first <= self.tokens[index].head <= last:
                return index
        return last

    def case_of(self, index: int) -> str:
        """The preposition of a noun ("in" of "in Moscow"), "" where there is none; members of a list share it."""
        for _ in range(_FARTHEST):
            for child in self.children(index):
                if self.tokens[child].relation == "case" and self.tokens[child].upos != "PART":
                    return self.tokens[child].form.lower()
            if self.tokens[index].relation != "conj" or not 0 <= self.tokens[index].head < len(self.tokens):
                break
            index = self.tokens[index].head
        return ""

    def relation(self, index: int) -> tuple[str, int]:
        """The token's relation and head, where a member of a list takes those of the first member."""
        for _ in range(_FARTHEST):
            token = self.tokens[index]
            if token.relation != "conj" or not 0 <= token.head < len(self.tokens):
                return token.relation, token.head
            index = token.head
        return "dep", -1

    def is_subject(self, index: int) -> bool:
        """Whether the token is the subject of a clause, alone or as a member of a list."""
        return self.relation(index)[0].startswith("nsubj")

    def subject_over(self, index: int) -> int | None:
        """The subject of the verb whose object or oblique a token is, also one that the verb shares with another.

        "Chile's premier called Peru's and urged him": the first premier. None where the token is no such argument.
        """
        relation, verb = self.relation(index)
        if relation.partition(":")[0] not in ("obj", "iobj", "obl"):
            return None
        for _ in range(_FARTHEST):
            if not 0 <= verb < len(self.tokens):
                return None
            kids = self.children(verb)
            subject = next((kid for kid in kids if self.tokens[kid].relation.startswith("nsubj")), None)
            if subject is None and self.tokens[verb].relation == "acl" and self.tokens[verb].head >= 0:
                # "Kenya's plan to recall its envoy"
                nouns = self.children(self.tokens[verb].head)
                return next((kid for kid in nouns if self.tokens[kid].relation == "nmod:poss"), None)
            if subject is not None or self.tokens[verb].relation.partition(":")[0] not in _SHARING:
                return subject
            controlled = self.tokens[verb].relation == "xcomp"
            verb = self.tokens[verb].head
            if controlled and 0 <= verb < len(self.tokens):
                ordered = next(
                    (kid for kid in self.children(verb) if self.tokens[kid].relation in ("obj", "iobj")), None
                )
                if ordered is not None:
                    return ordered  # "told the envoy to meet him"
        return None
