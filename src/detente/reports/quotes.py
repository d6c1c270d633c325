"""Who speaks beyond the borders of a sentence: quotations, colons in headlines, and talk that goes on.

"“This is a dark day. NATO expelled two,” Lavrov said."   both sentences are Lavrov's
"Lavrov was bitter. “NATO expelled two.”"                 a quotation without a speaker is that of the person before it
"“... dark.¶ “NATO expelled two.”"                        a paragraph that opens with a mark goes on with who spoke
"Lavrov: NATO expelled two", "NATO expelled two - Lavrov"  headlines
"“We expelled two,” Lavrov said."                         "we" is Russia
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from detente.model import Actor, ActorMention, Because, Mention
from detente.reports.attitudes import Attitudes
from detente.reports.roles import actors_in, name_at
from detente.reports.scene import Scene
from detente.reports.speakers import Spoken, Voice, speaker_at

_OPENING = frozenset(["“", "``", "«", "„", "‘"])
_CLOSING = frozenset(["”", "''", "»", "’"])
_STRAIGHT = frozenset(['"', "'"])
_SINGLE = frozenset(["‘", "’", "'"])
_DASHES = frozenset(["-", "–", "—", "--"])
# A name of more words before a colon is a sentence of its own.
LONGEST_NAME = 8
_OF_ONE = frozenset(["i", "me", "my", "mine", "myself"])
_OF_MANY = frozenset(["we", "us", "our", "ours", "ourselves"])


class _Piece(Struct):
    """The part of a quotation that stands in one sentence; tokens without the marks."""

    scene: int
    first: int
    last: int
    opens: bool
    """It begins here, and not in the sentence before."""
    closes: bool


def voices_of(scenes: Sequence[Scene], attitudes: Attitudes) -> list[tuple[Voice, ...]]:
    """For each sentence the stretches that somebody says beyond what its own words of saying tell.

    Notes in each scene which of its tokens stand between quotation marks.
    """
    quotations = _quotations(scenes)
    for quotation in quotations:
        for piece in quotation:
            scenes[piece.scene].quoted.update(range(piece.first, piece.last + 1))
    pieces: dict[int, list[tuple[_Piece, Spoken | None]]] = {}
    for quotation in quotations:
        spoken = _attributed(quotation, scenes, attitudes)
        for piece in quotation:
            pieces.setdefault(piece.scene, []).append((piece, spoken))
    floor = _Floor(attitudes)
    return [tuple(floor.voices(scene, pieces.get(at, ()))) for at, scene in enumerate(scenes)]


class _Floor:
    """Who has the floor while a text is read."""

    def __init__(self, attitudes: Attitudes) -> None:
        self.attitudes = attitudes
        self.block = -1
        self.speaker: Spoken | None = None
        """Who said the sentence before."""
        self.subject: Spoken | None = None
        """The person whom the sentence before was about."""

    def voices(self, scene: Scene, pieces: Sequence[tuple[_Piece, Spoken | None]]) -> Iterator[Voice]:
        """The stretches of a sentence that somebody says."""
        is_new, self.block = scene.sentence.block != self.block, scene.sentence.block
        opens = bool(pieces) and pieces[0][0].first <= 1
        if is_new and not opens:
            self.speaker = self.subject = None
        found = list(_by_layout(scene))
        for piece, spoken in pieces:
            if spoken is None and _is_all_of(piece, scene):
                spoken = self.speaker or self.subject
            if spoken is not None:
                found.append(Voice(piece.first, piece.last, spoken))
        if not pieces and not found and self.speaker is not None and _goes_on(scene):
            found.append(Voice(0, len(scene.tokens) - 1, self.speaker))
        self._pass_on(scene, found)
        yield from found

    def _pass_on(self, scene: Scene, voices: Sequence[Voice]) -> None:
        said = _root_speaker(scene, self.attitudes)
        self.speaker = said or (voices[-1].spoken if voices else None)
        if self.speaker is None:
            self.subject = _person_of(scene)


# -- quotation marks


def _quotations(scenes: Sequence[Scene]) -> list[list[_Piece]]:
    """The quotations of a text, each in the pieces that stand in one sentence. None reaches over a block's end."""
    found: list[list[_Piece]] = []
    mark, start = "", 0
    for at, scene in enumerate(scenes):
        if at and scene.sentence.block != scenes[at - 1].sentence.block:
            mark = ""
        opened_before = bool(mark)
        start = 0
        for i, token in enumerate(scene.tokens):
            form = token.form
            if not mark and _opens(i, scene):
                mark, start = form, i + 1
                opened_before = False
            elif mark and _closes(i, mark, scene):
                _add(found, _Piece(at, start, i - 1, not opened_before, True))
                mark = ""
                opened_before = False
        if mark:
            _add(found, _Piece(at, start, len(scene.tokens) - 1, not opened_before, False))
    return found


