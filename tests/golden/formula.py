"""Weights and data from a formula, the same to the bit here and in tests/support/formula_data.hpp: nothing has to be stored."""
import numpy as np

KERNELS, PIXELS, LABELS, LINE, SQUARE = 100, 1, 2, 3, 4  # the streams of random numbers


def hash32(x):
    """A 32-bit mixing function (lowbias32 of Chris Wellons' hash prospector)."""
    x = np.asarray(x, "uint32").copy()
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x7FEB352D)
    x ^= x >> np.uint32(15)
    x *= np.uint32(0x846CA68B)
    x ^= x >> np.uint32(16)
    return x


def bits(stream, i):
    """The i-th number of a stream."""
    return hash32(hash32([stream]) + np.asarray(i, "uint32"))


def uniform(stream, i):
    """In [0, 1), a multiple of 2^-24: exact in float."""
    return (bits(stream, i) >> np.uint32(8)).astype("float32") * np.float32(2.0**-24)


def kernel(k, shape):
    """The k-th kernel of a model: uniform in ±sqrt(6 / (fan_in + fan_out)), as Glorot's. Biases are zero."""
    field = int(np.prod(shape[:-2]))
    limit = np.float32(np.sqrt(6.0 / (field * shape[-2] + field * shape[-1])))
    return ((2 * uniform(KERNELS + k, np.arange(np.prod(shape))) - 1) * limit).astype("float32").reshape(shape)


def labels(n, classes=10):
    """Class of the n-th sample."""
    return (bits(LABELS, n) % np.uint32(classes)).astype("int32")


def pixels(n, features, classes=10):
    """Features of the samples n, in [0, 1). The part of the features that belongs to the sample's class is four times as bright as the rest."""
    n, j = np.asarray(n)[:, None], np.arange(features)[None]
    bright = j * classes // features == labels(n, classes)
    return uniform(PIXELS, n * features + j) * np.where(bright, np.float32(1), np.float32(0.25))


def line(n):
    """Samples n of a line: y = x / 2 + 1/4."""
    x = uniform(LINE, n)[:, None]
    return x, np.float32(0.5) * x + np.float32(0.25)


def square(n):
    """Samples n of a plane and a saddle over the unit square: (a, b) → (a / 2 + b / 4, a b)."""
    x = uniform(SQUARE, 2 * np.asarray(n)[:, None] + np.arange(2)[None])
    a, b = x[:, 0], x[:, 1]
    return x, np.stack([np.float32(0.5) * a + np.float32(0.25) * b, a * b], -1)
