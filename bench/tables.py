"""Writes the tables of docs/benchmarks.md: tables.py RESULTS DOCUMENT

A table goes between the lines <!-- begin name --> and <!-- end name -->; what stood there is replaced.
Without DOCUMENT, prints all of them, with the models that were run only.
"""
import pathlib
import statistics
import sys

from models import INFERENCE, TRAINING, WEIGHT_BYTES, inference_floor, training_floor
from results import Results

TRAINERS = ("Keras", "Keras with XLA", "PyTorch", "JAX")
PREDICTORS = ("TensorFlow Lite", "ONNX Runtime", "PyTorch")
LATER = "not measured yet"


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def time_cell(results, measure, model, batch, library, unit):
    seconds = [run["seconds"] * unit for run in results.runs(measure, model, batch, library)]
    if not seconds:
        return results.why_missing(measure, model, batch, library)
    return f"{statistics.median(seconds):.4g} ({min(seconds):.4g} … {max(seconds):.4g})"


def verdict(results, measure, model, batch, library, ratio):
    """`loses`: by more than 2 %, or in all runs; `even`: by less, while some runs say otherwise."""
    if ratio >= 1:
        return "wins"
    own, other = ([run["seconds"] for run in results.runs(measure, model, batch, name)] for name in ("Tenon", library))
    return "loses" if ratio < 0.98 or min(own) > max(other) else "even"


def comparison(results, measure, cases, others, floor, unit):
    """A row per case: each library's time, how much faster Tenon is than the best of the others, how far it is from the floor."""
    rows, lost, even, compared = [], [], [], False
    for model, batch in cases:
        own, best = results.seconds(measure, model, batch, "Tenon"), results.best_other(measure, model, batch, others)
        ratio = best[0] / own if own and best else None
        times = results.times_floor(measure, model, batch, "Tenon", floor)
        compared = compared or ratio is not None
        judged = verdict(results, measure, model, batch, best[1], ratio) if ratio else None
        if judged == "loses":
            lost.append(f"{model} with batches of {batch} ({best[1]} is {1 / ratio:.2f} times as fast)")
        elif judged == "even":
            even.append(f"{model} with batches of {batch} ({best[1]}, {ratio:.2f})")
        rows.append([model, str(batch), *(time_cell(results, measure, model, batch, library, unit) for library in ("Tenon", *others)),
                     f"**{ratio:.2f}** {best[1]}" if ratio else LATER, f"{times:.2f}" if times else LATER])
    text = table(["model", "batch", "Tenon", *others, "the best other ÷ Tenon", "Tenon ÷ floor"], rows)
    if compared:
        text += "\n\nWhere Tenon loses: " + ("; ".join(lost) or "nowhere in this table") + "."
        if even:
            text += " Even, within what the runs differ by: " + "; ".join(even) + "."
    return text


def training(results):
    return comparison(results, "training", results.wanted("training", TRAINING), TRAINERS, training_floor, 1e3)


def inference(results):
    return comparison(results, "inference", results.wanted("inference", INFERENCE), PREDICTORS, inference_floor, 1e6)


def memory(results):
    """Peak memory in MB, and what came on top of the libraries' own divided by what is needed: the data and tn::training_bytes.
    What PyTorch's tensors take, the data not counted, and tn::training_bytes divided by that."""
    rows = []
    for model, batch in results.wanted("training", TRAINING):
        own = results.runs("training", model, batch, "Tenon")
        needed = own[0]["bytes_data"] + own[0]["bytes_training"] if own else None
        cells = [f"{own[0][key] / 1e6:.3g}" if own else LATER for key in ("bytes_data", "bytes_training")]
        for library in ("Tenon", "Keras", "PyTorch"):
            runs = [run for run in results.runs("training", model, batch, library) if run["bytes_peak"] > 0]
            if not runs:
                cells.append(results.why_missing("training", model, batch, library))
                continue
            peak, before = (statistics.median(run[key] for run in runs) for key in ("bytes_peak", "bytes_before"))
            cells.append(f"{peak / 1e6:.0f}" + (f" ({(peak - before) / needed:.2f})" if needed else ""))
        tensors = [line["bytes"] for line in results.of("allocated") if (line["model"], line["batch"]) == (model, batch) and "bytes" in line]
        cells.append(LATER if not tensors or not own else f"{tensors[0] / 1e6:.3g} ({own[0]['bytes_training'] / tensors[0]:.2f})")
        rows.append([model, str(batch), *cells])
    return table(["model", "batch", "data", "`tn::training_bytes`", "Tenon", "Keras", "PyTorch", "PyTorch's tensors"], rows)


def facts(results):
    f = results.facts or {}
    machines = [line for line in results.of("machine") if "flops" in line]

    def speed(values, unit):
        return f"{statistics.median(values) / 1e9:.0f} {unit}" if values else LATER

    names = {}
    for line in results.of("library"):
        names[line["library"]] = line["version"] or "not installed"
    bandwidths = [f"{size / 1e6:.2f} MB at {speed([m['bandwidth'][str(size)] for m in machines], 'GB/s')}" for size in WEIGHT_BYTES]
    return table(["", ""], [
        ["machine", f.get("machine", LATER)],
        ["its floor", f"multiply-adds in registers {speed([m['flops'] for m in machines], 'GFLOP/s')}; reading " + ", ".join(bandwidths) if machines else LATER],
        ["compiler, flags", f"{f['compiler']}, `-O3 -march=native`" if f else LATER],
        ["libraries", ", ".join(f"{name} {version}" for name, version in names.items()) or LATER],
        ["threads, rounds", f"{f['threads']}, {f['rounds']}" if f else LATER],
        ["date, commit", f"{f['date']}, {f['commit']}" if f else LATER]])


TABLES = {"facts": facts, "training": training, "inference": inference, "memory": memory}


def replaced(document, name, text):
    """The document with what stands in the place of this name replaced."""
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    if document.count(begin) != 1 or document.count(end) != 1:
        sys.exit(f"the document has no place for the table of {name}: {begin} … {end}")
    before, rest = document.split(begin)
    return f"{before}{begin}\n{text}\n{end}{rest.split(end)[1]}"


def written(document, results, images):
    """The document with its tables replaced, and the charts below those that have one in this folder."""
    for name, make in TABLES.items():
        chart = f"\n\n![{name}](images/{name}.svg)" if (images / f"{name}.svg").exists() else ""
        document = replaced(document, name, make(results) + chart)
    return document


if __name__ == "__main__":
    results = Results.read(sys.argv[1])
    if len(sys.argv) == 2:
        results.only_measured = True
        print("\n\n".join(make(results) for make in TABLES.values()))
    else:
        path = pathlib.Path(sys.argv[2])
        path.write_text(written(path.read_text(), results, path.parent / "images"))
