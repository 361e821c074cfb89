"""What the programs of the references share: data, clocks, memory, and the line of JSON that each run prints."""
import json
import pathlib
import statistics
import sys
import time

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from models import MODELS, TRAINING  # noqa: E402


def data(name, batch):
    """Random samples of one epoch."""
    model = MODELS[name]
    random = np.random.default_rng(1)
    count = batch * TRAINING[name, batch]
    x = random.random((count, *model.input), dtype=np.float32)
    y = random.integers(0, 10, count, dtype=np.int32) if model.classifies else random.random((count, model.outputs), dtype=np.float32)
    return x, y


def peak_memory():
    """Bytes that this process has occupied at most; 0 where the system does not say."""
    try:
        status = pathlib.Path("/proc/self/status").read_text()
    except OSError:
        return 0
    return 1024 * int(status.split("VmHWM:")[1].split()[0])


def time_training(library, name, batch, threads, epoch, bytes_before, steps):
    """One epoch to warm up and three that are timed: prints the median, in seconds of a step."""
    seconds = []
    for number in range(4):
        start = time.perf_counter()
        epoch()
        if number > 0:
            seconds.append((time.perf_counter() - start) / steps)
    print(json.dumps({"measure": "training", "library": library, "model": name, "batch": batch, "threads": threads,
                      "seconds": statistics.median(seconds), "bytes_before": bytes_before, "bytes_peak": peak_memory()}), flush=True)


def time_inference(library, name, batch, threads, call):
    """Seconds of a call: the median of seven times as many calls as take a twentieth of a second."""
    def repeat(calls):
        start = time.perf_counter()
        for _ in range(calls):
            call()
        return time.perf_counter() - start

    calls = 8
    while repeat(calls) < 0.02:
        calls *= 2
    calls = max(8, int(calls * 0.05 / repeat(calls)))
    seconds = statistics.median(repeat(calls) / calls for _ in range(7))
    print(json.dumps({"measure": "inference", "library": library, "model": name, "batch": batch, "threads": threads, "seconds": seconds}), flush=True)
