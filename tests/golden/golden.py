"""What the generating scripts share: layers from their C++ text, values to draw, and the form of a golden file."""
import json
import os
import re

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_ENABLE_X64", "1")      # layers are computed in double and stored as the nearest float
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

FOLDER = os.path.dirname(os.path.abspath(__file__))
ACTIVATIONS = {
    "Linear": "linear", "ReLU": "relu", "Sigmoid": "sigmoid", "Tanh": "tanh", "Softmax": "softmax", "ELU": "elu", "SELU": "selu",
    "GELU": "gelu", "SiLU": "silu", "LeakyReLU": "leaky_relu", "LeakyReLUWith": "leaky_relu",
    "Softplus": "softplus", "CELU": "celu", "Exponential": "exponential", "GLU": "glu", "HardShrink": "hard_shrink", "SoftShrink": "soft_shrink",
    "TanhShrink": "tanh_shrink", "HardSigmoid": "hard_sigmoid", "HardSiLU": "hard_silu", "HardTanh": "hard_tanh", "LogSigmoid": "log_sigmoid",
    "LogSoftmax": "log_softmax", "Mish": "mish", "ReLU6": "relu6", "Softsign": "softsign", "SparsePlus": "sparse_plus",
    "SparseSigmoid": "sparse_sigmoid", "Squareplus": "squareplus", "Threshold": "threshold", "ApproximateGELU": "gelu"}


# -- C++ text → Keras ---------------------------------------------------------------------------------------------------------

def parse(text):
    """'Conv2D<4, Kernel<3, 3>, Same>' → ('Conv2D', [4.0, ('Kernel', [3.0, 3.0]), ('Same', [])])."""
    tokens = re.findall(r"[A-Za-z_]\w*|[-+]?[\d.]+(?:[eE][-+]?\d+)?|[<>,]", text.replace("tn::", ""))
    def item():
        token = tokens.pop(0)
        if not (token[0].isalpha() or token[0] == "_"):
            return float(token)
        arguments = []
        if tokens[:2] == ["<", ">"]:
            del tokens[:2]
        elif tokens and tokens[0] == "<":
            while tokens.pop(0) != ">":
                arguments.append(item())
                if tokens[0] == ">":
                    tokens.pop(0)
                    break
        return token, arguments
    return item()


def activation_function(name, arguments):
    if name.startswith("LeakyReLU"):  # the layer's default, not the function's, which is 0.2
        return lambda x: keras.activations.leaky_relu(x, negative_slope=arguments[0] if arguments else 0.3)
    name = name.removesuffix("With")
    if name == "ApproximateGELU":
        return lambda x: keras.activations.gelu(x, approximate=True)
    if name in ("GLU", "LogSoftmax"):
        arguments = [int(a) for a in arguments]
    if arguments:
        return lambda x: getattr(keras.activations, ACTIVATIONS[name])(x, *arguments)
    return getattr(keras.activations, ACTIVATIONS[name])


def regularizer(name, arguments):
    return getattr(keras.regularizers, name)(*arguments)