def _add(found: list[list[_Piece]], piece: _Piece) -> None:
    if piece.opens or not found:
        found.append([piece])
    else:
        found[-1].append(piece)


def _opens(i: int, scene: Scene) -> bool:
    token = scene.tokens[i]
    if token.form in _OPENING:
        return True
    if token.form not in _STRAIGHT:
        return False
    before = i > 0 and scene.tokens[i - 1].end == token.start
    behind = i + 1 < len(scene.tokens) and scene.tokens[i + 1].start == token.end
    return behind and not before if token.form in _SINGLE else behind or not before


def _closes(i: int, mark: str, scene: Scene) -> bool:
    token = scene.tokens[i]
    if (mark in _SINGLE) != (token.form in _SINGLE):
        return False
    if token.form in _SINGLE and i + 1 < len(scene.tokens) and scene.tokens[i + 1].start == token.end:
        return False
    return token.form in _CLOSING or token.form in _STRAIGHT


def _is_all_of(piece: _Piece, scene: Scene) -> bool:
    """Whether the sentence is a quotation from end to end."""
    last = len(scene.tokens) - 1
    return piece.first <= 1 and piece.last >= last - 1


def _attributed(quotation: Sequence[_Piece], scenes: Sequence[Scene], attitudes: Attitudes) -> Spoken | None:
    """Who says it, by the nearest word of saying outside of it, in the sentence where it begins or ends."""
    best: tuple[int, Spoken] | None = None
    for piece in {id(piece): piece for piece in (quotation[0], quotation[-1])}.values():
        scene = scenes[piece.scene]
        for number, clause in enumerate(scene.clauses):
            i = clause.predicate
            if clause.kind != "verb" or i in scene.quoted:
                continue
            if (i < piece.first and not piece.opens) or (i > piece.last and not piece.closes):
                continue
            entry = attitudes.saying(number, scene)
            speaker = speaker_at(number, entry, scene, attitudes) if entry is not None else None
            if entry is None or speaker is None:
                continue
            distance = piece.first - i if i < piece.first else i - piece.last
            if best is None or distance < best[0]:
                best = distance, Spoken(speaker, Because(entry.id, clause.words))
    return best[1] if best is not None else None


# -- the sentence before


def _root_speaker(scene: Scene, attitudes: Attitudes) -> Spoken | None:
    """Who speaks in the sentence as a whole: what follows may go on with it. Talks that "went on" say nothing."""
    for number, clause in enumerate(scene.clauses):
        if clause.kind != "verb" or clause.negation is not None or clause.predicate in scene.quoted:
            continue
        if clause.parent is None or clause.link.startswith(("parataxis", "conj")):
            entry = attitudes.saying(number, scene)
            says = bool(scene.quoted) or clause.complement is not None or clause.link.startswith("parataxis")
            speaker = speaker_at(number, entry, scene, attitudes) if entry is not None and says else None
            if entry is not None and speaker is not None:
                return Spoken(speaker, Because(entry.id, clause.words))
    return None


def _person_of(scene: Scene) -> Spoken | None:
    """The person whom a sentence is about: its subject."""
    for clause in scene.clauses:
        if clause.parent is None and clause.subject is not None:
            for mention in actors_in(clause.subject, scene)[:1]:
                name = scene.tokens[clause.subject.head].name
                if name.endswith("PER") or mention.kind in ("office", "role", "pronoun"):
                    return Spoken(mention, Because("speaker:person-before", mention.words))
    return None


