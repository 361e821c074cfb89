"""Writes random networks: their C++ types (networks.hpp) and what Keras computes for them (one .json each).

    python random_networks.py [count = 14] [seed = 5] [folder = random]

Chains (tn::Sequential), chains with a residual block, and graphs with one or two inputs, joined branches and shared layers.
The weights of a file stand in the order in which the layers are first called.
"""
import os
import re
import sys

from golden import FOLDER, distinct, draws, keras, keras_layer, normal, np, run, weight_values, write

keras.config.set_floatx("float64")
ACTIVATIONS = ["ReLU", "Sigmoid", "Tanh", "ELU", "SELU", "GELU", "SiLU", "LeakyReLUWith<0.2>", "Softplus", "Linear"]
MAX_WEIGHTS = 1500


class Network:
    """Builds the C++ text and the Keras model side by side."""

    def __init__(self, name, random):
        self.name, self.random = name, random
        self.layers = []   # Keras's, in the order of their first call
        self.inputs = []

    def pick(self, *choices):
        return choices[self.random.integers(len(choices))]

    def input(self):
        shape = self.pick((7,), (12,), (5, 6, 2), (7, 7, 2), (8, 5, 3), (9, 8, 1), (6, 7, 4))
        self.inputs.append(keras.Input(shape))
        return self.inputs[-1]

    def add(self, layer):
        self.layers.append(keras_layer(layer))
        return self.layers[-1]

    def activation(self):
        return self.pick("", "", ", " + self.pick(*ACTIVATIONS))

    def conv(self, x, same=None):
        """A convolution that fits x; same: one that keeps its shape."""
        h, w, channels = x.shape[1:]
        kh, kw = (self.pick(1, 2, 3) for _ in range(2))
        options = [str(channels if same else self.pick(2, 3, 4, 6)), f"Kernel<{kh}, {kw}>"]
        if same or h < kh + 2 or w < kw + 2 or self.pick(True, False):
            options.append("Same")
        if not same and self.pick(True, False, False):
            options.append(self.pick("Strides<2, 2>", "Strides<2, 1>"))
        elif self.pick(True, False, False, False) and (same or "Same" in options):
            options.append("DilationRate<2, 2>")
        if channels % 2 == 0 and int(options[0]) % 2 == 0 and self.pick(True, False):
            options.append("Groups<2>")
        if self.pick(True, False, False, False):
            options.append("NoBias")
        return f"Conv2D<{', '.join(options)}{self.activation()}>"

    def image_layer(self, x):
        h, w, channels = x.shape[1:]
        pool = self.pick("MaxPooling2D", "AveragePooling2D")
        choices = [self.conv(x), self.conv(x), self.conv(x, same=True), "BatchNormalization", f"Activation<{self.pick(*ACTIVATIONS)}>"]
        if min(h, w) >= 3:
            choices += [f"{pool}<2, 2>", f"{pool}<2, 2, Same>", f"{pool}<3, 3, Strides<2, 2>, Same>", f"{pool}<2, 2, Strides<1, 1>>"]
        return self.pick(*choices)

    def vector_layer(self, x):
        units = self.pick(3, 5, 8, 13)
        bias = self.pick("", "", ", NoBias")
        choices = [f"Dense<{units}{bias}{self.activation()}>"] * 4 + ["BatchNormalizationWith<Momentum<0.9>>", self.pick("Tanh", "ReLU", "Softmax", "Dropout<0.25>")]
        if len(x.shape) == 2 and x.shape[1] % 2 == 0:
            choices.append(f"Reshape<{x.shape[1] // 2}, 2>")
        return self.pick(*choices)

    def layer_for(self, x):
        return self.image_layer(x) if len(x.shape) == 4 else self.vector_layer(x)

    def to_vector(self):
        return self.pick("Flatten", "GlobalAveragePooling2D", "GlobalMaxPooling2D")

    def head(self):
        return self.pick("Dense<3, Softmax>", "Dense<4>", "Dense<1, Sigmoid>", "Dense<2, Tanh>")


def qualified(text):
    return re.sub(r"\b([A-Z]\w*)", r"tn::\1", text)


def input_type(x):
    return f"tn::Input<{', '.join(str(e) for e in x.shape[1:])}>"


