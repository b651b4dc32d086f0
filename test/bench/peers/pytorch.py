"""The native reference: the same workloads in PyTorch. Speaks the language of serve.ts: lines of JSON.

    python3 test/bench/peers/pytorch.py THREADS
"""

import json
import resource
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

LONG = 5.0  # seconds: a run that takes longer is not repeated
SAMPLED = 1000  # how many of an output's values are compared


def operation(compute):
    def prepare(inputs):
        data = inputs['data']

        def go():
            with torch.no_grad():
                return compute(**data)

        return go

    return prepare


def adam(inputs):
    p = nn.Parameter(inputs['data']['p'])
    p.grad = inputs['data']['g']
    optimizer = torch.optim.Adam([p], lr=1e-3)

    def go():
        optimizer.step()
        return p.detach()

    return go


def step(model, inputs, loss_of):
    model.load_state_dict(inputs['parameters'])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def go():
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of()
        loss.backward()
        optimizer.step()
        return torch.tensor([loss.item()])

    return go


def classes(model):
    def prepare(inputs):
        x, y = inputs['data']['x'], inputs['data']['y'].long()
        return step(model, inputs, lambda: F.cross_entropy(model(x), y))

    return prepare


def two_classes(model):
    def prepare(inputs):
        x, y = inputs['data']['x'], inputs['data']['y'].float()
        return step(model, inputs, lambda: F.binary_cross_entropy_with_logits(model(x), y))

    return prepare


def autoencoder(inputs):
    model = nn.Sequential(
        *[nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 32), nn.ReLU()],
        *[nn.Linear(32, 128), nn.ReLU(), nn.Linear(128, 784), nn.Sigmoid()],
    )
    x = inputs['data']['x'].float()
    return step(model, inputs, lambda: F.binary_cross_entropy(model(x), x))


class Sentiment(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(10_000, 128)
        self.lstm = nn.LSTM(128, 128, batch_first=True)
        self.hidden = nn.Linear(128, 64)
        self.out = nn.Linear(64, 1)

    def forward(self, x):
        _, (h, _) = self.lstm(self.embedding(x))
        return self.out(F.relu(self.hidden(h[0])))


class Positions(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(200, 64))

    def forward(self, x):
        return x + self.weight


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(20_000, 64)
        self.positions = Positions()
        self.block = nn.TransformerEncoderLayer(64, 2, 256, dropout=0, batch_first=True)
        self.out = nn.Linear(64, 1)

    def forward(self, x):
        return self.out(self.block(self.positions(self.embedding(x))).mean(1))


def mobile_net(inputs):
    p = inputs['parameters']

    def go():
        y = inputs['data']['x']
        before = []  # each unit
        for i, unit in enumerate(inputs['units']):
            before.append(y)
            padding = (unit['kernel'] - 1) // 2
            y = F.conv2d(y, p[f'{i}.weight'], None, unit['stride'], padding, 1, unit['groups'])
            y = F.batch_norm(y, p[f'{i}.mean'], p[f'{i}.variance'], p[f'{i}.scale'], p[f'{i}.shift'])
            if unit['bends']:
                y = F.relu6(y, inplace=True)
            if 'shortcutFrom' in unit:
                y = y + before[unit['shortcutFrom']]
        return F.linear(y.mean((2, 3)), p['out.weight'], p['out.bias'])

    def without_graph():
        with torch.no_grad():
            return go()

    return without_graph


def workloads():
    return {
        'matmul 512': operation(lambda a, b: a @ b),
        'matmul 512 Aᵀ·B': operation(lambda a, b: a.T @ b),
        'matmul 512 A·Bᵀ': operation(lambda a, b: a @ b.T),
        'matmul 1024': operation(lambda a, b: a @ b),
        'exp': operation(lambda x: x.exp()),
        'tanh': operation(lambda x: x.tanh()),
        'gelu': operation(lambda x: F.gelu(x)),
        'sum': operation(lambda x: x.sum()),
        'softmax': operation(lambda x: x.softmax(1)),
        'layer norm': operation(lambda x, weight, bias: F.layer_norm(x, [1024], weight, bias)),
        'adam': adam,
        'mlp': classes(nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))),
        'cnn': classes(
            nn.Sequential(
                *[nn.Conv2d(3, 32, 3), nn.ReLU(), nn.MaxPool2d(2)],
                *[nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2)],
                *[nn.Conv2d(64, 64, 3), nn.ReLU(), nn.Flatten()],
                *[nn.Linear(1024, 64), nn.ReLU(), nn.Linear(64, 10)],
            )
        ),
        'lstm 128': two_classes(Sentiment()),
        'lstm 32': two_classes(Sentiment()),
        'transformer': two_classes(Classifier()),
        'autoencoder': autoencoder,
        'mobilenet': mobile_net,
    }


def read(places, values):
    def one(place):
        n = int(np.prod(place['shape']))
        dtype = np.int32 if place['whole'] else np.float32
        part = np.frombuffer(values, dtype, n, place['offset']).reshape(place['shape'])
        return torch.from_numpy(part.copy())

    return {name: one(place) for name, place in places.items()}


def prepare(request):
    with open(request['file'], 'rb') as file:
        values = file.read()
    inputs = {
        'parameters': read(request['parameters'], values),
        'data': read(request['data'], values),
        'units': request['units'],
    }
    go = workloads()[request['name']](inputs)
    outputs, last = [], 0
    while len(outputs) < 3 and last < LONG:
        start = time.perf_counter()
        output = go().flatten()
        last = time.perf_counter() - start
        outputs.append(output[:: -(-len(output) // SAMPLED)].tolist())
    return go, {'outputs': outputs, 'milliseconds': [last * 1000]}


def measure(go, seconds):
    samples = []
    begin = time.perf_counter()
    while len(samples) < 3 or time.perf_counter() - begin < seconds:
        start = time.perf_counter()
        go()
        samples.append((time.perf_counter() - start) * 1000)
    return {'milliseconds': samples}


def main():
    torch.set_num_threads(int(sys.argv[1]))
    go = None
    for line in sys.stdin:
        request = json.loads(line)
        if 'prepare' in request:
            go, answer = prepare(request['prepare'])
        else:
            answer = measure(go, request['time'])
        answer['peak'] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps(answer), flush=True)


main()
