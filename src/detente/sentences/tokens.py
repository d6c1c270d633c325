"""Words: where the tokens of a text begin and end, by the customs of the Universal Dependencies for English.

    "Moscow didn't pay $2.5bn to U.S.-led forces."
     Moscow did n't pay $ 2.5 bn to U.S. - led forces .

Hyphens are tokens, unless the first part is a prefix ("anti-government"). Clitics are tokens ("'s", "n't"), and so is
each mark of punctuation; a full stop that belongs to an abbreviation stays with it.

Every pattern runs in linear time: repetitions are possessive or bounded, so that no text makes them go back.
"""

from __future__ import annotations

import re

from detente.model import Span


def words(text: str) -> list[str]:
    """The words of a list that is written as a text."""
    return text.split()


# -- abbreviations ----------------------------------------------------------------------------------------------------

# They stand before a name or a number, so that a sentence hardly ever ends with them.
BEFORE_NAME = words("""
    Mr Mrs Ms Mx Dr Prof Rev Fr Hon Messrs Mme Mlle St Ste Sr Sra Mt Ft Pres Gov Lt Col Gen Maj Capt Cmdr Cpl Sgt Adm
    Brig Cdr Pvt Sen Rep Reps Sens Amb Supt Insp Atty Sec Dep Asst Det Hr Dra Drs Msgr Ven Ald Govs Gens Profs vs v
    approx ca cf e.g i.e viz No.(?=\\s?\\d) Nos pp.(?=\\s?\\d) p.(?=\\s?\\d) Vol.(?=\\s?\\d) Art.(?=\\s?\\d)
    Mar.(?=\\s?\\d) Sun.(?=,|\\s?\\d) Jan Feb Apr Jun.(?=\\s?\\d) Jul.(?=\\s?\\d) Aug Sept Sep Oct Nov Dec
    Mon.(?=,|\\s?[\\dA-Z]) Tues? Wed.(?=,|\\s?[\\dA-Z]) Thurs? Thur Fri Sat.(?=,|\\s?\\d)
""")
# A sentence may end with them.
AT_END = words("""
    Inc Corp Co Ltd Bros Jr Esq Ph\\.D M\\.Sc B\\.Sc Ave Blvd Rd Dept Univ Assn Bldg etc al est Hwy Minn Calif Conn
    Mass Fla Ariz Colo Okla Tenn Tex Wash Wis Penn Pa Va Md Ga Ala Ky La.(?=,|\\s[A-Z]) Ore.(?=,|\\s[A-Z])
    Del.(?=,|\\s[A-Z]) Ill.(?=,|\\s[A-Z]) Ind.(?=,|\\s[A-Z]) Kan Neb Nev Mich Mo.(?=,|\\s[A-Z]) Ark Que Ont
""")

PREFIXES = """
    anti arch bi co counter cross de e ex extra inter intra mega meta micro mid mini multi neo non over para poly
    post pre pro proto pseudo psycho quasi re semi socio sub super trans tri ultra un under vice wi
"""

UNITS = """
    am pm a\\.m\\. p\\.m\\. k m b mn bn tn km km² kms kg mg cm mm ft lb lbs mph kph kmh hrs? mins? secs? ha mw gw kw
    kwh mwh hp gb mb tb c f nm oz yrs?
"""


def _any_of(listed: str) -> str:
    return "(?:" + "|".join(sorted(words(listed), key=len, reverse=True)) + ")"


def _abbreviations(listed: list[str]) -> str:
    parts = [word if "(" in word else word + "." for word in listed]
    return "|".join(re.sub(r"(?<!\\)\.(?=$|\(\?)", r"\\.", part) for part in sorted(parts, key=len, reverse=True))


_PATTERN = re.compile(
    rf"""
      [A-Za-z]++(?=[\ ,]) | ,                                              # most tokens, without trying all below
    | (?:https?|ftp)://[^\s<>"”]++ | www\.[^\s<>"”]++                      # addresses
    | [\w.+-]{{1,64}}+@[\w-]{{1,63}}+(?:\.[\w-]{{1,63}}+){{1,6}}+
    | (?:[A-Za-z0-9][A-Za-z0-9-]{{0,62}}+\.){{1,5}}
      (?:com|org|net|gov|edu|mil|int|info|eu|uk|ru|de|fr|cn|io|tv)\b(?:/[^\s<>"”]*+)?
    | [@\#](?=[^\W\d_])\w++                                                # @handle #tag
    | (?<![\w.])(?:{_abbreviations(BEFORE_NAME + AT_END)})(?!\w)           # Mr. Gen. No. 5
    | (?:[^\W\d_]\.){{2,12}}+(?:[A-Z]\b)?+                                 # U.S. p.m. U.S.A
    | (?<![\w.'’])[A-Z]\.(?=\s?[A-Z][\w.])                                 # J. Smith
    | \d{{4}}-\d\d?-\d\d?(?!\w) | \d{{1,4}}/\d\d?/\d{{2,4}}(?!\w)          # 2009-06-28 28/6/2009
    | (?:\d-)?+\d{{3}}-\d{{3,4}}-\d{{4}}(?!\w)                             # telephone
    | \d\d?/\d\d(?![\w/]) | \d\d/\d(?![\w/])                               # 9/11
    | \d\d?:\d\d(?::\d\d)?+                                                # 10:57
    | \d{{1,4}}(?:st|nd|rd|th)\b | ['’]?\d0s\b | \d{{2,4}}s\b              # 5th 1990s
    | \d{{1,3}}(?:,\d{{3}})++(?:\.\d++)?+(?!,?\d) | \d++(?:\.\d++)++      # 5,000 2.5
    | \d++(?!{_any_of(UNITS)}\b)(?=[^\W_])\w++ | \d++                      # 4A, 35 of 35mm
    | US\$ | [A-Z]\$(?=\d) | [A-Z]{{1,3}}+&[A-Z]{{1,3}}+\b                 # US$ AT&T
    | (?i:{_any_of(PREFIXES)})-(?=[^\W\d_])\w++ | [Mm]id-\d++s?+\b                            # anti-government
    | (?<=[\w.])['’](?i:s|re|ve|ll|d|m)\b                                  # U.S.'s
    | (?:\w|[\u0300-\u036f])++(?:['’]\w++)*+                               # words; clitics are cut off below
    | \.{{2,}}+ | …++ | -{{2,}}+ | [!?]++ | ([*=~+_#>|])\1++ | `` | ''
    | \S
    """,
    re.VERBOSE,
)

_CLITIC = re.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|d|m))$", re.IGNORECASE)
# Written together, read apart.
_JOINED = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "gimme": 3, "lemme": 3}
_AFTER_ADDRESS = ".,;:!?)]}'’\""


def tokens_in(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The tokens between two places of a text, as (start, end)."""
    out: list[Span] = []
    for match in _PATTERN.finditer(text, start, len(text) if end is None else end):
        first, last = match.span()
        size = last - first
        if size == 1:
            out.append((first, last))
            continue
        word = match.group()
        if "'" in word or "’" in word:
            clitic = _CLITIC.search(word, max(0, size - 3))
            if clitic and clitic.start():
                out += [(first, first + clitic.start()), (first + clitic.start(), last)]
                continue
        if "/" in word and ("://" in word or word.startswith("www.")):
            kept = len(word.rstrip(_AFTER_ADDRESS))
            out.append((first, first + kept))
            out += [(at, at + 1) for at in range(first + kept, last)]
            continue
        at = _JOINED.get(word.lower()) if size < 8 else None
        if at:
            out += [(first, first + at), (first + at, last)]
        else:
            out.append((first, last))
    return out
