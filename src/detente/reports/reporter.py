"""From the sentences and mentions of an article to its reports.

    clause -> best rule -> parties -> standing, speaker, time, place -> Report

One report per fact, not per verb: what an agreement, a demand or a light verb tells is part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from detente.lexicon import Lexicon
from detente.model import Article, Because, Clause, Mention, Party, Phrase, Report, Sentence, Standing, id_of
from detente.reports.acts import Act, Acts
from detente.reports.answers import Draft, answered
from detente.reports.attitudes import Attitudes
from detente.reports.chronicle import Chronicle, chronicles_of
from detente.reports.contexts import Contexts
from detente.reports.counts import Counts
from detente.reports.doers import Doers
from detente.reports.links import relations_of
from detente.reports.match import Match, best_match
from detente.reports.nouns import noun_match
from detente.reports.parties import Cast, NoCast, are_several, cast_of, doers_of
from detente.reports.quotes import first_persons, voices_of
from detente.reports.reach import Reach
from detente.reports.roles import parties_of
from detente.reports.rules import Rules
from detente.reports.scene import Scene, scenes_of
from detente.reports.speakers import Spoken, Voice, speakers_of
from detente.reports.standing import standing_of
from detente.reports.targets import Targets
from detente.reports.when import Dated, when_of
from detente.reports.where import CountryPlace, Deed, Setting, where_of

# A bare verb is a weak sign of an event, a verb with its object and preposition a strong one. The numbers order
# reports, they are no probabilities.
BARE, PER_CONSTRAINT, SUREST = 0.6, 0.1, 0.95
NOUN = 0.85
# What is told in a talk or a letter is no part of the talk; what is promised, threatened or asked for is to come.
TALK = frozenset(["CONSULT"])
VISIT = "visit"  # the mode of CONSULT
STILL_TO_COME = frozenset(["AGREE", "THREATEN", "REQUEST"])


class Left(Struct, frozen=True):
    """Why a clause whose words fit a rule tells no event of its own."""

    why: NoCast | Literal["part of another", "no doer", "told before", "only said"]
    by: int | None = None
    """The clause that it is part of, or that told the same."""


class Told(Struct, frozen=True):
    """What a sentence tells, by the number of the clause, and which clauses tell nothing."""

    scene: Scene
    drafts: Mapping[int, Draft]
    reports: Mapping[int, Report]
    left: Mapping[int, Left]
    voices: tuple[Voice, ...]
    """Who speaks in it beyond what its own words of saying tell: quotations, headlines, talk that goes on."""


class Page(Struct, frozen=True):
    """What an article says as a whole for each of its reports."""

    article: Article
    chronicle: Chronicle
    setting: Setting


class Reporter:
    """Finds reports; the lexicon is compiled when first needed and shared by all articles."""

    def __init__(self, lexicon: Lexicon, country: CountryPlace) -> None:
        """`country` gives the place of a country by its code.

        `find` raises `LexiconError` when an entry of events, speech, contexts or ontology is wrong.
        """
        self.country = country
        self.rules = Rules(lexicon)
        self.attitudes = Attitudes(lexicon)
        self.contexts = Contexts(lexicon)
        self.acts = Acts(lexicon)
        self.counts = Counts(lexicon)
        reach = Reach(lexicon)
        self.doers = Doers(reach)
        self.targets = Targets(reach)

    def find(self, article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> tuple[Report, ...]:
        """What an article tells, in the order of its text."""
        return tuple(report for told in self.told(article, sentences, mentions) for report in told.reports.values())

    def told(self, article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Iterator[Told]:
        """What each sentence tells, and why the rest of its clauses tell nothing."""
        scenes = scenes_of(sentences, mentions)
        setting = Setting(article, scenes, mentions, self.attitudes, self.country)
        chronicles = chronicles_of(article, scenes, self.attitudes)
        for scene, chronicle, voices in zip(scenes, chronicles, voices_of(scenes, self.attitudes), strict=True):
            page = Page(article, chronicle, setting)
            for mention in first_persons(scene, voices, mentions):
                scene.add(mention)
            left: dict[int, Left] = {}
            drafts = self._drafts(scene, left)
            reports = [self._report(draft, scene, page, voices) for draft in drafts.values()]
            counted = self.counts.counted(reports, list(drafts.values()), scene)
            told = dict(zip(drafts, counted, strict=True))
            yield Told(scene, drafts, _once(told, left), left, voices)

    def dated(
        self, article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> Iterator[tuple[Scene, tuple[Dated, ...]]]:
        """When what each clause tells was, or is to be, whether or not it is an event of a type."""
        scenes = scenes_of(sentences, mentions)
        for scene, chronicle in zip(scenes, chronicles_of(article, scenes, self.attitudes), strict=True):
            standings = (standing_of(number, scene, self.attitudes)[0] for number in range(len(scene.clauses)))
            yield scene, tuple(when_of(n, scene, standing, chronicle) for n, standing in enumerate(standings))

    # -- which clauses tell events

    def _drafts(self, scene: Scene, left: dict[int, Left]) -> dict[int, Draft]:
        """The events of a sentence; what is part of another event is left out, and `left` says of what."""
        if not scene.actors and not self.doers.is_of_crowd(scene):
            return {}
        drafts: dict[int, Draft] = {}
        alone: dict[int, Match] = {}
        """Mutual events of which only one side is named."""
        for number, clause in enumerate(scene.clauses):
            noun = clause.kind == "noun" and not clause.copula
            match = noun_match(number, scene, self.rules) if noun else best_match(number, scene, self.rules)
            if match is None:
                continue
            if _is_only_said(match, scene):
                left[number] = Left("only said")
                continue
            match, cast = self._if_joint(match, cast_of(match, scene, self.doers, self.targets), scene)
            if isinstance(cast, Cast):
                drafts[number] = Draft(match, cast)
            else:
                left[number] = Left(cast)
            if noun and not (isinstance(cast, Cast) and cast.source):
                alone[number] = match
        drafts = answered(drafts, scene)
        absorbed = self._absorbed(drafts, scene)
        for number, match in alone.items():
            shared = None if number in absorbed else self._with_doer_above(match, drafts, scene)
            if shared is not None:
                drafts[number] = shared
                left.pop(number, None)
        left.update({number: Left("part of another", by) for number, by in absorbed.items()})
        for number, draft in drafts.items():
            if number not in absorbed and not self._stands(draft, drafts, scene):
                left[number] = Left("no doer")
        return {number: drafts[number] for number in sorted(drafts) if number not in left}

    def _if_joint(self, match: Match, cast: Cast | NoCast, scene: Scene) -> tuple[Match, Cast | NoCast]:
        """War games that two states hold against nobody are joint exercises: another entry tells of them."""
        rule = self.rules.by_id[match.rule.jointly] if match.rule.jointly else None
        has_target = isinstance(cast, Cast) and bool(cast.target)
        if rule is None or has_target or not are_several(doers_of(match, scene)):
            return match, cast
        slots = tuple(("both" if role == "source" else role, phrase) for role, phrase in match.slots)
        joint = msgspec.structs.replace(match, rule=rule, slots=slots)
        return joint, cast_of(joint, scene, self.doers, self.targets)

    def _with_doer_above(self, match: Match, drafts: dict[int, Draft], scene: Scene) -> Draft | None:
        """Who does what a noun tells: the subject of the verb that holds, stages or hopes for it.

        "Rebels carried out attacks on Kabul", "Russia hopes a dialogue with Washington would help"; or of the verb of
        what happens in its course: "Lavrov said on a visit to Kabul".
        """
        at = match.number
        mutual = any(role == "both" for role, _ in match.slots)
        guest = self.doers.who_attends(match, scene)
        if guest is not None:
            attended = self._done_by(guest.phrase, match, scene, guest.because)
            return attended if attended and not _is_occasion_of(attended, drafts, scene) else None
        for _ in range(3):
            above = scene.clauses[at].parent
            if above is None or above in drafts:
                return None
            parent = scene.clauses[above]
            does = "object" in relations_of(at, scene) and any(
                entry.occurs for entry in self.attitudes.on(above, ("object",), scene)
            )
            wishes = mutual and self.attitudes.is_wish(above, scene)
            if parent.subject is not None and parent.kind == "verb" and (does or wishes):
                return self._done_by(parent.subject, match, scene)
            at = above
        return None

    def _done_by(self, doer: Phrase, match: Match, scene: Scene, *why: Because) -> Draft | None:
        """What a noun tells, with somebody from outside as its doer; None where it lacks its other side."""
        mutual = any(role == "both" for role, _ in match.slots)
        slots = (*match.slots, ("both" if mutual else "source", doer))
        cast = cast_of(msgspec.structs.replace(match, slots=slots), scene, self.doers, self.targets)
        if not isinstance(cast, Cast) or not cast.source or (mutual and not cast.target):
            return None
        return Draft(match, msgspec.structs.replace(cast, because=(*cast.because, *why)))

    def _absorbed(self, drafts: dict[int, Draft], scene: Scene) -> dict[int, int]:
        """Complements of agreeing, demanding ..., and nouns that a pattern names, with the clause they are part of."""
        found: dict[int, int] = {}
        for draft in drafts.values():
            match = draft.match
            if match.number in found:
                continue
            parts = {scene.clause_at[head] for head in match.named if head in scene.clause_at}
            for gerund in _gerunds(match, scene):
                parts |= _all_below(gerund, scene)
            if match.rule.inner != "code" and match.complement is not None and not self._is_apart(match, scene):
                parts |= _all_below(match.complement, scene)
            for part in parts:
                found.setdefault(part, match.number)
        return found

    def _is_apart(self, match: Match, scene: Scene) -> bool:
        """Whether the complement is an event of its own: what is told in a talk, and what came about by force or help.

        "forced Chad to leave", "helped Chad to attack Togo": Chad did it. Not so "urged Chad to leave".
        """
        complement = match.complement
        if complement is None:
            return False
        if match.rule.type in TALK and _is_told(complement, scene):
            return True
        entries = self.attitudes.on(match.number, relations_of(complement, scene), scene)
        return any(entry.standing == "happened" for entry in entries)

    def _stands(self, draft: Draft, drafts: dict[int, Draft], scene: Scene) -> bool:
        """A noun beside another event needs a doer of its own: "condemned the attack" tells of one event, not two."""
        clause = scene.clauses[draft.match.number]
        if clause.kind != "noun" or clause.copula:
            return True
        if not draft.cast.source:
            # "confirmed the expulsion of two diplomats": a word of saying or happening vouches for it.
            if clause.parent is None:
                return False
            relations = set(relations_of(draft.match.number, scene)) & {"subject", "object"}
            entries = self.attitudes.on(clause.parent, sorted(relations), scene)
            return any(not (entry.factive or entry.standing == "denied") for entry in entries)
        above = drafts.get(clause.parent) if clause.parent is not None else None
        return above is None or bool(draft.cast.target) or clause.subject is not None

    def _act(self, draft: Draft, clause: Clause, standing: Standing, chain: Sequence[Spoken]) -> Act | None:
        """A promise, a refusal or a threat, where its doer "will" do it; "talks will begin" is nobody's word."""
        subject = clause.subject
        if subject is None or subject.head in draft.match.named or not draft.cast.source:
            return None
        own_word = any(_is_doer(spoken, draft.cast) for spoken in chain)
        return self.acts.told_by(draft.match.rule.type, standing, clause.modals, own_word=own_word)

    # -- all that is known of one event

    def _report(self, draft: Draft, scene: Scene, page: Page, voices: Sequence[Voice]) -> Report:
        match, cast = draft.match, draft.cast
        rule, sentence, clause = match.rule, scene.sentence, scene.clauses[match.number]
        standing, why_standing = standing_of(match.number, scene, self.attitudes)
        if rule.standing is not None and standing == "happened":
            standing = rule.standing
        dated = when_of(match.number, scene, standing, page.chronicle)
        if dated.ahead and standing in ("happened", "ongoing"):
            dated = dated.meant()
            standing, why_standing = (
                "planned",
                (Because("standing:date-ahead", dated.when.words if dated.when else None),),
            )
        chain = speakers_of(match.number, scene, self.attitudes, voices)
        act = self._act(draft, clause, standing, chain)
        if act and act.own_word:
            chain = tuple(spoken for spoken in chain if not _is_doer(spoken, cast))
        speakers = self._called(parties_of([spoken.speaker for spoken in chain]), page.article)
        type = act.act if act else rule.type
        placed = where_of(Deed(match, type, standing, cast.source, cast.target), scene, page.setting)
        about = self.contexts.of(match.number, rule, scene)
        because = [
            Because(rule.id, clause.words),
            *([Because(act.id, clause.words)] if act else []),
            *about.because,
            *cast.because,
            *why_standing,
        ]
        because += [spoken.because for spoken in chain]
        because += [reason for reason in (dated.because, placed and placed.because) if reason]
        return Report(
            id=_id(page.article, sentence, draft, standing),
            article=page.article.id,
            part=sentence.part,
            sentence=(sentence.start, sentence.end),
            text=page.article.text[sentence.start : sentence.end],
            type=type,
            deed=rule.type if act else None,
            mode=None if act else rule.mode,
            contexts=about.contexts,
            cameo=(act.code_of(about.cameo) if act else None) or about.cameo,
            quad=self.rules.ontology.quad_of(type),
            intensity=self.rules.ontology.intensity_of(type, None if act else rule.mode),
            source=self._called(cast.source, page.article),
            target=self._called(cast.target, page.article),
            reciprocal=cast.reciprocal,
            standing=act.told if act else standing,
            speaker=speakers[0] if speakers else None,
            speakers=speakers,
            time=dated.when,
            place=placed.where if placed else None,
            trigger=clause.words,
            because=tuple(dict.fromkeys(because)),
            score=_score(draft, clause.kind == "noun"),
        )

    def _called(self, parties: Sequence[Party], article: Article) -> tuple[Party, ...]:
        """The parties, countries that a place stood for by their names: "Ethiopia", where "Addis Ababa" gave "ETH"."""
        return tuple(
            replace(party, name=place.name)
            if party.name == party.country and (place := self.country(party.country, article))
            else party
            for party in parties
        )


