"""How well mentions of one event are put together across articles, where people told which are one (ECB+).

The mentions are given; which article belongs to which story is found, and the rule sees nothing of the gold but where
the mentions stand. Two mentions of a story are as near as their classes are (one lemma, or words of one meaning), times
how near their articles are by names and numbers, less where what they tell differs; chains grow while they are near on
the average, so that one pair that looks alike does not draw two chains together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from math import log
from pathlib import Path
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from detente.articles.words import words_of
from detente.errors import DetenteError
from detente.evaluate.clusters import Agreement, cluster_rows
from detente.evaluate.stories import StoryRow, told_stories
from detente.sentences.encoder import Analysis, language
from detente.sentences.grammar import verbs

Table = NDArray[np.float32]
Profile = Mapping[str, int]

# These were found together, by trying ranges of each on the 17 topics of the development documents, for the most CoNLL
# with four fifths of the joined pairs right. Chosen on half of the topics and measured on the others, the figures are
# half a point lower. Re-run `evaluate fusion` after a change.
NEAR = 0.42
"""Average nearness with which two chains become one: .34 to .50 lie within a point; more is surer and finds less."""
SHARED = 1.5
"""How much nearer unlike words are that share a participant ("quake shook Iran", "tremor rocked Iran"); or 1.3."""
UNLIKE = 0.6
"""How near mentions still are whose numbers, subjects or grammatical number differ: .5 to .8 lie within .3 points.
Below `NEAR` one difference would part what is one in all else, and that loses two points."""
UNRELATED, ONE_MATTER = 0.1, 0.35
"""Articles less near than the first tell of two matters, nearer than the second of one; .3 finds more, .4 is surer."""
SHORTEST_NAME = 3
"""Letters of a name that tells something."""

# What the noun phrase of a participant takes with it, and what makes a participant of a word.
_PARTS = frozenset(["flat", "compound", "nmod", "appos", "amod", "nummod", "conj"])
_SUBJECTS = frozenset(["nsubj"])
_PARTICIPANTS = _SUBJECTS | {"obj", "iobj", "obl", "nmod", "compound", "amod"}
# A mention that stands so takes part in what it hangs on: the "murder" of a "murder trial".
_BELONGS = frozenset(["compound", "amod", "acl", "nmod", "obl"])
_CONTENT = frozenset(["NOUN", "PROPN", "ADJ", "NUM"])
_NAMES = frozenset(["NOUN", "PROPN"])
_WORDS = _CONTENT | {"VERB", "AUX"}


class CorefMention(msgspec.Struct, frozen=True):
    """Words that people marked; those of one `chain` mean one thing, those without a chain mean it alone."""

    type: str
    sent: int
    tokens: tuple[int, ...]
    chain: int | str | None = None

    @property
    def is_event(self) -> bool:
        """Not a participant, a time or a place."""
        return self.type.startswith(("ACTION", "NEG_ACTION"))


class CorefDocument(msgspec.Struct, frozen=True):
    """An article of words, as people annotated it."""

    id: int | str
    sentences: tuple[tuple[int, tuple[str, ...]], ...]
    mentions: tuple[CorefMention, ...]
    topic: int | str | None = None
    """A wider matter."""
    subtopic: int | str | None = None
    """The story that it tells."""
    validated: tuple[int, ...] | None = None
    """The sentences that were checked; the others lack chains. None: all."""

    def __post_init__(self) -> None:
        """Raises `ValueError` for a mention of words that are not there, which names its line when a set is read."""
        lengths = {number: len(words) for number, words in self.sentences}
        for mention in self.mentions:
            if not mention.tokens or not all(0 <= at < lengths.get(mention.sent, 0) for at in mention.tokens):
                raise ValueError(f"a mention of words {list(mention.tokens)} of sentence {mention.sent}: no such words")

    @property
    def prose(self) -> list[tuple[int, tuple[str, ...]]]:
        """Its sentences without the page's address, which often stands above the title."""
        return [(number, words) for number, words in self.sentences if words and not words[0].startswith("http")]


class Mention(msgspec.Struct, frozen=True, eq=False):
    """What the rule knows of a mention."""

    document: int
    """The place of its article in the set."""
    sentence: int
    lemma: str
    """Of its head."""
    meanings: tuple[Table, Table]
    """The directions of lemma and word among the language model's word pieces."""
    participants: frozenset[str]
    """Lemmas of who and what takes part, by the sentence's tree."""
    subjects: frozenset[str]
    """Those of them that do it."""
    numbers: frozenset[str]
    """The numbers of its sentence, dates among them."""
    is_plural: bool
    is_saying: bool
    gold: Hashable
    """Its chain."""
    is_validated: bool


