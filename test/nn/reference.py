"""What PyTorch's layers do: writes reference.jsonl, which the tests read. They need no Python.

    python3 test/nn/reference.py

Made with the package python3-torch of Debian 12 (PyTorch 1.13.1). Everything is in double precision. For each layer:
the names and shapes of its state, its outputs, the gradients of all parameters and inputs, and its state afterwards
where that changes. Values of parameters and inputs are waves that both languages make by themselves: element i of the
n-th tensor is sin(1.7 * i + n) / 2 (variances, which must be positive: that plus 1). The gradients are those of
L = sum of w[i] * y[i] over all outputs, w[i] = sin(i * i), i = 1, 2, ...
"""

import json
import os

import torch
from torch import nn

torch.set_default_dtype(torch.float64)


def wave(shape, n):
    i = torch.arange(torch.Size(shape).numel(), dtype=torch.float64)
    return (torch.sin(1.7 * i + n) / 2).reshape(shape)


def first(outputs):
    return outputs[0]


def masks(layer, x):
    """Self-attention in which the last word of the first example is padding."""
    padding = torch.tensor([[False, False, True], [False, False, False]])
    return layer(x, x, x, key_padding_mask=padding, average_attn_weights=False)


def causal_attention(layer, x):
    return layer(x, x, x, attn_mask=causal(x), need_weights=False)[0]


def causal(x):
    return torch.ones(x.shape[1], x.shape[1]).triu(1).bool()


def lengths(layer, x):
    """Padding behind the sequences: the last states, and the output at the steps that take part."""
    packed = nn.utils.rnn.pack_padded_sequence(x, [3, 2], batch_first=True)
    output, state = layer(packed)
    output, _ = nn.utils.rnn.pad_packed_sequence(output, batch_first=True)
    return (output, *(state if isinstance(state, tuple) else (state,)))


def flat(outputs):
    if isinstance(outputs, torch.Tensor):
        return [outputs]
    return [tensor for output in outputs for tensor in flat(output)]


MHA = {"batch_first": True}
BLOCK = {"dim_feedforward": 5, "dropout": 0.0, "batch_first": True}
SEQUENCE, STATE = (2, 3, 4), (2, 2, 3)

