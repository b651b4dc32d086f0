"""What PyTorch's optimisers and schedules do: writes reference.jsonl, which the tests read. They need no Python.

    python3 test/optim/reference.py

Made with the package python3-torch of Debian 12 (PyTorch 1.13.1). Everything is in double precision.
"""

import json
import math
import os

import torch
from torch.optim import SGD, Adagrad, Adam, AdamW, RMSprop
from torch.optim.lr_scheduler import (
    CosineAnnealingLR,
    ExponentialLR,
    LambdaLR,
    LinearLR,
    OneCycleLR,
    ReduceLROnPlateau,
    SequentialLR,
    StepLR,
)

torch.set_default_dtype(torch.float64)

START = [[0.5, -1.2, 2.0], [0.3, -0.7]]


def after_updates(kind, settings):
    """Both parameters after each of 7 updates of the loss below; the second parameter is not learned at the third."""
    w, b = (torch.tensor(values, requires_grad=True) for values in START)
    optimizer = kind([{"params": [w]}, {"params": [b], "lr": 0.03}], **settings)
    found = []
    for step in range(7):
        optimizer.zero_grad()
        loss = (w.sin() * w).sum() + (0 if step == 2 else (b.pow(4) + b * w.sum()).sum())
        loss.backward()
        if step == 2:
            b.grad = None
        optimizer.step()
        found.append(w.tolist() + b.tolist())
    return found


OPTIMIZERS = [
    (SGD, {"lr": 0.1}),
    (SGD, {"lr": 0.1, "momentum": 0.9}),
    (SGD, {"lr": 0.1, "momentum": 0.9, "dampening": 0.2, "weight_decay": 0.05}),
    (SGD, {"lr": 0.1, "momentum": 0.8, "nesterov": True}),
    (RMSprop, {"lr": 0.01}),
    (RMSprop, {"lr": 0.01, "alpha": 0.9, "momentum": 0.7, "eps": 1e-3, "weight_decay": 0.1}),
    (Adagrad, {"lr": 0.1}),
    (Adagrad, {"lr": 0.1, "lr_decay": 0.2, "weight_decay": 0.1, "initial_accumulator_value": 0.3, "eps": 1e-4}),
    (Adam, {"lr": 0.05}),
    (Adam, {"lr": 0.05, "betas": (0.8, 0.95), "eps": 1e-3, "weight_decay": 0.1}),
    (AdamW, {"lr": 0.05}),
    (AdamW, {"lr": 0.05, "betas": (0.8, 0.95), "weight_decay": 0.2}),
]


def rates(make, steps):
    """The rates of two groups at the start and after each step of the schedule."""
    parameters = [torch.zeros(1, requires_grad=True) for _ in range(2)]
    optimizer = SGD([{"params": [parameters[0]]}, {"params": [parameters[1]], "lr": 0.02}], lr=0.5)
    schedule = make(optimizer)
    found = [[group["lr"] for group in optimizer.param_groups]]
    for step in range(steps):
        optimizer.step()
        if isinstance(schedule, ReduceLROnPlateau):
            schedule.step(METRICS[step])
        else:
            schedule.step()
        found.append([group["lr"] for group in optimizer.param_groups])
    return found


METRICS = [3.0, 2.0, 2.5, 2.0, 1.9999, 1.99, 2.1, 2.2, 2.3, 2.4, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9]


def warm_cosine(optimizer):
    warm = LinearLR(optimizer, start_factor=0.1, total_iters=4)
    return SequentialLR(optimizer, [warm, CosineAnnealingLR(optimizer, 10, 0.001)], [4])


SCHEDULES = {
    "step": (lambda o: StepLR(o, 3, 0.5), 10),
    "exponential": (lambda o: ExponentialLR(o, 0.96), 10),
    "cosine": (lambda o: CosineAnnealingLR(o, 8, 0.01), 12),
    "lambda": (lambda o: LambdaLR(o, lambda t: 1 / math.sqrt(1 + t)), 8),
    "warm-up": (lambda o: LinearLR(o, total_iters=5), 8),
    "warm-up, then cosine": (warm_cosine, 12),
    "one cycle": (lambda o: OneCycleLR(o, 0.4, 20), 19),
    "one short cycle": (lambda o: OneCycleLR(o, 0.4, 7, pct_start=0.1, div_factor=5, final_div_factor=10), 6),
    "plateau": (lambda o: ReduceLROnPlateau(o, patience=2), 20),
    "plateau, max": (lambda o: ReduceLROnPlateau(o, "max", 0.5, 1, cooldown=2, min_lr=0.01), 20),
    "plateau, abs": (lambda o: ReduceLROnPlateau(o, "min", 0.2, 0, 0.05, "abs"), 20),
}

if __name__ == "__main__":
    optimizers = [
        {"kind": kind.__name__, "settings": settings, "values": after_updates(kind, settings)}
        for kind, settings in OPTIMIZERS
    ]
    schedules = {name: rates(*schedule) for name, schedule in SCHEDULES.items()}
    found = {"start": START, "optimizers": optimizers, "metrics": METRICS, "schedules": schedules}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "reference.jsonl"), "w") as file:
        file.write("\n".join(json.dumps(part, separators=(",", ":")) for part in found.items()) + "\n")
