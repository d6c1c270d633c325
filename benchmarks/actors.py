"""How well phrases are resolved to a country and a sector, and what finding actors costs.

    python benchmarks/actors.py PHRASES.jsonl [--show]

A line of the file is `{"text": "Lyon firefighters", "date": "2011-02-03", "country": "FRA", "sector": "MED"}`.
A missing value is not judged, "" means that there must be none; `"none": true` that the phrase is nobody. A list of
sectors allows any of them. The mention that carries the phrase's root counts, else the longest. Codes of organizations
(IGO, UNO, EUR) given as a country are looked for among the sectors, as PLOVER has them. The cost is that of very short
texts; in running news it is a quarter of that.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from detente.lexicon import Lexicon
from detente.mentions import Actors
from detente.model import Actor, ActorMention, Article, Block, Sentence, Stamp
from detente.sentences import language, sentences_of

DAY = "2023-01-01"
"""For phrases without a date."""
BODIES = ("IGO", "UNO", "EUR")


def article_of(row: dict[str, Any]) -> Article:
    """The phrase as an article of its own."""
    stamp = Stamp(kind="published", value=row.get("date") or DAY, basis="given")
    text = row["text"]
    return Article(
        id="phrase", record="", origin="phrase", text=text, blocks=(Block("paragraph", 0, len(text)),), published=stamp
    )


def carrying(mentions: Sequence[ActorMention], sentences: Sequence[Sentence]) -> Actor | None:
    """The actor of the mention that carries the phrase."""
    roots = [token.start for sentence in sentences for token in sentence.tokens if token.head < 0]
    over = [m for m in mentions if any(m.words[0] <= start < m.words[1] for start in roots)]
    best = max(over or mentions, key=lambda m: m.words[1] - m.words[0], default=None)
    return best.actors[0] if best is not None else None


def judged(row: dict[str, Any], actor: Actor | None) -> Iterator[tuple[str, bool]]:
    """(what is judged, whether it is right)."""
    if row.get("none"):
        yield from (("country", actor is None), ("sector", actor is None))
        return
    country, sector = row.get("country"), row.get("sector")
    if country in BODIES:
        yield "country", actor is not None and country in actor.sectors
    elif country is not None:
        yield "country", (actor.country if actor else None) == (country or None)
    if sector:
        wanted = sector if isinstance(sector, list) else [sector]
        told = [one for one in actor.sectors if one not in BODIES] or list(actor.sectors) if actor else []
        yield "sector", bool(told) and told[0] in wanted


def main() -> None:
    """Prints the shares that are right, then the cost beside that of the language model."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("phrases", type=Path)
    options.add_argument("--show", action="store_true", help="print what is wrong")
    given = options.parse_args()
    rows = [json.loads(line) for line in given.phrases.read_text(encoding="utf-8").splitlines() if line.strip()]
    actors, model = Actors(Lexicon()), language()
    articles = [article_of(row) for row in rows]
    begun = time.process_time()
    parsed = list(sentences_of(articles, model))
    read = time.process_time()
    for article, sentences in zip(articles, parsed, strict=True):
        actors.find(article, sentences)  # the gazetteer is read when it is first needed
    warm = time.process_time()
    found = [actors.find(article, sentences) for article, sentences in zip(articles, parsed, strict=True)]
    done = time.process_time()
    right: dict[str, list[bool]] = {"country": [], "sector": []}
    for row, mentions, sentences in zip(rows, found, parsed, strict=True):
        actor = carrying(mentions, sentences)
        for what, is_right in judged(row, actor):
            right[what].append(is_right)
            if given.show and not is_right:
                print(f"{what}: {row['text']!r} -> {actor.code or actor.id if actor else 'nobody'}")
    for what, answers in right.items():
        print(f"{what:8} {sum(answers) / max(1, len(answers)):.3f}  of {len(answers)}")
    print(f"cost     {(done - warm) / max(1e-9, read - begun):.3f}  of the language model's")


if __name__ == "__main__":
    main()
