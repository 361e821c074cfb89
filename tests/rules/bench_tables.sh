#!/bin/sh
# bench/tables.py makes of results the tables that they say, and writes them where a document has a place for them.
project=$(cd "$(dirname "$0")/../.." && pwd)
canned=$project/tests/rules/bench_tables/results.jsonl
command -v python3 > /dev/null || exit 77
tree=$(mktemp -d) && trap 'rm -rf "$tree"' EXIT
export PYTHONDONTWRITEBYTECODE=1
failed=0
# has <line> <file>: the file has this line, whole
has() { grep -qxF -- "$1" "$2" || { echo "$2 has no line: $1"; failed=1; }; }
hasnt() { if grep -qF -- "$1" "$2"; then echo "$2 has: $1"; failed=1; fi; }
# places <name>...: a document with places for these tables, and something old in each
places() {
  for name; do printf 'Before %s.\n<!-- begin %s -->\nold\n<!-- end %s -->\n' "$name" "$name" "$name"; done
  echo "The end."
}
tables() { python3 "$project/bench/tables.py" "$@"; }

# The medians of three rounds, 5, 3 and 2 ms against 9, 6 and 8; 0.411 GFLOP in 3 ms, where 200 GFLOP/s are possible, is 1.46 times the floor;
# of two numbers of threads the faster; 57 MB less the 2 before, for data of 40 and training of 10, is 1.10;
# training of 10 where PyTorch's tensors take 25 is 0.40. A hundredth less is a loss where the slowest of the others is before the fastest of Tenon's.
cd "$tree" || exit 1
places facts training inference memory > document.md
tables "$canned" document.md || { echo "canned results are refused"; failed=1; }
has '| mlp_512 | 128 | 3 (2 … 5) | 8 (6 … 9) | not measured yet | not installed | failed | **2.67** Keras | 1.46 |' document.md
has '| mlp_512 | 1 | 80 (40 … 120) | 40 (20 … 60) | not measured yet | not installed | **0.50** TensorFlow Lite | 0.60 |' document.md
has 'Where Tenon loses: nowhere in this table.' document.md
has 'Where Tenon loses: mlp_512 with batches of 1 (TensorFlow Lite is 2.00 times as fast); cnn_32_64 with batches of 1 (TensorFlow Lite is 1.01 times as fast). Even, within what the runs differ by: simple_net with batches of 1 (TensorFlow Lite, 0.99).' document.md
has '| mlp_512 | 128 | 40 | 10 | 57 (1.10) | 700 (2.00) | not installed | 25 (0.40) |' document.md
has '| cnn_32 | 32 | not measured yet | not measured yet | not measured yet | not installed | not measured yet | not measured yet | not measured yet |' document.md
has '| date, commit | 2026-01-02, abc1234 |' document.md
has 'Before memory.' document.md
has 'The end.' document.md
hasnt old document.md
hasnt .svg document.md

# Printed, there are only models that were run.
tables "$canned" > printed.md
has '| mlp_512 | 128 | 40 | 10 | 57 (1.10) | 700 (2.00) | not installed | 25 (0.40) |' printed.md
hasnt '| cnn_32 | 32 |' printed.md

# Written again, also with charts, a document has each table once.
mkdir images && touch images/training.svg
cp document.md first.md && sed -i.bak 's/Before training/Ahead of training/' document.md
tables "$canned" document.md
has '![training](images/training.svg)' document.md
[ "$(grep -c '^| mlp_512 ' first.md)" = "$(grep -c '^| mlp_512 ' document.md)" ] || { echo "tables pile up"; failed=1; }
has 'Ahead of training.' document.md

# Without results nothing is claimed.
: > none.jsonl
tables none.jsonl document.md || { echo "no results are refused"; failed=1; }
if grep '^| [a-z]*_[a-z0-9_]* |' document.md | sed 's/^| [^|]* | [0-9]* |//' | grep -q '[0-9]'; then echo "figures out of nothing"; failed=1; fi
hasnt 'Where Tenon loses' document.md

# With results of Tenon alone there is nothing to lose to.
grep -v '"library": "[^"]*"' "$canned" > alone.jsonl && grep '"library": "Tenon"' "$canned" >> alone.jsonl
tables alone.jsonl document.md
has '| mlp_512 | 128 | 3 (2 … 5) | not measured yet | not measured yet | not measured yet | not measured yet | not measured yet | 1.46 |' document.md
hasnt 'Where Tenon loses' document.md

# refuses <what is wrong> <results>
refuses() { if tables "$2" document.md 2> /dev/null; then echo "not refused: $1"; failed=1; fi; }
cp "$canned" broken.jsonl && echo '{"measure": "training", ' >> broken.jsonl
refuses "half a line" broken.jsonl
places facts training memory > document.md
refuses "a document without a place for a table" "$canned"
has old document.md

# What the machine is asked to read is what the canned results have: else the floor of a model would never be found.
for bytes in $(cd "$project/bench" && python3 -c 'import models; print(*models.WEIGHT_BYTES)'); do grep -q "\"$bytes\"" "$canned" || { echo "no bandwidth for $bytes bytes"; failed=1; }; done
exit $failed
