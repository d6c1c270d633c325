"""Cuts attention heads and inner units out of a trained network, those first that the others can make up for.

After ZipLM (Kurtic, Frantar and Alistarh 2023): what goes is what changes the layer's output least once the weights
that stay are fitted anew, over the inputs that the layer sees ("optimal brain surgeon", with the inputs' second
moments for the Hessian). Layers are cut one after the other, so that each makes up for what those below it lost.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch

from training.language.data import Batch, Labels
from training.language.network import HEAD_WIDTH, Language, Layer, Size

# Of the mean of the diagonal; keeps the inverse of nearly singular moments sane.
DAMPING = 1e-3
# This part of the units goes at a time: one by one takes minutes a layer and is no better.
AT_ONCE = 64


@torch.no_grad()
def slimmed(model: Language, labels: Labels, size: Size, sample: Sequence[Batch]) -> Language:
    """A network with layers of this size, fitted to the sample."""
    layers = model.encoder.layers
    slim = Language(labels, [size] * len(layers))
    same = {name: value for name, value in model.state_dict().items() if ".layers." not in name}
    slim.load_state_dict(same, strict=False)
    slim.eval()
    heads, inner = size
    inputs = [slim.encoder.embedded(batch.pieces, batch.shapes) for batch in sample]
    for at, layer in enumerate(layers):
        layer.eval()
        cut = _without_heads(layer, heads, _moments_before("out", layer, inputs, sample)).eval()
        cut = _without_inner(cut, inner, _moments_before("down", cut, inputs, sample)).eval()
        slim.encoder.layers[at] = cut
        inputs = [cut(x, batch.mask[:, None, None, :]) for x, batch in zip(inputs, sample, strict=True)]
    return slim


def _moments_before(name: str, layer: Layer, inputs: Sequence[torch.Tensor], sample: Sequence[Batch]) -> torch.Tensor:
    """Second moments (inputs x inputs) of what comes into a linear part of a layer, padding left out."""
    seen: list[torch.Tensor] = []
    linear = getattr(layer, name)
    hook = linear.register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    total = torch.zeros(linear.in_features, linear.in_features, dtype=torch.float64)
    for x, batch in zip(inputs, sample, strict=True):
        layer(x, batch.mask[:, None, None, :])
        real = seen.pop()[batch.mask]
        total += (real.T @ real).double()
    hook.remove()
    return total


def _without_heads(layer: Layer, heads: int, moments: torch.Tensor) -> Layer:
    """The layer with so many heads."""
    kept, weight = fitted(layer.out.weight.T, moments, heads, block=HEAD_WIDTH)
    slim = _like(layer, (heads, layer.up.out_features))
    rows = torch.cat([part * layer.heads * HEAD_WIDTH + kept for part in range(3)])
    slim.qkv.weight.copy_(layer.qkv.weight[rows])
    slim.qkv.bias.copy_(layer.qkv.bias[rows])
    slim.out.weight.copy_(weight.T)
    slim.up, slim.down = layer.up, layer.down
    return slim


def _without_inner(layer: Layer, inner: int, moments: torch.Tensor) -> Layer:
    """The layer with so many inner units."""
    kept, weight = fitted(layer.down.weight.T, moments, inner)
    slim = _like(layer, (layer.heads, inner))
    slim.qkv, slim.out = layer.qkv, layer.out
    slim.up.weight.copy_(layer.up.weight[kept])
    slim.up.bias.copy_(layer.up.bias[kept])
    slim.down.weight.copy_(weight.T)
    return slim


def _like(layer: Layer, size: Size) -> Layer:
    slim = Layer(size)
    slim.norm1, slim.norm2 = layer.norm1, layer.norm2
    slim.out.bias.copy_(layer.out.bias)
    slim.down.bias.copy_(layer.down.bias)
    return slim


def fitted(
    weight: torch.Tensor, moments: torch.Tensor, blocks: int, *, block: int = 1
) -> tuple[torch.Tensor, torch.Tensor]:
    """The input units that stay when so many blocks of them do, and their weights (inputs x outputs) fitted anew."""
    size = len(weight)
    damping = DAMPING * moments.diagonal().mean()
    inverse = torch.linalg.inv(moments + damping * torch.eye(size, dtype=moments.dtype))
    weight = weight.double().clone()
    left = list(range(size // block))
    while len(left) > blocks:
        units = torch.tensor(left)[:, None] * block + torch.arange(block)
        own = inverse[units[:, :, None], units[:, None, :]]
        loss = (weight[units] * torch.linalg.solve(own, weight[units])).sum((1, 2))
        at_once = min(max(1, len(left) // AT_ONCE), len(left) - blocks)
        gone = loss.topk(at_once, largest=False).indices
        at = units[gone].flatten()
        step = inverse[:, at] @ torch.linalg.inv(inverse[at[:, None], at])
        weight -= step @ weight[at]
        inverse -= step @ inverse[at]
        left = [unit for unit in left if unit * block not in set(at.tolist())]
    kept = (torch.tensor(left)[:, None] * block + torch.arange(block)).flatten()
    return kept, weight[kept].float()
