"""A slimmer network from the one that ships: cut, then taught by it.

    python -m training.language.distill --teacher DIR/model --treebanks DIR --base DIR --out DIR --sizes 8x512,6x384

Everything that the heads say is a function of the words' states, so the states are what is taught first of all; the
teacher's own heads give soft labels beside them, and the treebanks the true ones. Sentences of our own stand among the
treebanks' (`own.py`).
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F  # noqa: N812  the name that torch's own documentation uses

from detente.sentences import Language as Shipped
from training.language.data import (
    Batch,
    Encoded,
    Labels,
    Pieces,
    as_print,
    batch_of,
    batches,
    dev_examples,
    groups_of,
    numbers_of,
    training_examples,
)  # fmt: skip
from training.language.example import Example
from training.language.export import export, load
from training.language.network import WIDTH, Language, Scores, sizes_of
from training.language.own import own_examples
from training.language.restore import restored
from training.language.slim import slimmed
from training.language.train import evaluate

log = logging.getLogger("training")

# Weights of the losses: likeness of the states (mean squared error over the states' variance), the teacher's labels,
# the treebanks' labels.
STATES, TAUGHT, TRUE = 3.0, 1.0, 0.5
WARM_UP = 0.03
# Sentences that layers are fitted to when they are cut.
FITTED_TO = 1500
# Examples whose teacher's states are held at a time.
CHUNK = 3000


@dataclass(frozen=True)
class Plan:
    """How long, and with what."""

    minutes: float
    batch: int = 1200  # word pieces, padding included
    headlines: float = 0.2  # share of the sentences that are rewritten as headlines
    rate: float = 3e-4
    seed: int = 20090626


class Teacher:
    """The model that ships: its graph for the states, its heads in float32 for what it makes of them."""

    def __init__(self, folder: Path) -> None:
        self.shipped = Shipped(folder)
        self.heads, self.labels = restored(folder)

    def states(self, encoded: Sequence[Encoded]) -> list[torch.Tensor]:
        """The states of the words of each example, the root's first."""
        return [torch.from_numpy(states) for states in self.shipped.states([item.example.words for item in encoded])]

    @torch.no_grad()
    def scores(self, states: torch.Tensor, is_word: torch.Tensor) -> Scores:
        """What the teacher says of a batch's words."""
        return self.heads.scores_of(states, is_word)


