"""python -m training.language --treebanks DIR --base DIR --out DIR: from public data to the model that ships."""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.language.data import Pieces, dev_examples, labels_of, training_examples
from training.language.export import export
from training.language.network import Language, load_base
from training.language.train import Plan, evaluate, train

log = logging.getLogger("training")

# Found on the dev parts: between the phases' weights, trees and names are as good as after the first or better, and
# headlines as good as after the second (trees of EWT 90.14, 90.04 and 90.14; names 75.8, 75.7 and 76.1: first, second,
# between).
SECOND_PHASE_SHARE = 0.6

HEADLINE_SEED = 20090627
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def main() -> None:
    """Train, evaluate, export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--treebanks", type=Path, required=True, help="folder with ud_ewt/ gum_open/ ner/")
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--out", type=Path, required=True, help="where the weights and the exported model go")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--deadline", type=float, help="minutes of each phase at most; the decay ends there")
    parser.add_argument("--bfloat16", action="store_true", help="faster on processors with avx512_bf16 or amx")
    parser.add_argument("--start", type=Path, help="weights.pt of a first phase that is done; only the second is run")
    parser.add_argument("--first", type=int, help="train on the first so many sentences only, to try things out")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")

    weights = args.base / "model.safetensors"
    found = hashlib.sha256(weights.read_bytes()).hexdigest()
    if found != BASE_SHA256:
        raise SystemExit(f"{weights}: sha256 is {found}, but this recipe starts from {BASE_SHA256}")

    args.out.mkdir(parents=True, exist_ok=True)
    examples = training_examples(args.treebanks)
    labels = labels_of(examples)
    examples = examples[: args.first]
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces = Pieces(tokenizer)
    torch.manual_seed(Plan(epochs=1).seed)
    model = Language(labels)
    load_base(model.encoder, weights)
    (args.out / "labels.json").write_text(json.dumps(vars(labels), indent=1), encoding="utf-8")
    dev = {name: [pieces.encode(e) for e in part[::2]] for name, part in dev_examples(args.treebanks).items()}
    log.info("%d sentences, %d relations", len(examples), len(labels.relations))

    def after_epoch(epoch: int) -> None:
        began = time.monotonic()
        torch.save(model.state_dict(), args.out / "weights.tmp")
        (args.out / "weights.tmp").replace(args.out / "weights.pt")
        for name, part in dev.items():
            log.info("epoch %d %s %s", epoch, name, evaluate(model, part, labels))
        log.info("evaluated in %.0f s", time.monotonic() - began)

    seconds = args.deadline * 60 if args.deadline else None
    if args.start:
        model.load_state_dict(torch.load(args.start, map_location="cpu"))
    else:
        plan = Plan(epochs=args.epochs, deadline=seconds, bfloat16=args.bfloat16)
        train(model, pieces, examples, labels, plan, after_epoch)
    first = {name: value.clone() for name, value in model.state_dict().items()}
    plan = Plan(epochs=2, deadline=seconds, bfloat16=args.bfloat16, rate=0.3, headlines=0.3, seed=HEADLINE_SEED)
    train(model, pieces, examples, labels, plan, after_epoch)
    model.load_state_dict(between(first, model.state_dict(), SECOND_PHASE_SHARE))
    after_epoch(0)
    export([args.out / "weights.pt"], args.treebanks, args.base, args.out / "model")


def between(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor], share: float) -> dict[str, torch.Tensor]:
    """Weights on the way from the first to the second."""
    return {
        name: second[name] * share + value * (1 - share) if value.is_floating_point() else value
        for name, value in first.items()
    }


if __name__ == "__main__":
    main()
