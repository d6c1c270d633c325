"""Reasons in words, for people who know politics and no Python.

What decides gives its reasons as values (`Refusal`, `Left`, `Step`, `Because`); here they become sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente.errors import LexiconError
from detente.lexicon import unfold
from detente.model import Clause, Phrase, Span
from detente.reports.match import Match, Refusal
from detente.reports.patterns import PARTICLES, Argument, Complement, Pattern, Slot
from detente.reports.reporter import Left
from detente.reports.scene import Scene
from detente.reports.speakers import Spoken
from detente.reports.standing import Step

# The rules of the code that a `Because` may name; entries of the lexicons speak for themselves.
# fmt: off
RULES: Mapping[str, str] = {
    "who:apposition": "the words beside the name tell who it is",
    "who:called": "somebody named before is meant",
    "who:office": "the article names who has this office",
    "who:people": "people of a country",
    "who:place": "the places that the sentence names are of one country, and give it",
    "who:context": "the sentence names no place, and all places of the article are of one country",
    "who:pronoun": "the pronoun takes up somebody named before",
    "who:seat": "a capital or palace stands for its government",
    "who:surname": "nobody is introduced; the lexicon knows who held an office on that day",
    "who:title": "the title before the name tells who it is",
    "roles:beside": "named beside the predicate, in no slot of the entry",
    "roles:inside": "named inside what the deed is about, in no slot of the entry",
    "roles:in-answer-to": "what is done answers what the clause beside it tells",
    "roles:of-what-was-told": "a verdict on what the clause before it tells",
    "roles:place-as-actor": "a place in an actor's slot stands for its country",
    "roles:unknown-name": "a name that no lexicon has",
    "standing:date-ahead": "its date lies after the page's date",
    "standing:headline-to": "a headline's \"to\": still to come",
    "standing:negation": "a word of denial",
    "standing:noun-to": "an infinitive after a noun is still to come",
    "standing:came-about": "what had been planned was done",
    "standing:conditional": "it hangs on a condition",
    "standing:progressive": "a verb in -ing: going on",
    "standing:subjunctive": "a bare verb after \"that\" asks for it",
    "standing:purpose": "\"to\" tells the purpose, not the deed",
    "standing:question": "the sentence is a question",
    "standing:would-after-saying": "\"would\" after \"said\" is a plan",
    "speaker:after-dash": "a headline's last word names who says it",
    "speaker:colon": "the words before a colon name who says it",
    "speaker:first-person": "\"we\" is the speaker's side",
    "speaker:person-before": "a quotation without a speaker is that of the person before it",
    "speaker:unnamed": "somebody whom no lexicon knows",
    "when:argument": "the date stands in a noun of event beside it",
    "when:at-that-time": "both were at one time",
    "when:by-what-was-planned": "before the end of what was planned",
    "when:caption": "the only date of the caption",
    "when:clause": "the date stands in the clause",
    "when:complement": "the date stands in what the clause is about",
    "when:conjunct": "the date stands in the clause before \"and\"",
    "when:counted-from": "so long before or after what stands above it",
    "when:going-on": "it goes on on the page's date",
    "when:headline": "a headline's news is of the page's date or the day before",
    "when:lead": "the lead dates what the headline tells",
    "when:news": "the lead's news is of the page's date or the day before",
    "when:same-act": "the article dates the same act elsewhere",
    "when:same-statement": "the speaker goes on with a statement that is dated",
    "when:still-to-come": "it is still to come on the page's date",
    "when:told-by-then": "told on the page's date, so it was by then",
    "when:verb-above": "the date stands with the verb above",
    "where:argument": "the place stands in an argument of the clause",
    "where:caption": "the place of the caption",
    "where:clause": "the place stands in the clause",
    "where:complement": "the place stands in what the clause is about",
    "where:compound": "the country stands before what is held there",
    "where:dateline": "it was where the news of it was written: one side is at home there",
    "where:lead": "the lead says where its own main event was",
    "where:setting": "the place stands with the meeting or the like at which it was",
    "where:slot": "the pattern has a slot for the place",
    "where:struck": "the place is what was struck",
    "where:target": "an attack is where the attacked are",
    "places:containment": "the place that lies within others that are named",
    "places:country": "a country before its namesakes",
    "places:document": "other places of the text lie near it",
    "places:only": "the only place of this name",
    "places:size": "the largest of this name",
    "times:since": "\"since\" opens the interval",
    "times:until": "\"until\" leaves its start open",
}

_LEFT: Mapping[str, str] = {
    "known by name alone": "nobody is known: the names in it are in no lexicon",
    "nobody": "it fits, but nobody who acts is named in its slots or beside them",
    "private": "whoever is named acts in private life (a trade or civilians, and no country)",
    "no target": "the entry needs a <target>, and nobody is named there",
    "no source": "the entry needs a <source>, and nobody is named there",
    "only said": "what is said of the past is no promise, threat or demand",
    "no doer": "it is a noun, and its own words name nobody who does it or suffers it",
}
# fmt: on
SAYING = "speech/saying#"
NOBODY_NAMED = "nobody who acts is named in the sentence"
SHOWN_WORDS = 4
_BRACKET = re.compile(r"\[[^\[\]]*\]")


class Wording:
    """Puts the reasons of one sentence into words."""

    def __init__(self, scene: Scene, text: str, sets: Mapping[str, Sequence[str]]) -> None:
        self._scene = scene
        self._text = text
        self._sets = sets

    def words(self, span: Span) -> str:
        """The words of a span, quoted."""
        return f'"{self._text[span[0] : span[1]]}"'

    # -- why a pattern was refused, or lost

    def refusal(self, refusal: Refusal, pattern: Pattern, clause: Clause) -> str:
        """Why a pattern does not fit the clause."""
        match refusal.why:
            case "particle":
                return f'no "{pattern.particle}" with "{pattern.predicate}"'
            case "other verb":
                return f'"{clause.lemma}" is another verb than "{_verb(pattern)}"'
            case "infinitive":
                return f"the bare verb does not tell what {self._below(clause)} goes on to say"
            case "subject":
                return self._subject(refusal, pattern)
            case "argument":
                return self._argument(refusal, pattern, clause)
            case "complement":
                return self._complement(refusal, pattern, clause)

    def _subject(self, refusal: Refusal, pattern: Pattern) -> str:
        if not isinstance(refusal.part, Slot):
            return "the subject does not fit"
        if refusal.phrase is None:
            return f"the subject is missing, and must be {self._listed(refusal.part, pattern)}"
        return f"subject {self._misses(refusal.phrase, refusal.part, pattern)}"

    def _argument(self, refusal: Refusal, pattern: Pattern, clause: Clause) -> str:
        if not isinstance(refusal.part, Argument):
            return "an argument does not fit"
        slot = refusal.part.slot
        if refusal.phrase is not None:
            place = place_of(refusal.phrase, clause)
            return f"{place} {self._misses(refusal.phrase, slot, pattern)}"
        if "" in refusal.part.keys and clause.object is not None and " " in clause.lemma and not clause.copula:
            return f'"{clause.lemma}" is another verb than "{_verb(pattern)}"'
        what = "" if slot.role == "any" else f"<{slot.role}> is missing: "
        return f"{what}no {_places(refusal.part.keys)}"

    def _complement(self, refusal: Refusal, pattern: Pattern, clause: Clause) -> str:
        if not isinstance(refusal.part, Complement):
            return "its clause does not fit"
        wanted = {"to": '"to ..."', "that": 'clause ("that ...")', "ing": '"-ing ..."'}[refusal.part.kind]
        slot = refusal.part.slot
        listed = f" with {self._listed(slot, pattern)}" if slot.heads or slot.barred else ""
        there = f"; {self._below(clause)} is none" if clause.complement is not None else ""
        return f"no {wanted}{listed}{there}"

    def _below(self, clause: Clause) -> str:
        if clause.complement is None:
            return "its infinitive"
        return self.words(self._scene.clauses[clause.complement].words)

    def _misses(self, phrase: Phrase, slot: Slot, pattern: Pattern) -> str:
        head = f'"{self._scene.tokens[phrase.head].form}"'
        if slot.heads:
            return f"{head} is not {self._listed(slot, pattern)}"
        return f"{head} is barred by {self._listed(slot, pattern).removeprefix('one of ')}"

    def _listed(self, slot: Slot, pattern: Pattern) -> str:
        """A slot's list as its pattern writes it: "one of [@envoys | spy]"; a long one is cut."""
        words = slot.heads or slot.barred
        bracket = next((some for some in _BRACKET.findall(pattern.text) if self._unfolded(some) == words), None)
        shown = [word.strip() for word in bracket[1:-1].split("|")] if bracket else sorted(words)
        more = " | ..." if len(shown) > SHOWN_WORDS else ""
        return f"one of [{' | '.join(shown[:SHOWN_WORDS])}{more}]"

    def _unfolded(self, bracket: str) -> frozenset[str]:
        words = (word.strip().removeprefix("!").strip() for word in bracket[1:-1].split("|"))
        try:
            return frozenset(unfold(words, self._sets))
        except LexiconError:
            return frozenset()

    # -- why a clause tells nothing

    def left(self, left: Left, clause: Clause) -> str:
        """Why a clause whose words fit an entry tells no event of its own."""
        if left.why == "done by a thing":
            subject = self.words(clause.subject.words) if clause.subject is not None else "the subject"
            return f"{subject} does it, which is a thing or somebody who is not known to act in public life"
        if left.by is not None:
            other = self.words(self._scene.clauses[left.by].words)
            part = left.why == "part of another"
            return f"part of the event {other}" if part else f"tells the same as {other}"
        return _LEFT[left.why]

    def unknown(self, clause: Clause) -> str:
        """Why nothing was tried at all."""
        kind = "adjective or noun" if clause.copula else clause.kind
        return f'no entry has the {kind} "{clause.lemma}"'

    # -- standing, and on whose word

    def spoken(self, spoken: Spoken) -> str:
        """Who says it, by which words or rule: "Peru: "said" (speech/saying#say)"."""
        because = spoken.because
        words = f"{self.words(because.words)} " if because.words else ""
        return f"{spoken.speaker.actors[0].name}: {words}({RULES.get(because.rule, because.rule)})"

    def step(self, step: Step) -> str:
        """What a clause on the way up says of the standing."""
        here = self.words(self._scene.clauses[step.number].words)
        if step.found is None:
            if step.relation is not None:
                return f"{here} leaves it as it is"
            return f"it stands beside {here}, not inside of what that tells"
        standing, because = step.found
        why = RULES.get(because.rule, because.rule)
        said = f"{self.words(because.words)} makes it {standing}" if because.words else f"it is {standing}"
        return f"{said}: {why}" if step.taken else f"{said}: {why}; that does not overrule what stands below it"


