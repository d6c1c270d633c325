"""Who does a deed when its own clause names nobody.

"The senate passed a resolution criticizing Peru"   the senate: whose words they are
"Thousands marched in Nairobi"                       people of Kenya: a crowd needs no other name
"Merkel said on a visit to Kabul"                    Merkel: who speaks on a visit pays it
"""

from __future__ import annotations

from msgspec import Struct

from detente.model import Actor, ActorMention, Because, Phrase, overlap
from detente.reports.match import Match
from detente.reports.reach import Reach
from detente.reports.roles import actors_in, place_in, with_reason
from detente.reports.scene import Scene

# Words stand close to who utters them.
UTTERED = 0.95
# "a visit to", "talks with": the other side is named, and the guest is not; "a meeting of ministers" is theirs.
_TO_OTHERS = frozenset(["to", "with"])


class Guest(Struct, frozen=True):
    """Who takes part in a visit or in talks, and why we think so."""

    phrase: Phrase
    because: Because


class Doers:
    """Finds those who do a deed without being named as its doers."""

    def __init__(self, reach: Reach) -> None:
        """`reach` says which words lead to them."""
        self._reach = reach

    def of(self, match: Match, scene: Scene) -> tuple[list[ActorMention], float]:
        """Who did it, and how sure that is (1.0 with nobody: nothing was assumed)."""
        uttered = self._who_uttered(match, scene)
        found = uttered or self._crowd(match, scene)
        return (found, UTTERED) if found else ([], 1.0)

    def who_attends(self, match: Match, scene: Scene) -> Guest | None:
        """Of whom the verb is said that happens on a visit to somewhere, in talks with somebody or after them."""
        clause = scene.clauses[match.number]
        if clause.parent is None or not self._reach.holds("occasion", match.rule):
            return None
        parent = scene.clauses[clause.parent]
        beside_it = any(phrase.head == clause.predicate for _, phrase in parent.obliques)
        is_occasion = scene.preposition(clause.predicate) in self._reach.words("occasion")
        if parent.kind != "verb" or parent.shared or not (beside_it and is_occasion):
            return None
        is_anothers = any(role == "source" for role, _ in match.slots)
        goes_out = any(scene.preposition(phrase.head) in _TO_OTHERS for _, phrase in match.slots) and not is_anothers
        phrase = parent.object if parent.voice == "passive" else parent.subject
        if not goes_out or phrase is None:
            return None
        head = scene.span(phrase.head)
        is_named = any(overlap(mention.words, head) for mention in actors_in(phrase, scene))
        return Guest(phrase, Because(self._reach.name("occasion"), head)) if is_named else None

    def is_of_crowd(self, scene: Scene) -> bool:
        """Whether a number stands as a subject: a sentence that names nobody may still tell of people."""
        crowd = self._reach.words("crowd")
        return any(token.lemma.lower() in crowd and token.relation.startswith("nsubj") for token in scene.tokens)

    def _crowd(self, match: Match, scene: Scene) -> list[ActorMention]:
        """ "Thousands marched in Nairobi": people, of the country where they do it."""
        clause = scene.clauses[match.number]
        subject = clause.subject
        if subject is None or not self._reach.holds("crowd", match.rule):
            return []
        if subject.lemma not in self._reach.words("crowd") or any(key == "of" for key, _ in subject.modifiers):
            return []
        places = (
            actor for _, phrase in clause.obliques for actor in (*_state_at(phrase, scene), *place_in(phrase, scene))
        )
        country = next((mention.actors[0].country for mention in places), None)
        actor = Actor(
            id=f"{country or ''}CVL", name="Civilians", country=country, sectors=("CVL",), code=f"{country or ''}CVL"
        )
        why = Because(self._reach.name("crowd"), scene.span(subject.head))
        return [
            ActorMention(
                words=subject.words, head=scene.span(subject.head), kind="role", actors=(actor,), because=(why,)
            )
        ]

    def _who_uttered(self, match: Match, scene: Scene) -> list[ActorMention]:
        """ "issued a statement condemning ...": the author is the subject of the verb whose object they are."""
        subject = scene.clauses[match.number].subject
        if subject is None or subject.lemma not in self._reach.words("utterance"):
            return []
        for clause in scene.clauses:
            if clause.kind == "verb" and clause.object is not None and clause.object.head == subject.head:
                why = Because(self._reach.name("utterance"), scene.span(subject.head))
                return [with_reason(mention, why) for mention in actors_in(clause.subject, scene)]
        return []


def _state_at(phrase: Phrase, scene: Scene) -> list[ActorMention]:
    mention = scene.actors.get(phrase.head)
    return [mention] if mention is not None and mention.kind in ("name", "seat") and mention.actors[0].country else []
