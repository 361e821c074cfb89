"""Compiling a program and measuring what that costs."""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

root = pathlib.Path(__file__).resolve().parent.parent
optimised = ["-std=c++20", "-O3", "-march=native", "-DNDEBUG"]
flags = [*optimised, "-DXTENSOR_USE_XSIMD", "-I", str(root / "include"), *os.environ.get("CXXFLAGS", "").split()]


def flags_for(compiler):
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    more = ["-fconstexpr-ops-limit=1000000000"]
    if "clang" in version:
        more = ["-fconstexpr-steps=100000000"]
        relaxed = ["-fno-relaxed-template-template-args"]  # clang 19 with xtensor 0.24 needs it, others may not know it
        if subprocess.run([compiler, "-Werror", *relaxed, "-Wno-deprecated-no-relaxed-template-template-args", "-x", "c++", "-fsyntax-only", "-"], input="", capture_output=True, text=True).returncode == 0:
            more += [*relaxed, "-Wno-deprecated-no-relaxed-template-template-args"]
    return version, flags + more


def cost(command):
    """Seconds of the clock and of the processor, peak memory in MB, and what one command said."""
    with tempfile.TemporaryFile("w+") as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        said.seek(0)
        text = said.read()
    if status != 0:
        sys.exit(" ".join(command) + "\n" + text)
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text
