"""What a clause itself says of its standing: negation, modals, the words that lead it, adverbs, a question.

"will leave", "did not leave", "unless it leaves", "allegedly left", "is leaving", "alleged spying"
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.model import Because, Clause, Span, Standing
from detente.reports.attitudes import Attitude, Attitudes
from detente.reports.links import has_to, is_inquiring, is_inverted, leads_of, relations_of
from detente.reports.scene import Scene

Found = tuple[Standing, Because]
"""A standing with the words that make it so."""


def own_standing(number: int, scene: Scene, attitudes: Attitudes) -> Found | None:
    """What the clause itself says; None: a plain fact."""
    clause = scene.clauses[number]
    if clause.kind == "noun" and not clause.copula:
        return led_by(number, scene, attitudes) or _hedged(clause, attitudes, scene)
    found = led_by(number, scene, attitudes) or _mood(number, scene, attitudes) or _adverb(clause, scene, attitudes)
    if found is None and _is_subjunctive(clause, scene):
        found = ("demanded", Because("standing:subjunctive", clause.words))
    if found is None and clause.progressive and clause.tense in ("present", "past"):
        found = ("ongoing", Because("standing:progressive", clause.words))
    if clause.question and not (is_inquiring(clause, scene) and not clause.modals and found is None):
        return "asked", Because("standing:question", clause.words)
    return found


def _is_subjunctive(clause: Clause, scene: Scene) -> bool:
    """ "suggested that Russia leave": the bare verb asks for it, and so does one without its -s."""
    if clause.link != "ccomp" or clause.mark != "that" or clause.modals or clause.perfect or clause.voice == "passive":
        return False
    token = scene.tokens[clause.predicate]
    if token.xpos == "VB" and clause.tense == "none":
        return True
    subject = clause.subject
    is_one = subject is not None and not subject.conjuncts and scene.tokens[subject.head].xpos in ("NNP", "NN")
    return is_one and token.xpos == "VBP" and token.form.lower() == token.lemma


def led_by(number: int, scene: Scene, attitudes: Attitudes) -> Found | None:
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
    if parent is not None and parent.link in ("advcl", "acl") and clause.link == "ccomp":
        yield scene.tokens[parent.predicate].form.lower()


def _of_mark(entry: Attitude, number: int, scene: Scene, attitudes: Attitudes) -> Standing | None:
    clause = scene.clauses[number]
    if entry.ahead and not _is_ahead(clause.parent, scene, attitudes):
        return None
    if clause.perfect and entry.perfect is not None:
        return entry.perfect
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
        if entry.standing != "demanded" and _has_condition(number, scene, attitudes):
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
    is_present = clause.tense == "present" and not clause.perfect
    for i in scene.kids(clause.predicate):
        if tokens[i].relation.startswith("advmod"):
            yield tokens[i].form.lower(), scene.span(i)
        elif tokens[i].relation.startswith(("obl", "nmod")):
            last = i + 1
            first = min((kid for kid in scene.kids(i) if kid < i), default=i)
            if tokens[first].form.lower() in ("each", "every") and is_present:
                yield "every time", (tokens[first].start, tokens[i].end)
            elif last - first <= 4:
                yield " ".join(token.form.lower() for token in tokens[first:last]), (tokens[first].start, tokens[i].end)
    if is_present:
        for top, time in scene.times:
            if time.type == "SET" and tokens[top].head == clause.predicate:
                yield "every time", time.words
