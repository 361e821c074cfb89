"""The Python environments of what is compared with, and of the charts.

Each is made in build/environments from its list of pinned versions, unless a variable names one that exists:
TENON_KERAS, TENON_TORCH, TENON_CHARTS; `none` does without it.
"""
import os
import pathlib
import shutil
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
VARIABLES = {"tensorflow": "TENON_KERAS", "torch": "TENON_TORCH", "charts": "TENON_CHARTS"}


def interpreter(name):
    """The path of the environment's Python; None where there is none and none can be made."""
    given = os.environ.get(VARIABLES[name])
    if given == "none":
        return None
    if given:
        python = pathlib.Path(given, "bin", "python").absolute()
        if not python.exists():
            sys.exit(f"{VARIABLES[name]}={given} has no bin/python")
        return python
    folder = root / "build" / "environments" / name
    if not (folder / "complete").exists() and not make(name, folder):
        return None
    return folder / "bin" / "python"


def make(name, folder):
    print(f"Installing bench/requirements-{name}.txt into {folder.relative_to(root)}", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    for command in ([sys.executable, "-m", "venv", folder], [folder / "bin" / "pip", "install", "-q", "-r", root / f"bench/requirements-{name}.txt"]):
        if subprocess.run(command, stdout=sys.stderr).returncode != 0:
            print(f"This did not work: the comparison goes on without {name}", file=sys.stderr)
            return False
    (folder / "complete").touch()
    return True


def version(python, package):
    """The version of a package of an environment; None where it is not installed."""
    if python is None:
        return None
    said = subprocess.run([python, "-c", f"import importlib.metadata as m; print(m.version('{package}'))"], capture_output=True, text=True)
    return said.stdout.strip() if said.returncode == 0 else None
