"""Writes callbacks.json: what Keras's callbacks decide when they are told random numbers, one case per line."""
import json
import os
import random
import tempfile
from types import SimpleNamespace

import keras


def told(callback, values, name, model, batches=0):
    """Calls the callback as fit does; yields after each epoch."""
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, value in enumerate(values):
        callback.on_epoch_begin(epoch)
        for batch in range(batches):
            callback.on_train_batch_end(batch, {"loss": value})
        callback.on_epoch_end(epoch, {name: value})
        yield epoch
        if model.stop_training:
            break
    callback.on_train_end()


def fake():
    weights = []
    return SimpleNamespace(stop_training=False, get_weights=lambda: weights, set_weights=lambda w: None)


def series(r, length):
    return [r.choice([r.randint(0, 40) / 10, 2.0]) for _ in range(length)]


def early_stopping(r):
    mode = r.choice(["min", "max"])
    options = {"mode": mode, "patience": r.randint(0, 3), "min_delta": r.choice([0, 0, 0.25, -0.5]), "start_from_epoch": r.choice([0, 0, 2]),
               "restore_best_weights": r.choice([True, False])}
    if r.random() < 0.3:
        options["baseline"] = r.choice([1.0, 3.0])
    values = series(r, 12)
    stopping = keras.callbacks.EarlyStopping("value", **options)
    epochs = len(list(told(stopping, values, "value", fake())))
    return {**options, "values": values, "epochs": epochs, "wait": stopping.wait, "best_epoch": stopping.best_epoch, "stopped_epoch": stopping.stopped_epoch}


def reduce_lr_on_plateau(r):
    options = {"mode": r.choice(["min", "max"]), "factor": r.choice([0.1, 0.5, 0.3]), "patience": r.randint(0, 3), "min_delta": r.choice([1e-4, 0, 0.5]),
               "cooldown": r.randint(0, 3), "min_lr": r.choice([0.0, 0.003, 0.02])}
    values = series(r, 20)
    model = fake()
    model.optimizer = keras.optimizers.SGD(0.1)
    reduce = keras.callbacks.ReduceLROnPlateau("value", **options)
    rates = [float(model.optimizer.learning_rate) for _ in told(reduce, values, "value", model)]
    return {**options, "values": values, "rates": rates}


def model_checkpoint(r):
    batches = r.choice([0, 3, 5])
    options = {"mode": r.choice(["min", "max"]), "save_best_only": batches == 0 or r.choice([True, False])}
    if batches:
        options["save_freq"] = r.randint(1, 7)
        options["save_best_only"] = False  # Keras asks for the best before it knows whether more or less is better
    if options["save_best_only"] and r.random() < 0.5:
        options["initial_value_threshold"] = 2.5
    values = series(r, 8)
    model = fake()
    saved = []
    model.save = lambda path, overwrite: saved.append(os.path.basename(path))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "{epoch:02d}-{batch}.keras" if batches else "{epoch:02d}-{value:.2f}.keras")
        for _ in told(keras.callbacks.ModelCheckpoint(path, "value", **options), values, "value", model, batches):
            pass
    return {**options, "batches": batches, "values": values, "saved": saved}


r = random.Random(7)
cases = [{"callback": f.__name__, **f(r)} for f, count in ((early_stopping, 60), (reduce_lr_on_plateau, 60), (model_checkpoint, 20)) for _ in range(count)]
with open(os.path.join(os.path.dirname(__file__), "callbacks.json"), "w") as file:
    file.write('{"keras":"%s","cases":[\n' % keras.__version__ + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]}\n")
