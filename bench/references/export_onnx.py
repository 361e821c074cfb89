"""Writes the models for ONNX Runtime: export_onnx.py FOLDER"""
import pathlib
import sys

import torch

import measuring  # noqa: F401
from models import INFERENCE
from torch_model import torch_model, torch_shape

for name, batch in INFERENCE:
    model = torch_model(torch.nn, name).eval()
    x = torch.rand((batch, *torch_shape(name)))
    torch.onnx.export(model, (x,), pathlib.Path(sys.argv[1], f"{name}_{batch}.onnx"), dynamo=True, verbose=False, external_data=False)