def _verb(pattern: Pattern) -> str:
    """The pattern's verb with the particle that its object stands behind: "pull out"."""
    first = (key.partition(" ")[0] for argument in pattern.arguments for key in argument.keys)
    return " ".join((pattern.predicate, *sorted(PARTICLES.intersection(first))[:1]))


def words_of(phrase: Phrase) -> Span:
    """From the first word of a phrase to the last of its list."""
    spans = [member.words for member in (phrase, *phrase.conjuncts)]
    return min(start for start, _ in spans), max(end for _, end in spans)


def lost(match: Match, winner: Match) -> str:
    """Why a pattern that fits gave way to another."""
    to = f"lost to {winner.rule.id}" if winner.rule.id != match.rule.id else "lost to another pattern of the entry"
    if match.rule.priority != winner.rule.priority:
        return f"{to} (lower priority: {match.rule.priority} < {winner.rule.priority})"
    if match.weight != winner.weight:
        digits = next((some for some in (1, 2) if round(match.weight, some) != round(winner.weight, some)), 3)
        return f"{to} (less specific: {match.weight:.{digits}f} < {winner.weight:.{digits}f})"
    return f"{to} (as specific; the other stands first)"


def place_of(phrase: Phrase, clause: Clause) -> str:
    """Where a phrase stands in a clause: "subject", "object", `behind "of"`, `behind "of" in the object`."""
    for place, argument in arguments_of(clause):
        if argument.head == phrase.head:
            return place
    for place, argument in arguments_of(clause):
        for key, modifier in argument.modifiers:
            if modifier.head == phrase.head:
                return f'behind "{key}" in the {place}'
    return "inside"


def arguments_of(clause: Clause) -> Iterator[tuple[str, Phrase]]:
    """The phrases of a clause with the places where they stand."""
    named = ("subject", clause.subject), ("object", clause.object), ("indirect object", clause.indirect)
    yield from ((place, phrase) for place, phrase in named if phrase is not None)
    yield from ((_behind(key), phrase) for key, phrase in clause.obliques)


def _behind(key: str) -> str:
    names = {"": "beside the verb", "poss": "possessor", "amod": "adjective", "compound": "before the noun"}
    return names.get(key, f'behind "{key}"')


def _places(keys: Iterable[str]) -> str:
    """ "object", `"with ..."`, `object or "of ..."`."""
    named = ["object" if key == "" else f'"{key} ..."' for key in sorted(keys)]
    return " or ".join(named[:SHOWN_WORDS])
