"""Trains the network: a fixed number of epochs with a linear decay, or less where a deadline comes first."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch

from training.language.data import Batch, Encoded, Labels, Pieces, as_print, batch_of, batches, numbers_of
from training.language.example import Example
from training.language.network import Language

log = logging.getLogger("training")

ENCODER_RATE, HEAD_RATE = 2e-4, 2e-3
WARM_UP = 0.06  # of all steps


@dataclass(frozen=True)
class Plan:
    """How long, and with what."""

    epochs: int
    batch: int = 1200  # word pieces, padding included
    deadline: float | None = None  # seconds; the decay then ends there at the latest
    bfloat16: bool = False
    rate: float = 1.0  # of ENCODER_RATE and HEAD_RATE
    headlines: float = 0.05  # share of the sentences that are rewritten as headlines
    seed: int = 20091126
    log_every: int = 25


def train(
    model: Language,
    pieces: Pieces,
    examples: Sequence[Example],
    labels: Labels,
    plan: Plan,
    after_epoch: Callable[[int], None],
) -> None:
    """Train, and call `after_epoch` with the number of each epoch."""
    rng = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    in_encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in in_encoder}
    heads = [p for p in model.parameters() if id(p) not in inside]
    optimiser = torch.optim.AdamW(
        [
            {"params": in_encoder, "lr": ENCODER_RATE, "peak": ENCODER_RATE},
            {"params": heads, "lr": HEAD_RATE, "peak": HEAD_RATE},
        ],
        fused=True,
        betas=(0.9, 0.98),
        weight_decay=0.01,
    )
    plain = [pieces.encode(example) for example in examples]
    steps = plan.epochs * sum(1 for _ in batches(plain, labels, size=plan.batch, rng=None))
    step, seen, running, began = 0, 0, 0.0, time.monotonic()
    for epoch in range(1, plan.epochs + 1):
        model.train()
        printed = [pieces.encode(as_print(example, rng, headlines=plan.headlines)) for example in examples]
        for batch in batches(printed, labels, size=plan.batch, rng=rng):
            elapsed = time.monotonic() - began
            done = step / steps
            if plan.deadline:
                # Measured speed decides: at half the time budget the rate has fallen by half, whatever the step.
                done = max(done, elapsed / plan.deadline)
                if done >= 1:
                    log.info("deadline reached at step %d of %d", step, steps)
                    after_epoch(epoch)
                    return
            rate = plan.rate * min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, 1 - done)
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * rate
            with torch.autocast("cpu", torch.bfloat16, enabled=plan.bfloat16):
                loss = model.loss(batch)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            seen += int(batch.mask.sum())
            running = 0.98 * running + 0.02 * float(loss.detach()) if step > 1 else float(loss.detach())
            if step % plan.log_every == 0:
                speed = seen / (time.monotonic() - began)
                log.info("epoch %d step %d/%d loss %.3f, %.0f pieces/s", epoch, step, steps, running, speed)
        after_epoch(epoch)


@torch.no_grad()
def evaluate(model: Language, encoded: Sequence[Encoded], labels: Labels) -> dict[str, float]:
    """Greedy heads, gold tokens, punctuation counted, subtypes stripped; names as exact spans of PER, LOC, ORG."""
    model.eval()
    words = upos = uas = las = 0
    right = told = gold_names = 0
    plain = [relation.partition(":")[0] for relation in labels.relations]
    for batch, group in batches_with(encoded, labels):
        scores = model(batch)
        heads = scores.arcs.argmax(2)
        relations = model.relations_for(scores, heads).argmax(2)
        tags = scores.upos.argmax(2)
        names = scores.names.argmax(2)
        for row, item in enumerate(group):
            example = item.example
            for at in range(len(example.words)):
                words += 1
                upos += labels.upos[int(tags[row, at + 1])] == example.upos[at]
                attached = int(heads[row, at + 1]) == example.heads[at]
                uas += attached
                las += attached and plain[int(relations[row, at + 1])] == example.relations[at].partition(":")[0]
            if example.names:
                found = spans([labels.names[int(n)] for n in names[row, 1 : len(example.words) + 1]])
                gold = spans(example.names)
                right, told, gold_names = right + len(found & gold), told + len(found), gold_names + len(gold)
    out = {"upos": 100 * upos / words, "uas": 100 * uas / words, "las": 100 * las / words}
    if gold_names:
        out["names"] = 200 * right / max(1, told + gold_names)
    return {name: round(value, 2) for name, value in out.items()}


def batches_with(encoded: Sequence[Encoded], labels: Labels) -> Iterator[tuple[Batch, Sequence[Encoded]]]:
    """Batches with the examples that they were made of."""
    ordered = sorted(encoded, key=lambda item: len(item.pieces))
    numbers = numbers_of(labels)
    for start in range(0, len(ordered), 32):
        group = ordered[start : start + 32]
        yield batch_of(group, numbers), group


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """(first word, word after the last, class) of each name of class PER, LOC or ORG."""
    out: set[tuple[int, int, str]] = set()
    start, kind = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        if kind and (not tag.startswith("I-") or tag[2:] != kind):
            out.add((start, at, kind))
            kind = ""
        if tag != "O" and not kind:
            start, kind = at, tag[2:]
    return {span for span in out if span[2] != "MISC"}
