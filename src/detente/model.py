"""The values that pass between the stages, in the order in which they arise.

    Record -> Article -> Sentence (Token, Phrase, Clause) -> Mention (Actor, Time, Place) -> Report -> Event
                                                                                    Article -> Story

All are frozen. A span is a pair of code point offsets (start, end) into `Article.text`, which never changes once made.
Not known is `None`; not certain is a ranked list. Ids are hashes of content: the same input gives the same ids.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cached_property
from typing import Literal

from msgspec import Struct

Span = tuple[int, int]
"""Start and end, as code point offsets into the article's text."""


def overlap(left: Span, right: Span) -> bool:
    """Whether two spans have a character in common."""
    return left[0] < right[1] and right[0] < left[1]


def id_of(*parts: object) -> str:
    """Sixteen characters that stand for these parts and no others (80 bits of SHA-256 in base 32)."""
    digest = hashlib.sha256()  # processors have instructions for it
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        # The length keeps ("ab", "c") and ("a", "bc") apart.
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return base64.b32encode(digest.digest()[:10]).decode("ascii").lower()


class Because(Struct, frozen=True):
    """Why a field says what it says: the lexicon entry (or named rule) and the words that it saw."""

    rule: str
    """`file#entry` of a lexicon ("events/sanction#expel-diplomats"), or `stage:rule` of the code ("when:headline")."""
    words: Span | None = None


# ---------------------------------------------------------------------------------------------------------------------
# What arrives


class Record(Struct, frozen=True, kw_only=True, dict=True):
    """One document as it arrived: bytes, where they came from, and what was told about them from outside."""

    origin: str
    """Where it came from, for people: a path, a URL, `archive.zip!page.html`, `news.jsonl:17`."""
    content: bytes
    format: Literal["html", "text"]
    charset: str | None = None
    """What the transport said (HTTP header, JSONL is utf-8); the page may know better."""
    key: str | None = None
    """The id that the user's own data gives it."""
    url: str | None = None
    headline: str | None = None
    published: str | None = None
    """ISO 8601 date or date and time, as told from outside: it wins over what the page says."""
    publisher: str | None = None
    listed: str | None = None
    """When the feed or news sitemap that led to it says it was published; the page may know better."""
    archived: str | None = None
    """When an archive fetched it, ISO 8601."""

    @cached_property
    def id(self) -> str:
        """The same bytes with the same metadata are the same record, wherever they lie."""
        told = (self.key, self.url, self.headline, self.published, self.publisher)
        later = tuple(part for part in (self.listed, self.archived) if part)
        return id_of(self.content, self.format, *(part or "" for part in told), *later)


# ---------------------------------------------------------------------------------------------------------------------
# What was read

Part = Literal["headline", "body", "caption", "related"]
"""Where in an article a report stands. Related readings are headlines of other articles."""

BlockKind = Literal[
    "section", "headline", "byline", "agency", "published", "updated", "dateline", "lead", "paragraph", "subheading",
    "quotation", "list", "table", "caption", "credit", "related", "correction", "promo", "comment", "post",
]  # fmt: skip

PART_OF_BLOCK: dict[str, Part] = {
    "headline": "headline", "lead": "body", "paragraph": "body", "subheading": "body", "quotation": "body",
    "list": "body", "table": "body", "post": "body", "caption": "caption", "related": "related",
}  # fmt: skip
"""The part that a block's sentences belong to; blocks that are not named here are not coded."""


class Block(Struct, frozen=True):
    """A labelled stretch of the article's text. Blocks do not overlap and stand in reading order."""

    kind: BlockKind
    start: int
    end: int


class Stamp(Struct, frozen=True, kw_only=True):
    """A date of the page, with where it was read. The page's dates are not the events' dates."""

    kind: Literal["published", "updated", "archived"]
    value: str
    """ISO 8601, as precise as the page says and no more: `2009-06-28`, `2009-06-28T10:57`, `2009-06-28T10:57+08:00`."""
    basis: Literal["given", "jsonld", "meta", "visible", "dateline", "url", "feed", "archive"]
    words: Span | None = None


