"""Bad input: does any sentence break the coder, and does its work grow faster than the text?

    python benchmarks/fuzz.py [--sentences 100000] [--seed 1] [--growth]

Sentences are made by `mutants.py` and go through the whole coder: as an article put together by hand, so that noise
reaches every stage, and every tenth also as `detente.code`, as JSONL and as `detente explain` take it. Checked is that
nothing is raised, that all offsets give the words they stand for, that every report's evidence lies where it should,
that ids are unique and that the JSON is that of the contract. The first sentences that fail are printed.

`--growth` measures texts of growing length instead, those of one sentence and those of many.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import msgspec

from detente.coder import Coder
from detente.evaluate.examples import entries_with_examples
from detente.model import Article, Block, Coding, Phrase, Record, Report, Sentence, Span
from detente.records.lines import record_of
from detente.sentences import sentences_of
from detente.writers.jsonl import Line, line_of
from mutants import Mutants

BATCH = 32
SHOWN = 20
EVERY = 10
"""How often a sentence also takes the other ways in."""

TAKEN_OVER = {"inherited", "dateline", "caption"}
"""How a time or place can be known that another clause tells (`When.basis`, `Where.basis`)."""

STAMP = "2024-05-15"


class Fault(Exception):
    """Something that must hold does not."""


def main() -> None:
    """Prints what was tried and what failed; leaves with 1 when anything did."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sentences", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--growth", action="store_true")
    options = arguments.parse_args()
    coder = Coder()
    if options.growth:
        show_growth(coder)
        return
    sys.exit(1 if run(coder, options.sentences, options.seed) else 0)


def run(coder: Coder, wanted: int, seed: int) -> int:
    """Codes so many sentences; gives the number of those that failed."""
    started, seen, failed = time.process_time(), Counter[str](), 0
    sentences = islice(mutants(coder, seed), wanted)
    while batch := list(islice(sentences, BATCH)):
        for text, fault in _faults(batch, coder, seen):
            failed += 1
            if failed <= SHOWN:
                print(f"{text!r}\n{fault}", flush=True)
        if seen["texts"] % (BATCH * 100) == 0:
            print(f"{seen['texts']:,} done, {failed} failed", file=sys.stderr, flush=True)
    seconds = time.process_time() - started
    print(
        f"seed {seed}: {seen['texts']:,} texts, {seen['sentences']:,} sentences, {seen['words']:,} words, "
        f"{seen['reports']:,} reports; {failed} failed; {seconds:.0f} CPU-s"
    )
    return failed


def mutants(coder: Coder, seed: int) -> Iterator[str]:
    """Sentences without end, made of the lexicon's own."""
    entries = entries_with_examples(coder)
    good = [text.partition(" :: ")[0] for entry in entries for text in (*entry.examples, *entry.counterexamples)]
    words = sorted({word for text in good for word in text.split()} | set(coder.reporter.rules.patterns))
    return iter(Mutants(seed, good, words))


def _faults(batch: Sequence[str], coder: Coder, seen: Counter[str]) -> Iterator[tuple[str, str]]:
    """The texts of a batch that fail, each with what failed; one that breaks the batch is looked for alone."""
    articles = [article_of(text) for text in batch]
    try:
        parsed = list(sentences_of(articles, coder.language))
    except Exception:  # whatever it is, it is what we look for
        parsed = []
    for number, (text, article) in enumerate(zip(batch, articles, strict=True)):
        try:
            sentences = parsed[number] if parsed else next(iter(sentences_of([article], coder.language)))
            coding = coder.coding_of(article, sentences)
            check(coding)
            if (seen["texts"] + number) % EVERY == 0:
                check_ways_in(text, article, coder)
        except Exception:  # the same
            yield text, traceback.format_exc(limit=-4)
            continue
        seen["sentences"] += len(coding.sentences)
        seen["words"] += sum(len(sentence.tokens) for sentence in coding.sentences)
        seen["reports"] += len(coding.reports)
    seen["texts"] += len(batch)


def article_of(text: str) -> Article:
    """One paragraph, taken as it is; half characters go the way that they go in every reader."""
    text = text.encode("utf-8", "replace").decode()
    return Article(id="a", record="r", origin="o", text=text, blocks=(Block("paragraph", 0, len(text)),))


