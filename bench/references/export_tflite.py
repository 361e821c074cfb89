"""Writes the models for TensorFlow Lite: export_tflite.py FOLDER"""
import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import tensorflow as tf  # noqa: E402
import keras  # noqa: E402

import measuring  # noqa: E402,F401
from keras_model import keras_model  # noqa: E402
from models import INFERENCE  # noqa: E402

for name, batch in INFERENCE:
    model = tf.lite.TFLiteConverter.from_keras_model(keras_model(keras, name, batch)).convert()
    pathlib.Path(sys.argv[1], f"{name}_{batch}.tflite").write_bytes(model)