class Link(Struct, frozen=True):
    """An address, with the words that lead there."""

    words: Span
    url: str


class Post(Struct, frozen=True, kw_only=True):
    """A post of a live blog: a stretch of its text with a date of its own."""

    words: Span
    published: str | None = None
    """ISO 8601, as precise as the page says."""
    headline: str | None = None
    authors: tuple[str, ...] = ()


PageKind = Literal["article", "live blog", "gallery", "video", "paywall"]
"""What a page is; of a paywall only the beginning of the article is there."""


class Article(Struct, frozen=True, kw_only=True):
    """An article taken out of its page: one unchanging text, labelled blocks, and what is known of the page."""

    id: str
    record: str
    origin: str
    key: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str = "en"
    text: str
    blocks: tuple[Block, ...]
    kind: PageKind = "article"
    kind_because: str | None = None
    """The rule that says so: `kind:declared`, `kind:captions`, `kind:not-free`; None for an ordinary article."""
    headline: str | None = None
    section: tuple[str, ...] = ()
    """From the widest to the narrowest: ("WORLD", "Europe")."""
    authors: tuple[str, ...] = ()
    agency: str | None = None
    place: str | None = None
    """The dateline's place, as written: "BRUSSELS"."""
    published: Stamp | None = None
    updated: Stamp | None = None
    dates: tuple[Stamp, ...] = ()
    """All dates that the page gives for itself, the winner of each kind first."""
    related: tuple[Link, ...] = ()
    """Where the titles of related stories lead."""
    posts: tuple[Post, ...] = ()
    """Of a live blog, as they stand on the page: mostly the newest first."""

    @property
    def anchor(self) -> Stamp | None:
        """The date against which "yesterday" is read: when it was published, else updated, else archived."""
        return self.published or self.updated or next(iter(self.dates), None)

    def post_at(self, position: int) -> Post | None:
        """The post of a live blog in which a place of the text lies."""
        return next((post for post in self.posts if post.words[0] <= position < post.words[1]), None)

    def date_at(self, position: int) -> str | None:
        """The date, ISO 8601, against which "yesterday" is read there: of the post of a live blog its own."""
        post = self.post_at(position)
        return (post.published if post else None) or (self.anchor.value if self.anchor else None)

    def words(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span[0] : span[1]]


# ---------------------------------------------------------------------------------------------------------------------
# How it was said


class Token(Struct, frozen=True):
    """A word with its tags (UD v2), its head in the sentence (-1: the root) and the name it is part of."""

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    relation: str
    """UD relation with its subtype: "nsubj:pass"."""
    name: str
    """BIO tag of the name it is part of: "B-PER", "I-ORG", "O". Classes: PER, LOC, ORG, MISC."""


class Phrase(Struct, frozen=True):
    """An argument of a clause: a noun phrase, with what hangs on it."""

    words: Span
    """The whole phrase, without its preposition."""
    head: int
    """Index of the head token in the sentence."""
    lemma: str
    conjuncts: tuple[Phrase, ...] = ()
    """The other members when it is a list: "NATO, Russia and Georgia" has two."""
    modifiers: tuple[tuple[str, Phrase], ...] = ()
    """What hangs on the head, keyed by how: "poss", "compound", "amod", "nummod", "appos", or a preposition ("of")."""


Voice = Literal["active", "passive"]
Tense = Literal["past", "present", "future", "none"]