class Read(msgspec.Struct, frozen=True, eq=False):
    """A set as the language model reads it."""

    documents: tuple[CorefDocument, ...]
    mentions: tuple[Mention, ...]
    matters: Table
    """How near the articles are to each other by names and numbers."""


def coref_documents(path: Path) -> tuple[CorefDocument, ...]:
    """The articles of a set: JSON lines with id, sentences and mentions.

    Raises `DetenteError` naming the file and line that cannot be read.
    """
    documents: dict[int | str, CorefDocument] = {}
    needs = "id, sentences ([number, [words]]) and mentions (type, sent, tokens and chain)"
    for number, document in enumerate(cluster_rows(path, CorefDocument, needs), 1):
        if document.id in documents:
            raise DetenteError(f"{path}:{number}: article {document.id} came before; give each its own id")
        documents[document.id] = document
    if not any(mention.is_event for document in documents.values() for mention in document.mentions):
        raise DetenteError(f"{path}:1: no mention of an event (a type that begins with ACTION or NEG_ACTION)")
    return tuple(documents.values())


def story_of_each(documents: Sequence[CorefDocument]) -> list[str]:
    """The story of each article as they come; the first sentence is the title."""
    texts = [[" ".join(words) for _, words in document.prose] for document in documents]
    return told_stories(
        [
            StoryRow(id=document.id, cluster="", title=text[0] if text else "", text=" ".join(text[1:]))
            for document, text in zip(documents, texts, strict=True)
        ]
    )


def read(documents: Sequence[CorefDocument]) -> Read:
    """The mentions of events in a set, and how near its articles are."""
    reader = language()
    places = [(at, number, words) for at, document in enumerate(documents) for number, words in document.sentences]
    analyses = dict(
        zip([place[:2] for place in places], reader.analyse([words for _, _, words in places]), strict=True)
    )
    mentions = []
    for at, document in enumerate(documents):
        sentences = dict(document.sentences)
        for number, mention in enumerate(document.mentions):
            if mention.is_event:
                tree = _Sentence(sentences[mention.sent], analyses[at, mention.sent])
                gold = (at, number) if mention.chain is None else mention.chain
                is_validated = document.validated is None or mention.sent in document.validated
                mentions.append(_mention(at, mention, tree, gold, is_validated))
    profiles = [
        profile_of([(words, analyses[at, number]) for number, words in document.prose])
        for at, document in enumerate(documents)
    ]
    return Read(tuple(documents), tuple(mentions), matters(profiles))


def told_chains(mentions: Sequence[Mention], groups: Sequence[Hashable], near: Table) -> list[Hashable]:
    """The chain of each mention: those of one group (a story) that are near on the average.

    `groups` has the group of each article and `near` how near the articles are.
    """
    by_group: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, mention in enumerate(mentions):
        by_group[groups[mention.document]].append(at)
    told: list[Hashable] = [None] * len(mentions)
    for group, places in by_group.items():
        table = nearness([mentions[at] for at in places], near)
        for at, chain in zip(places, average_link(table, NEAR), strict=True):
            told[at] = group, chain
    return told


def nearness(mentions: Sequence[Mention], near: Table) -> Table:
    """How near each mention is to each other, 0 to 1: class times matter, where nothing speaks against it.

    "Moyo resigned in Harare", "Sato resigned in Osaka"           -> one class, two matters
    "the quake shook Iran", "a tremor rocked Iran"                -> unlike words that share a participant
    "four died in the attack", "nine died in the attacks"         -> something differs
    "the police said", "the judge said"                           -> 0: "said" alone is nothing in common
    "the killing came after a killing"                            -> 0: one sentence tells of two
    """
    articles = np.array([mention.document for mention in mentions])
    matter = np.clip((near[np.ix_(articles, articles)] - UNRELATED) / (ONE_MATTER - UNRELATED), 0, 1)
    matter[articles[:, None] == articles[None]] = 1
    table = classes(mentions) * matter
    by_sentence = [frozenset([f"{mention.document} {mention.sentence}"]) for mention in mentions]
    table[differing(mentions)] *= UNLIKE
    table[~may_be_one_saying(mentions) | sharing(by_sentence)] = 0
    return np.asarray(table, np.float32)


