"""Writes random chains over the whole vocabulary of layers: their C++ types (vocabulary/networks.hpp), what Keras computes for them
(one .json each), and what five steps of training with random losses and optimizers make of some (vocabulary/training.json).

    python random_vocabulary.py [count = 24] [seed = 1]
"""
import os
import sys

from golden import FOLDER, distinct, draws, keras, keras_layer, normal, np, run, tensor, weight_values, write
from random_networks import MAX_WEIGHTS, alive, input_type, qualified, steady

keras.config.set_floatx("float64")
ACTIVATIONS = ["ReLU", "Sigmoid", "Tanh", "ELU", "SELU", "GELU", "SiLU", "Softplus", "CELU", "Exponential", "HardSigmoid", "HardTanh", "LogSigmoid", "Mish",
               "Softsign", "Squareplus", "TanhShrink", "SoftShrink"]
ANY = ["LayerNormalization", "UnitNormalization", "RMSNormalization", "BatchNormalization", "BatchNormalizationWith<Axis<1>>", "PReLU", "Rescaling<0.5, 0.1>", "Softmax",
       "Activation<{a}>", "{a}", "Identity", "Dense<{n}, {a}>", "Dense<{n}, NoBias>"]
OF = {
    2: ["Dense<{n}, {a}>"] * 3 + ["RepeatVector<3>"],
    3: ["Conv1D<{n}, Kernel<{k}>, Same, {a}>", "Conv1D<{n}, Kernel<{k}>, Causal, DilationRate<2>>", "Conv1D<{n}, Kernel<2>, Strides<2>>", "DepthwiseConv1D<Kernel<2>, DepthMultiplier<2>>",
        "SeparableConv1D<{n}, Kernel<{k}>, Same, {a}>", "Conv1DTranspose<{n}, Kernel<{k}>, Strides<2>, {a}>", "Conv1DTranspose<{n}, Kernel<3>, Strides<2>, Same>",
        "MaxPooling1D<2>", "AveragePooling1D<2, Strides<1>, Same>", "UpSampling1D<2>", "ZeroPadding1D<1, 2>", "Cropping1D<1, 0>", "AdaptiveAveragePooling1D<3>",
        "Permute<2, 1>"],
    4: ["Conv2D<{n}, Kernel<{k}, 2>, Same, {a}>", "Conv2D<{n}, Kernel<2>, Strides<2>>", "DepthwiseConv2D<Kernel<{k}>, Same, {a}>", "SeparableConv2D<{n}, Kernel<{k}>, Same, NoBias>",
        "Conv2DTranspose<{n}, Kernel<{k}>, Strides<2>, Same, {a}>", "Conv2DTranspose<{n}, Kernel<2>, NoBias>", "MaxPooling2D<2, 1>", "AveragePooling2D<2, 2, Same>",
        "UpSampling2D<2, 1>", "UpSampling2D<2, 2, Bilinear>", "ZeroPadding2D<1, 0, 0, 2>", "Cropping2D<0, 1, 1, 0>", "AdaptiveAveragePooling2D<2, 3>", "AdaptiveMaxPooling2D<2, 2>",
        "Resizing<5, 4>", "Permute<2, 3, 1>", "GroupNormalization<-1>"],
    5: ["Conv3D<{n}, Kernel<{k}, 2, 1>, Same, {a}>", "Conv3D<{n}, Kernel<2>, Strides<2, 1, 1>, Same>", "Conv3DTranspose<{n}, Kernel<2>, Same>", "MaxPooling3D<1, 2, 2>",
        "AveragePooling3D<2, 1, 2>", "UpSampling3D<1, 2, 1>", "ZeroPadding3D<0, 1, 0>", "Cropping3D<0, 0, 1, 0, 0, 0>"],
}
INPUTS = [(6,), (5,), (9, 3), (8, 2), (6, 7, 2), (5, 6, 3), (4, 5, 4, 2)]
TO_VECTOR = ["Flatten", "GlobalAveragePooling{d}D", "GlobalMaxPooling{d}D", "AdaptiveAveragePooling{d}D<2>"]


def draw(random, choices):
    text = choices[random.integers(len(choices))]
    return text.format(n=random.integers(2, 6), k=random.integers(1, 4), a=ACTIVATIONS[random.integers(len(ACTIVATIONS))], d="{d}")


def chain(random):
    """(C++ texts of the layers, Keras's layers, input, output)"""
    inputs = x = keras.Input(INPUTS[random.integers(len(INPUTS))])
    texts, layers = [], []

    def add(text):
        nonlocal x
        made = keras_layer(text)
        x = made(x)
        texts.append(text)
        layers.append(made)
    for _ in range(random.integers(3, 6)):
        text = draw(random, OF[len(x.shape)] * 2 + ANY)
        try:
            if min(x.shape[1:]) > 1 or not text.startswith(("Max", "Average", "Cropping")):
                add(text)
        except (ValueError, TypeError):
            continue  # it does not fit this shape
    if len(x.shape) > 2:
        text = draw(random, TO_VECTOR).format(d=len(x.shape) - 2)
        add(text)
        if len(x.shape) > 2:
            add("Flatten")
    add(f"Dense<{random.integers(1, 5)}>")
    return texts, layers, inputs, x