def _is_doer(spoken: Spoken, cast: Cast) -> bool:
    """Whether who says it is who does it: "Iran warned it would attack" is Iran's threat, and the outlet tells it."""
    return spoken.speaker.actors[0].id in {party.id for party in cast.source}


def _is_occasion_of(talk: Draft, drafts: Mapping[int, Draft], scene: Scene) -> bool:
    """Whether it is how a deed was done, and no fact beside it: "agreed in talks with Peru", "asked in a letter"."""
    clause = scene.clauses[talk.match.number]
    deed = drafts.get(clause.parent) if clause.parent is not None else None
    if deed is None:
        return False
    if scene.preposition(clause.predicate) == "in" and talk.match.rule.mode != VISIT:
        return True
    known = {party.id for party in (*deed.cast.source, *deed.cast.target)}
    shared = known.issuperset(party.id for party in (*talk.cast.source, *talk.cast.target))
    return shared and (talk.cast.reciprocal or deed.match.rule.type in TALK)


def _is_only_said(match: Match, scene: Scene) -> bool:
    """ "assured them that it had freed the soldiers": of what is done nobody gives a promise, a threat or an order."""
    if match.rule.type not in STILL_TO_COME or match.complement is None or not _is_told(match.complement, scene):
        return False
    below = scene.clauses[match.complement]
    return (below.tense == "past" or below.perfect) and not below.modals


