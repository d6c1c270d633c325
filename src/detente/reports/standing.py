"""How the text tells an event: as happened, planned, denied ...

From the clause itself (negation, modals, "if", "to" in headlines), then upwards through what it hangs on: what an
outer word says wins, for who "denied that it plans to attack" told of no attack.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.model import Because, Clause, Span, Standing
from detente.reports.attitudes import Attitude, Attitudes, Relation
from detente.reports.links import has_to, is_inquiring, is_inverted, leads_of, relations_of
from detente.reports.scene import Scene

Found = tuple[Standing, Because]

FACTS: frozenset[Standing | None] = frozenset([None, "happened", "ongoing"])
_OPEN: frozenset[Standing] = frozenset(["planned", "hypothetical", "asked", "demanded", "threatened"])
WOULD = "would"
# What happens at, in or for something that is still to come is to come as well: "will address it at talks with Oman".
_AT = frozenset(["for", "at", "in", "during", "through", "by", "with", "to"])


def standing_of(number: int, scene: Scene, attitudes: Attitudes) -> tuple[Standing, tuple[Because, ...]]:
    """The standing of the event that a clause tells, with the words that made it so."""
    found = own_standing(number, scene, attitudes)
    because: list[Because] = [found[1]] if found else []
    used = {reason.words for reason in because}
    said_before = False
    at = number
    while (above := scene.clauses[at].parent) is not None:
        if _is_sister(at, scene):
            led = _led(above, scene, attitudes) if not scene.clauses[at].mark else None
            found, because = _composed(led, found, because)
            at = above
            continue
        relations = relations_of(at, scene)
        entries = attitudes.on(above, relations, scene)
        parent = scene.clauses[above]
        if not relations or any(entry.factive for entry in entries) or _is_presupposed(at, relations, entries, scene):
            break
        said_before = said_before or (any(entry.saying for entry in entries) and parent.tense == "past")
        own = own_standing(above, scene, attitudes)
        if own is not None and own[1].words in used:
            own = None  # "there were no talks": one "no" denies both the verb and its noun, once
        outer = _lent(at, relations, entries, own, scene)
        used.update(reason.words for reason in (own and own[1], outer and outer[1]) if reason)
        if outer is None and not entries and relations[0] in ("object", "subject", *_AT):
            break
        found, because = _composed(outer, found, because)
        at = above
    if found is not None and said_before and found[1].rule.endswith(f"#{WOULD}"):
        found = ("planned", Because("standing:would-after-saying", found[1].words))
        because = [found[1]]
    return (found[0], tuple(because)) if found else ("happened", ())


def _composed(
    outer: Found | None, inner: Found | None, because: Sequence[Because]
) -> tuple[Found | None, list[Because]]:
    if outer is None:
        return inner, [*because]
    standing = compose(outer[0], inner[0] if inner else None)
    if inner is not None and standing == inner[0]:
        return inner, [*because]
    return (standing, outer[1]), [*because, outer[1]]


def compose(outer: Standing, inner: Standing | None) -> Standing:
    """What an outer word makes of what an inner one says.

    planned over denied: "plans not to attack" tells of no attack; denied over denied: "did not fail to attack".
    """
    if inner in FACTS:
        return "happened" if outer == "ongoing" and inner == "happened" else outer
    assert inner is not None
    if outer in FACTS or inner == "asked":
        return inner
    if inner == "denied":
        return "happened" if outer == "denied" else outer if outer in ("asked", "demanded") else "denied"
    return outer


def _is_sister(number: int, scene: Scene) -> bool:
    """ "plans to attack and seize it": what is said of the first verb holds for the one behind "and" too."""
    clause = scene.clauses[number]
    return clause.link.startswith("conj") and clause.parent is not None


def _is_presupposed(number: int, relations: Sequence[Relation], entries: Sequence[Attitude], scene: Scene) -> bool:
    """Who asks why it left takes for granted that it left; who asks when it will leave does not."""
    if relations[:1] != ("wh",):
        return False
    clause = scene.clauses[number]
    ahead = bool(clause.modals) or has_to(clause, scene)
    return not (ahead and any(entry.standing == "asked" for entry in entries))


# -- what a clause says by itself


def own_standing(number: int, scene: Scene, attitudes: Attitudes) -> Found | None:
    """What the clause itself says; None: a plain fact."""
    clause = scene.clauses[number]
    if clause.kind == "noun" and not clause.copula:
        return _led(number, scene, attitudes) or _hedged(clause, attitudes, scene)
    found = _led(number, scene, attitudes) or _mood(number, scene, attitudes) or _adverb(clause, scene, attitudes)
    if found is None and _is_subjunctive(clause, scene):
        found = ("demanded", Because("standing:subjunctive", clause.words))
    if found is None and clause.progressive and clause.tense in ("present", "past"):
        found = ("ongoing", Because("standing:progressive", clause.words))
    if clause.question and not (is_inquiring(clause, scene) and not clause.modals and found is None):
        return "asked", Because("standing:question", clause.words)
    return found


def _is_subjunctive(clause: Clause, scene: Scene) -> bool:
    """ "suggested that Russia leave": the bare verb asks for it."""
    bare = scene.tokens[clause.predicate].xpos == "VB" and clause.tense == "none" and not clause.modals
    return bare and clause.link == "ccomp" and clause.mark == "that" and clause.voice == "active"


def _led(number: int, scene: Scene, attitudes: Attitudes) -> Found | None:
    """What the words say that lead the clause: "unless Russia leaves", "instead of leaving", "had Russia left"."""
    clause = scene.clauses[number]
    if clause.mark == "if" and "whether" in relations_of(number, scene):
        return None
    for words in (*leads_of(clause, scene), *_participle_above(clause, scene)):
        entry = attitudes.of("mark", words)
        standing = _of_mark(entry, number, scene, attitudes) if entry is not None else None
        if entry is not None and standing is not None:
            return standing, Because(entry.id, clause.words)
    i = is_inverted(clause, scene)
    entry = attitudes.of("inverted", scene.tokens[i].lemma.lower()) if i is not None else None
    if i is not None and entry is not None and entry.standing is not None:
        return entry.standing, Because(entry.id, scene.span(i))
    is_headline = (
        clause.link in ("root", "parataxis", "conj") and clause.tense == "none" and not _is_to_be(clause, scene)
    )
    if is_headline and has_to(clause, scene):
        negated = clause.negation
        return ("denied" if negated else "planned"), Because("standing:headline-to", negated or clause.words)
    return None


def _participle_above(clause: Clause, scene: Scene) -> Iterator[str]:
    """ "provided that Italy leaves": the word that leads is parsed as a verb of its own."""
    parent = scene.clauses[clause.parent] if clause.parent is not None else None
    if parent is not None and parent.link == "advcl" and clause.link == "ccomp":
        yield scene.tokens[parent.predicate].form.lower()


def _of_mark(entry: Attitude, number: int, scene: Scene, attitudes: Attitudes) -> Standing | None:
    clause = scene.clauses[number]
    if entry.ahead and not _is_ahead(clause.parent, scene, attitudes):
        return None
    is_present = clause.tense == "present" and not clause.modals
    return entry.present if entry.present is not None and is_present else entry.standing


def _is_ahead(number: int | None, scene: Scene, attitudes: Attitudes) -> bool:
    """Whether a clause is still to come: "will open", "plans to open", "to open"."""
    if number is None:
        return False
    clause = scene.clauses[number]
    return bool(clause.modals) or has_to(clause, scene) or attitudes.is_wish(number, scene)


def _mood(number: int, scene: Scene, attitudes: Attitudes) -> Found | None:
    """Modals and negation."""
    clause = scene.clauses[number]
    denial = _denial(clause, scene, attitudes)
    for modal in _modals(clause, scene):
        entry = attitudes.of("modal", modal)
        if entry is None or entry.standing is None:
            continue
        here = Because(entry.id, clause.words)
        if clause.perfect and entry.perfect is not None and modal != "had better":
            return entry.perfect, here
        if denial is not None:
            return (entry.negated, here) if entry.negated is not None else ("denied", denial)
        if entry.standing == "planned" and _has_condition(number, scene, attitudes):
            return "hypothetical", Because("standing:conditional", clause.words)
        return entry.standing, here
    return ("denied", denial) if denial is not None else None


def _denial(clause: Clause, scene: Scene, attitudes: Attitudes) -> Because | None:
    """ "not", "never", "nobody"; "hardly", "under no circumstances"."""
    if clause.negation is not None:
        return Because("standing:negation", clause.negation)
    for words, span in _beside(clause, scene):
        entry = attitudes.of("adverb", words)
        if entry is not None and entry.standing == "denied":
            return Because(entry.id, span)
    return None


def _modals(clause: Clause, scene: Scene) -> Iterator[str]:
    """The modals of a clause, among them "be to" ("is to leave") and "had better"."""
    yield from clause.modals
    forms = {scene.tokens[i].form.lower(): scene.tokens[i] for i in scene.kids(clause.predicate)}
    if clause.mark == "to" and _is_to_be(clause, scene):
        yield "be to"
    if "better" in forms and scene.tokens[clause.predicate].xpos == "VB":
        yield "had better"


def _is_to_be(clause: Clause, scene: Scene) -> bool:
    """ "is to leave", "was to have left"."""
    kids = (scene.tokens[i] for i in scene.kids(clause.predicate))
    return any(
        kid.lemma == "be" and kid.relation in ("aux", "cop") and kid.xpos in ("VBZ", "VBP", "VBD") for kid in kids
    )


def _has_condition(number: int, scene: Scene, attitudes: Attitudes) -> bool:
    """ "will react if Angola attacks": what depends on a condition is no plan yet."""
    return any(
        scene.clauses[below].link.startswith("advcl") and _is_condition(below, scene, attitudes)
        for below in scene.below(number)
    )


def _is_condition(number: int, scene: Scene, attitudes: Attitudes) -> bool:
    clause = scene.clauses[number]
    entries = [attitudes.of("mark", words) for words in leads_of(clause, scene)]
    entries.append(attitudes.of("mark", scene.tokens[clause.predicate].form.lower()))  # "provided that"
    i = is_inverted(clause, scene)
    if i is not None:
        entries.append(attitudes.of("inverted", scene.tokens[i].lemma.lower()))
    return any(entry is not None and entry.standing == "hypothetical" for entry in entries)


def _hedged(clause: Clause, attitudes: Attitudes, scene: Scene) -> Found | None:
    """ "alleged spying", "the planned expulsion", "no talks"."""
    if clause.negation is not None:
        return "denied", Because("standing:negation", clause.negation)
    for key, phrase in clause.obliques:
        if key in ("amod", "compound"):
            form = scene.tokens[phrase.head].form.lower()
            entry = attitudes.of("modifier", form) or attitudes.of("modifier", phrase.lemma)
            if entry is not None and entry.standing is not None:
                return entry.standing, Because(entry.id, scene.span(phrase.head))
    return None


def _adverb(clause: Clause, scene: Scene, attitudes: Attitudes) -> Found | None:
    """ "allegedly attacked", "at no point attacked", "routinely attacks", "attacks every year"."""
    for words, span in _beside(clause, scene):
        entry = attitudes.of("adverb", words)
        if entry is None:
            continue
        is_present = clause.tense == "present" and not clause.perfect
        standing = entry.present if entry.present is not None and is_present else entry.standing
        if standing is not None:
            return standing, Because(entry.id, span)
    return None


def _beside(clause: Clause, scene: Scene) -> Iterator[tuple[str, Span]]:
    """The adverbs and adverbial phrases of a clause, in small letters."""
    tokens = scene.tokens
    for i in scene.kids(clause.predicate):
        if tokens[i].relation.startswith("advmod"):
            yield tokens[i].form.lower(), scene.span(i)
        elif tokens[i].relation.startswith(("obl", "nmod")):
            last = i + 1
            first = min((kid for kid in scene.kids(i) if kid < i), default=i)
            if last - first <= 4:
                yield " ".join(token.form.lower() for token in tokens[first:last]), (tokens[first].start, tokens[i].end)
    if clause.tense == "present" and not clause.perfect:
        for top, time in scene.times:
            if time.type == "SET" and tokens[top].head == clause.predicate:
                yield "every time", time.words


# -- what the clause above makes of it


def _lent(
    number: int, relations: Sequence[Relation], entries: Sequence[Attitude], own: Found | None, scene: Scene
) -> Found | None:
    """What the clause above lends: its attitude, as it stands itself; else its own standing where it only carries."""
    clause = scene.clauses[number]
    assert clause.parent is not None
    parent = scene.clauses[clause.parent]
    for entry in entries:
        told = _attitude(entry, clause, parent)
        if told is not None:
            return _as_it_stands(entry, told, own, parent)
    if any(entry.saying for entry in entries):
        return _as_said(entries, own)
    if entries and any(entry.occurs for entry in entries):
        return own
    first = relations[0]
    if first == "to" and clause.link.startswith(("advcl", "dep")) and not entries:
        return "planned", Because("standing:purpose", clause.words)
    if first == "to" and parent.kind == "noun" and not parent.copula:
        if own is not None and compose(own[0], "planned") != "planned":
            return own
        return "planned", Because("standing:noun-to", parent.words)
    if first in ("to", "by") or "ing" in relations:
        return own
    if clause.kind == "noun" and first in _AT and own is not None and own[0] in _OPEN:
        return own
    return None


def _attitude(entry: Attitude, clause: Clause, parent: Clause) -> Standing | None:
    if clause.perfect and entry.perfect is not None:
        return entry.perfect
    if parent.tense == "past" and entry.past is not None:
        return entry.past
    return entry.standing


def _as_it_stands(entry: Attitude, told: Standing, own: Found | None, parent: Clause) -> Found:
    """A word's attitude under the word's own negation, modal or condition: "may refuse to", "does not plan to"."""
    here = Because(entry.id, parent.words)
    if own is None or own[0] in FACTS:
        return told, here
    if own[0] == "denied":
        return entry.negated or "denied", here
    return (told, here) if own[0] == "planned" and told not in FACTS else own


def _as_said(entries: Sequence[Attitude], own: Found | None) -> Found | None:
    """ "did not say that it left", "if he says that it left" leave it open; "said that it left" changes nothing."""
    if own is None or own[0] in FACTS or own[0] in ("planned", "threatened"):
        return None
    if own[0] == "denied":
        negated: Standing = next((entry.negated for entry in entries if entry.negated), "hypothetical")
        return negated, own[1]
    left_open: Standing = "asked" if own[0] == "asked" else "hypothetical"
    return left_open, own[1]
