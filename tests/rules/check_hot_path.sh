#!/bin/sh
# script/check_hot_path names a call and a branch.
check=$(cd "$(dirname "$0")/../.." && pwd)/script/check_hot_path
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT

cat > "$folder/calls.cpp" << 'END'
void elsewhere(float*);
void narrow(float* x, float* y) { elsewhere(x), elsewhere(y), *y = *x; }
void wide(float* x, float* y) {
  if (*x > 0) elsewhere(y);
  *y = *x;
}
END
text=$("$check" "$folder/calls.cpp" 2>&1) && { echo "accepts a call and a branch: $text"; exit 1; }
case $text in skipped*) echo "$text"; exit 0 ;; esac
for wanted in "8-16-16-1: calls" "16-64-64-10: calls" "16-64-64-10: j.* is a branch"; do
  echo "$text" | grep -q "$wanted" || { echo "does not say '$wanted': $text"; exit 1; }
done
