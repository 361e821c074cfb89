"""Training in Keras, through model.fit: train_keras.py MODEL BATCH THREADS

Twice: as a graph of TensorFlow, and with XLA compiling the step (jit_compile=True).
"""
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"
import tensorflow as tf  # noqa: E402
import keras  # noqa: E402

import measuring  # noqa: E402
from keras_model import keras_model  # noqa: E402


def main(name, batch, threads):
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    bytes_before = measuring.peak_memory()
    model = measuring.MODELS[name]
    x, y = measuring.data(name, batch)
    for library, jit in (("Keras", False), ("Keras with XLA", True)):
        net = keras_model(keras, name)
        loss, metrics = ("sparse_categorical_crossentropy", ["accuracy"]) if model.classifies else ("mean_squared_error", ["mae"] if name == "mlp_64_64_2" else [])
        net.compile(getattr(keras.optimizers, model.optimizer)(model.learning_rate), loss, metrics=metrics, jit_compile=jit)
        epoch = lambda: net.fit(x, y, batch_size=batch, epochs=1, verbose=0)
        measuring.time_training(library, name, batch, threads, epoch, bytes_before, measuring.TRAINING[name, batch])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
