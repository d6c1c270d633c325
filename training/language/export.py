"""Writes the trained network as an ONNX graph with 8-bit weights, and the folder that ships in the package.

    python -m training.language.export --weights DIR/weights.pt --treebanks DIR --base DIR --out DIR

The graph is put together by hand from onnxruntime's fused operators: a traced one came out slower, and what it holds
would depend on the tracer's version.

Activations are quantised with ranges found beforehand ("static"), not from whatever stands in the batch: so a
sentence's analysis does not depend on the sentences it is batched with, and it is faster.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

from training.language.data import Batch, Labels, Pieces, batches, training_examples
from training.language.network import ARC, MIXED_LAYERS, RELATION, WIDTH, Language, sizes_of
from training.lemmas import write_lemmas

VERSION = "2"

MICROSOFT = "com.microsoft"

# 7 bits: processors without VNNI add two products of 8 x 8 bits in 16, which overflows.
WEIGHT_MAX = 63

# Share of the activations that the range holds; the rest is clipped. Found by trying on the dev part of EWT: LAS 90.03
# with 1, 90.09 with 0.99999, 90.14 with 0.9999, 87.04 with 0.999; float32 has 90.25.
KEPT = 0.9999


class Graph:
    """Nodes and constants, added one after the other."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: Any) -> str:
        """A tensor of the graph; returns its name."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, *inputs: str, outputs: int = 1, domain: str = "", name: str = "", **attributes: Any) -> Any:
        """A node; returns the name of its output, or of its outputs."""
        names = [name or f"n{len(self.nodes)}"] if outputs == 1 else [f"n{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names


class Ranges:
    """The least and greatest input of each linear layer, without the rarest outliers."""

    def __init__(self, model: Language) -> None:
        self.seen: dict[str, list[np.ndarray]] = {}
        self.rng = np.random.default_rng(1)
        self.hooks = [
            module.register_forward_pre_hook(lambda _, inputs, name=name: self.note(name, inputs[0]))
            for name, module in model.named_modules()
            if isinstance(module, torch.nn.Linear)
        ]

    def note(self, name: str, value: torch.Tensor) -> None:
        """Remember a sample of what came into a layer."""
        flat = value.detach().reshape(-1).numpy()
        extremes = np.array([flat.min(), flat.max()])
        self.seen.setdefault(name, []).append(np.concatenate([extremes, self.rng.choice(flat, 20_000)]))

    def of(self, name: str) -> tuple[float, float]:
        """Least and greatest; zero is always among them."""
        values = np.concatenate(self.seen[name])
        low, high = np.quantile(values, [1 - KEPT, KEPT]) if KEPT < 1 else (values.min(), values.max())
        return min(0.0, float(low)), max(0.0, float(high))


def weights_of(linear: torch.nn.Linear | list[torch.nn.Linear]) -> tuple[np.ndarray, np.ndarray]:
    """Weight and bias of a layer, or of several side by side."""
    parts = linear if isinstance(linear, list) else [linear]
    weight = np.concatenate([part.weight.detach().numpy() for part in parts]).T
    return weight, np.concatenate([part.bias.detach().numpy() for part in parts])


class Writer:
    """The network as a graph: with 8-bit weights if ranges are given, else in float32."""

    def __init__(self, model: Language, ranges: Ranges | None) -> None:
        self.model = model
        self.ranges = ranges
        self.graph = Graph()

    def quantised(self, weight: np.ndarray) -> tuple[str, str, str]:
        """Weight, scale per column, zero point."""
        scale = np.maximum(np.abs(weight).max(axis=0), 1e-8) / WEIGHT_MAX
        whole = np.rint(weight / scale).astype(np.int8)
        add = self.graph.constant
        return add(whole), add(scale.astype(np.float32)), add(np.zeros(len(scale), np.int8))

    def quantise(self, x: str, name: str) -> tuple[str, str, str]:
        """An activation as 8 bits; its scale; its zero."""
        assert self.ranges
        low, high = self.ranges.of(name)
        scale = (high - low) / 255
        zero = int(np.clip(round(-low / scale), 0, 255))
        s, z = self.graph.constant(np.float32(scale)), self.graph.constant(np.uint8(zero))
        return self.graph.add("QuantizeLinear", x, s, z), s, z

    def linear(self, x: str, linear: Any, name: str) -> str:
        """A linear layer."""
        weight, bias = weights_of(linear)
        return self.parts(x, [weight], [bias], name)[0]

    def parts(self, x: str, weights: Sequence[np.ndarray], biases: Sequence[np.ndarray], name: str) -> list[str]:
        """Linear layers that read the same."""
        add, const = self.graph.add, self.graph.constant
        if not self.ranges:
            return [add("Add", add("MatMul", x, const(w)), const(b)) for w, b in zip(weights, biases, strict=True)]
        a, a_scale, a_zero = self.quantise(x, name)
        out = []
        for weight, bias in zip(weights, biases, strict=True):
            b, b_scale, b_zero = self.quantised(weight)
            inputs = (a, b, a_scale, b_scale, a_zero, b_zero, const(bias))
            out.append(add("MatMulIntegerToFloat", *inputs, domain=MICROSOFT))
        return out

    def attention(self, x: str, layer: Any, name: str) -> str:
        """Self-attention. Queries, keys and values come from a layer each: to split one's output takes longer."""
        weight, bias = weights_of(layer.qkv)
        parts = self.parts(x, np.split(weight, 3, axis=1), np.split(bias, 3), f"{name}.qkv")
        # No mask: a batch holds sentences of one length, and attention without a mask takes a faster way.
        return self.graph.add("MultiHeadAttention", *parts, domain=MICROSOFT, num_heads=layer.heads)

    def norm(self, x: str, skip: str, norm: torch.nn.LayerNorm) -> str:
        """Layer normalisation of a sum. The operator that adds as well takes half as long again (onnxruntime 1.32)."""
        gamma, beta = (self.graph.constant(part.detach().numpy()) for part in (norm.weight, norm.bias))
        return self.graph.add("LayerNormalization", self.graph.add("Add", x, skip), gamma, beta, epsilon=norm.eps)

    def encoder(self) -> str:
        """From vectors to one mixed vector per word."""
        add, const, encoder = self.graph.add, self.graph.constant, self.model.encoder
        length = add("Slice", add("Shape", "shapes"), const(np.array([1])), const(np.array([2])))
        places = add("Slice", const(encoder.places.weight.detach().numpy()), const(np.array([0])), length)
        given = add("Add", add("Gather", const(encoder.shapes.weight.detach().numpy()), "shapes"), places)
        x = self.norm("vectors", given, encoder.norm)
        mix = torch.softmax(encoder.mix.detach(), 0).numpy()
        mixed = ""
        first_mixed = len(encoder.layers) - MIXED_LAYERS
        for at, layer in enumerate(encoder.layers):
            name = f"encoder.layers.{at}"
            seen = self.linear(self.attention(x, layer, name), layer.out, f"{name}.out")
            x = self.norm(seen, x, layer.norm1)
            inner = add("Gelu", self.linear(x, layer.up, f"{name}.up"), domain=MICROSOFT)
            x = self.norm(self.linear(inner, layer.down, f"{name}.down"), x, layer.norm2)
            if at >= first_mixed:
                # Words only: a sentence has a fifth less of them than of pieces.
                words = add("GatherND", x, "word_places", batch_dims=1)
                share = add("Mul", words, const(np.float32(mix[at - first_mixed])))
                last = at == len(encoder.layers) - 1
                mixed = add("Add", mixed, share, name="states" if last else "") if mixed else share
        return mixed

    def heads(self, words: str) -> None:
        """Tags, names, arcs, relations."""
        add, const, model = self.graph.add, self.graph.constant, self.model
        tagged = self.linear(words, [model.upos, model.xpos, model.names], "upos")
        sizes = np.array([model.upos.out_features, model.xpos.out_features, model.names.out_features])
        upos, xpos, _ = add("Split", tagged, const(sizes), outputs=3, axis=2)
        self.graph.nodes[-1].output[2] = "names"
        add("ArgMax", upos, axis=2, keepdims=0, name="upos")
        add("ArgMax", xpos, axis=2, keepdims=0, name="xpos")

        parts = [model.arc_dep, model.arc_head, model.relation_dep, model.relation_head]
        met = add("Gelu", self.linear(words, parts, "arc_dep"), domain=MICROSOFT)
        dep, head, _, _ = add("Split", met, const(np.array([ARC, ARC, RELATION, RELATION])), outputs=4, axis=2)
        self.graph.nodes[-1].output[2:] = ["relation_dep", "relation_head"]
        # dep A head + b head = (dep A + b) head: the bias costs nothing.
        turned = add(
            "Add",
            add("MatMul", dep, const(model.arc.detach().numpy())),
            const(model.arc_bias.weight.detach().numpy()[0]),
        )
        arcs = add("MatMul", turned, add("Transpose", head, perm=[0, 2, 1]))
        arcs = add(
            "Where", add("Unsqueeze", "is_word", const(np.array([1]))), arcs, const(np.float32(-1e4)), name="arcs"
        )
        heads = add("ArgMax", arcs, axis=2, keepdims=0, name="heads")
        best = add("ReduceMax", add("LogSoftmax", arcs, axis=2), axes=[2], keepdims=0, name="head_scores")
        assert best
        chosen = add("GatherND", "relation_head", add("Unsqueeze", heads, const(np.array([2]))), batch_dims=1)
        both = add("Add", add("Mul", "relation_dep", chosen), add("Add", "relation_dep", chosen))
        scores = add(
            "Add",
            add("MatMul", both, const(model.relation.weight.detach().numpy().T)),
            const(model.relation.bias.detach().numpy()),
        )
        add("ArgMax", scores, axis=2, keepdims=0, name="relations")

    def write(self) -> onnx.ModelProto:
        """The whole graph."""
        self.heads(self.encoder())
        inputs = {
            "vectors": (TensorProto.FLOAT, ["sentences", "pieces", WIDTH]),
            "shapes": (TensorProto.INT64, ["sentences", "pieces"]),
            "word_places": (TensorProto.INT64, ["sentences", "words", 1]),
            "is_word": (TensorProto.BOOL, ["sentences", "words"]),
        }
        whole, words = TensorProto.INT64, ["sentences", "words"]
        outputs = {
            "upos": (whole, words),
            "xpos": (whole, words),
            "names": (TensorProto.FLOAT, [*words, self.model.names.out_features]),
            "heads": (whole, words),
            "relations": (whole, words),
            "head_scores": (TensorProto.FLOAT, words),
            "arcs": (TensorProto.FLOAT, [*words, "words"]),
            "relation_dep": (TensorProto.FLOAT, [*words, RELATION]),
            "relation_head": (TensorProto.FLOAT, [*words, RELATION]),
            "states": (TensorProto.FLOAT, [*words, WIDTH]),
        }
        graph = helper.make_graph(
            self.graph.nodes,
            "language",
            [helper.make_tensor_value_info(name, *kind) for name, kind in inputs.items()],
            [helper.make_tensor_value_info(name, *kind) for name, kind in outputs.items()],
            self.graph.constants,
        )
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=8)


