"""What PyTorch allocates for training, without the data: memory_torch.py MODEL BATCH THREADS

Model, optimizer and three steps run under PyTorch's own profiler, which sees each piece of memory that tensors take and give back.
"""
import json
import sys

import torch

import measuring
from models import MODELS
from torch_model import torch_model, torch_shape


def peak(events):
    """The most bytes that were taken and not given back."""
    held = most = 0
    for event in sorted((e for e in events if e.name() == "[memory]"), key=lambda e: e.start_ns()):
        held += event.nbytes()
        most = max(most, held)
    return most


def main(name, batch, threads):
    torch.set_num_threads(threads)
    model = MODELS[name]
    x, y = (torch.from_numpy(values[:batch]) for values in measuring.data(name, batch))
    x = x.reshape(-1, *torch_shape(name))
    if model.classifies:
        y = y.long()
    with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU], profile_memory=True) as profile:
        net = torch_model(torch.nn, name, scores=True)
        loss_of = torch.nn.CrossEntropyLoss() if model.classifies else torch.nn.MSELoss()
        optimizer = getattr(torch.optim, model.optimizer)(net.parameters(), model.learning_rate)
        for _ in range(3):
            optimizer.zero_grad()
            loss_of(net(x), y).backward()
            optimizer.step()
    print(json.dumps({"measure": "allocated", "library": "PyTorch", "model": name, "batch": batch, "bytes": peak(profile.profiler.kineto_results.events())}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
