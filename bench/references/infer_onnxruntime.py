"""Prediction in ONNX Runtime: infer_onnxruntime.py MODEL BATCH THREADS FOLDER (of export_onnx.py)"""
import sys

import numpy as np
import onnxruntime

import measuring


def main(name, batch, threads, folder):
    for count in sorted({1, threads}):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = count, 1
        session = onnxruntime.InferenceSession(f"{folder}/{name}_{batch}.onnx", options)
        spec = session.get_inputs()[0]
        inputs = {spec.name: np.random.default_rng(1).random(spec.shape, dtype=np.float32)}
        measuring.time_inference("ONNX Runtime", name, batch, count, lambda: session.run(None, inputs))
        del session  # its threads wait in a loop


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
