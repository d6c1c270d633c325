"""`detente evaluate fusion`: mentions of one event put together across articles, against gold chains."""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from detente.evaluate.fusion import CorefDocument, Mention, Read


@click.command(short_help="Measure events put together across articles.", epilog="""
\b
Examples:
  detente evaluate fusion coref-ecbplus.jsonl.gz                 checked sentences alone, as the field does
  detente evaluate fusion coref-ecbplus.jsonl.gz --sentences all
  detente evaluate fusion coref-ecbplus.jsonl.gz --coded         from the text alone: read, coded and fused

\b
Exit codes: 0 measured; 2 wrong usage; 3 a set cannot be read, or scipy is missing.
""")  # fmt: skip
@click.argument("set_", metavar="SET", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--sentences", type=click.Choice(["validated", "all"]), default="validated", show_default=True,
    help="Whose mentions count: of the sentences that were checked, or of all.",
)  # fmt: skip
@click.option("--coded", is_flag=True, help="Give nothing but the text: our own reports, fused as in a store.")
def fusion(set_: Path, sentences: str, coded: bool) -> int:
    """Put the mentions of events in SET together, inside the stories found, and compare them with gold chains.

    SET is JSON lines (or .gz): `id`, `sentences` ([number, [words]]), `mentions` (`type`, `sent`, `tokens`, `chain`),
    and if known `topic`, `subtopic` (the gold story) and `validated` (the numbers of checked sentences).
    """
    from detente.evaluate.coreference import coreference
    from detente.evaluate.fusion import coref_documents, joined_pairs, read, story_of_each

    documents = coref_documents(set_)
    if coded:
        return _coded(documents, sentences)
    begun = time.process_time()
    told = story_of_each(documents)
    known = read(documents)
    mentions = [mention for mention in known.mentions if sentences == "all" or mention.is_validated]
    gold = [mention.gold for mention in mentions]
    click.echo(
        f"{len(documents):,} articles, {len(set(told)):,} stories found, "
        f"{len(mentions):,} mentions in {len(set(gold)):,} chains"
    )
    click.echo(f"{'':36}{'F1: MUC':>10}{'B-cubed':>10}{'CEAF-e':>10}{'CoNLL':>10}{'right':>10}{'found':>10}")
    for name, chains in _answers(known, mentions, told):
        figures, pairs = coreference(chains, gold), joined_pairs(mentions, chains)
        click.echo(
            f"{name:36}{figures.muc.f1:10.3f}{figures.b_cubed.f1:10.3f}{figures.ceaf_e.f1:10.3f}"
            f"{100 * figures.conll:10.2f}{pairs.precision:10.3f}{pairs.recall:10.3f}"
        )
    click.echo("right and found: of the pairs joined across articles, and of those that people joined")
    click.echo(f"CPU-seconds: {time.process_time() - begun:,.1f}")
    return 0


def _coded(documents: Sequence[CorefDocument], sentences: str) -> int:
    from detente.evaluate.coded_fusion import coded_tellings
    from detente.evaluate.fusion import joined_pairs

    begun = time.process_time()
    told = [one for one in coded_tellings(documents) if sentences == "all" or one.is_validated]
    click.echo(f"{len(documents):,} articles, {len(told):,} reports on mentions of events")
    click.echo(f"{'':36}{'right':>10}{'found':>10}")
    for name, groups in (
        ("fusion", [one.event for one in told]),
        ("baseline: type, in stories found", [(one.story, one.type) for one in told]),
        ("baseline: type, in all articles", [one.type for one in told]),
        ("baseline: each by itself", list(range(len(told)))),
    ):
        pairs = joined_pairs(told, groups)
        click.echo(f"{name:36}{pairs.precision:10.3f}{pairs.recall:10.3f}")
    click.echo("right and found: of the pairs joined across articles, and of those that people joined")
    click.echo(f"CPU-seconds: {time.process_time() - begun:,.1f}")
    return 0


def _answers(
    known: Read, mentions: Sequence[Mention], told: Sequence[Hashable]
) -> Iterator[tuple[str, Sequence[Hashable]]]:
    """Each way of putting mentions together, by its name."""
    from detente.evaluate.fusion import told_chains

    anywhere = [0] * len(known.documents)
    yield "fusion, in stories found", told_chains(mentions, told, known.matters)
    for name, groups in (
        ("fusion, in gold stories", [document.subtopic for document in known.documents]),
        ("fusion, in gold topics", [document.topic for document in known.documents]),
        ("fusion, in all articles", anywhere),
    ):
        if None not in groups:
            yield name, told_chains(mentions, groups, known.matters)
    for name, by in (("stories found", told), ("all articles", anywhere)):
        yield f"baseline: lemma, in {name}", [(by[mention.document], mention.lemma) for mention in mentions]
    yield "baseline: each by itself", list(range(len(mentions)))
    yield "baseline: all of a story found", [told[mention.document] for mention in mentions]