class Clause(Struct, frozen=True, kw_only=True):
    """A predicate with its arguments, alike for verbs, nouns of event and adjectives; the voice is undone.

    "Two diplomats were expelled by NATO" has subject "NATO", object "Two diplomats" and voice "passive".
    "NATO's expulsion of two diplomats" is the same clause with kind "noun".
    """

    kind: Literal["verb", "noun", "adjective"]
    copula: bool = False
    """It is said of the subject: "is an ally", "is critical", headlines' bare "Russia critical"."""
    predicate: int
    """Index of the predicate's token in the sentence."""
    words: Span
    """The predicate with its particle: "pulled out", "expelled"."""
    lemma: str
    """With its particle: "pull out"."""
    subject: Phrase | None = None
    shared: bool = False
    """The subject stands elsewhere: with the verb before "and", above the infinitive, before "who"."""
    object: Phrase | None = None
    indirect: Phrase | None = None
    obliques: tuple[tuple[str, Phrase], ...] = ()
    """By preposition ("of", "out of"); "" where there is none ("Monday"). Nouns also by "poss", "compound", "amod"."""
    complement: int | None = None
    """Index (in the sentence's clauses) of the clausal complement."""
    parent: int | None = None
    """Index of the clause above it."""
    link: str = "root"
    """UD relation to the clause above: "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "conj", "parataxis"."""
    mark: str = ""
    """The word that introduces it: "that", "whether", "if", "after", "to"."""
    voice: Voice = "active"
    tense: Tense = "none"
    perfect: bool = False
    progressive: bool = False
    negation: Span | None = None
    """The words that deny it: "not", "never", "no"."""
    modals: tuple[str, ...] = ()
    """Lemmas of its auxiliaries of mood: "will", "would", "may", "must"."""
    question: bool = False
    quoted: bool = False
    """It stands between quotation marks."""


class Sentence(Struct, frozen=True, kw_only=True):
    """A parsed sentence of one block."""

    block: int
    part: Part
    start: int
    end: int
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...] = ()


# ---------------------------------------------------------------------------------------------------------------------
# Who, when, where


class Actor(Struct, frozen=True, kw_only=True):
    """Who is meant, in PLOVER's terms."""

    id: str
    """The lexicon's id ("NATO", "RUS", "sergei-lavrov"), or the code for actors without a name ("AFGCOP")."""
    name: str
    country: str | None = None
    """ISO 3166 alpha-3, or the lexicon's own code for what has none."""
    sectors: tuple[str, ...] = ()
    """PLOVER sectors, the primary one first: ("GOV",)."""
    code: str = ""
    """CAMEO actor string: "RUSGOV", "IGONAT"."""


class ActorMention(Struct, frozen=True, kw_only=True):
    """Words that name somebody who can act. Ranked when it is not certain who: the best first."""

    words: Span
    head: Span
    """The word that carries it: "Lavrov" in "Foreign Minister Sergei Lavrov"."""
    kind: Literal["name", "office", "role", "seat", "adjective", "pronoun", "group"]
    """How it is meant; "seat" is a capital or palace that stands for its government, "group" is "the two sides"."""
    actors: tuple[Actor, ...]
    """Readings, best first; for kind "group" all of them together."""
    because: tuple[Because, ...] = ()


class TimeMention(Struct, frozen=True, kw_only=True):
    """An expression of time: as TIMEX3 and as a closed interval of days."""

    words: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    mod: str | None = None
    start: str | None = None
    """First day, ISO 8601; None when it cannot be anchored."""
    end: str | None = None
    """Last day, itself included."""
    granularity: Literal["time", "day", "week", "month", "quarter", "season", "year", "decade", "century", "vague"] = (
        "day"
    )
    exact: bool = True
    because: tuple[Because, ...] = ()


class Place(Struct, frozen=True, kw_only=True):
    """A place of the gazetteer."""

    name: str
    kind: Literal["country", "province", "city", "region", "site"]
    country: str | None = None
    """ISO 3166 alpha-3."""
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius: int | None = None
    """Of the circle of its area, in kilometres; None where its size is unknown."""
    held_by: tuple[str, ...] = ()
    """Of a disputed place: ids of the actors that held it on the page's date, in parts or together."""
    claimed_by: tuple[str, ...] = ()
    """And of those that claimed it then."""


class PlaceMention(Struct, frozen=True, kw_only=True):
    """Words that name a place. Ranked when it is not certain which: the best first."""

    words: Span
    places: tuple[Place, ...]
    because: tuple[Because, ...] = ()


Mention = ActorMention | TimeMention | PlaceMention

# ---------------------------------------------------------------------------------------------------------------------
# What was told

