"""Draws the charts of docs/benchmarks.md: charts.py RESULTS FOLDER"""
import pathlib
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter  # noqa: E402

from models import INFERENCE, TRAINING, inference_floor, training_floor  # noqa: E402
from results import Results  # noqa: E402
from tables import PREDICTORS, TRAINERS  # noqa: E402

matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "tenon", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False})
COLOURS = {"Tenon": "#c0392b", "Keras": "#e8a33d", "Keras with XLA": "#b9770e", "PyTorch": "#7d5ba6", "JAX": "#2e86ab", "TensorFlow Lite": "#e8a33d",
           "ONNX Runtime": "#4a4a4a", "floor": "#9a9a9a"}


def chart(results, measure, cases, libraries, floor, title, path):
    """A group of bars per case, on a logarithmic scale: each library's time divided by Tenon's, and what the floor is of it. None without results."""
    cases = [case for case in cases if results.seconds(measure, *case, "Tenon")]
    if not cases:
        return
    bars = ("floor", "Tenon", *libraries)
    height = 0.85 / len(bars)
    figure, axes = plt.subplots(figsize=(8, 0.9 + 0.17 * len(bars) * len(cases)), layout="constrained")
    for place, bar in enumerate(bars):
        lengths = {}
        for row, case in enumerate(cases):
            own = results.seconds(measure, *case, "Tenon")
            if bar == "floor":
                times = results.times_floor(measure, *case, "Tenon", floor)
                if times and times < 100:  # beyond that a step is all overhead, and the bar says nothing
                    lengths[row] = 1 / times
            elif results.seconds(measure, *case, bar):
                lengths[row] = results.seconds(measure, *case, bar) / own
        drawn = axes.barh([row + place * height for row in lengths], list(lengths.values()), height, color=COLOURS[bar], label=bar)
        axes.bar_label(drawn, [f" {length:.3g}" for length in lengths.values()], fontsize=7)
    axes.set_xscale("log")
    axes.axvline(1, color=COLOURS["Tenon"], linewidth=0.8)
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    axes.set_yticks([row + height * (len(bars) - 1) / 2 for row in range(len(cases))], [f"{model}\nbatch {batch}" for model, batch in cases])
    axes.invert_yaxis()
    axes.margins(x=0.1, y=0.02)
    f = results.facts
    axes.set_xlabel(f"time ÷ Tenon's (log scale); {f['machine']}, {f['threads']} threads, {f['date']}, {f['commit']}")
    axes.set_title(title, loc="left")
    figure.legend(ncols=len(bars), loc="outside lower center", frameon=False, fontsize=8)
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    results, folder = Results.read(sys.argv[1]), pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    chart(results, "training", TRAINING, TRAINERS, training_floor, "Training: time of a step", folder / "training.svg")
    chart(results, "inference", INFERENCE, PREDICTORS, inference_floor, "Inference: time of a call", folder / "inference.svg")