# -- what must hold


def check(coding: Coding) -> None:
    """Raises `Fault` when anything of a coding is not as it should be."""
    article = coding.article
    if article is None:
        raise Fault("a coding without its article")
    last = 0
    for sentence in coding.sentences:
        if not last <= sentence.start < sentence.end <= len(article.text):
            raise Fault(f"sentence at {sentence.start}-{sentence.end} after {last}")
        last = sentence.end
        check_sentence(sentence, article)
    for mention in coding.mentions:
        check_span(mention.words, (0, len(article.text)), f"mention {mention}")
    for report in coding.reports:
        check_report(report, article)
    if len({report.id for report in coding.reports}) < len(coding.reports):
        raise Fault("two reports with one id")
    check_json(coding)


def check_sentence(sentence: Sentence, article: Article) -> None:
    """Tokens give their words, clauses point at tokens and at one another, phrases lie inside."""
    for token in sentence.tokens:
        if article.text[token.start : token.end] != token.form or not token.form:
            raise Fault(f"token {token} is not {article.text[token.start : token.end]!r}")
        if not -1 <= token.head < len(sentence.tokens):
            raise Fault(f"token {token} hangs on nothing")
    inside = sentence.start, sentence.end
    for number, clause in enumerate(sentence.clauses):
        check_span(clause.words, inside, f"clause {clause.lemma}")
        for other in (clause.parent, clause.complement):
            if other is not None and (other == number or not 0 <= other < len(sentence.clauses)):
                raise Fault(f"clause {number} points at clause {other}")
        for phrase in (clause.subject, clause.object, clause.indirect, *(phrase for _, phrase in clause.obliques)):
            if phrase is not None:
                check_phrase(phrase, inside)


def check_phrase(phrase: Phrase, inside: Span) -> None:
    """A phrase lies inside its sentence, and so do its members; what hangs below them is theirs to check."""
    for member in (phrase, *phrase.conjuncts, *(modifier for _, modifier in phrase.modifiers)):
        check_span(member.words, inside, f"phrase {member.lemma}")


def check_report(report: Report, article: Article) -> None:
    """The evidence of a report lies in its sentence; who says it, or a time or place taken over, may lie elsewhere."""
    if article.words(report.sentence) != report.text:
        raise Fault(f"text {report.text!r} is not {article.words(report.sentence)!r}")
    spans = [("trigger", report.trigger)]
    spans += [(f"party {party.id}", party.words) for party in (*report.source, *report.target)]
    spans += [(count.kind, count.words) for count in report.counts]
    inside = 0, len(article.text)
    for name, where in (("time", report.time), ("place", report.place)):
        if where and where.words:
            check_span(where.words, inside, name)
            spans += [] if where.basis in TAKEN_OVER else [(name, where.words)]
    for name, span in spans:
        check_span(span, report.sentence, f"{name} of {report.text!r}")
    for because in report.because:
        if because.words is not None:
            check_span(because.words, inside, because.rule)
    for speaker in report.speakers:
        check_span(speaker.words, inside, f"speaker {speaker.id}")
    if report.speaker != next(iter(report.speakers), None):
        raise Fault(f"{report.speaker} speaks, and first of all {report.speakers}")
    if not (report.source or report.target) or not 0 < report.score <= 1:
        raise Fault(f"a report of nobody, or of score {report.score}")


def check_span(span: Span, inside: Span, what: str) -> None:
    """Whether a span has words and lies inside of another."""
    if not inside[0] <= span[0] < span[1] <= inside[1]:
        raise Fault(f"{what}: {span} is not in {inside}")


def check_json(coding: Coding) -> None:
    """The JSON lines of a coding can be read again and say the same."""
    for report in coding.reports:
        line = line_of(report, coding.article)
        data = msgspec.json.encode(line)
        json.loads(data)
        if msgspec.json.decode(data, type=Line) != line:
            raise Fault(f"its JSON reads otherwise: {data!r}")


# -- the other ways in


