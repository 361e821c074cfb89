#!/usr/bin/env python3
"""Writes the MNIST sample of this folder from the full set.

    python3 make_mnist_sample.py <folder with the four full IDX .gz files> [output folder, default: mnist/]

500 training and 100 test images of each digit, evenly spaced over the full sets and in their order there, so that the
sample holds as many writers as it can. The same input gives the same bytes (gzip without a time stamp). Needs only Python.
"""
import gzip
import pathlib
import struct
import sys

PER_DIGIT = {"train": 500, "t10k": 100}


def read(path, magic, header_words):
    data = gzip.decompress(path.read_bytes())
    words = struct.unpack(f">{header_words}I", data[:4 * header_words])
    assert words[0] == magic, f"{path}: magic number {words[0]:#010x}"
    return words[1:], data[4 * header_words:]


def evenly(positions, wanted):
    return [positions[i * len(positions) // wanted] for i in range(wanted)]


def write(path, header, body):
    packed = gzip.compress(struct.pack(f">{len(header)}I", *header) + body, compresslevel=9, mtime=0)
    path.write_bytes(packed)
    print(f"{path}: {len(packed)} bytes")


def main():
    source = pathlib.Path(sys.argv[1])
    target = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent / "mnist")
    for part, wanted in PER_DIGIT.items():
        (count, rows, columns), pixels = read(source / f"{part}-images-idx3-ubyte.gz", 0x803, 4)
        (label_count,), labels = read(source / f"{part}-labels-idx1-ubyte.gz", 0x801, 2)
        assert count == label_count
        kept = sorted(i for digit in range(10) for i in evenly([i for i in range(count) if labels[i] == digit], wanted))
        size = rows * columns
        images = b"".join(pixels[i * size:(i + 1) * size] for i in kept)
        write(target / f"{part}-images-idx3-ubyte.gz", (0x803, len(kept), rows, columns), images)
        write(target / f"{part}-labels-idx1-ubyte.gz", (0x801, len(kept)), bytes(labels[i] for i in kept))


main()
