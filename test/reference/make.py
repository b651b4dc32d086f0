"""What PyTorch makes of the rows of test/operations: values and gradients, one line of JSON for each row.

Called by make.ts, which hands over the rows on standard input: name, key, inputs, and the expression of the inputs
a, b, c, ... that is evaluated here. The gradients are those of L = sum of w[i] * y[i] over all floating outputs, with
w[i] = sin(i * i), i = 1, 2, ...
"""

import json
import math
import sys

try:
    import torch
    import torch.nn.functional as F
except ImportError:
    sys.exit("this Python has no PyTorch; Debian's package python3-torch brings it to /usr/bin/python3")

torch.set_default_dtype(torch.float64)


# --- helpers for expressions ------------------------------------------------------------------------------------------


def philox(seed, counter):
    """Four 32-bit words: Philox 4x32-10 as Salmon et al. (2011) describe it."""
    word = 2**32 - 1
    c = [counter & word, counter >> 32, 0, 0]
    k = [seed & word, seed >> 32]
    for _ in range(10):
        left, right = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(right >> 32) ^ c[1] ^ k[0], right & word, (left >> 32) ^ c[3] ^ k[1], left & word]
        k = [(k[0] + 0x9E3779B9) & word, (k[1] + 0xBB67AE85) & word]
    return c