Standing = Literal["happened", "ongoing", "planned", "demanded", "threatened", "denied", "hypothetical", "asked"]
"""How the text tells an event; what was hoped for is "hypothetical"."""
FACTS: tuple[Standing, ...] = ("happened", "ongoing")
"""The standings of what is a fact by its text."""

Type = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
"""The sixteen event types of PLOVER (manual 2.0)."""


class Party(Struct, frozen=True, kw_only=True):
    """An actor in a role of a report, with the words that stand for it."""

    id: str
    name: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    code: str = ""
    words: Span


class When(Struct, frozen=True, kw_only=True):
    """When the event was, or is to be. Dates are ISO 8601 days; None is open or unknown."""

    start: str | None = None
    end: str | None = None
    basis: Literal["stated", "planned", "inherited", "tense", "published"]
    """Its clause says it; its clause says for when it is or was meant; another clause of the article says it; the tense
    places it before or after a date; or it leans on the page's date alone."""
    words: Span | None = None


class Where(Struct, frozen=True, kw_only=True):
    """Where the event was, as precisely as is known: somewhere within `radius` of the point."""

    name: str
    precision: Literal["site", "city", "province", "country", "region"]
    country: str | None = None
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius: int | None = None
    """Of the circle of the place's area, in kilometres; None where its size is unknown."""
    held_by: tuple[str, ...] = ()
    """Of a disputed place: ids of the actors that held it on the page's date, in parts or together."""
    claimed_by: tuple[str, ...] = ()
    """And of those that claimed it then."""
    basis: Literal["stated", "caption", "inherited", "dateline", "target"]
    """Its clause says it; the caption does; the lead does; the dateline does; or it is where its target is."""
    words: Span | None = None


CountKind = Literal["killed", "injured", "arrested", "abducted", "displaced", "protesters", "troops"]
"""What became of the people who are counted, or what they do; the sizes that PLOVER asks for stand first."""


PLOVER_COUNTS: tuple[CountKind, ...] = ("killed", "injured", "protesters")
"""What PLOVER has fields for; tables give them columns of their own."""


class Count(Struct, frozen=True, kw_only=True):
    """How many people an event struck or moved: an interval, for news rarely counts."""

    kind: CountKind
    low: int
    high: int | None = None
    """The most, itself included; None is open ("at least 12")."""
    exact: bool
    """A bare figure; False where a word rounds it ("about", "nearly") or leaves it open ("dozens", "up to")."""
    words: Span
    """The number with the words that bound it."""
    because: tuple[Because, ...] = ()

    @property
    def amount(self) -> str:
        """The interval in short: "12", "24-99", "12+"."""
        return amount_of(self.low, self.high)


def amount_of(low: int, high: int | None) -> str:
    """An interval of people in short: "12", "24-99", "12+"."""
    if high is None:
        return f"{low}+"
    return str(low) if low == high else f"{low}-{high}"


class Report(Struct, frozen=True, kw_only=True):
    """What one clause tells: who did what to whom, when, where, on whose word, and why it was coded so."""

    id: str
    article: str
    part: Part
    sentence: Span
    text: str
    """The sentence's words."""
    type: Type
    deed: Type | None = None
    """What is promised or refused, where `type` is the promise or refusal: "will send aid" is AGREE, its deed AID."""
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: Literal[1, 2, 3, 4]
    intensity: float | None = None
    source: tuple[Party, ...] = ()
    target: tuple[Party, ...] = ()
    reciprocal: bool = False
    standing: Standing
    speaker: Party | None = None
    """On whose word it rests; None: the outlet's own."""
    speakers: tuple[Party, ...] = ()
    """The whole chain from the nearest (`speaker`) to the outermost: "X said Y had said" is (Y, X)."""
    time: When | None = None
    place: Where | None = None
    counts: tuple[Count, ...] = ()
    """How many were killed, injured, marching ...: what its clause, its results or its relative clauses tell."""
    trigger: Span
    because: tuple[Because, ...] = ()
    score: float


# ---------------------------------------------------------------------------------------------------------------------
# What many tell of one thing


