"""The table of bench/compare_keras from its results: training_table.py RESULTS (a line of JSON per run)"""
import json
import statistics
import sys


def cell(ms):
    return f"{statistics.median(ms):.3f} ({min(ms):.3f} … {max(ms):.3f})"


def main(path):
    runs = {}  # model → side → ms of each round
    heads, batches = {}, {}
    with open(path) as lines:
        for line in lines:
            run = json.loads(line)
            side = "Tenon" if run["library"] == "Tenon" else "XLA" if "XLA" in run["library"] else "Keras"
            heads[side] = run["library"]
            if batches.setdefault(run["model"], run["batch"]) != run["batch"]:
                sys.exit(f"{run['model']}: bench/training and bench/keras_training.py have different batches")
            runs.setdefault(run["model"], {}).setdefault(side, []).append(run["ms"])
            head = f"{run['threads']} threads"
    rounds = len(next(iter(runs.values()))["Tenon"])
    print(f"{heads['Keras']}; {head}; {rounds} rounds; milliseconds per step of `fit`: median (fastest … slowest round).\n")
    print("| model | batch | Tenon | Keras | Keras with XLA | the better Keras ÷ Tenon |")
    print("|---|---|---|---|---|---|")
    for model, sides in runs.items():
        medians = {side: statistics.median(ms) for side, ms in sides.items()}
        ratio = min(medians["Keras"], medians["XLA"]) / medians["Tenon"]
        print(f"| {model} | {batches[model]} | {cell(sides['Tenon'])} | {cell(sides['Keras'])} | {cell(sides['XLA'])} | {ratio:.2f} |")


if __name__ == "__main__":
    main(sys.argv[1])
