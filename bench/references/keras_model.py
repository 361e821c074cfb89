"""A model of bench/models.py in Keras."""
from models import MODELS, Conv, Dense, Dropout, Flatten


def keras_model(keras, name, batch=None):
    l = keras.layers
    layers = [keras.Input(batch_shape=(batch, *MODELS[name].input))]
    for layer in MODELS[name].layers:
        match layer:
            case Dense(units, activation):
                layers += [l.Dense(units, activation=activation or None)]
            case Conv(filters):
                layers += [l.Conv2D(filters, 3, activation="relu"), l.MaxPooling2D(2)]
            case Flatten():
                layers += [l.Flatten()]
            case Dropout(rate):
                layers += [l.Dropout(rate)]
    return keras.Sequential(layers)
