"""From the sentences and mentions of an article to its reports.

    clause -> best rule -> parties -> standing, speaker, time, place -> Report

One report per fact, not per verb: what an agreement, a demand or a light verb tells is part of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from detente.lexicon import Lexicon
from detente.model import Article, Because, Clause, Mention, Report, Sentence, Standing, id_of
from detente.reports.answers import Draft, answered
from detente.reports.attitudes import Attitudes
from detente.reports.contexts import Contexts
from detente.reports.doers import Doers
from detente.reports.links import relations_of
from detente.reports.match import Match, best_match
from detente.reports.nouns import noun_match
from detente.reports.parties import cast_of
from detente.reports.quotes import first_persons, voices_of
from detente.reports.reach import Reach
from detente.reports.roles import parties_of
from detente.reports.rules import Rules
from detente.reports.scene import Scene, scenes_of
from detente.reports.speakers import Voice, speakers_of
from detente.reports.standing import standing_of
from detente.reports.targets import Targets
from detente.reports.when import when_of
from detente.reports.where import where_of

# A bare verb is a weak sign of an event, a verb with its object and preposition a strong one. The numbers order
# reports, they are no probabilities.
BARE, PER_CONSTRAINT, SUREST = 0.6, 0.1, 0.95
NOUN = 0.85


class Reporter:
    """Finds reports; the lexicon is compiled when first needed and shared by all articles."""

    def __init__(self, lexicon: Lexicon) -> None:
        """`find` raises `LexiconError` when an entry of events, speech, contexts or ontology is wrong."""
        self.rules = Rules(lexicon)
        self.attitudes = Attitudes(lexicon)
        self.contexts = Contexts(lexicon)
        reach = Reach(lexicon)
        self.doers = Doers(reach)
        self.targets = Targets(reach)

    def find(self, article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> tuple[Report, ...]:
        """What an article tells, in the order of its text."""
        anchor = article.anchor.value[:10] if article.anchor else None
        found: list[Report] = []
        scenes = scenes_of(sentences, mentions)
        for scene, voices in zip(scenes, voices_of(scenes, self.attitudes), strict=True):
            for mention in first_persons(scene, voices, mentions):
                scene.add(mention)
            found += [self._report(draft, scene, article, anchor, voices) for draft in self._told(scene)]
        return tuple(_once(found))

    # -- which clauses tell events

    def _told(self, scene: Scene) -> list[Draft]:
        """The events of a sentence; what is part of another event is left out."""
        if not scene.actors:
            return []
        drafts: dict[int, Draft] = {}
        alone: dict[int, Match] = {}
        """Mutual events of which only one side is named."""
        for number, clause in enumerate(scene.clauses):
            noun = clause.kind == "noun" and not clause.copula
            match = noun_match(number, scene, self.rules) if noun else best_match(number, scene, self.rules)
            cast = cast_of(match, scene, self.doers, self.targets) if match is not None else None
            if match is not None and cast is not None:
                drafts[number] = Draft(match, cast)
            if match is not None and noun and (cast is None or not cast.source):
                alone[number] = match
        drafts = answered(drafts, scene)
        absorbed = self._absorbed(drafts, scene)
        for number, match in alone.items():
            shared = None if number in absorbed else self._with_doer_above(match, drafts, scene)
            if shared is not None:
                drafts[number] = shared
        return [
            drafts[number]
            for number in sorted(drafts)
            if number not in absorbed and self._stands(drafts[number], drafts, scene)
        ]

    def _with_doer_above(self, match: Match, drafts: dict[int, Draft], scene: Scene) -> Draft | None:
        """Who does what a noun tells: the subject of the verb that holds, stages or hopes for it.

        "Rebels carried out attacks on Kabul", "Russia hopes a dialogue with Washington would help".
        """
        at = match.number
        mutual = any(role == "both" for role, _ in match.slots)
        for _ in range(3):
            above = scene.clauses[at].parent
            if above is None or above in drafts:
                return None
            parent = scene.clauses[above]
            does = "object" in relations_of(at, scene) and any(
                entry.occurs for entry in self.attitudes.on(above, ("object",), scene)
            )
            if (
                parent.subject is not None
                and parent.kind == "verb"
                and (does or (mutual and self.attitudes.is_wish(above, scene)))
            ):
                slots = (*match.slots, ("both" if mutual else "source", parent.subject))
                cast = cast_of(msgspec.structs.replace(match, slots=slots), scene, self.doers, self.targets)
                return Draft(match, cast) if cast is not None and cast.source and (cast.target or not mutual) else None
            at = above
        return None

    def _absorbed(self, drafts: dict[int, Draft], scene: Scene) -> set[int]:
        """Complements of agreeing, demanding ..., and nouns that a pattern names."""
        found: set[int] = set()
        for draft in drafts.values():
            match = draft.match
            if match.number in found:
                continue
            found |= {scene.clause_at[head] for head in match.named if head in scene.clause_at}
            if match.rule.inner != "code" and match.complement is not None:
                found |= _all_below(match.complement, scene)
        return found

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
            return any(not e.factive for e in self.attitudes.on(clause.parent, sorted(relations), scene))
        above = drafts.get(clause.parent) if clause.parent is not None else None
        return above is None or bool(draft.cast.target) or clause.subject is not None

    # -- all that is known of one event

    def _report(
        self, draft: Draft, scene: Scene, article: Article, anchor: str | None, voices: Sequence[Voice]
    ) -> Report:
        match, cast = draft.match, draft.cast
        rule, sentence, clause = match.rule, scene.sentence, scene.clauses[match.number]
        standing, why_standing = standing_of(match.number, scene, self.attitudes)
        if rule.standing is not None and standing == "happened":
            standing = rule.standing
        dated = when_of(match.number, scene, standing, anchor)
        if dated.ahead and standing in ("happened", "ongoing"):
            standing, why_standing = (
                "planned",
                (Because("standing:date-ahead", dated.when.words if dated.when else None),),
            )
        chain = speakers_of(match.number, scene, self.attitudes, voices)
        speakers = parties_of([spoken.speaker for spoken in chain])
        placed = where_of(match, scene)
        about = self.contexts.of(match.number, rule, scene)
        because = [Because(rule.id, clause.words), *about.because, *cast.because, *why_standing]
        because += [spoken.because for spoken in chain]
        because += [reason for reason in (dated.because, placed and placed.because) if reason]
        return Report(
            id=_id(article, sentence, draft, standing),
            article=article.id,
            part=sentence.part,
            sentence=(sentence.start, sentence.end),
            text=article.text[sentence.start : sentence.end],
            type=rule.type,
            mode=rule.mode,
            contexts=about.contexts,
            cameo=about.cameo,
            quad=self.rules.ontology.quad_of(rule.type),
            intensity=self.rules.ontology.intensity_of(rule.type, rule.mode),
            source=cast.source,
            target=cast.target,
            reciprocal=cast.reciprocal,
            standing=standing,
            speaker=speakers[0] if speakers else None,
            speakers=speakers,
            time=dated.when,
            place=placed.where if placed else None,
            trigger=clause.words,
            because=tuple(dict.fromkeys(because)),
            score=_score(draft, clause.kind == "noun"),
        )


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


def _once(reports: Sequence[Report]) -> list[Report]:
    """The same fact told twice in one sentence is one report: the first."""
    found: dict[tuple[object, ...], Report] = {}
    for report in reports:
        sides = (tuple(party.id for party in report.source), tuple(party.id for party in report.target))
        found.setdefault((report.sentence, report.type, sides, report.standing), report)
    return list(found.values())


def _id(article: Article, sentence: Sentence, draft: Draft, standing: Standing) -> str:
    match, cast = draft.match, draft.cast
    sides = (",".join(party.id for party in side) for side in (cast.source, cast.target))
    return id_of(article.id, sentence.start, sentence.end, match.number, match.rule.type, standing, *sides)


def _score(draft: Draft, noun: bool) -> float:
    """How specific the rule is, times how surely the parties stand where they should, times the kind of predicate."""
    rule = min(SUREST, BARE + PER_CONSTRAINT * draft.match.weight)
    return round(rule * draft.cast.score * (NOUN if noun else 1.0), 3)
