"""The results of a comparison, as bench/compare wrote them: a line of JSON per measurement."""
import json
import statistics


class Results:
    only_measured = False  # leave out the models that were not run

    def __init__(self, lines):
        self.lines = list(lines)
        self.facts = next(iter(self.of("facts")), None)

    @classmethod
    def read(cls, path):
        with open(path) as file:
            return cls(json.loads(line) for line in file)

    def of(self, measure, **wanted):
        return [line for line in self.lines if line["measure"] == measure and all(line.get(key) == value for key, value in wanted.items())]

    def runs(self, measure, model, batch, library):
        """The runs of a program: with the number of threads that was the fastest, where it tried several. One run per round."""
        runs = [line for line in self.of(measure, model=model, batch=batch, library=library) if "seconds" in line]
        by_threads = {}
        for run in runs:
            by_threads.setdefault(run["threads"], []).append(run)
        return min(by_threads.values(), key=lambda some: statistics.median(run["seconds"] for run in some), default=[])

    def wanted(self, measure, cases):
        """Those of the cases that a table has."""
        return [(model, batch) for model, batch in cases if not self.only_measured or self.of(measure, model=model, batch=batch)]

    def seconds(self, measure, model, batch, library):
        """The median over the rounds; None where it was not measured."""
        runs = self.runs(measure, model, batch, library)
        return statistics.median(run["seconds"] for run in runs) if runs else None

    def best_other(self, measure, model, batch, libraries):
        """The fastest of other libraries: (seconds, library); None where none was measured."""
        measured = ((self.seconds(measure, model, batch, library), library) for library in libraries)
        return min(((seconds, library) for seconds, library in measured if seconds is not None), default=None)

    def times_floor(self, measure, model, batch, library, floor):
        """How many times as long as the floor, each round compared with what the machine could do in it: the median."""
        machines = {line["round"]: line for line in self.of("machine") if "flops" in line}
        ratios = [run["seconds"] / floor(machines[run["round"]], model, batch) for run in self.runs(measure, model, batch, library) if run["round"] in machines]
        return statistics.median(ratios) if ratios else None

    def why_missing(self, measure, model, batch, library):
        library = library.removesuffix(" with XLA")  # one program measures both
        if self.of(measure, model=model, batch=batch, library=library, failed=True):
            return "failed"
        known = self.of("library", library=library, of=measure)
        return "not installed" if known and known[0]["version"] is None else "not measured yet"
