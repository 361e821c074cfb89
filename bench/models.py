"""What is measured: the models as lists of layers, and what they cost at least.

The references build their models from these lists; bench/networks.hpp has them as types.
"""
import dataclasses
import math


@dataclasses.dataclass(frozen=True)
class Dense:
    units: int
    activation: str = ""


@dataclasses.dataclass(frozen=True)
class Conv:
    """3 x 3 and ReLU, then the largest of each 2 x 2."""
    filters: int


@dataclasses.dataclass(frozen=True)
class Flatten:
    pass


@dataclasses.dataclass(frozen=True)
class Dropout:
    rate: float


@dataclasses.dataclass(frozen=True)
class Model:
    input: tuple
    layers: tuple
    optimizer: str = "Adam"
    learning_rate: float = 0.001

    def costs(self):
        """Of each layer with weights: how many weights, and multiply-adds for one sample."""
        shape = self.input
        for layer in self.layers:
            if isinstance(layer, Dense):
                yield (shape[-1] + 1) * layer.units, shape[-1] * layer.units
                shape = (layer.units,)
            elif isinstance(layer, Conv):
                height, width, channels = shape
                yield (9 * channels + 1) * layer.filters, (height - 2) * (width - 2) * 9 * channels * layer.filters
                shape = ((height - 2) // 2, (width - 2) // 2, layer.filters)
            elif isinstance(layer, Flatten):
                shape = (math.prod(shape),)

    @property
    def outputs(self):
        return self.layers[-1].units

    @property
    def classifies(self):
        return self.layers[-1].activation == "softmax"

    @property
    def has_convolution(self):
        return any(isinstance(layer, Conv) for layer in self.layers)

    @property
    def weight_bytes(self):
        return 4 * sum(weights for weights, _ in self.costs())

    def inference_flops(self, batch):
        return 2 * batch * sum(products for _, products in self.costs())

    def training_flops(self, batch):
        """Forward, the gradients of the weights and those of the inputs; the first layer needs none of its input."""
        first, *others = (products for _, products in self.costs())
        return 2 * batch * (2 * first + 3 * sum(others))


HEAD = (Flatten(), Dense(128, "relu"), Dense(10, "softmax"))
MODELS = {
    "linear_regression": Model((1,), (Dense(1),), "SGD", 0.5),
    "softmax_regression": Model((784,), (Dense(10, "softmax"),), "SGD", 0.5),
    "simple_net": Model((784,), (Dense(128, "relu"), Dense(10, "softmax"))),
    "mlp_512": Model((784,), (Dense(512, "relu"), Dropout(0.2), Dense(512, "relu"), Dropout(0.2), Dense(10, "softmax")), "RMSprop"),
    "cnn_32": Model((28, 28, 1), (Conv(32), *HEAD)),
    "cnn_32_64": Model((28, 28, 1), (Conv(32), Conv(64), *HEAD)),
    "mlp_64_64_2": Model((3,), (Dense(64, "relu"), Dense(64, "relu"), Dense(2)), "RMSprop"),
    "mlp_64_64_10": Model((16,), (Dense(64, "relu"), Dense(64, "relu"), Dense(10, "softmax"))),
}

# (model, batch): the steps of an epoch
TRAINING = {
    ("linear_regression", 100): 1000,
    ("softmax_regression", 100): 600,
    ("simple_net", 32): 600,
    ("mlp_512", 128): 120,
    ("cnn_32", 32): 120,
    ("cnn_32_64", 32): 120,
    ("cnn_32_64", 128): 40,
    ("mlp_64_64_2", 32): 1000,
}
INFERENCE = [("mlp_64_64_10", 1), ("simple_net", 1), ("mlp_512", 1), ("cnn_32_64", 1), ("mlp_512", 128), ("cnn_32_64", 128)]


def training_floor(machine, model, batch):
    """Seconds that a step takes at least: all products at the speed of multiply-adds in registers."""
    return MODELS[model].training_flops(batch) / machine["flops"]


def inference_floor(machine, model, batch):
    """Seconds that a call takes at least: all products, or for one sample without convolutions, reading the weights."""
    net = MODELS[model]
    if batch == 1 and not net.has_convolution:
        return net.weight_bytes / machine["bandwidth"][str(net.weight_bytes)]
    return net.inference_flops(batch) / machine["flops"]


# How many bytes bench/machine.cpp has to read for inference_floor.
WEIGHT_BYTES = [MODELS[model].weight_bytes for model, batch in INFERENCE if batch == 1 and not MODELS[model].has_convolution]