def residual_block(net, name, x):
    """(C++ text of a block, its output)"""
    first, second = net.conv(x, same=True), net.conv(x, same=True)
    norm = net.pick(True, False)
    join, after = net.pick("+", "*"), net.pick("relu", "tanh", "sigmoid")
    members = [f"{qualified(first)} first;", f"{qualified(second)} second;"] + (["tn::BatchNormalization norm;"] if norm else [])
    h = net.add(first)(x)
    if norm:
        h = net.add("BatchNormalization")(h)
    h = net.add(second)(h)
    y = getattr(keras.activations, after)(x + h if join == "+" else x * h)
    inner = "second(norm(first(x)))" if norm else "second(first(x))"
    text = f"struct {name} {{\n" + "".join(f"  {m}\n" for m in members)
    text += f"  constexpr auto call(auto x) const {{ return tn::{after}(x {join} {inner}); }}\n}};\n"
    return text, y


def chain(net, with_block):
    x = net.input()
    types, text = [input_type(x)], ""
    length = net.pick(2, 3, 4, 5)
    for i in range(length):
        if with_block and len(x.shape) == 4 and i == min(1, length - 1):
            block, x = residual_block(net, net.name + "Block", x)
            text, types = text + block, types + [net.name + "Block"]
        layer = net.layer_for(x)
        x, types = net.add(layer)(x), types + [qualified(layer)]
    if len(x.shape) == 4:
        layer = net.to_vector()
        x, types = net.add(layer)(x), types + [qualified(layer)]
    layer = net.head()
    x, types = net.add(layer)(x), types + [qualified(layer)]
    return text + f"struct {net.name} : tn::Sequential<\n    " + ",\n    ".join(types) + "> {};\n", x


def graph(net):
    named = {}                       # C++ variable → Keras tensor
    members, statements = [], []
    unused = []
    shared = []                      # (member, Keras layer, shape it takes)

    def result(expression, tensor, *used):
        name = f"h{len(statements)}"
        statements.append(f"const auto {name} = {expression};")
        named[name] = tensor
        unused[:] = [u for u in unused if u not in used] + [name]

    def member(layer):
        members.append(f"{qualified(layer)} m{len(members)};")
        return f"m{len(members) - 1}", net.add(layer)

    def apply(layer, source):
        call, made = member(layer)
        shared.append((call, made, named[source].shape))
        result(f"{call}({source})", made(named[source]), source)

    def join(a, b):
        x, y = named[a], named[b]
        if x.shape == y.shape:
            how = net.pick("+", "*", "Add", "Multiply", "Concatenate", "concatenate")
        else:
            how = net.pick("Concatenate", "concatenate")
        if how in "+*":
            result(f"{a} {how} {b}", x + y if how == "+" else x * y, a, b)
        elif how == "concatenate":
            result(f"tn::concatenate({a}, {b})", keras.ops.concatenate([x, y], -1), a, b)
        else:
            call, made = member(how)
            result(f"{call}({a}, {b})", made([x, y]), a, b)

    for i in range(net.pick(1, 1, 2)):
        named["ab"[i]] = net.input()
        unused.append("ab"[i])
    parameters = list(named)
    for _ in range(net.pick(4, 5, 6, 7)):
        source = net.pick(*list(named)[-3:], *unused)
        again = [(call, made) for call, made, shape in shared if shape == named[source].shape and made.weights]
        mates = [n for n in named if n != source and named[n].shape[:-1] == named[source].shape[:-1]]
        if mates and net.pick(True, False):
            join(source, net.pick(*mates))
        elif again and net.pick(True, False, False):
            call, made = net.pick(*again)
            result(f"{call}({source})", made(named[source]), source)
        elif net.pick(True, False, False, False):
            function = net.pick("relu", "tanh", "sigmoid", "gelu")
            result(f"tn::{function}({source})", getattr(keras.activations, function)(named[source]), source)
        elif len(named[source].shape) == 4 and net.pick(True, True, False):
            apply(net.conv(named[source], same=True), source)  # so that branches meet
        else:
            apply(net.layer_for(named[source]), source)
    for leaf in list(unused):
        if len(named[leaf].shape) > 2:
            apply(net.to_vector() if len(named[leaf].shape) == 4 else "Flatten", leaf)
    while len(unused) > 1:
        join(unused[0], unused[1])
    joined = unused[0]
    apply(net.head(), joined)
    results = [unused[0]]
    if net.pick(True, False, False):  # a second output
        apply(net.head(), joined)
        results.append(unused[-1])
    returned = results[0] if len(results) == 1 else f"tn::outputs({', '.join(results)})"
    text = f"struct {net.name}Body {{\n" + "".join(f"  {m}\n" for m in members)
    text += f"  constexpr auto call({', '.join('auto ' + p for p in parameters)}) const {{\n"
    text += "".join(f"    {s}\n" for s in statements) + f"    return {returned};\n  }}\n}};\n"
    text += f"struct {net.name} : tn::Graph<{net.name}Body, {', '.join(input_type(x) for x in net.inputs)}> {{}};\n"
    return text, *(named[r] for r in results)


