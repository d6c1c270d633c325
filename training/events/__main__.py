"""Learns the head for guesses from the composed sentences: `python -m training.events --out guess.npz` (needs torch).

Clues are dropped at random while it learns, for the sentences repeat themselves and news does not. Every fifth group of
sentences (all that were made of one phrase) is held out first, and the share of them that it gets right is printed.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from detente.coder import Coder
from detente.model import Article, Block, id_of
from detente.reports.clues import SIZE, clues_of
from detente.reports.guess import TYPES
from detente.sentences import sentences_of
from training.events.compose import NOTHING, Example, composed

CLASSES = (*TYPES, NOTHING)
EPOCHS, BATCH, RATE, DROPPED, SMOOTHING, SEED = 12, 128, 1e-2, 0.15, 0.05, 0
# A sum of some forty clues: scaled, so that the first steps are not too long.
GAIN = 0.3
TOGETHER = 256


def main() -> None:
    """Compose, parse, learn, and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    out: Path = arguments.parse_args().out
    torch.set_num_threads(1)
    examples = composed()
    clues = clues_of_all(examples)
    labels = np.array([CLASSES.index(example.type) for example in examples])
    held = np.array([zlib.crc32(example.group.encode()) % 5 == 0 for example in examples])
    weights, bias = learned([clues[i] for i in np.flatnonzero(~held)], labels[~held])
    right = [int((weights[clues[i]].sum(0) + bias).argmax()) == labels[i] for i in np.flatnonzero(held)]
    print(f"{len(examples):,} sentences; held out {len(right):,}, right {np.mean(right):.3f}")
    weights, bias = learned(clues, labels)
    scale = float(np.abs(weights).max() / 127)
    np.savez_compressed(out, weights=np.round(weights / scale).astype(np.int8), scale=np.float32(scale), bias=bias)
    print(f"{out}: {out.stat().st_size:,} bytes")


def clues_of_all(examples: Sequence[Example]) -> list[list[int]]:
    """The clues of each sentence, read by the shipped language model."""
    coder = Coder()
    found: list[list[int]] = []
    for start in range(0, len(examples), TOGETHER):
        some = examples[start : start + TOGETHER]
        articles = [
            Article(id=id_of(text), record="", origin="example", text=text, blocks=(Block("paragraph", 0, len(text)),))
            for text in (one.text for one in some)
        ]
        parsed = sentences_of(articles, coder.language)
        found += [clues_of(sentences, one.source, one.target) for one, sentences in zip(some, parsed, strict=True)]
    return found


def learned(
    clues: Sequence[Sequence[int]], labels: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights of all clues and the bias of the classes."""
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    weights = torch.nn.EmbeddingBag(SIZE + 1, len(CLASSES), mode="sum", padding_idx=SIZE)
    torch.nn.init.zeros_(weights.weight)
    bias = torch.nn.Parameter(torch.zeros(len(CLASSES)))
    optimizer = torch.optim.AdamW([*weights.parameters(), bias], lr=RATE, weight_decay=0.0)
    steps = EPOCHS * -(-len(clues) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    padded = torch.from_numpy(_padded(clues))
    wanted = torch.from_numpy(labels)
    for _ in range(EPOCHS):
        order = rng.permutation(len(clues))
        for start in range(0, len(clues), BATCH):
            some = order[start : start + BATCH]
            seen = torch.where(torch.rand(padded[some].shape) < DROPPED, torch.tensor(SIZE), padded[some])
            loss = torch.nn.functional.cross_entropy(
                weights(seen) * GAIN + bias, wanted[some], label_smoothing=SMOOTHING
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return weights.weight.detach().numpy()[:SIZE] * np.float32(GAIN), bias.detach().numpy()


def _padded(clues: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    width = max(map(len, clues))
    return np.array([[*some, *[SIZE] * (width - len(some))] for some in clues], dtype=np.int64)


if __name__ == "__main__":
    main()
