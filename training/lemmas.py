"""Makes the lemma table from the train parts of the treebanks.

    python -m training.lemmas --treebanks DIR --out FILE

It keeps the forms that the rules of `detente.sentences.lemmas` get wrong, and the lemmas that guide those rules.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from detente.sentences.lemmas import Lemmas

IRREGULAR = Path(__file__).parent / "irregular.txt"
CONTENT = frozenset(["VERB", "NOUN", "ADJ", "ADV", "AUX"])


def rows_of(treebanks: Path) -> list[tuple[str, str, str, str, bool]]:
    """(form, upos, xpos, lemma, whether it begins its sentence)"""
    paths = [*sorted(treebanks.glob("ud_ewt/*-train*.conllu")), *sorted(treebanks.glob("gum_open/*-train.conllu"))]
    rows = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").split("\n"):
            cells = line.split("\t")
            if len(cells) > 4 and cells[0].isdecimal():
                rows.append((cells[1], cells[3], cells[4], cells[2], cells[0] == "1"))
    return rows


def table_of(treebanks: Path) -> list[tuple[str, str, str]]:
    """The known words, and the forms that rules get wrong."""
    rows = rows_of(treebanks)
    irregular = irregular_verbs()
    lemmas: Counter[str] = Counter(lemma for _, upos, _, lemma, _ in rows if upos in CONTENT and lemma.islower())
    words = {*lemmas, *(lemma for _, _, lemma in irregular)}
    known = [(word, "*", "") for word in sorted(words) if word.isalpha() and len(word) > 2]
    rules = Lemmas(known)
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    by_rule: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for form, upos, xpos, lemma, first in rows:
        key = (form.lower(), xpos)
        seen[key]["=" if lemma == form and lemma != form.lower() else lemma] += 1
        by_rule[key][rules.of(form, upos, xpos, capital_tells=not first) == lemma] += 1
    table = []
    for key in seen:
        lemma, count = seen[key].most_common(1)[0]
        if lemma == "_" or key[1] in ("NNP", "NNPS") or by_rule[key][True] >= count:
            continue
        if not any(c.isdigit() for c in key[0]):
            table.append((*key, lemma))
    listed = {(form, tag) for form, tag, _ in table}
    return known + sorted(table + [row for row in irregular if row[:2] not in listed])


def irregular_verbs() -> list[tuple[str, str, str]]:
    """Past tenses and participles of the list beside this file."""
    rows = []
    for line in IRREGULAR.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            lemma, past, participle = line.split()
            rows += [(form, "VBD", lemma) for form in past.split("/") if form != lemma]
            rows += [(form, "VBN", lemma) for form in participle.split("/") if form != lemma]
    return rows


def write_lemmas(treebanks: Path, out: Path) -> None:
    """The table as a TSV."""
    rows = table_of(treebanks)
    out.write_text("form\ttag\tlemma\n" + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def main() -> None:
    """Make the table from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    write_lemmas(args.treebanks, args.out)


if __name__ == "__main__":
    main()
