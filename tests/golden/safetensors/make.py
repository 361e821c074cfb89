#!/usr/bin/env python3
"""Writes the files of this folder with the safetensors package (pip install numpy ml_dtypes safetensors).

    python3 make.py            writes the files
    python3 make.py <file>     prints a file as that package reads it, to compare what Tenon has written
"""
import pathlib
import sys

import ml_dtypes
import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

HERE = pathlib.Path(__file__).parent

if len(sys.argv) > 1:
    with safe_open(sys.argv[1], framework="numpy") as file:
        print("metadata", file.metadata())
        for name in file.keys():
            tensor = file.get_tensor(name)
            print(repr(name), tensor.dtype, tensor.shape, tensor.ravel().tolist())
    sys.exit()

numbers = [[1, -2.5, 0.1], [1e-7, 65504, -0.0]]
save_file(
    {
        "float32": np.array(numbers, np.float32),
        "float64": np.array(numbers, np.float64),
        "float16": np.array(numbers + [[np.inf, -np.inf, 6e-8]], np.float16),
        "bfloat16": np.array(numbers, ml_dtypes.bfloat16),
        "int64": np.array([1, -2], np.int64),
        "bool": np.array([True, False]),
        "scalar": np.array(3.5, np.float32),
        "empty": np.zeros((0, 3), np.float32),
        "naïve \"name\"/ü": np.array([7], np.float32),
    },
    HERE / "dtypes.safetensors",
    metadata={"format": "np", "größe": "42"},
)
save_file({}, HERE / "no_tensors.safetensors")
