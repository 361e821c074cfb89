#!/bin/sh
# script/check_reference accepts a complete reference, and names what is missing, changed or gone.
check=$(cd "$(dirname "$0")/../.." && pwd)/script/check_reference
tree=$(mktemp -d) && trap 'rm -rf "$tree"' EXIT
h=$tree/include/tenon
mkdir -p "$tree/docs" "$h/layers" "$h/optimizers" "$h/model"

cat > "$h/layers/dense.hpp" << 'END'
namespace tenon {
namespace detail {
struct Hidden {};
}  // namespace detail
template <int Units, class... Options>
struct Dense : Layer<Dense<Units, Options...>> {
  int no_option = 1;
};
using DenseOfOne = Dense<1>;
template <class A, class B> requires detail::both<A, B>
constexpr Symbol joined(A a, B b) { return a; }
template <class... S>
constexpr Outputs<static_cast<int>(sizeof...(S))> outputs(S... s) { return {s...}; }
inline constexpr bool has_units = true;
}  // namespace tenon
END
cat > "$h/optimizers/sgd.hpp" << 'END'
struct SGD {
  float learning_rate = 0.01f;
  std::vector<int> steps = {};

  int counted = 0;
};
END
# reference <line>...: a complete one, and these lines
reference() {
  printf '# Reference\n\n| | |\n|---|---|\n| `Dense<4>` | also `DenseOfOne`, `joined`, `outputs(a)`, `has_units` |\n' > "$tree/docs/quick_reference.md"
  printf '| `%s` | `%s`, `steps` |\n' "${optimizer:-SGD}" "${option:-learning_rate = 0.01}" >> "$tree/docs/quick_reference.md"
  for line; do echo "$line" >> "$tree/docs/quick_reference.md"; done
}
failed=0
refuses() {
  if said=$("$check" "$tree"); then echo "not refused: $1"; failed=1; fi
  case $said in *"$1"*) ;; *) echo "said '$said' instead of '$1'"; failed=1 ;; esac
}

reference && "$check" "$tree" || { echo "a complete reference is refused"; failed=1; }
optimizer=Sgd && reference && refuses 'optimizers/sgd.hpp: SGD is not in docs/quick_reference.md'
optimizer=SGD option='learning_rate = 0.1' && reference && refuses 'does not say `learning_rate = 0.01` of SGD'
option= && reference && sed -i 's/, `steps`//' "$tree/docs/quick_reference.md" && refuses 'does not say `steps` of SGD'
for name in Dense DenseOfOne joined outputs has_units; do
  reference && sed -i "s/\`$name[^\`]*\`//" "$tree/docs/quick_reference.md" && refuses "$name is not in docs/quick_reference.md"
done
printf 'template <class...> inline constexpr bool shapes_are_equal = false;\n' > "$h/model/problem_messages.hpp"
reference && touch "$tree/docs/errors.md" && refuses 'shapes_are_equal is not in docs/errors.md'
echo '`shapes_are_equal`' > "$tree/docs/errors.md" && "$check" "$tree" || { echo "complete errors are refused"; failed=1; }
reference '| `Gone` | |' && refuses 'docs/quick_reference.md:7: no header declares Gone'
exit $failed
