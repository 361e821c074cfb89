"""Writes keras_names.txt, every public name of Keras that docs/keras_parity.md has a row for: python keras_names.py"""
import inspect
import os

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras

MODULES = ("layers", "activations", "losses", "metrics", "optimizers", "optimizers.schedules", "callbacks", "initializers", "regularizers",
           "constraints")
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "keras_names.txt"), "w") as file:
    for module in MODULES:
        members = keras
        for part in module.split("."):
            members = getattr(members, part)
        for name in sorted(dir(members)):
            helper = name.startswith("_") or name in ("get", "serialize", "deserialize")
            if not helper and (inspect.isclass(getattr(members, name)) or module == "activations"):
                file.write(f"{module} {name}\n")