def keras_layer(text, **extra):
    """The Keras layer that a C++ layer type stands for."""
    equation = re.search(r'EinsumDense<"([^"]*)"', text)  # texts are no numbers or names
    bias_axes = re.search(r'BiasAxes<"([^"]*)"', text)
    name, arguments = parse(re.sub(r'"[^"]*"', "0", text))
    name = name.removesuffix("With")  # BatchNormalization has defaults, BatchNormalizationWith<…> options
    numbers = [a for a in arguments if isinstance(a, float)]
    options = dict(a for a in arguments if isinstance(a, tuple))
    whole = [int(n) for n in numbers]
    layers = keras.layers
    k = dict(extra)
    for option, values in options.items():
        if option in ACTIVATIONS and name != "Activation":
            k["activation"] = activation_function(option, values)
        elif option == "NoBias":
            k["use_bias"] = False
        elif option in ("Same", "Valid", "Causal"):
            k["padding"] = option.lower()
        elif option == "Strides":
            k["strides"] = tuple(int(v) for v in values)
        elif option == "DilationRate":
            k["dilation_rate"] = tuple(int(v) for v in values)
        elif option == "Groups":
            k["groups"] = int(values[0])
        elif option == "OutputPadding":
            k["output_padding"] = tuple(int(v) for v in values)
        elif option == "DepthMultiplier":
            k["depth_multiplier"] = int(values[0])
        elif option == "KeepDims":
            k["keepdims"] = True
        elif option in ("Nearest", "Bilinear", "Bicubic", "Lanczos3", "Lanczos5"):
            k["interpolation"] = option.lower()
        elif option in ("CropToAspectRatio", "PadToAspectRatio"):
            k["crop_to_aspect_ratio" if option.startswith("Crop") else "pad_to_aspect_ratio"] = True
        elif option == "FillValue":
            k["fill_value"] = values[0]
        elif option == "Antialias":
            k["antialias"] = True
        elif option == "Momentum":
            k["momentum"] = values[0]
        elif option == "Epsilon":
            k["epsilon"] = values[0]
        elif option == "Axis":
            k["axis"] = [int(v) for v in values] if len(values) > 1 else int(values[0])
        elif option == "Normalize":
            k["normalize"] = True
        elif option in ("NoCenter", "NoScale"):
            k[option[2:].lower()] = False
        elif option == "KernelRegularizer":
            k["kernel_regularizer"] = regularizer(*values[0])
        elif option == "BiasRegularizer":
            k["bias_regularizer"] = regularizer(*values[0])
    if name == "Softmax" and whole:
        return layers.Softmax(whole if len(whole) > 1 else whole[0], **k)
    if name == "ReLU" and numbers:
        limit, slope, threshold = (numbers + [0.0, 0.0])[:3]
        return layers.ReLU(None if limit > 1e9 else limit, slope, threshold, **k)
    if name == "PReLU":
        return layers.PReLU(shared_axes=[int(a) for a in options["SharedAxes"]] if "SharedAxes" in options else None, **k)
    if name == "EinsumDense":
        extents = tuple(None if v < 0 else int(v) for v in options["OutputShape"])
        return layers.EinsumDense(equation[1], extents, bias_axes=bias_axes[1] if bias_axes else None, **k)
    if name == "Permute":
        return layers.Permute(tuple(whole), **k)
    if name in ("RepeatVector", "GroupNormalization"):
        return getattr(layers, name)(*whole, **k)
    if name == "Rescaling":
        return layers.Rescaling(*numbers, **k)
    if name == "UnitNormalization" and whole:
        return layers.UnitNormalization(whole, **k)
    if name == "Dot":
        return layers.Dot(tuple(whole) if len(whole) > 1 else whole[0], **k)
    if name == "Dense":
        return layers.Dense(whole[0], **k)
    if "Conv" in name:
        size = tuple(int(v) for v in options["Kernel"])
        return getattr(layers, name)(*whole, size if len(size) > 1 else size[0], **{n: v if type(v) is not tuple or len(v) > 1 else v[0] for n, v in k.items()})
    if re.match("(Max|Average)Pooling", name):
        axes = int(name[-2])
        k = {n: v if type(v) is not tuple or len(v) > 1 else v[0] for n, v in k.items()}
        return getattr(layers, name)(tuple(whole) if len(whole) == axes > 1 else whole[0], **k)
    if re.match("Adaptive", name):
        return getattr(layers, name)(tuple(whole) if len(whole) > 1 else whole[0], **k)
    if re.match("Cropping|ZeroPadding|UpSampling", name):
        axes = int(name[-2])
        pairs = tuple(zip(whole[::2], whole[1::2]))
        if not whole:
            return getattr(layers, name)(**k)
        return getattr(layers, name)(whole[0] if len(whole) == 1 else tuple(whole) if len(whole) == axes or axes == 1 else pairs, **k)
    if name in ("Resizing", "CenterCrop"):
        return getattr(layers, name)(*whole, **k)
    if name == "Reshape":
        return layers.Reshape(tuple(whole), **k)
    if name == "Dropout":
        return layers.Dropout(numbers[0], **k)
    if name == "Activation":
        return layers.Activation(activation_function(*arguments[0]), **k)
    if name == "Concatenate":
        return layers.Concatenate(whole[0] if whole else -1, **k)
    if name == "LeakyReLU":
        return layers.LeakyReLU(*numbers, **k)
    if name in ACTIVATIONS:  # a bare activation among layers
        return layers.Activation(activation_function(name, numbers), **k)
    return getattr(layers, name)(**k)


# -- values -------------------------------------------------------------------------------------------------------------------

def draws(seed):
    """Random numbers for one case, the same on every machine."""
    return np.random.Generator(np.random.PCG64(list(seed.encode())))


def normal(random, shape, scale=1.0):
    """Two decimals are enough, and keep the files small."""
    return np.round(random.normal(size=shape) * scale, 2).astype("float32")


