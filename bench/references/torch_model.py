"""A model of bench/models.py in PyTorch. Images are (channels, rows, columns); `scores`: without the softmax at the end."""
import math

from models import MODELS, Conv, Dense, Dropout, Flatten


def torch_model(nn, name, scores=False):
    shape, layers = MODELS[name].input, []
    for layer in MODELS[name].layers:
        match layer:
            case Dense(units, activation):
                layers += [nn.Linear(shape[-1], units)]
                if activation == "relu":
                    layers += [nn.ReLU()]
                if activation == "softmax" and not scores:
                    layers += [nn.Softmax(-1)]
                shape = (units,)
            case Conv(filters):
                layers += [nn.Conv2d(shape[-1], filters, 3), nn.ReLU(), nn.MaxPool2d(2)]
                shape = ((shape[0] - 2) // 2, (shape[1] - 2) // 2, filters)
            case Flatten():
                layers += [nn.Flatten()]
                shape = (math.prod(shape),)
            case Dropout(rate):
                layers += [nn.Dropout(rate)]
    return nn.Sequential(*layers)


def torch_shape(name):
    """Of one sample."""
    shape = MODELS[name].input
    return (shape[-1], *shape[:-1])
