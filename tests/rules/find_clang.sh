#!/bin/sh
# script/find_clang compares versions: the clang++ without a number may be the oldest, one in between, or too old.
script=$(cd "$(dirname "$0")/../.." && pwd)/script/find_clang
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
failed=0
# install <name> <version>: a compiler that says no more than its version
install() { printf '#!/bin/sh\necho %s\n' "$2" > "$folder/$1" && chmod +x "$folder/$1"; }
finds() {  # <oldest|newest> <name>
  found=$(PATH=$folder:/usr/bin:/bin "$script" "$1") || found=none
  [ "${found##*/}" = "$2" ] || { echo "the $1 is $2, not $found"; failed=1; }
}
for number in $(seq 16 30); do install clang++-$number 15.0.7; done  # hides those of this machine
install clang++ 15.0.7
finds newest none
install clang++-17 17.0.6
install clang++-19 19.1.7
finds oldest clang++-17
finds newest clang++-19
install clang++ 16.0.6
finds oldest clang++
finds newest clang++-19
install clang++ 18.1.8
finds oldest clang++-17
finds newest clang++-19
install clang++ 20.1.0
finds newest clang++
exit $failed
