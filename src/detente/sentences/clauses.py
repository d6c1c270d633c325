"""Clauses out of a dependency tree (UD v2): who does what, alike for verbs, nouns of event and adjectives.

"Two diplomats were expelled by NATO"         expel(NATO, two diplomats), passive
"NATO, which expelled them, and Russia met"   expel(NATO, them); meet(NATO + Russia)
"a US plan to deploy a shield"                deploy(a US plan, a shield), infinitive, below the noun "plan"
"It was not Moscow that severed ties"         sever(Moscow, ties), denied

A parse may be wrong in any way: what cannot be read is left out, and nothing here fails or takes more than linear time.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.model import Clause, Phrase, Span, Tense, Token
from detente.sentences.grammar import verbs
from detente.sentences.headlines import mended_headline
from detente.sentences.tree import Tree

NEVER_CLAUSES = frozenset(["amod", "compound", "case", "mark", "aux", "cop", "fixed", "flat", "goeswith", "discourse",
                           "punct", "det", "advmod", "nummod", "cc", "expl"])  # fmt: skip
PARTICLES = frozenset(
    ["out", "up", "down", "off", "away", "back", "home", "aside", "apart", "forth", "together", "forward", "ahead"]
)
LOOSE_PREPOSITIONS = frozenset(["over", "in", "through"])
"""Prepositions that are particles where they stand as adverbs: "handed the town over to Chad", "took in refugees"."""
NOT = frozenset(["not", "n't", "n’t", "never", "neither", "nor"])
MERELY = frozenset(["only", "just", "merely", "simply"])
NOBODY = frozenset(["no", "none", "nobody", "nothing", "neither"])
RELATIVE = frozenset(["who", "which", "that", "whom"])
MODALS = {"'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "'d": "would", "’d": "would", "sha": "shall"}
COMPLEX = frozenset(["front", "behalf", "favor", "favour", "regard", "response", "face", "light", "support", "view"])
_CALENDAR = frozenset(["NUM", "SYM"])


class _Frame:
    """A clause while its parts are being found; tokens are indices."""

    __slots__ = (
        "above", "agent", "complement", "copula", "i", "indirect", "kind", "lead", "mark", "modals", "negation",
        "object", "obliques", "particle", "passive", "perfect", "progressive", "shared", "subject", "surface", "tense",
    )  # fmt: skip

    def __init__(self, i: int, kind: str, above: _Frame | None) -> None:
        self.i = i
        self.kind = kind
        self.above = above
        self.copula = False
        self.passive = self.perfect = self.progressive = self.shared = False
        self.subject: Phrase | None = None
        self.surface: Phrase | None = None
        self.object: Phrase | None = None
        self.indirect: Phrase | None = None
        self.agent: Phrase | None = None
        self.obliques: list[tuple[str, Phrase]] = []
        self.particle = ""
        self.lead = ""
        self.mark = ""
        self.tense: Tense = "none"
        self.modals: tuple[str, ...] = ()
        self.negation: Span | None = None
        self.complement: int | None = None


def clauses_of(text: str, tokens: Sequence[Token]) -> tuple[Clause, ...]:
    """The clauses of a parsed sentence in the order of their predicates."""
    if not tokens:
        return ()
    return _Reader(Tree(text, mended_headline(tokens))).read()


class _Reader:
    """Reads the clauses off one tree, heads before what hangs on them."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.tokens = tree.tokens
        self.frames: dict[int, _Frame] = {}
        self.over: list[_Frame | None] = [None] * len(tree.tokens)
        """The clause at or above each token."""
        self.quoted = _quoted(tree.tokens)
        self.ends = _ends(tree.tokens)
        self.moved = self._subjects_to_move()
        """Subjects that belong to a later verb: "Russia hopes a dialogue would lead"."""

    def _subjects_to_move(self) -> dict[int, int]:
        """Second subjects behind their verb, each with the next finite verb that has none of its own."""
        tree, found = self.tree, {}
        lonely = [
            i
            for i, token in enumerate(self.tokens)
            if token.upos in ("VERB", "NOUN", "ADJ")
            and tree.base[i] in ("ccomp", "parataxis", "conj", "advcl", "root")
            and any(tree.base[kid] in ("aux", "cop") for kid in tree.kids[i])
            and tree.kid(i, "nsubj") is None
        ]
        for i, base in enumerate(tree.base):
            head = tree.heads[i]
            if (
                base == "nsubj"
                and 0 <= head < i
                and lonely
                and any(tree.base[kid] == "nsubj" and kid < head for kid in tree.kids[head])
            ):
                verb = next((j for j in lonely if j > i), None)
                if verb is not None:
                    found[i] = verb
        return found

    def read(self) -> tuple[Clause, ...]:
        """All clauses."""
        tree = self.tree
        for i in tree.order:
            head = tree.heads[i]
            above = self.over[head] if head >= 0 else None
            kind = self._kind(i)
            if kind is None:
                self.over[i] = above
                continue
            frame = self.over[i] = self.frames[i] = _Frame(i, kind, above)
            if kind == "noun" and not frame.copula and not self._is_predicated(i):
                self._read_noun(frame)
            else:
                self._read_predicate(frame)
        return self._clauses()

    # -- what is a clause

    def _kind(self, i: int) -> str | None:
        tree, token = self.tree, self.tokens[i]
        base, upos = tree.base[i], token.upos
        if upos == "VERB":
            after = base == "amod" and tree.heads[i] < i  # "a meeting planned for May"
            return "verb" if base not in NEVER_CLAUSES or after else None
        if base in ("punct", "case", "mark", "cc", "det", "aux", "cop", "fixed", "flat", "expl"):
            return None
        kids = tree.kids[i]
        if upos in ("NOUN", "PROPN", "NUM", "PRON"):
            if self._is_predicated(i):
                return "verb" if upos in ("NOUN", "PROPN") and self._is_verb_after_all(i) else "noun"
            return "noun" if upos == "NOUN" and kids and self._has_modifier(kids) else None
        if upos == "AUX":
            return "verb" if base not in NEVER_CLAUSES and tree.kid(i, "nsubj", "expl") is not None else None
        if self._is_predicated(i) or (base == "xcomp" and upos == "ADJ"):
            return "adjective"
        head = tree.heads[i]
        if upos == "ADJ" and base == "conj" and head in self.frames and self.frames[head].kind == "adjective":
            return "adjective"
        if upos == "ADJ" and base == "amod" and head < i and head >= 0 and self.tokens[head].upos in ("NOUN", "PROPN"):
            return "adjective"  # "Russia critical", "countries critical of Russia"
        return "adjective" if upos == "ADJ" and base in ("acl", "root", "parataxis") and kids else None

    def _is_predicated(self, i: int) -> bool:
        """Whether it is said of a subject: with a copula, or with a bare subject as in headlines."""
        return any(self.tree.base[kid] in ("cop", "nsubj", "csubj") for kid in self.tree.kids[i])

    def _is_verb_after_all(self, i: int) -> bool:
        """ "UN chief hails president": what has a subject, no copula, and an object or an -s, is a headline's verb."""
        bases = [self.tree.base[kid] for kid in self.tree.kids[i]]
        if "cop" in bases or "nsubj" not in bases or "det" in bases:
            return False
        form = self.tokens[i].form
        return ("obj" in bases or form.endswith("s")) and form.islower()

    def _has_modifier(self, kids: Sequence[int]) -> bool:
        return any(self.tree.base[kid] in ("nmod", "compound", "amod", "acl", "obl", "ccomp", "advcl") for kid in kids)

    # -- nouns of event

    def _read_noun(self, frame: _Frame) -> None:
        """ "NATO's expulsion of two diplomats": possessor and by-phrase act, the rest stands by its preposition."""
        phrase = self.tree.phrase(frame.i)
        for key, modifier in phrase.modifiers:
            if key in ("poss", "by") and frame.subject is None:
                frame.subject = modifier
            else:
                frame.obliques.append((key, modifier))
        for kid in self.tree.kids[frame.i]:
            token = self.tokens[kid]
            if self.tree.base[kid] == "det" and token.form.lower() in NOBODY:
                frame.negation = (token.start, token.end)

    # -- verbs, and what is said with "be"

    def _read_predicate(self, frame: _Frame) -> None:
        token = self.tokens[frame.i]
        frame.copula = frame.kind != "verb"
        frame.tense, frame.progressive = _tense(token), token.xpos == "VBG" and not frame.copula
        if frame.kind == "verb" and token.upos in ("NOUN", "PROPN"):
            frame.tense = "present"
        for kid in self.tree.kids[frame.i]:
            self._read_kid(frame, kid)
        if frame.surface is None and frame.i in self.moved.values():
            frame.surface = self.tree.phrase(next(kid for kid, verb in self.moved.items() if verb == frame.i))
        if frame.kind == "verb":
            for kid in self._gerunds_of_object(frame.i):
                self._add_gerund(frame, kid)
        if frame.kind == "noun":
            self._keep_modifiers(frame)
        self._read_lead(frame)
        self._find_core(frame)
        self._read_voice(frame)
        self._fill(frame)
        if frame.passive:
            self._keep_second_object(frame)
            frame.subject, frame.object = frame.agent or _nested_agent(frame), frame.surface or frame.object
        else:
            frame.subject = frame.surface
            if frame.agent is not None:
                frame.obliques.append(("by", frame.agent))
        self._deny_by_nobody(frame)

    def _may_be_passive(self, i: int) -> bool:
        """A past tense without an auxiliary is none: "Kenya condemned and rejected the plan"."""
        has_auxiliary = any(self.tokens[kid].relation.startswith("aux") for kid in self.tree.kids[i])
        return has_auxiliary or self.tokens[i].xpos not in ("VBD", "VBZ", "VBP")

    def _keep_second_object(self, frame: _Frame) -> None:
        """In the passive one of two objects is the subject: "were denied visas", "were taken prisoner"."""
        if frame.object is None or frame.surface is None:
            return
        if self.tree.base[frame.object.head] == "obj":
            frame.indirect, frame.surface = frame.surface, None
        else:
            frame.obliques.insert(0, ("", frame.object))

    def _read_kid(self, frame: _Frame, kid: int) -> None:
        token, tree = self.tokens[kid], self.tree
        base, relation = tree.base[kid], token.relation
        if base == "nsubj":
            if relation == "nsubj:pass" and self._may_be_passive(frame.i):
                frame.passive = True
            if not self._is_relative(kid) and kid not in self.moved:
                self._add_subject(frame, kid)
        elif base == "obj":
            is_asked = (
                token.lemma == "what"
                and kid < frame.i
                and any(tree.base[k] == "obj" for k in tree.kids[frame.i] if k > kid)
            )
            if not self._is_relative(kid) and frame.object is None and not is_asked:
                frame.object = tree.phrase(kid)
        elif base == "iobj":
            frame.indirect = tree.phrase(kid)
        elif base == "aux":
            self._read_auxiliary(frame, kid)
        elif base == "cop":
            frame.tense = _tense(token)
        elif base in ("obl", "nmod") and not self._is_relative(kid):
            self._add_oblique(frame, kid)
        elif base in ("advmod", "cc"):
            self._read_adverb(frame, kid)
        elif base == "compound" and relation == "compound:prt":
            frame.particle = token.form.lower()
        elif base == "mark" and not frame.mark:
            frame.mark = token.form.lower()
        elif base in ("advcl", "ccomp", "xcomp", "acl"):
            self._add_gerund(frame, kid)

    def _is_relative(self, i: int) -> bool:
        token = self.tokens[i]
        return token.lemma in RELATIVE and token.xpos in ("WP", "WDT", "IN", "WP$")

    def _add_subject(self, frame: _Frame, kid: int) -> None:
        """Two bare subjects in a row are a headline's list: "NATO, Russia agree"."""
        phrase = self.tree.phrase(kid)
        if frame.surface is None:
            frame.surface = phrase
        elif self.tokens[kid].upos == "PROPN" and self.tokens[kid - 1].form == ",":
            first = frame.surface
            frame.surface = Phrase(
                words=first.words, head=first.head, lemma=first.lemma, modifiers=first.modifiers,
                conjuncts=(*first.conjuncts, phrase, *phrase.conjuncts),
            )  # fmt: skip
        elif self.tokens[frame.surface.head].lemma == "it":
            frame.surface = phrase
        elif kid > frame.i and frame.object is None and kid not in self.moved:
            frame.object = phrase  # "Turkey massed troops": nothing else in the clause can take it

    def _read_auxiliary(self, frame: _Frame, kid: int) -> None:
        token = self.tokens[kid]
        form, lemma = token.form.lower(), token.lemma.lower()
        if token.relation == "aux:pass":
            frame.passive = True
        if token.xpos == "MD" or form in MODALS:
            modal = MODALS.get(form, lemma)
            if form in ("'d", "’d") and self.tokens[frame.i].xpos == "VBN":
                frame.perfect = True
                return
            frame.modals = (*frame.modals, modal)
            frame.tense = "future" if modal in ("will", "shall") else "present"
        elif lemma == "have":
            frame.perfect = True
            frame.tense = _tense(token) if not frame.modals else frame.tense
        elif not frame.modals and not frame.perfect:
            frame.tense = _tense(token)

    def _add_oblique(self, frame: _Frame, kid: int) -> None:
        tree = self.tree
        key = tree.preposition(kid)
        relation = self.tokens[kid].relation
        if self.tokens[kid].upos == "ADP" and not tree.kids[kid]:
            # "was fired on by rebels", "fell through": a preposition without its noun belongs to the verb.
            frame.particle = frame.particle or self.tokens[kid].form.lower()
            return
        stranded, _, by = key.rpartition(" ")
        if by == "by" and stranded and not frame.particle:
            frame.particle, key = stranded, by  # "was fired on by rebels": read as one preposition
        if relation == "obl:agent":
            frame.agent = tree.phrase(kid)
            if key.endswith(" by") and not frame.particle:
                frame.particle = key.partition(" ")[0]  # "was fired on by guards"
            return
        phrase = tree.phrase(kid)
        if key == "by" and frame.agent is None and self.tokens[kid].upos not in _CALENDAR:
            frame.agent = phrase  # settled when the voice is known
            return
        for member in (phrase, *phrase.conjuncts):
            own = tree.preposition(member.head) if member is not phrase else key
            frame.obliques.append((own or key, member))
            if own and member is not phrase:
                continue
        if phrase.lemma in COMPLEX and key:
            frame.obliques += [
                (f"{key} {phrase.lemma} {under}", inner) for under, inner in phrase.modifiers if under in ("of", "to")
            ]

    def _read_adverb(self, frame: _Frame, kid: int) -> None:
        token = self.tokens[kid]
        form = token.form.lower()
        if form in NOT:
            if self._is_merely(kid):
                return
            frame.negation = (token.start, token.end)
        elif form == "longer" and kid and self.tokens[kid - 1].form.lower() == "no":
            frame.negation = (self.tokens[kid - 1].start, token.end)
        elif form in PARTICLES | LOOSE_PREPOSITIONS and kid > frame.i and not frame.particle:
            frame.particle = form
            for below in self.tree.kids[kid]:  # "handed the town over to Chad": "to Chad" hung on "over"
                if self.tree.base[below] in ("obl", "nmod"):
                    self._add_oblique(frame, below)

    def _is_merely(self, i: int) -> bool:
        """ "not only expelled them but also ..." denies nothing."""
        return i + 1 < len(self.tokens) and self.tokens[i + 1].form.lower() in MERELY

    def _add_gerund(self, frame: _Frame, kid: int) -> None:
        """ "accused Russia of violating the border": the clause stands where a noun would."""
        key = self.tree.preposition(kid)
        token = self.tokens[kid]
        if (key and (token.xpos == "VBG" or token.upos == "NOUN")) or (
            self.tree.base[kid] == "xcomp" and token.upos in ("ADJ", "NOUN")
        ):
            frame.obliques.append((key, self.tree.phrase(kid)))

    def _gerunds_of_object(self, i: int) -> list[int]:
        """ "accused two officers of smuggling arms": the gerund hung on the officers and belongs to the verb."""
        return [
            kid
            for noun in self.tree.kids[i]
            if self.tree.base[noun] == "obj" or self.tokens[noun].relation == "nsubj:pass"
            for kid in self.tree.kids[noun]
            if self.tree.base[kid] == "acl" and self.tokens[kid].xpos == "VBG" and self._is_of_or_from(kid)
        ]

    def _is_of_or_from(self, i: int) -> bool:
        """Nouns of persons and things take no "of doing" themselves; "the right of voting" has no verb that does."""
        return self.tree.preposition(i) in ("of", "from", "with")

    def _keep_modifiers(self, frame: _Frame) -> None:
        """The modifiers of a nominal predicate: "is an ally of Russia", "is Russia's ally"."""
        seen = {phrase.head for _, phrase in frame.obliques}
        for key, modifier in self.tree.phrase(frame.i).modifiers:
            if modifier.head not in seen:
                frame.obliques.append((key, modifier))

    def _find_core(self, frame: _Frame) -> None:
        """A subject or object that the parser gave another name: "Qatar brokered talks", "called off talks"."""
        if frame.kind != "verb":
            return
        for kid in self.tree.kids[frame.i]:
            base, upos = self.tree.base[kid], self.tokens[kid].upos
            bare = not self.tree.preposition(kid)
            lost = upos == "PROPN" and base in ("compound", "obl", "iobj")
            if kid < frame.i and frame.surface is None and bare and lost:
                if self.tokens[frame.i].xpos in ("VBD", "VBZ", "VBP", "VBN"):
                    frame.surface = self._taken(frame, kid)
            elif kid > frame.i and frame.object is None and base == "xcomp" and upos == "NOUN" and bare:
                frame.object = None if self._is_predicated(kid) else self._taken(frame, kid)

    def _taken(self, frame: _Frame, kid: int) -> Phrase:
        """The phrase, no longer among the obliques."""
        frame.obliques = [pair for pair in frame.obliques if pair[1].head != kid]
        return self.tree.phrase(kid)

    def _read_lead(self, frame: _Frame) -> None:
        """ "is on strike": a predicate with its own preposition."""
        if not frame.copula:
            return
        frame.lead = self.tree.preposition(frame.i)
        if frame.mark:  # "said that the claim was absurd": "that" leads the clause, not the adjective
            frame.lead = frame.lead.removeprefix(frame.mark).strip()
        head = self.tree.heads[frame.i]
        if frame.lead and head >= 0 and self.tokens[head].upos == "ADP":  # "up" over "to Georgia"
            frame.lead = f"{self.tokens[head].form.lower()} {frame.lead}"

    def _read_voice(self, frame: _Frame) -> None:
        """Participles without auxiliary are passive: "a meeting planned for May", "Backed by Russia, ..."."""
        token = self.tokens[frame.i]
        if frame.passive and frame.object is not None and frame.agent is None:
            # "Bosnia accused Serbia": a past tense that the parser took for a participle.
            frame.passive = any(self.tokens[kid].relation == "aux:pass" for kid in self.tree.kids[frame.i])
        is_participle = token.xpos == "VBN" or self._is_participle_in_front(frame)
        if frame.kind != "verb" or frame.passive or not is_participle or frame.perfect or frame.modals:
            return
        base, above = self.tree.base[frame.i], frame.above
        if base in ("acl", "amod", "advcl", "root", "parataxis"):
            frame.passive = frame.object is None or frame.agent is not None
        elif base == "conj" and above is not None and frame.surface is None:
            frame.passive = above.passive
            frame.perfect = above.perfect and not above.passive
        elif base in ("xcomp", "ccomp"):
            frame.passive = frame.object is None

    def _is_participle_in_front(self, frame: _Frame) -> bool:
        """ "Asked whether it would leave, the premier ...": no past tense, for nobody does it."""
        is_bare = frame.surface is None and not frame.modals and not frame.mark
        in_front = self.tree.base[frame.i] == "advcl" and frame.i < self.tree.heads[frame.i]
        return is_bare and in_front and self.tokens[frame.i].xpos == "VBD"

    # -- arguments that stand elsewhere

    def _fill(self, frame: _Frame) -> None:
        """Subjects shared over "and", infinitives, participles and relative clauses."""
        base, above = self.tree.base[frame.i], frame.above
        relation = self.tokens[frame.i].relation
        is_relative = relation.endswith(":relcl") or (base == "acl" and self._has_relative(frame.i))
        if is_relative or (base in ("advcl", "ccomp", "csubj", "acl") and self._is_cleft(frame)):
            self._fill_gap(frame)
        elif base == "acl" and self.tree.heads[frame.i] >= 0:
            self._fill_from_noun(frame)
        elif above is not None and frame.surface is None:
            self._fill_from_above(frame, above, base)
        if base == "amod" and frame.surface is None and self.tree.heads[frame.i] >= 0:
            frame.surface = self.tree.phrase(self.tree.heads[frame.i])

    def _has_relative(self, i: int) -> bool:
        return any(self._is_relative(kid) for kid in self.tree.kids[i])

    def _is_cleft(self, frame: _Frame) -> bool:
        """ "it was not Moscow that severed ties": the clause hangs on a noun said of "it"."""
        head = self.tree.heads[frame.i]
        if head < 0 or self.tokens[head].upos not in ("PROPN", "NOUN", "PRON") or head > frame.i:
            return False
        kids = self.tree.kids[head]
        is_it = any(self.tokens[kid].form.lower() == "it" for kid in kids if self.tree.base[kid] in ("nsubj", "expl"))
        has_that = frame.mark in ("that", "who") or self._has_relative(frame.i)
        return is_it and has_that and any(self.tree.base[kid] == "cop" for kid in kids)

    def _fill_gap(self, frame: _Frame) -> None:
        """The noun before "who", "which", "that" or nothing takes the place that is free in the clause."""
        head = self.tree.heads[frame.i]
        if head < 0:
            return
        noun = self.tree.phrase(head)
        frame.shared = True
        role = next((kid for kid in self.tree.kids[frame.i] if self._is_relative(kid)), None)
        base = self.tree.base[role] if role is not None else ""
        if frame.surface is None and base not in ("obj", "obl", "iobj"):
            frame.surface = noun
        elif base == "obl" and role is not None:
            frame.obliques.append((self.tree.preposition(role), noun))
        elif frame.object is None and not frame.passive and base in ("", "obj") and frame.kind == "verb":
            frame.object = noun
        above = self.frames.get(head)
        if above is not None and above.negation is not None and self._is_cleft(frame):
            frame.negation = above.negation

    def _fill_from_noun(self, frame: _Frame) -> None:
        """ "troops fighting rebels", "diplomats expelled by NATO", "the US plan to deploy a shield"."""
        head = self.tree.heads[frame.i]
        if frame.surface is not None or self.tokens[head].upos not in ("NOUN", "PROPN", "PRON"):
            return
        noun = self.tree.phrase(head)
        frame.shared = True
        if frame.mark in ("", "that") or frame.passive:
            frame.surface = noun
            return
        owner = next((phrase for key, phrase in noun.modifiers if key in ("poss", "by")), None)
        inside = any(key in ("compound", "amod", "of") for key, _ in noun.modifiers)
        doer = frame.above
        if doer is not None and doer.i == head and not (doer.copula and not _is_expletive(doer, self.tokens)):
            doer = doer.above
        if owner is None and (inside or self.tokens[head].upos == "PROPN"):
            owner = noun  # "Bolivia, Chile to renew ties", "the US plan to deploy a shield"
        elif owner is None and doer is not None:
            owner = self._doer_of_noun(frame, head, doer)
        frame.surface = owner or (None if frame.mark == "to" else noun)

    def _doer_of_noun(self, frame: _Frame, noun: int, above: _Frame) -> Phrase | None:
        """Who does what a noun tells of: "Malta has a plan to bomb", "is on the verge of bombing"; "arrested her on
        suspicion of bombing" is her."""
        is_charge = frame.mark != "to" and above.i != noun and self.tree.base[noun] == "obl"
        return above.object if is_charge and above.object is not None else above.surface

    def _fill_from_above(self, frame: _Frame, above: _Frame, base: str) -> None:
        xpos = self.tokens[frame.i].xpos
        if base == "conj" and self.tree.heads[frame.i] == above.i:
            frame.surface, frame.shared = above.surface, True
            if not frame.passive and above.shared and above.surface is None:
                frame.subject = above.subject
            self._share_auxiliaries(frame, above)
            near = 0 < frame.i - above.i <= 3 and above.kind == "verb" and not (above.passive or above.obliques)
            if near and above.object is None and frame.object is not None and not frame.passive:
                above.object = frame.object  # "attacked and seized a base"
        elif base in ("xcomp", "csubj", "ccomp") and (base == "xcomp" or frame.mark == "to" or xpos == "VBG"):
            frame.surface, frame.shared = self._controller(above), True
        elif base == "advcl" and frame.mark in _OF_THE_OBJECT and xpos == "VBG" and _object_of(above) is not None:
            frame.surface, frame.shared = _object_of(above), True
        elif base == "advcl" and (frame.mark in ("to", "") or xpos in ("VBG", "VBN")) and frame.mark != "for":
            frame.surface, frame.shared = (
                self._controller(above) if _is_expletive(above, self.tokens) else above.surface,
                True,
            )

    def _share_auxiliaries(self, frame: _Frame, above: _Frame) -> None:
        """ "will meet and talk", "did not meet or talk": what stands before the first verb holds for the second."""
        xpos = self.tokens[frame.i].xpos
        if frame.modals or xpos not in ("VB", "VBN", "VBG") or (frame.tense != "none" and xpos == "VB"):
            return
        frame.modals, frame.perfect, frame.tense = above.modals, frame.perfect or above.perfect, above.tense
        frame.mark = frame.mark or (above.mark if above.mark == "to" else "")
        joined = any(self.tokens[kid].form.lower() in ("or", "nor") for kid in self.tree.kids[frame.i])
        if joined and frame.negation is None:
            frame.negation = above.negation

    def _controller(self, above: _Frame) -> Phrase | None:
        """Who does what the infinitive says: "urged Georgia to leave" Georgia, "it is up to Georgia to leave" too."""
        verb = self.tokens[above.i].lemma
        subject_does = verb in verbs("subject_does")
        if above.kind == "verb" and not above.passive and above.object is not None and not subject_does:
            return above.object
        if above.kind == "verb" and above.indirect is not None and not subject_does:
            return above.indirect
        if _is_expletive(above, self.tokens) and above.lead.endswith("to"):
            return self.tree.phrase(above.i)  # "it is up to Georgia to leave"
        if _is_expletive(above, self.tokens):
            return next(
                (phrase for key, phrase in above.obliques if key.split(" ")[-1] in ("to", "for")), above.surface
            )
        if above.kind == "verb" and verb in verbs("addressed"):
            return next((phrase for key, phrase in above.obliques if key in ("on", "upon", "for", "to")), above.surface)
        return above.surface

    def _deny_by_nobody(self, frame: _Frame) -> None:
        """ "No talks were held", "Nobody agreed": the subject or object denies the clause."""
        if frame.negation is not None:
            return
        for phrase in (frame.surface, frame.object):
            if phrase is None or (frame.shared and phrase is frame.surface):
                continue
            for i in (phrase.head, *self.tree.kids[phrase.head]):
                token = self.tokens[i]
                denies = token.form.lower() in NOBODY or (token.form.lower() == "not" and not self._is_merely(i))
                if denies and (i == phrase.head or self.tree.base[i] in ("det", "advmod", "cc")):
                    frame.negation = (token.start, token.end)
                    return

    # -- out

    def _clauses(self) -> tuple[Clause, ...]:
        ordered = sorted(self.frames)
        number = {i: at for at, i in enumerate(ordered)}
        complements = self._complements(number)
        return tuple(self._clause(self.frames[i], number, complements) for i in ordered)

    def _is_question(self, i: int) -> bool:
        """Whether a question mark ends the clause: '"Will they meet?" Lavrov asked' asks with its first half alone."""
        base, head, end = self.tree.base[i], self.tree.heads[i], self.ends[i]
        if end >= len(self.tokens) or "?" not in self.tokens[end].form:
            return False
        return base in ("root", "conj", "parataxis") or head > end

    def _complements(self, number: dict[int, int]) -> dict[int, int]:
        """The clause below each predicate that fills it: finite before infinite, near before far."""
        found: dict[int, tuple[int, int]] = {}
        ranks = {"ccomp": 0, "xcomp": 1, "csubj": 2, "acl": 3, "advcl": 4}
        for i in number:
            head, base = self._governor(i), self.tree.base[i]
            if base not in ranks or head not in number or self.tokens[i].relation.endswith(":relcl"):
                continue
            above = self.frames[head]
            if above.object is not None and above.object.head == i:
                continue  # "called the king to ...": taken as the object, it is no complement
            if base == "advcl" and (self.frames[i].mark not in ("to", "for", "that") or i < head):
                continue  # "to bomb them, China would ...": what comes first is no complement
            if base == "acl" and self.frames[i].mark not in ("to", "that") and head == self.tree.heads[i]:
                continue
            rank = (ranks[base], number[i])
            found[number[head]] = min(found.get(number[head], rank), rank)
        return {head: at for head, (_, at) in found.items()}

    def _governor(self, i: int) -> int:
        """The predicate that a clause fills: mostly what it hangs on, for a gerund on an object the verb above."""
        head = self.tree.heads[i]
        above = self.tree.heads[head] if head >= 0 else -1
        moved = self.tree.base[i] == "acl" and above in self.frames and i in self._gerunds_of_object(above)
        return above if moved else head

    def _clause(self, frame: _Frame, number: dict[int, int], complements: dict[int, int]) -> Clause:
        token = self.tokens[frame.i]
        at = number[frame.i]
        lemma = token.lemma
        words = (token.start, token.end)
        if frame.particle:
            lemma = f"{lemma} {frame.particle}"
            after = next((t for t in self.tokens[frame.i + 1 : frame.i + 6] if t.form.lower() == frame.particle), None)
            words = (token.start, after.end) if after is self.tokens[min(frame.i + 1, len(self.tokens) - 1)] else words
        elif frame.lead:
            lemma = f"{frame.lead} {lemma}"
        return Clause(
            kind=frame.kind,  # type: ignore[arg-type]
            copula=frame.copula,
            predicate=frame.i,
            words=words,
            lemma=lemma,
            subject=frame.subject,
            shared=frame.shared,
            object=frame.object,
            indirect=frame.indirect,
            obliques=tuple(frame.obliques),
            complement=complements.get(at),
            parent=number[frame.above.i] if frame.above is not None else None,
            link=token.relation,
            mark=frame.mark,
            voice="passive" if frame.passive else "active",
            tense=frame.tense,
            perfect=frame.perfect,
            progressive=frame.progressive,
            negation=frame.negation,
            modals=frame.modals,
            question=self._is_question(frame.i),
            quoted=self.quoted[frame.i],
        )