def steady(case, shifted):
    """No gradient jumps when the inputs move a little: no kink of ReLU or of a maximum is near."""
    pairs = zip(case["weight_gradients"] + case["input_gradients"], shifted["weight_gradients"] + shifted["input_gradients"])
    return all(a is None or np.allclose(a["data"], b["data"], rtol=1e-2, atol=1e-3) for a, b in pairs)


def alive(case):
    """Not all of a weight's gradients are zero."""
    return all(g is None or np.any(np.abs(g["data"]) > 1e-3) for g in case["weight_gradients"])


def build(name, kind, seed):
    """(C++ text, cases) of one network; nothing when it is too large, or stands on a kink."""
    random = draws(seed)
    net = Network(name, random)
    text, *outputs = graph(net) if kind == "graph" else chain(net, kind == "block")
    model = keras.Model(net.inputs, outputs)
    weights = [w for layer in net.layers for w in layer.weights]
    kinds = {type(layer).__name__ for layer in net.layers}
    if sum(int(np.prod(w.shape)) for w in weights) > MAX_WEIGHTS or len(net.layers) < 3 or "Conv2D" not in kinds and "Dense" not in kinds:
        return None
    for layer in net.layers:
        for w, v in zip(layer.weights, weight_values(random, layer)):
            w.assign(v)
    batch = 3
    x = [distinct(random, (batch, *i.shape[1:])) for i in net.inputs]
    r = [normal(random, (batch, *y.shape[1:])) for y in outputs]
    cases = []
    for training in (False, True):
        if training and ("Dropout" in kinds or "BatchNormalization" not in kinds):
            continue  # random, or the same again
        case = run(model, weights, x, lambda _: r, training)
        if not steady(case, run(model, weights, [v + 1e-5 * np.sign(v) for v in x], lambda _: r, training)) or not alive(case):
            return None
        cases.append({"name": "training" if training else "inference", "layer": text, **case})
    return text, cases


def main(count=14, seed=5, folder="random"):
    texts, names = [], []
    attempt = 0
    while len(texts) < count:
        name = f"Net{len(texts)}"
        kind = ("chain", "graph", "chain", "block", "graph", "chain")[len(texts) % 6]
        made = build(name, kind, f"{seed}:{attempt}")
        attempt += 1
        if made is None:
            continue
        texts.append(made[0])
        names.append(name)
        write(f"{folder}/net{len(texts) - 1}", made[1])
    calls = "".join(f'  f.template operator()<{n}>("{folder}/{n.lower()}");\n' for n in names)
    with open(os.path.join(FOLDER, folder, "networks.hpp"), "w") as file:
        file.write("// Written by tests/golden/random_networks.py. What Keras computes for NetK stands in netK.json beside this file.\n"
                   "#pragma once\n\n#include <tenon/tenon.hpp>\n\nnamespace golden_networks {\n\nnamespace tn = tenon;\n\n" + "\n".join(texts) +
                   "\n/// Calls f with each network as template argument and the name of its golden file.\n"
                   "void for_each(auto f) {\n" + calls + "}\n\n}  // namespace golden_networks\n")


if __name__ == "__main__":
    main(*(kind(a) for kind, a in zip((int, int, str), sys.argv[1:])))
