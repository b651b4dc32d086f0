"""What PyTorch makes of ResNet-18 and of MobileNetV2 in its own conventions: writes the files in fixtures/.

    /usr/bin/python3 chapters/08-transfer-learning/pretrained/reference.py

Made with the package python3-torch of Debian 12 (PyTorch 1.13.1); the tests need no Python. The networks are written
out here from the papers, with torchvision's names. Two ways to the same weights:

- resnet-18-narrow.safetensors is a state file as PyTorch saves it, of a ResNet-18 with 2 channels instead of 64 and
  random weights.
- Networks of full size make their weights from waves, as the tests do too: of the n-th tensor in the order of their
  names, element i is sin(1.7 * i + n) * sqrt(2 / fan in) for weights of convolutions and linear layers, sin(...) / 10
  for biases and running means, and 1 + sin(...) / 10 for weights of batch norm and running variances.

outputs.jsonl has one line for each: the outputs for a picture of waves, sin(0.37 * i), and the names of the state.
"""

import json
import math
import os
import struct

import torch
from torch import nn

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")


# --- the networks -----------------------------------------------------------------------------------------------------


class BasicBlock(nn.Module):
    def __init__(self, channels, out, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(out)
        self.conv2 = nn.Conv2d(out, out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(out)
        if stride != 1 or channels != out:
            self.downsample = nn.Sequential(nn.Conv2d(channels, out, 1, stride, bias=False), nn.BatchNorm2d(out))

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return torch.relu(y + (self.downsample(x) if hasattr(self, "downsample") else x))


class ResNet18(nn.Module):
    def __init__(self, c=64, classes=1000):
        super().__init__()
        self.conv1 = nn.Conv2d(3, c, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(c)
        self.layer1 = nn.Sequential(BasicBlock(c, c, 1), BasicBlock(c, c, 1))
        self.layer2 = nn.Sequential(BasicBlock(c, 2 * c, 2), BasicBlock(2 * c, 2 * c, 1))
        self.layer3 = nn.Sequential(BasicBlock(2 * c, 4 * c, 2), BasicBlock(4 * c, 4 * c, 1))
        self.layer4 = nn.Sequential(BasicBlock(4 * c, 8 * c, 2), BasicBlock(8 * c, 8 * c, 1))
        self.fc = nn.Linear(8 * c, classes)

    def forward(self, x):
        x = nn.functional.max_pool2d(torch.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean((2, 3)))


def conv_norm_relu6(channels, out, kernel, stride=1, groups=1):
    conv = nn.Conv2d(channels, out, kernel, stride, kernel // 2, groups=groups, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(out), nn.ReLU6())


class InvertedResidual(nn.Module):
    def __init__(self, channels, out, expansion, stride):
        super().__init__()
        wide = channels * expansion
        first = [conv_norm_relu6(channels, wide, 1)] if expansion > 1 else []
        last = [nn.Conv2d(wide, out, 1, bias=False), nn.BatchNorm2d(out)]
        self.conv = nn.Sequential(*first, conv_norm_relu6(wide, wide, 3, stride, wide), *last)
        self.skips = stride == 1 and channels == out

    def forward(self, x):
        return x + self.conv(x) if self.skips else self.conv(x)


class MobileNetV2(nn.Module):
    def __init__(self, classes=1000):
        super().__init__()
        layers, channels = [conv_norm_relu6(3, 32, 3, 2)], 32
        rows = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2)]
        rows += [(6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
        for t, c, n, s in rows:
            for i in range(n):
                layers.append(InvertedResidual(channels, c, t, s if i == 0 else 1))
                channels = c
        self.features = nn.Sequential(*layers, conv_norm_relu6(channels, 1280, 1))
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(1280, classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


# --- weights ----------------------------------------------------------------------------------------------------------


def make_of_waves(network):
    state = {name: t for name, t in network.state_dict().items() if not name.endswith("num_batches_tracked")}
    for n, name in enumerate(sorted(state)):
        t = state[name]
        wave = torch.sin(1.7 * torch.arange(t.numel(), dtype=torch.float64) + n).reshape(t.shape)
        if t.dim() > 1:
            wave *= math.sqrt(2 / t[0].numel())
        else:
            wave /= 10
            norm = name.endswith("weight") or name.endswith("running_var")
            wave += 1 if norm else 0
        t.copy_(wave)
    return network


def make_of_chance(network):
    torch.manual_seed(0)
    for name, t in network.state_dict().items():
        if name.endswith("running_mean"):
            t.copy_(torch.randn(t.shape) / 5)
        elif name.endswith("running_var"):
            t.copy_(0.5 + torch.rand(t.shape))
        elif name.endswith("num_batches_tracked"):
            t.fill_(1234)
        elif t.dim() == 1:
            t.copy_(torch.rand(t.shape) + (0.5 if name.endswith("weight") else 0))
        else:
            t.copy_(torch.randn(t.shape) * math.sqrt(2 / t[0].numel()))
    return network


def save_safetensors(state, path):
    header, blocks, end = {}, [], 0
    for name, t in state.items():
        block = t.contiguous().numpy().tobytes()
        dtype = {torch.float32: "F32", torch.int64: "I64"}[t.dtype]
        header[name] = {"dtype": dtype, "shape": list(t.shape), "data_offsets": [end, end + len(block)]}
        blocks.append(block)
        end += len(block)
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blocks))


# --- what they say ----------------------------------------------------------------------------------------------------


def picture(count, side):
    return torch.sin(0.37 * torch.arange(count * 3 * side * side, dtype=torch.float64)).reshape(count, 3, side, side)


def outputs(name, network, count, side):
    network.eval()
    with torch.no_grad():
        y = network(picture(count, side).to(next(network.parameters()).dtype))
    values = [float(f"{value:.9g}") for value in y.flatten().tolist()]
    return {"name": name, "side": side, "shape": list(y.shape), "names": sorted(network.state_dict()), "values": values}


narrow = make_of_chance(ResNet18(c=2, classes=7))
os.makedirs(HERE, exist_ok=True)
save_safetensors(narrow.state_dict(), os.path.join(HERE, "resnet-18-narrow.safetensors"))
lines = [
    outputs("resnet-18-narrow", narrow, 2, 64),
    outputs("resnet-18", make_of_waves(ResNet18(classes=20).double()), 2, 64),
    outputs("mobilenet-v2", make_of_waves(MobileNetV2(classes=20).double()), 2, 64),
]
with open(os.path.join(HERE, "outputs.jsonl"), "w") as file:
    file.writelines(json.dumps(line) + "\n" for line in lines)
for line in lines:
    print(line["name"], line["shape"], line["values"][:4])
