"""The network back from the graph that ships: what a slimmer one is cut from, and learns from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from training.language.data import Labels
from training.language.network import HEAD_WIDTH, WIDTH, Language

Array = NDArray[np.float32]


def restored(folder: Path) -> tuple[Language, Labels]:
    """The network of a folder that `export` wrote, in float32: its weights are the rounded ones."""
    labels = labels_of_model(folder)
    graph = Constants(folder / "language.onnx")
    *encoder, tags, parts = graph.linears()
    layers = list(_layers(encoder))
    sizes = [(qkv[0].shape[1] // (3 * HEAD_WIDTH), up[0].shape[1]) for qkv, _, up, _ in layers]
    model = Language(labels, sizes)
    tables = np.load(folder / "tables.npz")
    model.encoder.table.copy_(torch.from_numpy(tables["vectors"]))
    model.encoder.scale.copy_(torch.from_numpy(tables["scales"])[:, None])
    norms = graph.norms()
    with torch.no_grad():
        _fill(model.encoder.places, graph.first_of("Slice"))
        _fill(model.encoder.shapes, graph.first_of("Gather"))
        _fill(model.encoder.norm, *next(norms))
        for layer, four in zip(model.encoder.layers, layers, strict=True):
            for linear, (weight, bias) in zip((layer.qkv, layer.out, layer.up, layer.down), four, strict=True):
                _fill(linear, weight.T, bias)
            _fill(layer.norm1, *next(norms))
            _fill(layer.norm2, *next(norms))
        model.encoder.mix.copy_(torch.from_numpy(np.log(graph.shares())))
        _fill_heads([model.upos, model.xpos, model.names], *tags)
        _fill_heads([model.arc_dep, model.arc_head, model.relation_dep, model.relation_head], *parts)
        model.arc.copy_(torch.tensor(graph.matrices()[0]))
        _fill(model.arc_bias, graph.after_matrix(0)[None])
        _fill(model.relation, tables["relation"], tables["relation_bias"])
    return model.eval(), labels


def labels_of_model(folder: Path) -> Labels:
    """What its heads choose from."""
    raw = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["labels"]
    return Labels(**{name: tuple(values) for name, values in raw.items()})


class Constants:
    """A graph's constants, asked for by the operator that they stand with."""

    def __init__(self, path: Path) -> None:
        model = onnx.load(str(path))
        self.nodes = list(model.graph.node)
        self.values = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}

    def of(self, op: str) -> Iterator[onnx.NodeProto]:
        """The nodes of one operator, in their order."""
        return (node for node in self.nodes if node.op_type == op)

    def linears(self) -> list[tuple[Array, Array]]:
        """Weight (inputs x outputs) and bias of each 8-bit layer."""
        return [
            (self.values[node.input[1]].astype(np.float32) * self.values[node.input[3]], self.values[node.input[6]])
            for node in self.of("MatMulIntegerToFloat")
        ]

    def norms(self) -> Iterator[tuple[Array, Array]]:
        """Gain and bias of each normalisation; version 1 has it in single steps, the last ones "Mul" and "Add"."""
        for node, after in zip(self.nodes, self.nodes[1:], strict=False):
            if node.op_type == "LayerNormalization":
                yield self.values[node.input[1]], self.values[node.input[2]]
            gain = self.values.get(node.input[1]) if node.op_type == "Mul" else None
            if gain is not None and gain.shape == (WIDTH,):
                yield gain, self.values[after.input[1]]

    def shares(self) -> Array:
        """The shares of the last layers in the mix."""
        gathered = {node.output[0] for node in self.of("GatherND")}
        found = [self.values[node.input[1]] for node in self.of("Mul") if node.input[0] in gathered]
        return np.array([share.item() for share in found if share.size == 1], np.float32)

    def first_of(self, op: str) -> Array:
        """The table that the first such operator reads."""
        return next(self.values[node.input[0]] for node in self.of(op) if node.input[0] in self.values)

    def matrices(self) -> list[Array]:
        """The matrices that stay in float32: that of the arcs and that of the relations."""
        return [self.values[node.input[1]] for node in self.of("MatMul") if node.input[1] in self.values]

    def after_matrix(self, number: int) -> Array:
        """What is added to the product with such a matrix."""
        node = [node for node in self.of("MatMul") if node.input[1] in self.values][number]
        added = next(after for after in self.of("Add") if after.input[0] == node.output[0])
        return self.values[added.input[1]]


def _layers(linears: list[tuple[Array, Array]]) -> Iterator[list[tuple[Array, Array]]]:
    """Queries, keys and values in one, what comes of them, and the two inner matrices of each layer."""
    are_apart = linears[0][0].shape == linears[1][0].shape  # since version 2
    step = 6 if are_apart else 4
    for at in range(0, len(linears), step):
        *parts, out, up, down = linears[at : at + step]
        weights, biases = zip(*parts, strict=True)
        yield [(np.concatenate(weights, axis=1), np.concatenate(biases)), out, up, down]


def _fill(module: torch.nn.Module, weight: Array, bias: Array | None = None) -> None:
    module.weight.copy_(torch.tensor(weight))  # type: ignore[union-attr, operator]
    if bias is not None:
        module.bias.copy_(torch.tensor(bias))  # type: ignore[union-attr, operator]


def _fill_heads(heads: list[torch.nn.Linear], weight: Array, bias: Array) -> None:
    """Heads that stand side by side in one layer of the graph."""
    at = 0
    for head in heads:
        end = at + head.out_features
        _fill(head, weight[:, at:end].T, bias[at:end])
        at = end
