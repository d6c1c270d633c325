"""How a clause hangs on the one above, and by which words it is led.

"hopes to meet"                 to
"denied bombing the port"       ing
"decided against bombing it"    against ing, against, ing
"said that it met them"         that
"explained why it met them"     wh
"had the port bombed"           done
"hopes for a meeting"           for
"after it met them"             nothing: it stands on its own
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.model import Clause
from detente.reports.attitudes import Relation
from detente.reports.scene import Scene

ALONE: tuple[Relation, ...] = ()
_BELOW_VERBS = frozenset(["ccomp", "csubj", "xcomp", "acl", "advcl", "obl", "nmod", "obj", "dep"])
_WHERE_NOUNS_STAND = frozenset(["ccomp", "csubj", "obj"])
# A gerund behind these says when or how, not what: it is no complement of the verb above.
_CIRCUMSTANCES = frozenset(["after", "before", "while", "when", "since", "until", "without", "despite", "as", "than",
                            "rather", "instead"])  # fmt: skip
_INQUIRING = frozenset(["WRB", "WP", "WDT", "WP$"])


def relations_of(number: int, scene: Scene) -> tuple[Relation, ...]:
    """How a clause hangs on the one above, the most telling way first; empty when it stands on its own."""
    clause = scene.clauses[number]
    if clause.parent is None:
        return ALONE
    base = clause.link.partition(":")[0]
    if clause.kind == "noun" and not clause.copula:
        return _of_noun(clause, base, scene)
    if is_inverted(clause, scene) is not None:
        return ALONE
    head = scene.tokens[clause.predicate].head
    if clause.link.endswith(":relcl") and not _is_that_clause(clause, scene):
        # "described how it left", "said what it wanted": hung on the word of asking.
        return ("wh",) if 0 <= head < clause.predicate and scene.tokens[head].xpos in _INQUIRING else ALONE
    if clause.mark == "whether" or (clause.mark == "if" and base in ("ccomp", "csubj", "xcomp", "acl")):
        return ("whether",)
    if is_inquiring(clause, scene) and (base in ("ccomp", "csubj", "xcomp", "acl") or _follows_at_once(clause, scene)):
        return ("wh",)
    if _is_gerund(clause, scene) and base in _BELOW_VERBS and clause.mark != "to":
        return _of_gerund(clause, base, scene.clauses[clause.parent])
    if base == "xcomp" and scene.tokens[clause.predicate].xpos == "VBN" and not clause.mark and clause.kind == "verb":
        return ("done",)
    if base == "xcomp" or (has_to(clause, scene) and base in ("ccomp", "csubj", "acl", "advcl", "dep")):
        return ("to",)
    if base in ("ccomp", "csubj") or (base == "acl" and clause.mark in ("that", "") and clause.tense != "none"):
        return ("that",)
    is_beside_verb = base == "parataxis" and scene.clauses[clause.parent].kind == "verb"
    return ("that",) if clause.link.endswith(":relcl") or is_beside_verb else ALONE


def _is_gerund(clause: Clause, scene: Scene) -> bool:
    """ "bombing", "having bombed", "being bombed"."""
    is_ing = scene.tokens[clause.predicate].xpos == "VBG" and clause.tense == "none"
    return is_ing or any(
        scene.tokens[i].xpos == "VBG" and scene.tokens[i].relation.startswith("aux")
        for i in scene.kids(clause.predicate)
        if clause.tense == "none"
    )


def _is_that_clause(clause: Clause, scene: Scene) -> bool:
    """ "on condition that Chad leaves": parsed like a relative clause, but its "that" plays no part in it."""
    return any(
        scene.tokens[i].form.lower() == "that" and scene.tokens[i].relation in ("mark", "obl:unmarked", "dep", "advmod")
        for i in scene.kids(clause.predicate)
    )


def _of_noun(clause: Clause, base: str, scene: Scene) -> tuple[Relation, ...]:
    if base == "nsubj":
        return ("object",) if clause.link == "nsubj:pass" else ("subject",)
    if base == "obj":
        return ("object",)
    if base in ("compound", "amod"):
        return ("of",)
    if base in ("nmod", "obl", "advcl", "acl"):
        preposition = scene.preposition(clause.predicate)
        return (preposition,) if preposition else ALONE
    return ALONE


def _of_gerund(clause: Clause, base: str, parent: Clause) -> tuple[Relation, ...]:
    mark = clause.mark
    if mark in _CIRCUMSTANCES:
        return ("as",) if mark == "as" else ALONE
    if mark:
        return (f"{mark} ing", mark, "ing") if mark != "by" else ("by",)
    beside = base == "advcl" and 0 < clause.predicate - parent.predicate <= 2 and parent.object is None
    return ("ing",) if base in _WHERE_NOUNS_STAND or base == "xcomp" or beside else ALONE


def has_to(clause: Clause, scene: Scene) -> bool:
    """Whether it is an infinitive with "to", also where another word leads it: "for Chad to leave", "in order to"."""
    return clause.mark == "to" or (
        bool(clause.mark) and any(scene.tokens[i].xpos == "TO" for i in scene.kids(clause.predicate))
    )


def is_inquiring(clause: Clause, scene: Scene) -> bool:
    """Whether a word of asking stands in it: "why it left", "who left"."""
    return any(
        scene.tokens[i].xpos in _INQUIRING and scene.tokens[i].relation != "mark" for i in scene.kids(clause.predicate)
    )


def _follows_at_once(clause: Clause, scene: Scene) -> bool:
    """ "asked when it would leave": the word of asking stands right behind the verb."""
    head = scene.tokens[clause.predicate].head
    return clause.link == "advcl" and any(
        i == head + 1 and scene.tokens[i].xpos in _INQUIRING for i in scene.kids(clause.predicate)
    )


def leads_of(clause: Clause, scene: Scene) -> Iterator[str]:
    """The words that lead a clause or a noun, whole and then one by one: "in order to", "in", "order", "to"."""
    tokens = scene.tokens
    found: list[int] = []
    for i in scene.kids(clause.predicate):
        leads = tokens[i].relation in ("mark", "case") or (tokens[i].relation == "advmod" and tokens[i].xpos == "WRB")
        if leads and i < clause.predicate and tokens[i].xpos != "TO":
            found.append(i)
            found += [kid for kid in scene.kids(i) if tokens[kid].relation == "fixed"]
    head = tokens[clause.predicate].head
    if 0 <= head < clause.predicate and tokens[head].relation == "advmod":
        # "as long as it bombs", "far from bombing": hung on the adverb.
        found += [head, *(i for i in scene.kids(head) if i < head and tokens[i].relation == "advmod")]
    if not found:
        return
    words = [tokens[i].form.lower() for i in sorted(found)]
    if len(words) > 1:
        yield " ".join(words)
    yield from words


def is_inverted(clause: Clause, scene: Scene) -> int | None:
    """The auxiliary that stands before the subject and makes a condition: "should Turkey attack", "had it left"."""
    if clause.link.partition(":")[0] != "advcl" or clause.mark not in ("", "to"):
        return None
    kids = scene.kids(clause.predicate)
    subject = next((i for i in kids if scene.tokens[i].relation.startswith("nsubj")), clause.predicate)
    for i in kids:
        token = scene.tokens[i]
        if i < subject and token.relation.startswith(("aux", "cop")) and token.xpos in ("MD", "VBD", "VBP", "VBZ"):
            return i
    return None