def words(seed, count):
    return torch.tensor([philox(seed, i // 4)[i % 4] for i in range(count)])


def uniform(seed, shape):
    return ((words(seed, math.prod(shape)) >> 8) * 2.0**-24).reshape(shape)


def normal(seed, shape):
    """Box and Muller: the words of a block are radius, angle, radius, angle."""
    size = math.prod(shape)
    radius, angle = uniform(seed, (-(-size // 4) * 4,)).reshape(-1, 2).T
    length = torch.sqrt(-2 * torch.log(1 - radius))
    pairs = torch.stack([length * torch.cos(2 * math.pi * angle), length * torch.sin(2 * math.pi * angle)], 1)
    return pairs.reshape(-1)[:size].reshape(shape)


def after_steps(start, gradient, steps, optimizer):
    parameter = start.clone().requires_grad_()
    stepper = optimizer([parameter])
    for _ in range(steps):
        parameter.grad = gradient.clone()
        stepper.step()
    return parameter.detach()


def rms_norm(x, shape, weight=None, eps=2.0**-52):
    axes = tuple(range(x.dim() - len(shape), x.dim()))
    y = x / torch.sqrt((x * x).mean(axes, keepdim=True) + eps)
    return y if weight is None else y * weight


def batch_norm_memory(x, mean, variance, momentum):
    """What F.batch_norm makes of its running statistics."""
    mean, variance = mean.clone(), variance.clone()
    F.batch_norm(x, mean, variance, training=True, momentum=momentum)
    return mean, variance


def dropout(x, p, seed):
    stays = (words(seed, x.numel()) < int((1 - p) * 2**32)).reshape(x.shape)
    return x * stays / (1 - p)


def attention(q, k, v, mask=None, causal=False, scale=None):
    """The textbook's formula: a key that takes no part counts 0; a query that sees none gets 0."""
    scores = q @ k.mT * (q.shape[-1] ** -0.5 if scale is None else scale)
    seen = torch.ones(scores.shape[-2:], dtype=torch.bool)
    if causal:
        seen = seen.tril(k.shape[-2] - q.shape[-2])
    if mask is not None and mask.is_floating_point():
        scores = scores + mask
    elif mask is not None:
        seen = seen & (mask == 1)
    shares = torch.exp(scores) * seen
    total = shares.sum(-1, keepdim=True)
    return shares / torch.where(total > 0, total, 1.0) @ v


def sequence(kind, x, states, weights, batch_first=True):
    """A recurrent layer by PyTorch's kernel: the output, and the last states [N, H]. States and biases are lists."""
    initial = [state[None] for state in states]
    more = (list(weights), len(weights) == 4, 1, 0.0, False, False, batch_first)
    output, *last = getattr(torch._VF, kind)(x, initial if kind == "lstm" else initial[0], *more)
    return [output, *(state[0] for state in last)]


def packed(kind, x, mask, states, weights):
    """The same for sequences of several lengths, as PyTorch packs them."""
    pack = torch.nn.utils.rnn.pack_padded_sequence(x, mask.sum(1), batch_first=True)
    initial = [state[None] for state in states]
    initial = initial if kind == "lstm" else initial[0]
    more = (list(weights), True, 1, 0.0, False, False)
    data, *last = getattr(torch._VF, kind)(pack.data, pack.batch_sizes, initial, *more)
    output = torch.nn.utils.rnn.PackedSequence(data, pack.batch_sizes)
    return [torch.nn.utils.rnn.pad_packed_sequence(output, True)[0], *(state[0] for state in last)]


def single(kind, x, states, weights):
    """PyTorch's cell: the next states."""
    cell = getattr(torch._VF, f"{kind}_cell")
    return cell(x, states, *weights) if kind == "lstm" else cell(x, states[0], *weights)


def stepwise(kind, x, states, weights, mask=None, dropout=None):
    """The formulas in the documentation of torch.nn, step by step; with what PyTorch lacks, masks for padding (1 takes
    part, else the states stay) and for the last state on its way to W_hh."""
    w_ih, w_hh, b_ih, b_hh = [*weights, 0.0, 0.0][:4]
    outputs = []
    for t in range(x.shape[1]):
        h = states[0]
        a = x[:, t] @ w_ih.T + b_ih
        b = (h if dropout is None else h * dropout) @ w_hh.T + b_hh
        if kind == "lstm":
            i, f, g, o = (a + b).chunk(4, 1)
            c = torch.sigmoid(f) * states[1] + torch.sigmoid(i) * torch.tanh(g)
            after = [torch.sigmoid(o) * torch.tanh(c), c]
        elif kind == "gru":
            (ar, az, an), (br, bz, bn) = a.chunk(3, 1), b.chunk(3, 1)
            z = torch.sigmoid(az + bz)
            n = torch.tanh(an + torch.sigmoid(ar + br) * bn)
            after = [(1 - z) * n + z * h]
        else:
            after = [torch.tanh(a + b) if kind == "rnn_tanh" else torch.relu(a + b)]
        states = after if mask is None else [torch.where(mask[:, t, None] == 1, *both) for both in zip(after, states)]
        outputs.append(states[0])
    return [torch.stack(outputs, 1), *states]


def backwards(results):
    return [results[0].flip(1), *results[1:]]


def everything(kind, x, states, weights, mask, dropout):
    """With both masks, time first, from the last step to the first."""
    output, *last = stepwise(kind, x.flip(0).transpose(0, 1), states, weights, mask.flip(0).T, dropout)
    return [output.transpose(0, 1).flip(0), *last]


# --- rows -------------------------------------------------------------------------------------------------------------


def tensor_from(sample):
    values = [float(value) for value in sample["values"]]  # also "NaN" and "Infinity"
    dtype = torch.int64 if sample["dtype"] == "int32" else torch.float64
    return torch.tensor(values, dtype=dtype).reshape(sample["shape"]).requires_grad_(sample["wantsGradient"])


def gradients_of(outputs, inputs):
    total, seen = 0, 0
    for y in outputs:
        if not y.is_floating_point():
            continue
        places = torch.arange(seen + 1, seen + y.numel() + 1)
        total = total + (y * torch.sin((places * places).double()).reshape(y.shape)).sum()
        seen += y.numel()
    wanted = [x for x in inputs if x.requires_grad]
    if not wanted or not getattr(total, "requires_grad", False):
        return [None] * len(wanted)
    return torch.autograd.grad(total, wanted, allow_unused=True)


def number(value):
    """Twelve digits, the shortest way; what JSON has no word for as text."""
    if not math.isfinite(value):
        return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
    return int(value) if value == int(value) and abs(value) < 2**53 else float(f"{value:.12g}")


def written(tensor):
    if tensor is None:
        return None
    values = tensor.detach().double().flatten().tolist()
    dtype = "float" if tensor.is_floating_point() else "int32"
    return {"dtype": dtype, "shape": list(tensor.shape), "values": [number(value) for value in values]}


def evaluate(row):
    inputs = [tensor_from(sample) for sample in row["inputs"]]
    outputs = eval(row["torch"], globals(), dict(zip("abcdefgh", inputs)))
    outputs = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
    return {
        "name": row["name"],
        "key": row["key"],
        "outputs": [written(y) for y in outputs],
        "gradients": [written(g) for g in gradients_of(outputs, inputs)],
    }


failed = 0
for line in sys.stdin:
    row = json.loads(line)
    try:
        print(json.dumps(evaluate(row), separators=(",", ":"), ensure_ascii=False))
    except Exception as error:
        print(f"{row['name']}: {row['torch']}: {str(error).splitlines()[0]}", file=sys.stderr)
        failed = 1
sys.exit(failed)