class Telling(Struct, frozen=True, kw_only=True):
    """A report as one of the reports of an event: who told it, when, how, and why it is of this event."""

    report: str
    article: str
    at: int
    """Where the words of the deed begin, in the article's text."""
    outlet: str
    """Who published it first: the agency, publisher or host of the article, or of the one that it copies."""
    date: str | None = None
    """ISO 8601 day of the article, or of the post of a live blog."""
    standing: Standing
    speaker: str | None = None
    """Id of the actor on whose word it rests; None: the outlet's own."""
    copied: bool = False
    """It stands in a copy of another article, and is no word of its own."""
    because: tuple[str, ...] = ()
    """Why it was put with the others: "same story", "source NATO" ...; of the first report, nothing."""


Matter = Literal["standing", "killed", "injured", "arrested", "abducted", "displaced", "protesters", "troops"]
"""What reports of one event can tell differently; another day or place is another event."""


class Size(Struct, frozen=True, kw_only=True):
    """How many people an event struck or moved, as best supported."""

    kind: CountKind
    low: int
    high: int | None = None
    """The most, itself included; None is open."""
    exact: bool
    report: str
    """The report that tells it; its words stand there."""

    @property
    def amount(self) -> str:
        """The interval in short: "12", "24-99", "12+"."""
        return amount_of(self.low, self.high)


class Version(Struct, frozen=True, kw_only=True):
    """One of several ways in which something is told."""

    told: str
    """"happened", "denied", "12", "24-99"."""
    reports: tuple[str, ...]
    speakers: tuple[str, ...] = ()
    """On whose word, by their ids."""
    outlets: tuple[str, ...] = ()


class Disagreement(Struct, frozen=True, kw_only=True):
    """What the reports of an event tell differently, so that not all can be right."""

    about: Matter
    versions: tuple[Version, ...]
    """The best supported first."""


class Event(Struct, frozen=True, kw_only=True):
    """What happened once, or was to happen, with all reports of it."""

    id: str
    story: str | None = None
    type: Type
    deed: Type | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: Literal[1, 2, 3, 4]
    intensity: float | None = None
    source: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()
    reciprocal: bool = False
    standing: Standing
    """How it stands by all that was told: a fact if anybody tells it as one."""
    disputed: bool = False
    """Told as a fact by some and denied by others."""
    start: str | None = None
    """First day, ISO 8601, as best supported; None is open or unknown."""
    end: str | None = None
    basis: Literal["stated", "planned", "inherited", "tense", "published"] | None = None
    """Of the days: as in `When`."""
    place: Where | None = None
    counts: tuple[Size, ...] = ()
    """For each kind the best supported; other versions stand among the disagreements."""
    tellings: tuple[Telling, ...]
    """As they were told, the earliest first."""
    articles: int
    outlets: int
    """Independent ones: copies count as what they copy."""
    disagreements: tuple[Disagreement, ...] = ()
    corrected: tuple[str, ...] = ()
    """The fields that a user set."""
    text: str
    """The sentence of the report that tells it best."""
    report: str
    """Its id."""


class Story(Struct, frozen=True, kw_only=True):
    """Articles on one matter."""

    id: str
    headline: str | None = None
    """Of the article nearest to all."""
    articles: tuple[str, ...]
    """The earliest first, copies among them."""
    originals: int
    """Articles that copy no other."""
    outlets: int
    first: str | None = None
    """ISO 8601 day of the earliest article."""
    last: str | None = None
    terms: tuple[str, ...] = ()
    """The words that tell it from others, the strongest first."""
    actors: tuple[str, ...] = ()
    """Ids of those who act in it, the most often told first."""
    places: tuple[str, ...] = ()


# ---------------------------------------------------------------------------------------------------------------------
# How a record ends


State = Literal[
    "coded", "no events", "duplicate", "joined", "not an article", "not English", "unreadable", "withdrawn"
]  # fmt: skip
"""How each record ends, in exactly one of these."""


class Coding(Struct, frozen=True, kw_only=True):
    """All that came of one record."""

    record: str
    origin: str
    state: State
    reason: str = ""
    article: Article | None = None
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    reports: tuple[Report, ...] = ()
