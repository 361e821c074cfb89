"""The programs 15 to 19 of this folder's parent in Keras: what they reach, for the table in docs/examples.md.

    pip install keras jax scikit-learn && python programs.py <folder of MNIST> <folder of Fashion-MNIST> [seeds]

Prints the mean and the deviation of each over some seeds.
"""
import gzip
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
from keras import layers


def images(folder):
    def read(*names):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.exists(path):
                return open(path, "rb").read()
            if os.path.exists(path + ".gz"):
                return gzip.open(path + ".gz").read()
        raise FileNotFoundError(f"{folder}: holds no {names[0]}")
    sets = []
    for kind in (("train", "train10k"), ("t10k",)):
        x = np.frombuffer(read(*(f"{k}-images-idx3-ubyte" for k in kind)), np.uint8, offset=16)
        y = np.frombuffer(read(*(f"{k}-labels-idx1-ubyte" for k in kind)), np.uint8, offset=8)
        sets.append((x.reshape(-1, 28, 28, 1).astype("float32") / 255, y.astype("int32")))
    return sets


def table(file):
    lines = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../share/tenon", file)).read().split()[1:]
    rows = [line.split(",") for line in lines]
    x = np.array([[float(v) for v in row[:-1]] for row in rows], "float32")
    kinds = sorted({row[-1] for row in rows})
    return x, np.array([kinds.index(row[-1]) for row in rows], "int32")


def split(x, y, test_size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    count = int(np.ceil(test_size * len(x)))
    train, test = order[:-count], order[-count:]
    mean, deviation = x[train].mean(0), x[train].std(0)
    return ((x[train] - mean) / deviation, y[train]), ((x[test] - mean) / deviation, y[test])


def normalized(x, layer, relu=True):
    x = layers.BatchNormalization(momentum=0.9)(layer(x))
    return layers.ReLU()(x) if relu else x


def residual_network(sets):
    def block(x, filters, stride=1):
        y = normalized(x, layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False))
        y = normalized(y, layers.Conv2D(filters, 3, padding="same", use_bias=False), relu=False)
        past = x if stride == 1 else normalized(x, layers.Conv2D(filters, 1, strides=stride, use_bias=False), relu=False)
        return layers.ReLU()(past + y)
    inputs = keras.Input((28, 28, 1))
    x = normalized(inputs, layers.Conv2D(16, 3, padding="same", use_bias=False))
    x = block(block(block(x, 16), 32, 2), 64, 2)
    model = keras.Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))
    return classify(model, sets, True, batch_size=64, epochs=5)


def separable_network(sets):
    def separable(x, filters):
        return normalized(x, layers.SeparableConv2D(filters, 3, padding="same", use_bias=False))
    inputs = keras.Input((28, 28, 1))
    x = normalized(inputs, layers.Conv2D(32, 3, strides=2, padding="same", use_bias=False))
    x = separable(layers.MaxPooling2D()(separable(separable(x, 64), 64)), 128)
    x = layers.Dropout(0.2)(layers.GlobalAveragePooling2D()(x))
    return classify(keras.Model(inputs, layers.Dense(10, activation="softmax")(x)), sets, False, batch_size=64, epochs=5)


def autoencoder(sets):
    (train, _), (test, _) = sets
    train, test = train.reshape(-1, 784), test.reshape(-1, 784)
    model = keras.Sequential([keras.Input((784,)), layers.Dense(128, activation="relu"), layers.Dense(32, activation="relu"),
                              layers.Dense(128, activation="relu"), layers.Dense(784, activation="sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["mse"])
    model.fit(train, train, batch_size=256, epochs=10, verbose=0)
    return model.evaluate(test, test, verbose=0)[1]


def iris(seed):
    train, test = split(*table("iris/iris.csv"), 0.2, seed)
    model = keras.Sequential([keras.Input((4,)), layers.Dense(16, activation="tanh"), layers.Dense(3, activation="softmax")])
    return classify(model, (train, test), False, keras.optimizers.Adam(0.01), batch_size=16, epochs=60)


def wine(seed):
    train, test = split(*table("wine/wine.csv"), 0.25, seed)
    def dense():
        return layers.Dense(16, activation="relu", kernel_regularizer=keras.regularizers.L2(1e-3))
    model = keras.Sequential([keras.Input((13,)), dense(), dense(), layers.Dense(3, activation="softmax")])
    return classify(model, (train, test), False, keras.optimizers.Adam(0.005), batch_size=16, epochs=40)


def classify(model, sets, from_logits, optimizer="adam", **options):
    (x, y), test = sets
    model.compile(optimizer, keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits), metrics=["accuracy"])
    model.fit(x, y, verbose=0, **options)
    return model.evaluate(*test, verbose=0)[1]


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    mnist, fashion = images(sys.argv[1]), images(sys.argv[2])
    seeds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    for name, program in (("iris", iris), ("wine", wine), ("autoencoder", lambda s: autoencoder(mnist)),
                          ("residual_network", lambda s: residual_network(fashion)), ("separable_network", lambda s: separable_network(fashion))):
        reached = []
        for seed in range(seeds if name not in ("iris", "wine") else 5):
            keras.utils.set_random_seed(seed)
            reached.append(program(seed))
        print(f"{name}: {np.mean(reached):.4f} ± {np.std(reached):.4f} over {len(reached)} seeds", flush=True)
