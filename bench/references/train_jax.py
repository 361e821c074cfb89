"""Training in JAX, one compiled function for a step: train_jax.py MODEL BATCH THREADS

The loop that users write: shuffled batches of arrays in memory, the loss added up, no metric. The function takes the rows of a batch
from all samples itself, and may reuse the memory of the weights.
"""
import functools
import os
import sys

os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:int(sys.argv[3])])  # XLA makes a thread for each core that it sees
if sys.argv[3] == "1":
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"
import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

import measuring  # noqa: E402
from models import Conv, Dense, Dropout, Flatten  # noqa: E402


def weights_of(model):
    random = np.random.default_rng(0)
    shape, weights = model.input, []
    for layer in model.layers:
        match layer:
            case Dense(units, _):
                kernel, shape = (shape[-1], units), (units,)
            case Conv(filters):
                kernel, shape = (3, 3, shape[-1], filters), ((shape[0] - 2) // 2, (shape[1] - 2) // 2, filters)
            case Flatten():
                shape = (int(np.prod(shape)),)
                continue
            case _:
                continue
        weights.append((jnp.asarray(random.normal(0, np.prod(kernel[:-1]) ** -0.5, kernel), jnp.float32), jnp.zeros(kernel[-1])))
    return weights


def scores(model, weights, x, key):
    rest = iter(weights)
    for number, layer in enumerate(model.layers):
        match layer:
            case Dense(_, activation):
                kernel, bias = next(rest)
                x = x @ kernel + bias
                x = jax.nn.relu(x) if activation == "relu" else x
            case Conv():
                kernel, bias = next(rest)
                x = jax.nn.relu(jax.lax.conv_general_dilated(x, kernel, (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")) + bias)
                x = jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
            case Flatten():
                x = x.reshape(len(x), -1)
            case Dropout(rate):
                x = jnp.where(jax.random.bernoulli(jax.random.fold_in(key, number), 1 - rate, x.shape), x / (1 - rate), 0)
    return x


def loss_of(model, weights, x, y, key):
    z = scores(model, weights, x, key)
    if not model.classifies:
        return jnp.mean((z - y) ** 2)
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(z), y[:, None], 1))


def updated(model, weights, gradients, m, v, t):
    """The weights and the optimizer's memory after a step, by Keras's formulas."""
    each = jax.tree_util.tree_map
    rate = model.learning_rate
    if model.optimizer == "SGD":
        return each(lambda w, g: w - rate * g, weights, gradients), m, v
    if model.optimizer == "RMSprop":
        v = each(lambda a, g: 0.9 * a + 0.1 * g * g, v, gradients)
        return each(lambda w, g, a: w - rate * g / jnp.sqrt(a + 1e-7), weights, gradients, v), m, v
    m = each(lambda a, g: 0.9 * a + 0.1 * g, m, gradients)
    v = each(lambda a, g: 0.999 * a + 0.001 * g * g, v, gradients)
    rate = rate * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
    return each(lambda w, a, b: w - rate * a / (jnp.sqrt(b) + 1e-7), weights, m, v), m, v


def main(name, batch, threads):
    bytes_before = measuring.peak_memory()
    model = measuring.MODELS[name]
    x, y = (jnp.asarray(values) for values in measuring.data(name, batch))

    @functools.partial(jax.jit, donate_argnums=0)
    def step(state, x, y, order, number):
        weights, m, v, t, key, total = state
        rows = jax.lax.dynamic_slice_in_dim(order, number * batch, batch)
        key, now = jax.random.split(key)
        loss, gradients = jax.value_and_grad(lambda w: loss_of(model, w, x[rows], y[rows], now))(weights)
        weights, m, v = updated(model, weights, gradients, m, v, t + 1)
        return weights, m, v, t + 1, key, total + loss

    zeros = lambda: jax.tree_util.tree_map(jnp.zeros_like, weights_of(model))
    state = (weights_of(model), zeros(), zeros(), jnp.float32(0), jax.random.key(0), jnp.float32(0))
    random = np.random.default_rng(2)
    steps = measuring.TRAINING[name, batch]

    def epoch():
        nonlocal state
        order = jnp.asarray(random.permutation(len(x)).astype(np.int32))
        for number in range(steps):
            state = step(state, x, y, order, number)
        state[-1].block_until_ready()

    measuring.time_training("JAX", name, batch, threads, epoch, bytes_before, steps)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
