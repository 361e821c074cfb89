"""Prediction in PyTorch, eager: infer_torch.py MODEL BATCH THREADS"""
import sys

import torch

import measuring
from torch_model import torch_model, torch_shape


def main(name, batch, threads, *_):
    model = torch_model(torch.nn, name).eval()
    x = torch.rand((batch, *torch_shape(name)))
    if len(x.shape) == 4:
        model, x = model.to(memory_format=torch.channels_last), x.contiguous(memory_format=torch.channels_last)
    with torch.inference_mode():
        for count in sorted({1, threads}):
            torch.set_num_threads(count)
            measuring.time_inference("PyTorch", name, batch, count, lambda: model(x))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
