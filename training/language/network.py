"""The network: a six-layer BERT encoder, written out, and one head per question asked of a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F  # noqa: N812  the name that torch's own documentation uses

from training.language.data import NOTHING, Batch, Labels

LAYERS, HEADS, WIDTH, INNER = 6, 12, 384, 1536
HEAD_WIDTH = WIDTH // HEADS
Size = tuple[int, int]
"""Attention heads and inner width of a layer."""
FULL: tuple[Size, ...] = ((HEADS, INNER),) * LAYERS
MIXED_LAYERS = 3
ARC, RELATION = 256, 192
SHAPES = 8  # what detente.sentences.encoder.shape_of tells
DROPOUT = 0.1
HEAD_DROPOUT = 0.2


def quantised_rows(table: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """A table as int8 with one scale per row; what ships, so what we train on."""
    scale = table.abs().amax(dim=1, keepdim=True).clamp_min(1e-8) / 127
    return torch.round(table / scale).to(torch.int8), scale


class Dropout(nn.Module):
    """Dropout from one long random mask, cut at a random place: drawing a new one took a tenth of the training."""

    def __init__(self, share: float, size: int = 1 << 22) -> None:
        super().__init__()
        self.share = share
        self.register_buffer("pool", (torch.rand(size) >= share) / (1 - share), persistent=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """A different cut for every call."""
        if not self.training:
            return x
        room = len(self.pool) - x.numel()
        if room <= 0:
            return F.dropout(x, self.share)
        start = int(torch.randint(room, ()))
        return x * self.pool[start : start + x.numel()].view(x.shape)


class Layer(nn.Module):
    """One layer of BERT, with as many heads and as wide inside as it was left."""

    def __init__(self, size: Size = (HEADS, INNER)) -> None:
        super().__init__()
        self.heads, inner = size
        self.qkv = nn.Linear(WIDTH, 3 * self.heads * HEAD_WIDTH)
        self.out = nn.Linear(self.heads * HEAD_WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, inner)
        self.down = nn.Linear(inner, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(DROPOUT)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """Attention, then the inner layer, each added to what came in."""
        rows, length, _ = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, self.heads, HEAD_WIDTH).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = self.out(seen.transpose(1, 2).flatten(2))
        x = self.norm1(x + self.dropout(seen))
        inner = self.down(F.gelu(self.up(x)))
        return self.norm2(x + self.dropout(inner))


class Encoder(nn.Module):
    """Frozen vectors of word pieces, places and shapes of letters, six layers, and a mix of the last three."""

    def __init__(self, sizes: Sequence[Size] = FULL) -> None:
        super().__init__()
        self.register_buffer("table", torch.zeros(30522, WIDTH, dtype=torch.int8))
        self.register_buffer("scale", torch.zeros(30522, 1))
        self.places = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size) for size in sizes)
        self.dropout = Dropout(DROPOUT)
        self.mix = nn.Parameter(torch.zeros(MIXED_LAYERS))
        nn.init.normal_(self.shapes.weight, std=0.01)

    def forward(self, pieces: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """One vector per piece."""
        x = self.embedded(pieces, shapes)
        attend = None if bool(mask.all()) else mask[:, None, None, :]
        outputs = []
        for layer in self.layers:
            x = layer(x, attend)
            outputs.append(x)
        weights = torch.softmax(self.mix, 0)
        mixed: torch.Tensor = sum(  # type: ignore[assignment]
            weight * output for weight, output in zip(weights, outputs[-MIXED_LAYERS:], strict=True)
        )
        return mixed

    def embedded(self, pieces: torch.Tensor, shapes: torch.Tensor) -> torch.Tensor:
        """What the first layer reads."""
        vectors = self.table[pieces].float() * self.scale[pieces]
        x: torch.Tensor = self.norm(vectors + self.places.weight[: pieces.shape[1]] + self.shapes(shapes))
        dropped: torch.Tensor = self.dropout(x)
        return dropped


@dataclass
class Scores:
    """What the heads say of each word."""

    upos: torch.Tensor
    xpos: torch.Tensor
    names: torch.Tensor
    arcs: torch.Tensor  # sentences x dependents x heads
    relation_dep: torch.Tensor
    relation_head: torch.Tensor


class Language(nn.Module):
    """The encoder and its heads."""

    def __init__(self, labels: Labels, sizes: Sequence[Size] = FULL) -> None:
        super().__init__()
        self.encoder = Encoder(sizes)
        self.dropout = Dropout(HEAD_DROPOUT)
        self.upos = nn.Linear(WIDTH, len(labels.upos))
        self.xpos = nn.Linear(WIDTH, len(labels.xpos))
        self.names = nn.Linear(WIDTH, len(labels.names))
        self.arc_dep = nn.Linear(WIDTH, ARC)
        self.arc_head = nn.Linear(WIDTH, ARC)
        self.arc = nn.Parameter(torch.eye(ARC) / ARC**0.5)
        self.arc_bias = nn.Linear(ARC, 1, bias=False)
        self.relation_dep = nn.Linear(WIDTH, RELATION)
        self.relation_head = nn.Linear(WIDTH, RELATION)
        self.relation = nn.Linear(RELATION, len(labels.relations))

    def forward(self, batch: Batch) -> Scores:
        """Scores of everything but the relations, which wait for the heads."""
        return self.scores_of(self.states(batch), batch.is_word)

    def states(self, batch: Batch) -> torch.Tensor:
        """One vector per word, at its first piece; the first stands for the root."""
        mixed: torch.Tensor = self.encoder(batch.pieces, batch.shapes, batch.mask)
        return mixed.gather(1, batch.starts[:, :, None].expand(-1, -1, WIDTH))

    def scores_of(self, states: torch.Tensor, is_word: torch.Tensor) -> Scores:
        """What the heads make of the words' states."""
        words = self.dropout(states)
        dep = self.dropout(F.gelu(self.arc_dep(words)))
        head = self.dropout(F.gelu(self.arc_head(words)))
        arcs = dep @ self.arc @ head.transpose(1, 2) + self.arc_bias(head).transpose(1, 2)
        arcs = arcs.float().masked_fill(~is_word[:, None, :], -1e4)
        return Scores(
            self.upos(words),
            self.xpos(words),
            self.names(words),
            arcs,
            self.dropout(F.gelu(self.relation_dep(words))),
            self.dropout(F.gelu(self.relation_head(words))),
        )

    def relations_for(self, scores: Scores, heads: torch.Tensor) -> torch.Tensor:
        """Scores of the relations between each word and its given head only.

        All pairs would cost more than a layer of the encoder. A word and its head meet in a product of two vectors:
        a biaffine form of rank RELATION that needs nothing but one narrow matrix at run time.
        """
        head = scores.relation_head.gather(1, heads[:, :, None].expand(-1, -1, RELATION))
        return self.relation(scores.relation_dep * head + scores.relation_dep + head)

    def loss(self, batch: Batch) -> torch.Tensor:
        """The sum of the heads' losses; tags count half."""
        scores = self(batch)
        gold_heads = batch.heads.clamp_min(0)

        def cross(logits: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
            logits, gold = logits.float().flatten(0, 1), gold.flatten()
            if bool((gold == NOTHING).all()):
                return logits.sum() * 0.0
            return F.cross_entropy(logits, gold, ignore_index=NOTHING)

        return (
            cross(scores.arcs, batch.heads)
            + cross(self.relations_for(scores, gold_heads), batch.relations)
            + 0.5 * cross(scores.upos, batch.upos)
            + 0.5 * cross(scores.xpos, batch.xpos)
            + cross(scores.names, batch.names)
        )


def sizes_of(state: Mapping[str, torch.Tensor]) -> list[Size]:
    """The sizes of the layers whose weights these are."""
    found = []
    while (up := state.get(f"encoder.layers.{len(found)}.up.weight")) is not None:
        out = state[f"encoder.layers.{len(found)}.out.weight"]
        found.append((out.shape[1] // HEAD_WIDTH, up.shape[0]))
    return found


def load_base(encoder: Encoder, weights: Path) -> None:
    """The pre-trained sentence encoder's weights into ours; its pooler is not used."""
    base = load_file(str(weights))
    table, scale = quantised_rows(base["embeddings.word_embeddings.weight"])
    encoder.table.copy_(table)
    encoder.scale.copy_(scale)
    with torch.no_grad():
        kinds = base["embeddings.token_type_embeddings.weight"][0]
        encoder.places.weight.copy_(base["embeddings.position_embeddings.weight"] + kinds)
        encoder.norm.weight.copy_(base["embeddings.LayerNorm.weight"])
        encoder.norm.bias.copy_(base["embeddings.LayerNorm.bias"])
        for at, layer in enumerate(encoder.layers):
            prefix = f"encoder.layer.{at}."
            for part in ("weight", "bias"):
                parts = [base[f"{prefix}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(parts))
                for ours, theirs in (
                    (layer.out, "attention.output.dense"),
                    (layer.norm1, "attention.output.LayerNorm"),
                    (layer.up, "intermediate.dense"),
                    (layer.down, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):
                    getattr(ours, part).copy_(base[f"{prefix}{theirs}.{part}"])