def build(name, seed):
    random = draws(seed)
    texts, layers, inputs, output = chain(random)
    model = keras.Model(inputs, output)
    weights = [w for layer in layers for w in layer.weights]
    if sum(int(np.prod(w.shape)) for w in weights) > MAX_WEIGHTS or len(texts) < 4:
        return None
    for layer in layers:
        for w, v in zip(layer.weights, weight_values(random, layer)):
            w.assign(v)
    x = [distinct(random, (3, *inputs.shape[1:]))]
    r = [normal(random, (3, *output.shape[1:]))]
    cases = []
    for training in (False, True):
        if training and not any("BatchNormalization" in t for t in texts):
            continue
        case = run(model, weights, x, lambda _: r, training)
        if not steady(case, run(model, weights, [x[0] + 1e-5 * np.sign(x[0])], lambda _: r, training)) or not alive(case):
            return None
        cases.append({"name": "training" if training else "inference", "layer": ", ".join(texts), **case})
    text = f"struct {name} : tn::Sequential<{input_type(inputs)}, {', '.join(qualified(t) for t in texts)}> {{}};\n"
    return text, texts, cases, (model, weights, inputs, output)


LOSSES = {"MeanSquaredError": {}, "MeanAbsoluteError": {}, "Huber": {"delta": 0.5}, "LogCosh": {}, "CosineSimilarity": {}, "MeanSquaredLogarithmicError": {}, "Hinge": {}, "SquaredHinge": {},
          "CategoricalHinge": {}, "BinaryCrossentropy": {"from_logits": True}}
OPTIMIZERS = {"SGD": {"learning_rate": 0.05, "momentum": 0.5, "nesterov": True}, "Adam": {"learning_rate": 0.02, "epsilon": 0.01}, "AdamW": {"learning_rate": 0.02, "weight_decay": 0.1, "epsilon": 0.01},
              "RMSprop": {"learning_rate": 0.02, "epsilon": 0.01}, "Adagrad": {"learning_rate": 0.05}, "Adadelta": {"learning_rate": 0.5, "epsilon": 0.01},
              "Adamax": {"learning_rate": 0.02, "epsilon": 0.01}, "Nadam": {"learning_rate": 0.02, "epsilon": 0.01}, "Ftrl": {"learning_rate": 0.1}, "Lamb": {"learning_rate": 0.02, "epsilon": 0.01}}


def aggregate(name, arguments):
    def number(v):
        return str(v).lower() if isinstance(v, bool) else f"{v}f"
    return f"tn::{name}{{{', '.join(f'.{n} = {number(v)}' for n, v in arguments.items())}}}"


def training_case(name, seed, made):
    """(C++ text of the call, case): five steps on five batches."""
    random = draws(seed)
    model, weights, inputs, output = made
    loss = list(LOSSES)[random.integers(len(LOSSES))]
    optimizer = list(OPTIMIZERS)[random.integers(len(OPTIMIZERS))]
    model.compile(getattr(keras.optimizers, optimizer)(**OPTIMIZERS[optimizer]), getattr(keras.losses, loss)(**LOSSES[loss]))
    start = [tensor(w.numpy()) for w in weights]
    xs, ys, losses = [], [], []
    for _ in range(5):
        x, y = distinct(random, (3, *inputs.shape[1:])), np.abs(normal(random, (3, *output.shape[1:]))) + 0.01  # a label of 0 means -1 to Hinge, here alone or not
        losses.append(float(model.train_on_batch(x.astype("float64"), y.astype("float64"))))
        xs.append(tensor(x))
        ys.append(tensor(y))
    if not np.all(np.isfinite(losses)) or max(losses) > 100:
        return None
    case = {"name": name, "layer": f"{aggregate(optimizer, OPTIMIZERS[optimizer])}, {aggregate(loss, LOSSES[loss])}", "weights": start, "inputs": xs, "cotangents": ys,
            "weights_after": [tensor(w.numpy()) for w in weights], "loss": np.array(losses)}
    return f'  f.template operator()<{name}>("{name}", {case["layer"]});\n', case


def main(count=24, seed=1):
    nets, names, calls, training, attempt = [], [], [], [], 0
    while len(nets) < count:
        name = f"Chain{len(nets)}"
        made = build(name, f"{seed}:{attempt}")
        attempt += 1
        if made is None:
            continue
        nets.append(made[0])
        names.append(name)
        write(f"vocabulary/{name.lower()}", made[2])
        if len(nets) % 3 == 0:  # each costs the compiler an optimizer and a loss
            trained = training_case(name, f"training {seed}:{attempt}", made[3])
            if trained:
                calls.append(trained[0])
                training.append(trained[1])
    write("vocabulary/training", training)
    every = "".join(f'  f.template operator()<{n}>("vocabulary/{n.lower()}");\n' for n in names)
    with open(os.path.join(FOLDER, "vocabulary", "networks.hpp"), "w") as file:
        file.write("// Written by tests/golden/random_vocabulary.py. What Keras computes for ChainK stands in chainK.json beside this file, what training makes of some in\n"
                   "// training.json.\n#pragma once\n\n#include <tenon/tenon.hpp>\n\nnamespace golden_vocabulary {\n\nnamespace tn = tenon;\n\n" + "".join(nets) +
                   "\n/// Calls f with each network as template argument and the name of its golden file.\nvoid for_each(auto f) {\n" + every +
                   "}\n/// Calls f with a network, the name of a case of training.json, its optimizer and its loss.\nvoid for_each_training(auto f) {\n" + "".join(calls) +
                   "}\n\n}  // namespace golden_vocabulary\n")


if __name__ == "__main__":
    main(*(int(v) for v in sys.argv[1:3]))