def _nested_agent(frame: _Frame) -> Phrase | None:
    """ "was found guilty of theft by a Greek court": "by" hung on the nearest noun."""
    waiting = [frame.obliques[-1][1] if frame.obliques else frame.object]
    for _ in range(4):
        phrase = waiting.pop(0) if waiting else None
        if phrase is None:
            return None
        agent = next((inner for key, inner in phrase.modifiers if key == "by"), None)
        if agent is not None:
            return agent
        waiting += [inner for _, inner in phrase.modifiers]
    return None


def _tense(token: Token) -> Tense:
    if token.xpos == "VBD":
        return "past"
    return "present" if token.xpos in ("VBZ", "VBP") else "none"


# "quoted Poland as saying", "accused Poland of leaving", "warned Poland against leaving", "kept Poland from leaving".
_OF_THE_OBJECT = frozenset(["as", "of", "against", "from"])


def _object_of(frame: _Frame) -> Phrase | None:
    """ "warned Poland": whatever the parser calls it."""
    return None if frame.passive else frame.object or frame.indirect


def _is_expletive(frame: _Frame, tokens: Sequence[Token]) -> bool:
    """Whether the subject is an empty "it": "it is up to Georgia to ..."."""
    return frame.copula and (frame.surface is None or tokens[frame.surface.head].lemma.lower() == "it")


def _ends(tokens: Sequence[Token]) -> list[int]:
    """For each token the mark that ends its sentence or the question it is in; their number where none does."""
    end = len(tokens)
    found = []
    for i in range(len(tokens) - 1, -1, -1):
        if tokens[i].form[0] in "?!." and tokens[i].upos == "PUNCT":
            end = i
        found.append(end)
    return found[::-1]


def _quoted(tokens: Sequence[Token]) -> list[bool]:
    """Which tokens stand between quotation marks; an open mark reaches to the end of the sentence."""
    inside = False
    found = []
    for token in tokens:
        if token.form in ("“", "``", "«"):
            inside = True
        elif token.form in ("”", "''", "»"):
            inside = False
        elif token.form == '"':
            inside = not inside
        found.append(inside)
    return found
