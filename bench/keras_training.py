"""The models of bench/training/ in Keras, timed in the same way: keras_training.py MODEL THREADS [jit]

One epoch to warm up and five that are timed, through model.fit; prints the median and the fastest, in milliseconds of a step,
as a line of JSON. With "jit", Keras compiles the step with XLA (jit_compile=True), else it runs TensorFlow's graph.
"""
import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"


def models(keras):
    """name: (layers, optimizer, batch, steps of an epoch)"""
    o, l = keras.optimizers, keras.layers
    head = [l.Flatten(), l.Dense(128, activation="relu"), l.Dense(10, activation="softmax")]
    convolution = lambda filters: [l.Conv2D(filters, 3, activation="relu"), l.MaxPooling2D(2)]
    hidden = lambda: [l.Dense(512, activation="relu"), l.Dropout(0.2)]
    image, row = keras.Input((28, 28, 1)), keras.Input((784,))
    return {
        "linear_regression": ([keras.Input((1,)), l.Dense(1)], o.SGD(0.5), 100, 1000),
        "softmax_regression": ([row, l.Dense(10, activation="softmax")], o.SGD(0.5), 100, 600),
        "simple_net": ([row, l.Dense(128, activation="relu"), l.Dense(10, activation="softmax")], o.Adam(), 32, 600),
        "mlp_512": ([row, *hidden(), *hidden(), l.Dense(10, activation="softmax")], o.RMSprop(), 128, 120),
        "cnn_32": ([image, *convolution(32), *head], o.Adam(), 32, 120),
        "cnn_32_64": ([image, *convolution(32), *convolution(64), *head], o.Adam(), 32, 120),
        "mlp_64_64_2": ([keras.Input((3,)), l.Dense(64, activation="relu"), l.Dense(64, activation="relu"), l.Dense(2)], o.RMSprop(), 32, 1000),
    }


def main(name, threads, jit):
    import tensorflow as tf
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    import keras
    import numpy as np

    layers, optimizer, batch, steps = models(keras)[name]
    model = keras.Sequential(layers)
    classes = model.output_shape[-1] == 10
    loss, metrics = ("sparse_categorical_crossentropy", ["accuracy"]) if classes else ("mean_squared_error", ["mae"] if name == "mlp_64_64_2" else [])
    model.compile(optimizer, loss, metrics=metrics, jit_compile=jit)

    random = np.random.default_rng(1)
    x = random.random((batch * steps, *model.input_shape[1:]), dtype=np.float32)
    y = random.integers(0, 10, batch * steps, dtype=np.int32) if classes else random.random((batch * steps, model.output_shape[-1]), dtype=np.float32)
    ms = []
    for epoch in range(6):
        start = time.perf_counter()
        model.fit(x, y, batch_size=batch, epochs=1, verbose=0)
        if epoch > 0:
            ms.append((time.perf_counter() - start) * 1e3 / steps)
    ms.sort()
    library = f"Keras {keras.__version__}, TensorFlow {tf.__version__}" + (", XLA" if jit else "")
    print(json.dumps({"library": library, "model": name, "batch": batch, "threads": threads, "ms": round(ms[2], 5), "best": round(ms[0], 5)}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:] == ["jit"])