@torch.no_grad()
def ranges_of(model: Language, sample: list[Batch]) -> Ranges:
    """Ranges of all layers over some batches."""
    ranges = Ranges(model)
    model.eval()
    for batch in sample:
        scores = model(batch)
        model.relations_for(scores, scores.arcs.argmax(2))
    for hook in ranges.hooks:
        hook.remove()
    return ranges


def load(*weights: Path) -> tuple[Language, Labels]:
    """The trained network; of several phases of one training the mean of their weights."""
    raw = json.loads((weights[0].parent / "labels.json").read_text(encoding="utf-8"))
    labels = Labels(**{name: tuple(values) for name, values in raw.items()})
    states = [torch.load(path, map_location="cpu") for path in weights]
    state = {name: _mean([one[name] for one in states]) for name in states[0]}
    model = Language(labels, sizes_of(state))
    model.load_state_dict(state)
    return model.eval(), labels


def _mean(parts: Sequence[torch.Tensor]) -> torch.Tensor:
    """The mean; the vectors of word pieces are whole numbers, and the same in all."""
    return torch.stack(list(parts)).mean(0) if parts[0].is_floating_point() else parts[0]


def main() -> None:
    """Export from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, nargs="+", help="of several files the mean")
    for name in ("treebanks", "base", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    export(args.weights, args.treebanks, args.base, args.out)


def export(weights: Sequence[Path], treebanks: Path, base: Path, out: Path) -> None:
    """Write the folder that ships: graph, tables, word pieces, lemmas, manifest."""
    out.mkdir(parents=True, exist_ok=True)
    model, labels = load(*weights)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces = Pieces(tokenizer)
    examples = random.Random(7).sample(training_examples(treebanks), 600)
    sample = list(batches([pieces.encode(e) for e in examples], labels, size=1200, rng=None))
    onnx.save(Writer(model, ranges_of(model, sample)).write(), str(out / "language.onnx"))
    onnx.save(Writer(model, None).write(), str(out.parent / "language.fp32.onnx"))
    np.savez(
        out / "tables.npz",
        vectors=model.encoder.table.numpy(),
        scales=model.encoder.scale.numpy()[:, 0],
        relation=model.relation.weight.detach().numpy(),
        relation_bias=model.relation.bias.detach().numpy(),
    )
    shutil.copy(base / "tokenizer.json", out / "tokenizer.json")
    write_lemmas(treebanks, out / "lemmas.tsv")
    write_manifest(out, labels)


def write_manifest(out: Path, labels: Labels) -> None:
    """The model's name, labels and the hash of each file; its own hash stands for all of them."""
    files = {
        name: hashlib.sha256((out / name).read_bytes()).hexdigest()
        for name in ("language.onnx", "lemmas.tsv", "tables.npz", "tokenizer.json")
    }
    manifest = {
        "format": 1,
        "name": "en",
        "version": VERSION,
        "sha256": hashlib.sha256("".join(files.values()).encode()).hexdigest(),
        "licence": "CC-BY-SA-4.0",
        "files": files,
        "labels": vars(labels),
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