# name: layer, shapes of its inputs, and how it is called if not layer(*inputs)
LAYERS = {
    "Linear": (nn.Linear(3, 4), [(2, 3)]),
    "Linear without bias": (nn.Linear(3, 4, bias=False), [(2, 3)]),
    "Conv1d": (nn.Conv1d(2, 3, 3, stride=2, padding=1), [(2, 2, 6)]),
    "Conv2d": (nn.Conv2d(2, 4, (3, 2), padding=(1, 0), groups=2), [(2, 2, 4, 3)]),
    "Conv2d without bias": (nn.Conv2d(2, 2, 2, dilation=2, bias=False), [(1, 2, 4, 4)]),
    "ConvTranspose1d": (nn.ConvTranspose1d(2, 3, 3, stride=2, padding=1, output_padding=1), [(2, 2, 3)]),
    "ConvTranspose2d": (nn.ConvTranspose2d(2, 2, 3, stride=2, padding=1, groups=2), [(1, 2, 3, 2)]),
    "MaxPool1d": (nn.MaxPool1d(2), [(2, 2, 5)]),
    "MaxPool2d": (nn.MaxPool2d(3, stride=2, padding=1), [(1, 2, 5, 4)]),
    "AvgPool1d": (nn.AvgPool1d(3, stride=1), [(2, 2, 5)]),
    "AvgPool2d": (nn.AvgPool2d(2), [(1, 2, 4, 5)]),
    "AdaptiveAvgPool1d": (nn.AdaptiveAvgPool1d(3), [(1, 2, 5)]),
    "AdaptiveAvgPool2d": (nn.AdaptiveAvgPool2d((2, 3)), [(1, 2, 5, 4)]),
    "Flatten": (nn.Flatten(), [(2, 3, 2)]),
    "LayerNorm": (nn.LayerNorm(4, eps=1e-3), [(3, 4)]),
    "LayerNorm over two axes, nothing learned": (nn.LayerNorm([2, 3], elementwise_affine=False), [(2, 2, 3)]),
    "GroupNorm": (nn.GroupNorm(2, 4), [(2, 4, 3)]),
    "BatchNorm1d": (nn.BatchNorm1d(3), [(4, 3)]),
    "BatchNorm1d of sequences": (nn.BatchNorm1d(3, momentum=0.3, eps=1e-3), [(2, 3, 4)]),
    "BatchNorm2d": (nn.BatchNorm2d(2), [(2, 2, 3, 2)]),
    "BatchNorm2d, nothing learned": (nn.BatchNorm2d(2, affine=False), [(2, 2, 3, 2)]),
    "BatchNorm2d after eval": (nn.BatchNorm2d(2).eval(), [(2, 2, 3, 2)]),
    "ReLU": (nn.ReLU(), [(5,)]),
    "ReLU6": (nn.ReLU6(), [(5,)]),
    "LeakyReLU": (nn.LeakyReLU(0.1), [(5,)]),
    "PReLU": (nn.PReLU(), [(5,)]),
    "PReLU for each channel": (nn.PReLU(3), [(2, 3, 2)]),
    "ELU": (nn.ELU(0.7), [(5,)]),
    "GELU": (nn.GELU(), [(5,)]),
    "GELU by tanh": (nn.GELU("tanh"), [(5,)]),
    "SiLU": (nn.SiLU(), [(5,)]),
    "Softplus": (nn.Softplus(), [(5,)]),
    "Sigmoid": (nn.Sigmoid(), [(5,)]),
    "Tanh": (nn.Tanh(), [(5,)]),
    "Softmax": (nn.Softmax(dim=1), [(2, 3, 2)]),
    "LogSoftmax": (nn.LogSoftmax(dim=-1), [(2, 3)]),
    "Sequential": (nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Sequential(nn.Linear(4, 2))), [(2, 3)]),
    "RNN": (nn.RNN(4, 3, batch_first=True), [SEQUENCE]),
    "RNN with ReLU, time first, no bias": (nn.RNN(4, 3, nonlinearity="relu", bias=False), [SEQUENCE]),
    "RNN, two storeys both ways": (nn.RNN(4, 3, 2, batch_first=True, bidirectional=True), [SEQUENCE, (4, 2, 3)]),
    "LSTM": (nn.LSTM(4, 3, batch_first=True), [SEQUENCE]),
    "LSTM, two storeys": (
        nn.LSTM(4, 3, 2, batch_first=True),
        [SEQUENCE, STATE, STATE],
        lambda f, x, h, c: f(x, (h, c)),
    ),
    "LSTM, two storeys both ways": (nn.LSTM(4, 3, 2, batch_first=True, bidirectional=True), [SEQUENCE]),
    "LSTM both ways with padding": (nn.LSTM(4, 3, batch_first=True, bidirectional=True), [SEQUENCE], lengths),
    "GRU": (nn.GRU(4, 3, batch_first=True), [SEQUENCE]),
    "GRU, two storeys both ways": (nn.GRU(4, 3, 2, batch_first=True, bidirectional=True), [SEQUENCE, (4, 2, 3)]),
    "GRU with padding": (nn.GRU(4, 3, 2, batch_first=True), [SEQUENCE], lengths),
    "MultiheadAttention": (nn.MultiheadAttention(4, 2, **MHA), [SEQUENCE], lambda f, x: first(f(x, x, x))),
    "MultiheadAttention with padding": (nn.MultiheadAttention(4, 2, **MHA), [SEQUENCE], masks),
    "MultiheadAttention, causal": (nn.MultiheadAttention(4, 1, **MHA), [SEQUENCE], causal_attention),
    "MultiheadAttention across, no bias": (
        nn.MultiheadAttention(4, 2, bias=False, **MHA),
        [(2, 2, 4), SEQUENCE],
        lambda f, q, k: first(f(q, k, k)),
    ),
    "MultiheadAttention of three": (
        nn.MultiheadAttention(4, 2, **MHA),
        [(2, 2, 4), SEQUENCE, SEQUENCE],
        lambda f, q, k, v: f(q, k, v, average_attn_weights=False),
    ),
    "TransformerEncoderLayer": (nn.TransformerEncoderLayer(4, 2, **BLOCK), [SEQUENCE]),
    "TransformerEncoderLayer, norm first": (
        nn.TransformerEncoderLayer(4, 2, activation="gelu", norm_first=True, layer_norm_eps=1e-3, **BLOCK),
        [SEQUENCE],
        lambda f, x: f(x, src_mask=causal(x)),
    ),
    "TransformerDecoderLayer": (
        nn.TransformerDecoderLayer(4, 2, **BLOCK),
        [SEQUENCE, (2, 2, 4)],
        lambda f, x, memory: f(x, memory, tgt_mask=causal(x)),
    ),
    "TransformerDecoderLayer, norm first": (
        nn.TransformerDecoderLayer(4, 1, norm_first=True, **BLOCK),
        [SEQUENCE, (2, 2, 4)],
    ),
    "TransformerEncoder": (
        nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, **BLOCK), 2, nn.LayerNorm(4)),
        [SEQUENCE],
    ),
    "TransformerDecoder": (
        nn.TransformerDecoder(nn.TransformerDecoderLayer(4, 2, **BLOCK), 2),
        [SEQUENCE, (2, 2, 4)],
    ),
}


def numbers(tensor):
    return [float(f"{value:.10g}") for value in tensor.detach().reshape(-1).tolist()]


def run(layer, shapes, call=None):
    state = layer.state_dict()
    names = sorted(name for name in state if state[name].is_floating_point())
    for n, name in enumerate(names):
        state[name].copy_(wave(state[name].shape, n) + ("var" in name))
    inputs = [wave(shape, 100 + n).requires_grad_() for n, shape in enumerate(shapes)]
    outputs = flat((call or (lambda f, *given: f(*given)))(layer, *inputs))
    count = sum(y.numel() for y in outputs)
    w = torch.sin(torch.arange(1.0, count + 1) ** 2)
    (torch.cat([y.reshape(-1) for y in outputs]) * w).sum().backward()
    parameters = dict(layer.named_parameters())
    found = {
        "state": {name: list(value.shape) for name, value in state.items()},
        "inputs": shapes,
        "outputs": [{"shape": list(y.shape), "values": numbers(y)} for y in outputs],
        "gradients": {name: numbers(parameter.grad) for name, parameter in parameters.items()},
        "inputGradients": [numbers(x.grad) for x in inputs],
    }
    buffers = {name: numbers(value) for name, value in layer.named_buffers()}
    return {**found, "buffers": buffers} if buffers else found


if __name__ == "__main__":
    lines = [json.dumps([name, run(*case)], separators=(",", ":")) for name, case in LAYERS.items()]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "reference.jsonl"), "w") as file:
        file.write("\n".join(lines) + "\n")
