"""The programs of a comparison: Tenon's, which are built here, and those of the other libraries. Each prints lines of JSON."""
import dataclasses
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys

import environments
from models import INFERENCE, TRAINING, WEIGHT_BYTES

root = pathlib.Path(__file__).resolve().parent.parent
build = root / "build" / "bench"
exported = build / "models"


@dataclasses.dataclass(frozen=True)
class Reference:
    library: str
    environment: str
    package: str  # its version is that of the library
    measure: str  # training or inference
    program: str  # in bench/references
    export: str = ""  # writes what the program reads


REFERENCES = (
    Reference("Keras", "tensorflow", "keras", "training", "train_keras.py"),
    Reference("PyTorch", "torch", "torch", "training", "train_torch.py"),
    Reference("JAX", "tensorflow", "jax", "training", "train_jax.py"),
    Reference("TensorFlow Lite", "tensorflow", "ai-edge-litert", "inference", "infer_tflite.py", "export_tflite.py"),
    Reference("ONNX Runtime", "torch", "onnxruntime", "inference", "infer_onnxruntime.py", "export_onnx.py"),
    Reference("PyTorch", "torch", "torch", "inference", "infer_torch.py"),
)


def first_line(*command):
    said = subprocess.run(command, cwd=root, capture_output=True, text=True)
    return said.stdout.splitlines()[0].strip() if said.returncode == 0 and said.stdout else ""


def facts(threads, rounds):
    """What a reader must know about a comparison."""
    compiler = re.search(r"CMAKE_CXX_COMPILER:\w+=(.*)", (build / "CMakeCache.txt").read_text())[1]
    cpu = re.search(r"^model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text(), re.M) if os.path.exists("/proc/cpuinfo") else None
    changed = " with changes" if first_line("git", "status", "--porcelain", "include", "bench") else ""
    return {"measure": "facts", "threads": threads, "rounds": rounds, "date": datetime.date.today().isoformat(),
            "machine": os.environ.get("TENON_MACHINE") or f"{os.cpu_count()} cores of {cpu[1] if cpu else 'an unknown processor'}",
            "compiler": first_line(compiler, "--version"), "commit": first_line("git", "rev-parse", "--short", "HEAD") + changed}


def tenon_program(measure, model, batch=None):
    usual = min(b for m, b in TRAINING if m == model) if measure == "training" else batch
    return f"bench_{measure}_{model}" + (f"_batch_{batch}" if batch != usual else "")


def compile_programs(names):
    """Builds Tenon's side, -O3 -march=native."""
    subprocess.run(["cmake", "--preset", "bench"], cwd=root, check=True, stdout=sys.stderr)
    for target in ["bench_machine", *names]:
        subprocess.run(["cmake", "--build", build, "--target", target], cwd=root, check=True, stdout=sys.stderr)


def last_line(text):
    return (text.strip().splitlines() or ["it said nothing"])[-1]


def run(command, expected):
    """The lines of JSON that a program prints; where it fails, a line that says so."""
    try:
        said = subprocess.run([str(word) for word in command], cwd=root, capture_output=True, text=True, timeout=180)
        lines = [json.loads(line) for line in said.stdout.splitlines() if line.startswith("{")]
        error = said.stderr if said.returncode != 0 or not lines else None
    except subprocess.TimeoutExpired:
        lines, error = [], "it took more than three minutes"
    if error is not None:
        print(f"{command[1]} failed: {last_line(error)}", file=sys.stderr)
        lines.append({**expected, "failed": True})
    return lines


class Programs:
    """Everything that a round runs. `references`: those to compare with."""

    def __init__(self, threads, references):
        self.threads = threads
        self.references = references
        self.pythons = {name: environments.interpreter(name) for name in sorted({r.environment for r in references})}
        self.versions = {r: environments.version(self.pythons[r.environment], r.package) for r in references}

    def installed(self):
        return [r for r in self.references if self.versions[r]]

    def libraries(self):
        """A line for each library that says its version, or null where it is not installed."""
        for r, version in self.versions.items():
            yield {"measure": "library", "library": r.library, "of": r.measure, "version": version}

    def export(self):
        """Writes the models for those who read files."""
        exported.mkdir(parents=True, exist_ok=True)
        for r in self.installed():
            if r.export:
                print(f"{r.library}: writing its models", file=sys.stderr)
                said = subprocess.run([self.pythons[r.environment], root / "bench/references" / r.export, exported], capture_output=True, text=True)
                if said.returncode != 0:
                    print(f"{r.export} failed: {last_line(said.stderr)}", file=sys.stderr)

    def machine(self):
        yield from run([build / "bench/bench_machine", self.threads, *WEIGHT_BYTES], {"measure": "machine"})

    def others(self, measure, model, batch):
        for r in self.installed():
            if r.measure == measure:
                yield from run([self.pythons[r.environment], root / "bench/references" / r.program, model, batch, self.threads, exported],
                               {"measure": measure, "library": r.library, "model": model, "batch": batch})

    def training(self, model, batch):
        yield from run([build / "bench" / tenon_program("training", model, batch), self.threads], {"measure": "training", "library": "Tenon", "model": model, "batch": batch})
        yield from self.others("training", model, batch)

    def allocated(self, model, batch):
        """What PyTorch's tensors take."""
        if any(r.library == "PyTorch" and self.versions[r] for r in self.references):
            yield from run([self.pythons["torch"], root / "bench/references/memory_torch.py", model, batch, self.threads],
                           {"measure": "allocated", "library": "PyTorch", "model": model, "batch": batch})

    def inference(self, model):
        """All batches of a model."""
        batches = [b for m, b in INFERENCE if m == model]
        yield from run([build / "bench" / tenon_program("inference", model), self.threads], {"measure": "inference", "library": "Tenon", "model": model, "batch": batches[0]})
        for batch in batches:
            yield from self.others("inference", model, batch)
