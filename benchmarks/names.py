"""What finding names costs with 50,000 in the lexicon, beside an Aho-Corasick automaton and the whole coder.

    python benchmarks/names.py FILE.jsonl[.gz] ... [--names 50000] [--rounds 3]

The input is JSONL with "text" (or "marked_text"). Names that the lexicon lacks up to the number asked for are made of
its own words, so that they begin as real names do. The automaton is `ahocorasick_rs` (pip install ahocorasick_rs) over
the same names in lower case: it finds their letters alone, and knows neither capitals nor dots nor where a word ends.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path

from detente.coder import Coder
from detente.lexicon import Lexicon
from detente.mentions.line import Line
from detente.mentions.names import ActorEntry, NameIndex, actor_index
from detente.mentions.offices import TermEntry
from detente.sentences import sentences_of
from sentences import article_of, texts_of

SEED = 20090628
SHARE = 0.05
"""What 50,000 names may cost of the whole."""


def names_of(lexicon: Lexicon) -> list[str]:
    """All names of the lexicon."""
    entries = lexicon.entries("actors", ActorEntry)
    found = [name for entry in entries for name in (entry.name, *entry.names)]
    found += [name for term in lexicon.entries("offices", TermEntry) for name in (term.person, *term.names)]
    return list(dict.fromkeys(found))


def made_up(names: list[str], count: int) -> list[str]:
    """So many names more, each the beginning of one with the end of another."""
    draw = random.Random(SEED)
    long = [name.split() for name in names if " " in name]
    return [" ".join((*draw.choice(long)[:-1], draw.choice(long)[-1])) for _ in range(count)]


def seconds(run: Callable[[], object], rounds: int) -> float:
    """CPU-seconds of the best round."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        run()
        times.append(time.process_time() - begun)
    return min(times)


def main() -> None:
    """Prints one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--names", type=int, default=50_000)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    texts = texts_of(given.files, None)
    coder = Coder()
    lexicon = coder.lexicon
    ours = names_of(lexicon)
    more = made_up(ours, max(0, given.names - len(ours)))
    index = actor_index(lexicon.entries("actors", ActorEntry))
    people: NameIndex[str] = NameIndex()
    for name in more:
        people.add(name, "made up")
    for term in lexicon.entries("offices", TermEntry):
        for name in (term.person, *term.names):
            people.add(name, term.id)
    articles = [article_of(number, text) for number, text in enumerate(texts)]
    parsed = list(sentences_of(articles, coder.language))
    lines = [
        Line(article, sentence, number)
        for article, found in zip(articles, parsed, strict=True)
        for number, sentence in enumerate(found)
        if sentence.tokens
    ]

    def find() -> int:
        return sum(
            len(one.find(line.words, line.text, line.sentence.start)) for line in lines for one in (index, people)
        )

    def whole() -> None:
        for article, found in zip(articles, sentences_of(articles, coder.language), strict=True):
            coder.coding_of(article, found)

    find()  # the words of each line are made when they are first asked for
    runs: dict[str, Callable[[], object]] = {"the whole coder, text to reports": whole, "finding names": find}
    automaton = automaton_of([*ours, *more])
    if automaton is not None:
        runs["Aho-Corasick over the letters alone"] = lambda: [automaton(line.text.lower()) for line in lines]
    taken = {name: seconds(run, given.rounds) for name, run in runs.items()}
    base = taken["the whole coder, text to reports"]
    print(f"{len(ours) + len(more):,} names, {len(lines):,} sentences, {find():,} names found")
    for name, time_taken in taken.items():
        rate = len(lines) / time_taken
        print(f"{name:40} {time_taken:8.3f} CPU-s  {time_taken / base:7.2%}  {rate:12,.0f} sentences/CPU-s")
    print(f"finding names costs {taken['finding names'] / base:.2%} of the coder; {SHARE:.0%} is what it may")


def automaton_of(names: list[str]) -> Callable[[str], object] | None:
    """The peer, where it is installed."""
    try:
        import ahocorasick_rs
    except ImportError:
        return None
    built = ahocorasick_rs.AhoCorasick(
        [name.lower() for name in names], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    return lambda text: built.find_matches_as_indexes(text)


if __name__ == "__main__":
    main()
