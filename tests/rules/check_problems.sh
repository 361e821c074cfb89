#!/bin/sh
# script/check_problems accepts mistakes that are reported, worded and tested, and names each way not to be.
check=$(cd "$(dirname "$0")/../.." && pwd)/script/check_problems
tree=$(mktemp -d) && trap 'rm -rf "$tree"' EXIT
h=$tree/include/tenon
mkdir -p "$h/graph" "$h/model" "$tree/tests/compile_fail"

sound() {
  printf 'enum class Problem : unsigned char {\n  none,\n  rank_too_small,\n};\n' > "$h/graph/mistake.hpp"
  echo 'return mistake(x, Problem::rank_too_small);' > "$h/graph/matmul.hpp"
  {
    echo 'template <class...> inline constexpr bool rank_is_large_enough = false;'
    echo 'template <class... F> struct Message<Problem::rank_too_small, F...> { static_assert(rank_is_large_enough<F...>); };'
  } > "$h/model/problem_messages.hpp"
  printf '// expect-error: rank_is_large_enough<tenon\n// A number.\n' > "$tree/tests/compile_fail/dense_of_a_number.cpp"
}
failed=0
refuses() {
  if said=$("$check" "$tree"); then echo "not refused: $1"; failed=1; fi
  case $said in *"$1"*) ;; *) echo "said '$said' instead of '$1'"; failed=1 ;; esac
}

sound && "$check" "$tree" || { echo "a sound tree is refused"; failed=1; }
sound && sed -i 's/too_small/too_small_here/' "$h/graph/matmul.hpp" && refuses 'nothing reports Problem::rank_too_small'
sound && sed -i 's/^};/  axis_out_of_range,\n};/' "$h/graph/mistake.hpp" && refuses 'Problem::axis_out_of_range has no message'
sound && sed -i 's/Message</Note</' "$h/model/problem_messages.hpp" && refuses 'Problem::rank_too_small has no message'
sound && sed -i 's/expect-error: //' "$tree/tests/compile_fail/dense_of_a_number.cpp" &&
  refuses 'no file in tests/compile_fail is refused because of rank_is_large_enough'
exit $failed
