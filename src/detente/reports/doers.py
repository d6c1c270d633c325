"""Who does a deed when its own clause names nobody.

"The senate passed a resolution criticizing Peru"   the senate: whose words they are
"Two editors were arrested in Rwanda"               nobody: the place does not say who
"""

from __future__ import annotations

from msgspec.structs import replace

from detente.model import ActorMention, Because
from detente.reports.match import Match
from detente.reports.reach import Reach
from detente.reports.roles import actors_in
from detente.reports.scene import Scene

# Words stand close to who utters them.
UTTERED = 0.95


class Doers:
    """Finds those who do a deed without being named as its doers."""

    def __init__(self, reach: Reach) -> None:
        """`reach` says which words lead to them."""
        self._reach = reach

    def of(self, match: Match, scene: Scene) -> tuple[list[ActorMention], float]:
        """Who did it, and how sure that is (1.0 with nobody: nothing was assumed)."""
        uttered = self._who_uttered(match, scene)
        return (uttered, UTTERED) if uttered else ([], 1.0)

    def _who_uttered(self, match: Match, scene: Scene) -> list[ActorMention]:
        """ "issued a statement condemning ...": the author is the subject of the verb whose object they are."""
        subject = scene.clauses[match.number].subject
        if subject is None or subject.lemma not in self._reach.words("utterance"):
            return []
        for clause in scene.clauses:
            if clause.kind == "verb" and clause.object is not None and clause.object.head == subject.head:
                why = Because(self._reach.name("utterance"), scene.span(subject.head))
                return [_because(mention, why) for mention in actors_in(clause.subject, scene)]
        return []


def _because(mention: ActorMention, why: Because) -> ActorMention:
    return replace(mention, because=(*mention.because, why))