def classes(mentions: Sequence[Mention]) -> Table:
    """How near the classes are: 1 for one lemma, else the cosine of what the words mean, and more if the mentions share
    a participant.

    The cosines are of the vectors that the language model's word pieces have before they are read in context: "quake"
    and "tremor", "killing" and "kill" are near, and what only stands in like sentences is not.
    """
    lemmas, words = (np.stack([mention.meanings[side] for mention in mentions]) for side in (0, 1))
    near = (lemmas @ lemmas.T + words @ words.T) / 2
    near[sharing([mention.participants for mention in mentions])] *= SHARED
    near[sharing([frozenset([mention.lemma]) for mention in mentions])] = 1
    return np.clip(near, 0, 1)


def may_be_one_saying(mentions: Sequence[Mention]) -> NDArray[np.bool_]:
    """Where neither mention is a saying, or both have a speaker in common: "said" alone tells nothing."""
    is_saying = np.array([mention.is_saying for mention in mentions])
    return np.asarray(sharing([mention.subjects for mention in mentions]) | ~(is_saying[:, None] | is_saying[None]))


def differing(mentions: Sequence[Mention]) -> NDArray[np.bool_]:
    """Where both tell numbers and share none, or name who did it and share nobody, or one is plural and one is not."""
    is_plural = np.array([mention.is_plural for mention in mentions])
    numbers = _opposed([mention.numbers for mention in mentions])
    subjects = _opposed([mention.subjects for mention in mentions])
    return np.asarray(numbers | subjects | (is_plural[:, None] != is_plural[None]))


def _opposed(words: Sequence[Set[str]]) -> NDArray[np.bool_]:
    """Which of them both have words and share none."""
    known = np.array([bool(held) for held in words])
    return np.asarray(known[:, None] & known[None] & ~sharing(words))


