"""Who is credited for a picture: where the credit stands in a caption, and whether a line is nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from detente.articles.words import CreditKind, Words, words_of

LONGEST_CREDIT = 120
LONGEST_NAMES = 70
MOST_WORDS = 9

_BRACKETS = {"]": "[", ")": "(", "）": "（"}
_END_OF_SENTENCE = re.compile(r"""[.!?…。][)"”’»“]*(?:\s+|(?=[A-ZÀ-Þ]))""")
_SHORTENED = re.compile(
    r"(?:^|[\s(.-])(?:[A-ZÀ-Þ][a-zà-ÿ]{0,2}|[a-z]|\d{1,2}|Prof|Sept|Gouv|Capt|Asst|Hon|etc|no|nr|ca|vs|dott|Dok|dok)\.?$"
)
_COPYRIGHT = re.compile(r"\s*[/|,]?\s*copyright\s+(?:©\s*)?\d{4}\b.*\Z|[\s.,/]*all rights reserved\.?\Z", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_BETWEEN = " \t|/–—-,·:("
_SEPARATOR = re.compile(r"\s(?:[|–—]|/(?=\s))\s*|\s-\s|\s?[|]\s?")
_PARTICLES = frozenset(
    (
        "de", "del", "della", "da", "di", "do", "dos", "du", "la", "le", "van", "von", "der", "den", "ter", "al", "el",
        "bin", "ben", "y", "e", "und", "and", "et", "of", "for", "the", "via", "by", "in", "on", "für", "pour", "para",
        "photo", "photos", "foto", "images", "pool", "file", "handout", "archiv", "nuotr.", "nuotr", "&", "/", "-", "–",
        "|", "+", "von", "vom", "zu", "dpa", "epa", "imago", "iStock", "via", "d'",
    )
)  # fmt: skip
"""Words in small letters among names."""
_SENTENCE_STARTS = frozenset(("the", "a", "an", "in", "on", "he", "she", "it", "they", "this", "der", "die", "das"))


class Credit(Struct, frozen=True):
    """A caption without its credit, and the credit as written."""

    caption_end: int
    start: int
    end: int


class Credits:
    """Finds credits; made once from the words of the lexicon."""

    def __init__(self, words: Words) -> None:
        self._words = words
        labels, sources = _any_of(words, "label"), _any_of(words, "label", "source")
        openings, houses = _any_of(words, "opening"), _any_of(words, "house")
        agencies = "|".join(map(re.escape, words.agency_names))
        self._mark = re.compile(
            rf"(?<!\w)(?:(?:{labels})\s?[:：]|(?:{openings})(?:(?<=\.)|(?=\s|\Z))|©)\s*", re.IGNORECASE
        )
        self._any_mark = re.compile(
            rf"(?<!\w)(?:(?:{sources})\s?[:：]|(?:{openings})(?:(?<=\.)|(?=\s|\Z))|©|\(c\)(?=\s))\s*", re.IGNORECASE
        )
        said = [word for kind in ("label", "source", "opening") for word in words.credit_words(kind)]
        self._mark_words = frozenset(_WORD.findall(word.lower())[0] for word in said)
        self._house = re.compile(rf"(?<!\w)(?:{houses}|{agencies})(?!\w)")
        # "AP Photo/Jane Doe", "EFE/ J.J. Guillén" behind a caption without a point.
        self._signed = re.compile(rf"(?<!\w)(?<![/|]\s)(?<![/|])(?:{houses}|{agencies})\s?/\s?.{{2,60}}\Z")
        self._closing = words.credit_words("closing")
        self._manners = frozenset(words.credit_words("manner"))
        self._strip = re.compile(
            rf"\A(?:(?:{sources})\s?[:：/]|(?:{openings})(?:(?<=\.)|(?=\s))|(?:{sources})\s(?:by|of)\s|©|\(c\)(?=\s)|via\s)\s*",
            re.IGNORECASE,
        )

    def of_line(self, text: str) -> Credit | None:
        """The credit at the end of a line that nothing declares a caption: it must say so itself."""
        if found := self._in_brackets(text, is_caption=False):
            return found
        tail = text[-LONGEST_CREDIT:]
        if (":" in tail or "©" in tail or "hoto" in tail) and (found := self._marked(text, self._mark)):
            return found
        if "/" not in text[-LONGEST_NAMES:]:
            return None
        at = _last_sentence(text)
        names = text[at:]
        return _credit(text, at) if at and len(names) <= LONGEST_NAMES and self._is_signature(names) else None

    def of_caption(self, text: str, people: Sequence[str] = ()) -> Credit | None:
        """The credit at the end of a caption; `people` are the names that the page marks in it."""
        if people and text.endswith(people[-1]) and len(people[-1]) < len(text):
            start = len(text) - len(people[-1])
            return _credit(text, start)
        return (
            self._marked(text, self._any_mark)
            or self._in_brackets(text, is_caption=True)
            or self._behind_sentence(text)
            or self._signature(text)
            or self._parted(text)
        )

    def is_whole(self, text: str, *, in_caption: bool = False) -> bool:
        """Whether a line is a credit and nothing else; `in_caption`: names alone are enough there."""
        if len(text) > LONGEST_CREDIT:
            return False
        if self._any_mark.match(text.lstrip(" (–—-|/")):
            return text.count(" ") <= MOST_WORDS + 4
        return self._is_signature(text) or (in_caption and self.is_names(text))

    def is_names(self, text: str) -> bool:
        """Whether a text may be names of people and houses alone: "Neil Mockford/GC Images", "뉴시스"."""
        bare = _COPYRIGHT.sub("", text).strip(" .()[]–—-|/,")
        tokens = bare.split()
        if not tokens or len(bare) > LONGEST_NAMES or len(tokens) > MOST_WORDS or text.rstrip()[-1] in "!?:":
            return False
        if bare.casefold() in self._manners or tokens[0].casefold() in _SENTENCE_STARTS:
            return False
        if not any(letter.islower() or letter.isupper() for letter in bare):
            return len(bare) <= 14 and any(map(str.isalpha, bare)) and sum(map(str.isdigit, bare)) < 2
        return bare[0].isalpha() and all(map(_is_name_part, tokens)) and any(token[0].isupper() for token in tokens)

    def name(self, text: str) -> str:
        """Who is credited: "(Photo: Ahmet Yildiz/AFP)" -> Ahmet Yildiz/AFP."""
        bare = text.strip(" .–—|")
        bare = bare[1:-1] if bare[:1] in "([（" and bare[-1:] in ")]）" else bare
        for _ in range(2):
            bare = self._strip.sub("", bare).lstrip(" (")
        kept = _COPYRIGHT.sub("", bare)
        for word in self._closing:
            kept = kept.removesuffix(word)
        first, _, second = (kept or bare).partition(" | ")
        name = (first if first == second else kept or bare).strip(" .,")
        return name if name[:-1].rfind("(") > 0 else name.strip("()[]（） ")

    def _is_signature(self, text: str) -> bool:
        """ "Chip Somodevilla / Getty Images", "Reuters": names alone, a house among them."""
        bare = text.strip(" .")
        if self._words.agency_of(bare) is not None:
            return True
        return (
            len(bare) <= LONGEST_NAMES
            and bool(self._house.search(bare))
            and (
                self._house.fullmatch(bare) is not None or (any(mark in bare for mark in "/|") and self.is_names(bare))
            )
        )

    def _in_brackets(self, text: str, *, is_caption: bool) -> Credit | None:
        bare = text.rstrip(" .")
        if not bare or bare[-1] not in _BRACKETS:
            return None
        at = bare.rfind(_BRACKETS[bare[-1]])
        inside = bare[at + 1 : -1].strip()
        if at < 0 or not 2 <= len(inside) <= 90:
            return None
        if not self._is_credit_in_brackets(inside, text, at, is_caption=is_caption):
            return None
        start = at
        if is_caption and self._words.agency_of(inside) is not None:
            # "... el 11 de octubre. Florion Goga (REUTERS)"
            before = _last_sentence(text[:at].rstrip())
            start = before if before and self.is_names(text[before:at]) else at
        return Credit(len(text[:start].rstrip(_BETWEEN)), start, len(text))

    def _is_credit_in_brackets(self, inside: str, text: str, at: int, *, is_caption: bool) -> bool:
        if is_caption and inside.casefold() in self._manners:
            return False
        if (self._any_mark if is_caption else self._mark).match(inside) or self._words.agency_in(inside):
            return True
        before = text[:at].rstrip()[-1:]
        # Square brackets behind a whole sentence hold little else: "[Agencies]"; in capitals they shout: "[VIDEO]".
        if text[at] == "[" and before in _SENTENCE_ENDS and self.is_names(inside) and not inside.isupper():
            return True
        if _PICTURE.search(inside) or ("/" in inside and _are_names_apart(inside) and self.is_names(inside)):
            return True
        if not is_caption:
            return False
        ended = before in _SENTENCE_ENDS and self.is_names(inside)
        return inside.endswith(self._closing) or ended or bool(self._house.search(inside))

    def says_picture(self, credit: str) -> bool:
        """Whether a credit is of a picture, and not the agency's signature below a story."""
        return (
            "/" in credit
            or _PICTURE.search(credit) is not None
            or self._any_mark.match(credit.lstrip("([")) is not None
        )

    def _marked(self, text: str, mark: re.Pattern[str]) -> Credit | None:
        """The credit that begins with a label, wherever in the last of the line."""
        if not self._may_be_marked(text[-LONGEST_CREDIT:]):
            return None
        for match in mark.finditer(text, max(0, len(text) - LONGEST_CREDIT)):
            names = text[match.end() :]
            if (
                match.start()
                and names.strip()
                and names.count(" ") <= MOST_WORDS + 4
                and _is_apart(text, match.start())
            ):
                if mark is self._mark and not self._ends_caption(text[: match.start()], names):
                    continue
                return _credit(text, match.start())
        return None

    def _may_be_marked(self, tail: str) -> bool:
        """Whether a mark or the first word of one stands in it, which most lines lack."""
        return "©" in tail or "(c)" in tail.lower() or not self._mark_words.isdisjoint(_WORD.findall(tail.lower()))

    def _ends_caption(self, before: str, names: str) -> bool:
        """Whether a line that no page calls a caption is one: a sentence, then names."""
        return before.count(" ") >= 2 and before.rstrip()[-1] in '.!?…。”")]|/–—-»' and names.count(". ") == 0

    def _behind_sentence(self, text: str) -> Credit | None:
        at = _last_sentence(text)
        names = text[at:]
        if not at or (text[:at].count(" ") < 1 and len(text) < 12):
            return None
        # "Shorts by Loewe. Shoes by Piferi." are two sentences.
        alone = not names.rstrip().endswith(".") and self.is_names(names)
        return _credit(text, at) if alone or self._is_signature(names) else None

    def _signature(self, text: str) -> Credit | None:
        match = self._signed.search(text, max(0, len(text) - LONGEST_CREDIT))
        return _credit(text, match.start()) if match and match.start() else None

    def _parted(self, text: str) -> Credit | None:
        """ "... gegen den Pablo-Clan in Palma / Lorenzo Marina" """
        parts = list(_SEPARATOR.finditer(text, max(0, len(text) - LONGEST_CREDIT)))
        for match in parts:
            names = text[match.end() :]
            hyphen = match.group().strip() in ("-", "–", "—")
            if match.start() > 8 and (self._is_signature(names) or (not hyphen and self.is_names(names))):
                return _credit(text, match.end())
        return None


_PICTURE = re.compile(
    r"\b(?:photo|photos|photograph|picture|image|foto|getty|file|via|courtesy|handout|pool)\b", re.IGNORECASE
)


_SENTENCE_ENDS = frozenset('.!?…。”"»')


def _are_names_apart(text: str) -> bool:
    """Whether what a stroke parts may be names: "Ana Ruiz/Gulf News" and not "100 MB/s", "IEC/EN 62053"."""
    return all(part[:1].isupper() for part in text.replace("/ ", "/").split("/")) and not any(map(str.isdigit, text))


def _any_of(words: Words, *kinds: CreditKind) -> str:
    found = [word for kind in kinds for word in words.credit_words(kind)]
    return "|".join(re.escape(word) for word in sorted(found, key=len, reverse=True))


def _credit(text: str, start: int) -> Credit:
    if start and text[start - 1] in "([（":
        start -= 1
    return Credit(len(text[:start].rstrip(_BETWEEN)), start, len(text))


def _is_apart(text: str, at: int) -> bool:
    """Whether a label may begin here: not in the middle of "the photo: ..."."""
    before = text[:at].rstrip(" ")
    return not before or text[at] == "©" or not before[-1].islower() or text[at].isupper() or before[-1] in _BETWEEN


def _is_name_part(token: str) -> bool:
    bare = token.strip("(),.;'’\"“”[]")
    return not bare or bare[0].isupper() or bare.casefold() in _PARTICLES or "/" in bare or ".com" in bare


def _last_sentence(text: str) -> int:
    """Where what follows the last whole sentence begins; 0 when there is no such end."""
    found = 0
    for match in _END_OF_SENTENCE.finditer(text, max(0, len(text) - LONGEST_CREDIT)):
        if match.end() < len(text) and not _SHORTENED.search(text[: match.start()][-12:]):
            found = match.end()
    return found


@cache
def credits_of(words: Words) -> Credits:
    """The finder of credits for these words, made once."""
    return Credits(words)


def credit_name(text: str) -> str:
    """Who is credited: "(Photo: Ahmet Yildiz/AFP)" -> Ahmet Yildiz/AFP; "[Xinhua]" -> Xinhua."""
    return credits_of(words_of()).name(text)
