"""Products and convolutions of PyTorch, that is of oneDNN, one thread: kernels_torch.py

Prints the seconds of each as JSON, under the name of the benchmark of bench/kernels.cpp that does the same: the least of many calls.
"""
import json
import time

import torch

PRODUCTS = ((128, 128, 128), (256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (128, 784, 512), (32, 784, 512), (8, 784, 512), (1, 784, 512), (17, 100, 33))
CONVOLUTIONS = {"First": (28, 1, 32), "Second": (13, 32, 64)}


def least(call):
    """Of as many calls as take a fifth of a second."""
    call()
    seconds, end = [], time.perf_counter() + 0.2
    while not seconds or time.perf_counter() < end:
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    seconds = {}
    with torch.inference_mode():
        for m, k, n in PRODUCTS:
            a, b, y = torch.rand(m, k), torch.rand(k, n), torch.empty(m, n)
            seconds[f"product<{m}, {k}, {n}>"] = least(lambda: torch.mm(a, b, out=y))
        for name, (size, channels, filters) in CONVOLUTIONS.items():
            convolution = torch.nn.Conv2d(channels, filters, 3, bias=False).to(memory_format=torch.channels_last)
            x = torch.rand(32, channels, size, size).to(memory_format=torch.channels_last)
            seconds[f"convolve<{name}>"] = least(lambda: convolution(x))
            pooled = name if name == "First" else f"{name}Pooled"
            seconds[f"pooled_convolve<{pooled}>"] = least(lambda: torch.nn.functional.max_pool2d(convolution(x), 2))
    for name, value in seconds.items():
        print(json.dumps({"measure": "kernel", "library": "PyTorch", "name": name, "seconds": value}))


if __name__ == "__main__":
    main()
