"""Writes parity/*.json: the losses of the first 20 steps of each tutorial model, from formula weights on formula data.

Without an argument it runs itself three times: in float on TensorFlow ("losses", what a Keras user sees), in double on JAX
("losses_in_double", what the arithmetic means), and in float on JAX; how far these are apart is what a tolerance has to allow.
"""
import os
import pickle
import subprocess
import sys

STEPS = 20
RUNS = (("tensorflow", "float32"), ("jax", "float32"), ("jax", "float64"))


def classifier(batch, image=None, features=784):
    import formula
    import numpy as np
    def data(step):
        n = np.arange(step * batch, (step + 1) * batch)
        x = formula.pixels(n, features)
        return (x.reshape(-1, *image) if image else x), formula.labels(n)
    return data


def models(keras):
    """name: (C++ text of the layers, optimizer as C++ and as Keras, loss, batch, batches of a step)"""
    import formula
    import numpy as np
    o, image = keras.optimizers, (28, 28, 1)
    sparse = ("SparseCategoricalCrossentropy{}", "sparse_categorical_crossentropy")
    squared = ("MeanSquaredError{}", "mean_squared_error")
    digits = "Conv2D<32, Kernel<3, 3>, ReLU>, MaxPooling2D<2, 2>, "
    head = "Flatten, Dense<128, ReLU>, Dense<10, Softmax>"
    return {
        "linear_regression": ("Input<1>, Dense<1>", ("SGD{.learning_rate = 0.5}", o.SGD(0.5)), squared, 100,
                              lambda step: formula.line(np.arange(100))),
        "softmax_regression": ("Input<784>, Dense<10, Softmax>", ("SGD{.learning_rate = 0.5}", o.SGD(0.5)), sparse, 100, classifier(100)),
        "simple_net": ("Input<784>, Dense<128, ReLU>, Dense<10, Softmax>", ("Adam{}", o.Adam()), sparse, 32, classifier(32)),
        "cnn_32": ("Input<28, 28, 1>, " + digits + head, ("Adam{}", o.Adam()), sparse, 32, classifier(32, image)),
        "cnn_32_64": ("Input<28, 28, 1>, " + digits + "Conv2D<64, Kernel<3, 3>, ReLU>, MaxPooling2D<2, 2>, " + head, ("Adam{}", o.Adam()), sparse, 32,
                      classifier(32, image)),
        "mlp_512": ("Input<784>, Dense<512, ReLU>, Dense<512, ReLU>, Dense<10, Softmax>", ("RMSprop{}", o.RMSprop()), sparse, 128, classifier(128)),
        "mlp_64_64_2": ("Input<2>, Dense<64, ReLU>, Dense<64, ReLU>, Dense<2>", ("RMSprop{}", o.RMSprop()), squared, 32,
                        lambda step: formula.square(np.arange(step * 32, (step + 1) * 32))),
    }


def split(text):
    """Commas outside of angle brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += {"<": 1, ">": -1}.get(letter, 0)
        parts.append("") if letter == "," and not depth else parts.append(parts.pop() + letter)
    return [p.strip() for p in parts]


def train():
    """On this process's backend and precision: everything that a golden file holds, by model."""
    from golden import keras, keras_layer, np, parse
    import formula
    keras.config.set_floatx(os.environ["FLOATX"])
    result = {}
    for name, (text, optimizer, loss, batch, data) in models(keras).items():
        first, *layers = split(text)
        net = keras.Sequential([keras.Input([int(e) for e in parse(first)[1]])] + [keras_layer(l) for l in layers])
        shapes = [w.shape for w in net.weights]
        net.set_weights([formula.kernel(i // 2, s) if len(s) > 1 else np.zeros(s) for i, s in enumerate(shapes)])
        net.compile(optimizer[1], loss[1])
        losses = np.array([float(net.train_on_batch(*data(step))) for step in range(STEPS)])
        weights = net.get_weights()
        result[name] = {"layer": f"Sequential<{text}>", "optimizer": optimizer[0], "loss": loss[0], "batch_size": batch, "losses": losses,
                        "sums": np.array([np.abs(w.astype("float64")).sum() for w in weights])}
    return result


def main():
    from golden import np, write
    runs = []
    for backend, floatx in RUNS:
        environment = {**os.environ, "KERAS_BACKEND": backend, "FLOATX": floatx}
        runs.append(pickle.loads(subprocess.run([sys.executable, __file__, "run"], env=environment, check=True, stdout=subprocess.PIPE).stdout))
    tensorflow, jax, exact = runs
    for name, case in exact.items():
        spread = [np.max(np.abs(r[name]["losses"] / case["losses"] - 1)) for r in (tensorflow, jax)]
        print(f"{name:20s} {case['losses'][0]:.6f} … {case['losses'][-1]:.6f}, float on TensorFlow within {spread[0]:.1e}, on JAX {spread[1]:.1e}")
        entry = {"name": name, **case, "losses": tensorflow[name]["losses"], "losses_in_double": case["losses"]}
        entry["weights_after_abs_sums"] = entry.pop("sums")
        write("parity/" + name, [entry], backend="tensorflow, float (losses); jax, double (losses_in_double, weights_after_abs_sums)")


def formula_values():
    """What tests/support/formula_data.cpp compares."""
    from golden import np, write
    import formula
    i = np.arange(64)
    x, y = formula.square(i)
    write("formula", [{"name": name, "expected": np.asarray(v).ravel()} for name, v in (
        ("bits of stream 1", formula.bits(1, i)), ("uniform of stream 3", formula.uniform(3, i)),
        ("first kernel, 784 to 10", formula.kernel(0, (784, 10)).ravel()[:64]), ("second kernel, 3x3x32 to 64", formula.kernel(1, (3, 3, 32, 64)).ravel()[:64]),
        ("labels", formula.labels(i)), ("pixels of sample 7", formula.pixels([7], 784).ravel()[::12][:64]),
        ("line", formula.line(i)[1]), ("plane", y[:, 0]), ("saddle", y[:, 1]))])


if __name__ == "__main__":
    if sys.argv[1:] == ["run"]:
        out, sys.stdout = sys.stdout, sys.stderr
        out.buffer.write(pickle.dumps(train()))
    else:
        formula_values()
        main()