def sharing(words: Sequence[Set[str]]) -> NDArray[np.bool_]:
    """Which of them share a word."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for at, held in enumerate(words):
        for word in held:
            holders[word].append(at)
    table = np.zeros((len(words), len(words)), np.bool_)
    for places in holders.values():
        table[np.ix_(places, places)] = True
    return table


def average_link(table: Table, least: float) -> list[int]:
    """The chain of each mention: two chains become one while their mentions are near on the average (Sokal and
    Michener 1958).

    A chain is followed from nearest to nearest until two are each other's nearest (Benzécri's nearest-neighbour chain),
    which merges as the greedy way does. What has none near enough is done: no merger of others brings them nearer.
    """
    near = table.astype(np.float64)
    np.fill_diagonal(near, -1)
    label, sizes = np.arange(len(near)), np.ones(len(near))
    left, path = set(range(len(near))), list[int]()
    while left or path:
        if not path:
            path.append(min(left))
        here = path[-1]
        there = int(near[here].argmax())
        if len(path) > 1 and near[here, path[-2]] >= near[here, there]:
            there = path[-2]
        if near[here, there] < least:
            path.pop()  # the path begins here: what was gone to from elsewhere is near enough to that
            left.discard(here)
            near[here], near[:, here] = -1, -1
        elif len(path) > 1 and there == path[-2]:
            del path[-2:]
            keep, gone = min(here, there), max(here, there)
            merged = (near[keep] * sizes[keep] + near[gone] * sizes[gone]) / (sizes[keep] + sizes[gone])
            merged[[keep, gone]] = -1
            near[keep], near[:, keep] = merged, merged
            near[gone], near[:, gone] = -1, -1
            sizes[keep] += sizes[gone]
            label[label == gone] = keep
            left.discard(gone)
        else:
            path.append(there)
    return [int(chain) for chain in label]


def matters(profiles: Sequence[Profile]) -> Table:
    """How near articles are by their names and numbers: the cosine of counts (as 1 + log) times rarity in the set."""
    holders = Counter(word for profile in profiles for word in profile)
    column = {word: at for at, word in enumerate(holders)}
    table = np.zeros((len(profiles), len(column)), np.float32)
    for row, profile in enumerate(profiles):
        for word, count in profile.items():
            table[row, column[word]] = (1 + log(count)) * log((len(profiles) + 1) / holders[word])
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    return np.asarray(table @ table.T, np.float32)


def profile_of(sentences: Sequence[tuple[Sequence[str], Analysis]]) -> Profile:
    """How often an article has each name and each number, dates among them: what tells two quakes apart.

    Numbers begin with "#", so that they count as other words than names.
    """
    function_words = words_of().languages["en"][1]
    found: Counter[str] = Counter()
    for words, analysis in sentences:
        for word, tag, name in zip(words, analysis.upos, analysis.names, strict=True):
            small = word.lower()
            if (tag == "PROPN" or name != "O") and len(word) >= SHORTEST_NAME and small not in function_words:
                found[small] += 1
            if tag == "NUM":
                found["#" + word] += 1
    return found


class InArticle(Protocol):
    """What stands in an article and is of a gold chain."""

    @property
    def document(self) -> int:
        """The place of the article in the set."""

    @property
    def gold(self) -> Hashable:
        """The chain."""


def joined_pairs(mentions: Sequence[InArticle], chains: Sequence[Hashable]) -> Agreement:
    """Over pairs of mentions in two articles: of those in one found chain the share that is one event, and of those
    that are one event the share in one found chain."""

    def pairs(*keys: Sequence[Hashable]) -> int:
        return sum(size * (size - 1) // 2 for size in Counter(zip(*keys, strict=True)).values())

    gold, articles = [mention.gold for mention in mentions], [mention.document for mention in mentions]
    right = pairs(chains, gold) - pairs(chains, gold, articles)
    joined, wanted = pairs(chains) - pairs(chains, articles), pairs(gold) - pairs(gold, articles)
    return Agreement(right / joined if joined else 1.0, right / wanted if wanted else 1.0)


class _Sentence:
    """Words with their tree."""

    def __init__(self, words: Sequence[str], analysis: Analysis) -> None:
        self.words = words
        self.analysis = analysis
        self.base = [relation.partition(":")[0] for relation in analysis.relations]

    def lemma(self, at: int) -> str:
        """In small letters."""
        return language().lemmas.of(self.words[at], self.analysis.upos[at], self.analysis.xpos[at]).lower()

    def head(self, tokens: Sequence[int]) -> int:
        """The word that the others hang on, of those that mean something: "carried" of "carried out"."""
        inside, tags = set(tokens), self.analysis.upos
        tops = [at for at in tokens if self.analysis.heads[at] not in inside and tags[at] != "PUNCT"] or list(tokens)
        return next((at for at in tops if tags[at] in _WORDS), tops[0])

    def phrases(self, head: int, relations: Set[str], tags: Set[str]) -> Iterator[str]:
        """The lemmas of what hangs on a word so, with all that belongs to it."""
        ahead = [at for at, above in enumerate(self.analysis.heads) if above == head and self.base[at] in relations]
        seen = set[int]()
        while ahead:
            at = ahead.pop()
            if at in seen:
                continue
            seen.add(at)
            if self.analysis.upos[at] in tags:
                yield self.lemma(at)
            ahead += [kid for kid, above in enumerate(self.analysis.heads) if above == at and self.base[kid] in _PARTS]


def _mention(at: int, mention: CorefMention, tree: _Sentence, gold: Hashable, is_validated: bool) -> Mention:
    head = tree.head(mention.tokens)
    lemma, above = tree.lemma(head), tree.analysis.heads[head]
    participants = set(tree.phrases(head, _PARTICIPANTS, _CONTENT))
    if above >= 0 and tree.base[head] in _BELONGS:
        participants.add(tree.lemma(above))
    return Mention(
        document=at,
        sentence=mention.sent,
        lemma=lemma,
        meanings=(language().meaning(lemma), language().meaning(tree.words[head].lower())),
        participants=frozenset(participants - {lemma}),
        subjects=_subjects(tree, head),
        numbers=frozenset(word for word, tag in zip(tree.words, tree.analysis.upos, strict=True) if tag == "NUM"),
        is_plural=tree.analysis.xpos[head] in ("NNS", "NNPS"),
        is_saying=lemma in verbs("saying") or lemma == "accord",
        gold=gold,
        is_validated=is_validated,
    )


def _subjects(tree: _Sentence, head: int) -> frozenset[str]:
    """The words of who does it: the subject, and of "according to the police" the police."""
    found = set(tree.phrases(head, _SUBJECTS, _NAMES))
    above = tree.analysis.heads[head]
    if tree.words[head].lower() == "according" and above >= 0:
        found.add(tree.lemma(above))
        found.update(tree.phrases(above, _PARTS, _NAMES))
    return frozenset(found)