def check_ways_in(text: str, article: Article, coder: Coder) -> None:
    """The text as bytes, as a field of JSONL, and explained with every line drawn."""
    line = json.dumps({"text": text, "headline": text, "id": text, "published": STAMP})
    records = [
        Record(origin="text", content=text.encode("utf-8", "replace"), format="text", published=STAMP),
        Record(origin="bytes", content=text.encode("utf-16", "surrogatepass"), format="text"),
        record_of(line.encode(), "line"),
    ]
    for coding in coder.code(records):
        if coding.article is not None:
            check(coding)
        elif not coding.reason:
            raise Fault(f"{coding.state} without a reason")
    check_pair(text, coder)
    check_explained(article, coder)


def check_pair(text: str, coder: Coder) -> None:
    """A pair in the text, its first word and its last, always has all types, and their scores add up to one."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    for source, target in ((words[0], words[-1]), (words[-1], None)) if words else ((None, None),):
        found = coder.code_pair(text, source, target)
        if len({one.type for one in found}) != 16 or abs(sum(one.score for one in found) - 1) > 0.05:
            raise Fault(f"the pair {source}, {target} has {found}")
        json.loads(msgspec.json.encode(found))


def check_explained(article: Article, coder: Coder) -> None:
    """An explanation ends where the coder does, is JSON, and steers no terminal."""
    from detente.cli.explain import drawn

    found = coder.explained(article)
    (sentences,) = sentences_of([article], coder.language)
    if found.reports != coder.coding_of(article, sentences).reports:
        raise Fault("it is explained otherwise than it is coded")
    json.loads(msgspec.json.encode(found))
    shown = drawn(found.sentences)
    if any(ord(letter) < 0x20 and letter != "\n" for letter in shown):
        raise Fault(f"a control character is drawn: {shown!r}")


# -- growth

LENGTHS = (50, 100, 200, 400, 800)
SHAPES = {
    "clauses": ["Norway", "said", "that", "Sweden", "had", "bombed", "Denmark", "and", "that"],
    "a list": ["Norway", ",", "Chad", ",", "Peru", ",", "Togo", ","],
    "of the": ["the", "envoy", "of", "the", "minister", "of"],
    "said": ["said"],
    "brackets": ["(", "NATO", "[", "“"],
    "capitals": ["NATO", "EXPELS", "TWO", "RUSSIAN", "ENVOYS", "OVER", "SPYING"],
    "numbers": ["on", "May", "5", ",", "2009", "and", "in", "1990s"],
    "no spaces": ["xy" * 5 + "-"],
    "new names": [word for name in range(2200) for word in ("Mr.", f"{chr(65 + name % 26)}arov{name}", "met")],
}


def show_growth(coder: Coder) -> None:
    """CPU time per word of ever longer texts, and how much more a word costs at the end than at a hundred words."""
    _show_costs("one sentence", LENGTHS, 100, of_one_sentence, coder)
    _show_costs("many sentences", [8 * length for length in LENGTHS], 800, of_many_sentences, coder)


def _show_costs(
    what: str, lengths: Sequence[int], base: int, made: Callable[[Sequence[str], int], str], coder: Coder
) -> None:
    print(f"{what + ', microseconds per word':38}" + "".join(f"{length:>8}" for length in lengths) + "   growth")
    for name, words in SHAPES.items():
        costs = {length: cost_of(made(words, length), length, coder) for length in lengths}
        growth = costs[lengths[-1]] / costs[base]
        print(f"{name:38}" + "".join(f"{cost:8.0f}" for cost in costs.values()) + f"{growth:9.2f}", flush=True)


def of_one_sentence(words: Sequence[str], length: int) -> str:
    """So many words without an end."""
    return " ".join(words[at % len(words)] for at in range(length))


def of_many_sentences(words: Sequence[str], length: int) -> str:
    """The same in sentences of twenty words."""
    return " ".join("." if at % 20 == 19 else words[at % len(words)] for at in range(length))


def cost_of(text: str, words: int, coder: Coder) -> float:
    """Microseconds of CPU per word, the best of five."""
    article = article_of(text)
    best = float("inf")
    for _ in range(5):
        before = time.process_time()
        (sentences,) = sentences_of([article], coder.language)
        coder.coding_of(article, sentences)
        best = min(best, time.process_time() - before)
    return best / words * 1e6


if __name__ == "__main__":
    main()
