#!/bin/sh
# A compile-fail test passes when the file is refused for the reason given, and only then.
here=$(cd "$(dirname "$0")" && pwd)
build=$(mktemp -d) && trap 'rm -rf "$build"' EXIT
cmake -S "$here/compile_fail" -B "$build" > "$build/log" && cmake --build "$build" >> "$build/log" || { cat "$build/log"; exit 1; }
ctest --test-dir "$build" > "$build/log"
cat "$build/log"
grep -q 'rejects.refused \.*  *Passed' "$build/log" &&
  grep -q 'rejects.accepted \.*\*\*\*Failed' "$build/log" &&
  grep -q 'rejects.refused_for_another_reason \.*\*\*\*Failed' "$build/log" &&
  grep -q '2 tests failed out of 3' "$build/log"