def distinct(random, shape):
    """No two values alike: a maximum has one place, so its gradient has too."""
    size = int(np.prod(shape))
    step = max(0.01, round(4 / size, 2))
    return np.round((random.permutation(size) - size // 2 + 0.5) * step, 3).astype("float32").reshape(shape)


def weight_values(random, layer):
    """A value for each weight; a variance stays positive."""
    values = []
    for w in layer.weights:
        if "variance" in w.path:
            values.append(np.round(random.uniform(0.3, 2.0, w.shape), 2).astype("float32"))
        elif "gamma" in w.path:
            values.append(np.round(random.uniform(0.5, 1.5, w.shape), 2).astype("float32"))
        else:
            fan_in = np.prod(w.shape[:-1]) if len(w.shape) > 1 else 4
            values.append(normal(random, w.shape, 1 / np.sqrt(fan_in)))
    return values


# -- the files ----------------------------------------------------------------------------------------------------------------

def number(x):
    x = np.float32(x)
    assert np.isfinite(x), "a golden value is finite"
    text = np.format_float_positional(x, trim="-") if 1e-4 <= abs(x) < 1e6 or x == 0 else np.format_float_scientific(x, trim="-")
    return "0" if text == "-0" else text  # the shortest text that reads back as this float (at most 9 digits)


def tensor(values):
    values = np.asarray(values)
    return {"shape": list(values.shape), "data": values.astype("float32").ravel()}


def dump(value):
    if value is None or isinstance(value, (bool, str, int)):
        return json.dumps(value)
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(k) + ":" + dump(v) for k, v in value.items()) + "}"
    if isinstance(value, np.ndarray) and value.dtype.kind in "iu":
        return json.dumps(value.tolist())
    if isinstance(value, np.ndarray) and value.dtype == np.float64:  # printed to 9 digits, whatever a float could hold
        return "[" + ",".join(f"{v:.9g}" for v in value.ravel()) + "]"
    if isinstance(value, (list, tuple, np.ndarray)):
        return "[" + ",".join(number(v) if isinstance(v, np.floating) else dump(v) for v in value) + "]"
    if isinstance(value, float):
        return f"{value:.9g}"
    return number(value)


def write(name, cases, **header):
    """One case per line, so that a change of one case is a change of one line."""
    path = os.path.join(FOLDER, name + ".json")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    assert len({c["name"] for c in cases}) == len(cases), f"{name}: a case's name is given once"
    header = {"keras": keras.__version__, "backend": keras.backend.backend(), **header}
    with open(path, "w") as file:
        file.write("{" + ",".join(f'"{k}":{dump(v)}' for k, v in header.items()) + ',"cases":[\n')
        file.write(",\n".join(dump(c) for c in cases) + "\n]}\n")
    print(f"{os.path.getsize(path):8d}  {len(cases):3d} cases  {name}")


# -- one pass forward and back ------------------------------------------------------------------------------------------------

def run(model, weights, inputs, cotangents_of, training):
    """Outputs, the weights after the call, and the gradients of sum(output · cotangent); `weights` lists the variables in order."""
    import jax
    trainable = model.trainable_variables
    fixed = model.non_trainable_variables
    wide = [np.asarray(x, "float64") for x in inputs]

    def call(t, x):
        y, f = model.stateless_call(t, [v.value for v in fixed], x[0] if len(x) == 1 else x, training=training)
        return (y if isinstance(y, (list, tuple)) else [y]), f

    outputs, after = jax.jit(call)([v.value for v in trainable], wide)
    cotangents = cotangents_of([np.asarray(y).shape for y in outputs])
    total = lambda t, x: sum((y * r).sum() for y, r in zip(call(t, x)[0], cotangents))
    dweights, dinputs = jax.jit(jax.grad(total, argnums=(0, 1)))([v.value for v in trainable], wide)
    gradient = {id(v): g for v, g in zip(trainable, dweights)}
    now = {id(v): f for v, f in zip(fixed, after)}
    return {
        "inputs": [tensor(x) for x in inputs],
        "weights": [tensor(w) for w in weights],
        "training": training,
        "outputs": [tensor(y) for y in outputs],
        "cotangents": [tensor(r) for r in cotangents],
        "input_gradients": [tensor(g) for g in dinputs],
        "weight_gradients": [tensor(gradient[id(v)]) if id(v) in gradient else None for v in weights],
        "weights_after": [tensor(now[id(v)]) if id(v) in now else tensor(v) for v in weights] if training else [],
    }