def _is_told(complement: int, scene: Scene) -> bool:
    return relations_of(complement, scene)[:1] == ("that",)


def _gerunds(match: Match, scene: Scene) -> Iterator[int]:
    """What a pattern's "of *" takes in: "accused Peru of planting mines" tells of no mines that Peru planted."""
    for _, phrase in match.slots:
        number = scene.clause_at.get(phrase.head)
        if number is not None and scene.tokens[phrase.head].xpos == "VBG" and match.rule.inner != "code":
            yield number


def _all_below(number: int, scene: Scene) -> set[int]:
    """A complement with what fills it; clauses of time, cause and relation tell facts of their own."""
    found: set[int] = set()
    waiting = [number]
    while waiting:
        at = waiting.pop()
        if at in found:
            continue
        found.add(at)
        for below in scene.below(at):
            if _fills(scene.clauses[below]):
                waiting.append(below)
    return found


def _fills(clause: Clause) -> bool:
    """Whether a clause is part of what the one above says, and not a time, a cause or a relative clause beside it."""
    base = clause.link.partition(":")[0]
    if clause.link.endswith(":relcl"):
        return False
    if clause.kind == "noun" and not clause.copula:
        return True
    return base in ("xcomp", "ccomp", "csubj") or (base in ("conj", "advcl", "acl") and clause.mark in ("to", ""))