def loss_of(model: Language, batch: Batch, states: torch.Tensor, teacher: Teacher) -> torch.Tensor:
    """How far the network is from the teacher, and from the truth."""
    own = model.states(batch)
    scores, taught = model.scores_of(own, batch.is_word), teacher.scores(states, batch.is_word)
    words = batch.is_word.clone()
    words[:, 0] = False
    heads = torch.where(batch.heads >= 0, batch.heads, taught.arcs.argmax(2))
    heads = heads.where(words, torch.zeros(()).long())
    relations = model.relations_for(scores, heads)

    def apart(ours: torch.Tensor, theirs: torch.Tensor) -> torch.Tensor:
        logits = F.log_softmax(ours[words], dim=-1)
        return F.kl_div(logits, F.log_softmax(theirs[words], dim=-1), reduction="batchmean", log_target=True)

    def wrong(logits: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
        known = gold[words] >= 0
        return F.cross_entropy(logits[words][known], gold[words][known]) if bool(known.any()) else logits.sum() * 0

    with torch.no_grad():
        taught_relations = teacher.heads.relations_for(taught, heads)
        spread = states[batch.is_word].var(0).mean()
    unlike = (own - states)[batch.is_word].square().mean() / spread
    taught_loss = (
        apart(scores.arcs, taught.arcs) + apart(relations, taught_relations) + apart(scores.names, taught.names)
        + 0.5 * apart(scores.upos, taught.upos) + 0.5 * apart(scores.xpos, taught.xpos)
    )  # fmt: skip
    true_loss = (
        wrong(scores.arcs, batch.heads) + wrong(relations, batch.relations) + wrong(scores.names, batch.names)
        + 0.5 * wrong(scores.upos, batch.upos) + 0.5 * wrong(scores.xpos, batch.xpos)
    )  # fmt: skip
    return STATES * unlike + TAUGHT * taught_loss + TRUE * true_loss


def padded(states: Sequence[torch.Tensor], words: int) -> torch.Tensor:
    """States of several sentences in one tensor."""
    out = torch.zeros(len(states), words, WIDTH)
    for row, some in enumerate(states):
        out[row, : len(some)] = some
    return out


def without_dropout(model: Language) -> None:
    """A teacher's states are to be met exactly; noise on the way there only costs."""
    for module in model.modules():
        if hasattr(module, "share"):
            module.share = 0.0
            module.pool = torch.ones(1)
    model.eval()


class Learner:
    """The slim network while it learns."""

    def __init__(self, model: Language, teacher: Teacher, plan: Plan) -> None:
        self.model, self.teacher, self.plan = model, teacher, plan
        self.optimiser = torch.optim.AdamW(
            model.parameters(), lr=plan.rate, fused=True, betas=(0.9, 0.98), weight_decay=0.01
        )
        self.began = time.process_time()
        self.steps, self.pieces, self.running = 0, 0, 0.0

    @property
    def done(self) -> float:
        """Share of the processor's time that is over."""
        return (time.process_time() - self.began) / (60 * self.plan.minutes)

    def step(self, batch: Batch, states: torch.Tensor) -> None:
        """Learn from a batch."""
        rate = min(1.0, self.done / WARM_UP) * max(0.0, 1 - self.done)
        for group in self.optimiser.param_groups:
            group["lr"] = self.plan.rate * rate
        loss = loss_of(self.model, batch, states, self.teacher)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.steps += 1
        self.pieces += int(batch.mask.sum())
        self.running = 0.98 * self.running + 0.02 * float(loss.detach()) if self.steps > 1 else float(loss.detach())
        if self.steps % 50 == 0:
            speed = self.pieces / (time.process_time() - self.began)
            log.info("step %d, %.0f %% of the time, loss %.3f, %.0f pieces/s", self.steps, 100 * self.done,
                     self.running, speed)  # fmt: skip

    def learn(self, examples: Sequence[Example], pieces: Pieces, labels: Labels) -> None:
        """Until the time is over; every pass meets the sentences in other print."""
        rng = random.Random(self.plan.seed)
        known = numbers_of(labels)
        while True:
            order = rng.sample(list(examples), len(examples))
            for start in range(0, len(order), CHUNK):
                printed = [
                    as_print(example, rng, headlines=self.plan.headlines) for example in order[start : start + CHUNK]
                ]
                encoded = [pieces.encode(example) for example in printed]
                states = {id(item): one for item, one in zip(encoded, self.teacher.states(encoded), strict=True)}
                for group in groups_of(encoded, size=self.plan.batch, rng=rng):
                    if self.done >= 1:
                        return
                    batch = batch_of(group, known)
                    self.step(batch, padded([states[id(item)] for item in group], batch.starts.shape[1]))


def main() -> None:
    """Cut, teach, export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("teacher", "treebanks", "base", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--sizes", default="8x512,6x384", help="heads x inner units of each layer, stage by stage")
    parser.add_argument("--start", type=Path, help="weights.pt of an earlier stage to go on with; its size is not cut")
    parser.add_argument("--minutes", type=float, default=25, help="of the processor, in each stage")
    parser.add_argument("--rate", type=float, default=Plan.rate, help="of learning at its peak")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    args.out.mkdir(parents=True, exist_ok=True)
    teacher = Teacher(args.teacher)
    labels = teacher.labels
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces = Pieces(tokenizer)
    examples = [e for e in training_examples(args.treebanks) if e.words]
    own = own_examples(teacher.shipped)
    log.info("%d sentences of the corpora, %d of our own", len(examples), len(own))
    dev = {name: [pieces.encode(e) for e in part[::2]] for name, part in dev_examples(args.treebanks).items()}

    some = random.Random(7).sample(examples, FITTED_TO)
    sample = list(batches([pieces.encode(e) for e in some], labels, size=1200, rng=None))
    model, _ = load(args.start) if args.start else restored(args.teacher)

    def tell(done: str) -> None:
        for name, part in dev.items():
            log.info("%s: %s %s", done, name, evaluate(model, part, labels))

    for stage, size in enumerate(args.sizes.split(",")):
        heads, inner = map(int, size.split("x"))
        if sizes_of(model.state_dict())[0] != (heads, inner):
            model = slimmed(model, labels, (heads, inner), sample)
        without_dropout(model)
        tell(f"before teaching, {size}")
        plan = Plan(minutes=args.minutes, rate=args.rate, seed=Plan.seed + stage)
        Learner(model, teacher, plan).learn([*examples, *own], pieces, labels)
        tell(f"taught {size}")
        out = args.out / size
        out.mkdir(exist_ok=True)
        (out / "labels.json").write_text(json.dumps(vars(labels), indent=1), encoding="utf-8")
        torch.save(model.state_dict(), out / "weights.pt")
        export([out / "weights.pt"], args.treebanks, args.base, out / "model")


if __name__ == "__main__":
    main()