def _goes_on(scene: Scene) -> bool:
    """Whether a sentence without a speaker of its own goes on with what the speaker before it said.

    A plain present about what is due or possible does: "Lavrov said it was not Moscow. It is up to Georgia to restore
    ties." So does a "would" without a condition: "NATO was weak, Lavrov said. It would leave Kosovo in May." News tells
    what happened in the past tense.
    """
    roots = [clause for clause in scene.clauses if clause.parent is None]
    return bool(roots) and all(
        (root.copula and root.tense == "present" and not root.progressive and root.complement is not None)
        or (root.modals == ("would",) and not root.perfect and not _has_condition(root.predicate, scene))
        for root in roots
    )


def _has_condition(i: int, scene: Scene) -> bool:
    return any(scene.tokens[kid].relation.startswith("advcl") for kid in scene.kids(i))


# -- headlines


def _by_layout(scene: Scene) -> Iterator[Voice]:
    """ "Lavrov: NATO expelled two", "NATO expelled two - Lavrov", "NATO expelled two: Kremlin"."""
    tokens = scene.tokens
    last = len(tokens) - 1
    colon = next((i for i in range(1, min(LONGEST_NAME, last)) if tokens[i].form == ":"), None)
    if colon is not None:
        speaker = _named(0, colon - 1, scene)
        if speaker is not None and not _is_topic(speaker):
            yield Voice(colon + 1, last, Spoken(speaker, Because("speaker:colon", scene.span(colon))))
            return
    for i in range(last - 1, max(last - LONGEST_NAME, 1), -1):
        apart = (
            tokens[i].form in _DASHES and tokens[i - 1].end < tokens[i].start and tokens[i].end < tokens[i + 1].start
        )
        if apart or tokens[i].form == ":":
            speaker = _named(i + 1, last, scene)
            if speaker is not None:
                yield Voice(0, i - 1, Spoken(speaker, Because("speaker:after-dash", scene.span(i))))
            return


def _named(first: int, last: int, scene: Scene) -> ActorMention | None:
    """The one whom a stretch of tokens names and nothing else: "Lavrov", "the Kremlin", "Erdogan ally"."""
    stretch = range(first, last + 1)
    if any(scene.tokens[i].upos not in ("DET", "ADJ", "PROPN", "NOUN") for i in stretch):
        return None
    found = (scene.covered.get(i) or name_at(i, scene) for i in reversed(stretch))
    mention = next((known for known in found if known is not None), None)
    return None if mention is None or mention.kind in ("adjective", "pronoun") else mention


def _is_topic(mention: ActorMention) -> bool:
    """ "Syria: rebels attack Damascus": a country before a colon says what it is about, not who says it."""
    actor = mention.actors[0]
    return actor.id == actor.country


# -- we


def first_persons(scene: Scene, voices: Sequence[Voice], mentions: Sequence[Mention]) -> Iterator[ActorMention]:
    """ "We", "our", "I" as who speaks: "“We will leave,” Lavrov said" tells what Russia will do."""
    for voice in voices:
        for i in range(voice.first, voice.last + 1):
            word = scene.tokens[i].form.lower()
            if i in scene.covered or word not in _OF_ONE | _OF_MANY:
                continue
            speaker = voice.spoken.speaker
            words = scene.span(i)
            actor = speaker.actors[0] if word in _OF_ONE else _side_of(speaker.actors[0], mentions)
            because = (*speaker.because, Because("speaker:first-person", words))
            yield ActorMention(words=words, head=words, kind="pronoun", actors=(actor,), because=because)


def _side_of(actor: Actor, mentions: Sequence[Mention]) -> Actor:
    """Whom somebody means by "we": the country of those who act for a state, else the speaker's own."""
    if actor.country is None or actor.id == actor.country or not {"GOV", "MIL", "COP"}.intersection(actor.sectors):
        return actor
    for mention in mentions:
        if isinstance(mention, ActorMention):
            for known in mention.actors:
                if known.id == actor.country:
                    return known
    return replace(actor, id=actor.country, name=actor.country, sectors=(), code=actor.country)