def _once(reports: Mapping[int, Report], left: dict[int, Left]) -> dict[int, Report]:
    """The same fact told twice in one sentence is one report: the first, with the counts of all."""
    found: dict[int, Report] = {}
    first: dict[tuple[object, ...], int] = {}
    for number, report in reports.items():
        sides = (tuple(party.id for party in report.source), tuple(party.id for party in report.target))
        by = first.setdefault((report.type, sides, report.standing), number)
        if by == number:
            found[number] = report
            continue
        left[number] = Left("told before", by)
        if report.counts:
            found[by] = msgspec.structs.replace(found[by], counts=(*found[by].counts, *report.counts))
    return found


def _id(article: Article, sentence: Sentence, draft: Draft, standing: Standing) -> str:
    match, cast = draft.match, draft.cast
    sides = (",".join(party.id for party in side) for side in (cast.source, cast.target))
    return id_of(article.id, sentence.start, sentence.end, match.number, match.rule.type, standing, *sides)


def _score(draft: Draft, noun: bool) -> float:
    """How specific the rule is, times how surely the parties stand where they should, times the kind of predicate."""
    rule = min(SUREST, BARE + PER_CONSTRAINT * draft.match.weight)
    return round(rule * draft.cast.score * (NOUN if noun else 1.0), 3)
