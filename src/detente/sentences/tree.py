"""A sentence's dependency tree with what its readers ask all the time, made in linear time from any input."""

from __future__ import annotations

from collections.abc import Sequence

from detente.model import Phrase, Span, Token

# Deeper nests of "of the ... of the ..." name no new party, and this bounds the recursion on hostile input.
MAX_DEPTH = 12

# What hangs on a noun without being part of its name for the reader.
_LOOSE = frozenset(["conj", "acl", "parataxis", "advcl", "case", "cc", "mark", "punct", "list", "dep", "ccomp", "cop",
                    "nsubj", "expl", "aux", "discourse", "dislocated", "vocative"])  # fmt: skip
_BY_RELATION = {"nmod:poss": "poss", "compound": "compound", "amod": "amod", "nummod": "nummod", "appos": "appos",
                "nmod:desc": "compound", "flat": "flat", "nmod:unmarked": "compound", "det": ""}  # fmt: skip


class Tree:
    """Tokens with their children; a broken tree is mended, its loose parts become roots."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.heads, self.kids, self.order = _mended([token.head for token in tokens])
        self.base = [token.relation.partition(":")[0] for token in tokens]
        self._phrases: dict[int, Phrase] = {}
        self._first, self._last = self._extents()

    def _extents(self) -> tuple[list[int], list[int]]:
        """First and last token of what belongs to each token, from the leaves up."""
        first, last = list(range(len(self.tokens))), list(range(len(self.tokens)))
        for i in reversed(self.order):
            head = self.heads[i]
            if head >= 0 and self.base[i] not in _LOOSE:
                first[head] = min(first[head], first[i])
                last[head] = max(last[head], last[i])
        return first, last

    def kid(self, i: int, *relations: str) -> int | None:
        """The first child with one of these relations, subtypes aside."""
        for kid in self.kids[i]:
            if self.base[kid] in relations:
                return kid
        return None

    def words(self, i: int) -> Span:
        """From the first to the last word of a phrase."""
        return self.tokens[self._first[i]].start, self.tokens[self._last[i]].end

    def preposition(self, i: int) -> str:
        """What leads to a noun: "with", "out of", "because of"; "" when nothing does."""
        found = []
        for kid in self.kids[i]:
            if kid > i:
                break
            if self.base[kid] == "case" or (self.base[kid] == "mark" and self.tokens[kid].upos in ("ADP", "SCONJ")):
                form = self.tokens[kid].form
                if form in ("'s", "’s", "'", "’"):
                    continue
                found.append(form.lower())
                found.extend(self.tokens[part].form.lower() for part in self.kids[kid] if self.base[part] == "fixed")
        return " ".join(found)

    def phrase(self, i: int, depth: int = 0) -> Phrase:
        """The noun phrase whose head is this token."""
        known = self._phrases.get(i)
        if known is None:
            known = self._phrases[i] = self._phrase(i, depth)
        return known

    def _phrase(self, i: int, depth: int) -> Phrase:
        conjuncts: list[Phrase] = []
        modifiers: list[tuple[str, Phrase]] = []
        if depth < MAX_DEPTH:
            for kid in self.kids[i]:
                base = self.base[kid]
                if base == "conj" or (base in ("appos", "list", "parataxis") and self._is_list_comma(i, kid)):
                    member = self.phrase(kid, depth + 1)
                    conjuncts += [member, *member.conjuncts]
                    continue
                key = self._key(kid)
                if key:
                    modifiers.append((key, self.phrase(kid, depth + 1)))
        return Phrase(
            words=self.words(i),
            head=i,
            lemma=self.tokens[i].lemma,
            conjuncts=tuple(conjuncts),
            modifiers=tuple(modifiers),
        )

    def _key(self, i: int) -> str:
        """How a word hangs on its noun."""
        relation = self.tokens[i].relation
        if relation in _BY_RELATION:
            return _BY_RELATION[relation]
        base = self.base[i]
        if base == "nmod" or (base == "obl" and self.tokens[self.heads[i]].upos in ("NOUN", "PROPN", "ADJ")):
            return self.preposition(i) or "compound"
        return _BY_RELATION.get(base, "")

    def _is_list_comma(self, i: int, kid: int) -> bool:
        """Headlines put a comma for "and": "NATO, Russia agree"; an apposition has a second comma after it."""
        tokens = self.tokens
        if tokens[i].upos != "PROPN" or tokens[kid].upos != "PROPN" or kid < i:
            return False
        start, end = self._first[kid], self._last[kid] + 1
        return start > 0 and tokens[start - 1].form == "," and end < len(tokens) and tokens[end].form not in ",.;:-–—()"


def _mended(heads: Sequence[int]) -> tuple[list[int], list[list[int]], list[int]]:
    """Heads without loops or strays, children by head, and an order in which heads come first."""
    n = len(heads)
    mended = [head if 0 <= head < n and head != i else -1 for i, head in enumerate(heads)]
    kids: list[list[int]] = [[] for _ in range(n)]
    for i, head in enumerate(mended):
        if head >= 0:
            kids[head].append(i)
    order: list[int] = []
    seen = bytearray(n)
    # Roots first; what they do not reach hangs in a loop, which is cut at its first word.
    for start in (*(i for i in range(n) if mended[i] < 0), *range(n)):
        if seen[start]:
            continue
        if mended[start] >= 0:
            kids[mended[start]].remove(start)
            mended[start] = -1
        seen[start] = 1
        at = len(order)
        order.append(start)
        while at < len(order):
            for kid in kids[order[at]]:
                if not seen[kid]:
                    seen[kid] = 1
                    order.append(kid)
            at += 1
    return mended, kids, order
