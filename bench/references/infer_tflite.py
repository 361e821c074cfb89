"""Prediction in TensorFlow Lite, with its XNNPACK kernels: infer_tflite.py MODEL BATCH THREADS FOLDER (of export_tflite.py)"""
import sys

import numpy as np
from ai_edge_litert.interpreter import Interpreter

import measuring


def main(name, batch, threads, folder):
    for count in sorted({1, threads}):
        interpreter = Interpreter(f"{folder}/{name}_{batch}.tflite", num_threads=count)
        interpreter.allocate_tensors()
        spec = interpreter.get_input_details()[0]
        interpreter.set_tensor(spec["index"], np.random.default_rng(1).random(spec["shape"], dtype=np.float32))
        measuring.time_inference("TensorFlow Lite", name, batch, count, interpreter.invoke)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
