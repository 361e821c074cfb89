#!/bin/sh
# script/check_docs accepts documents that tell the truth, and names each way not to.
check=$(cd "$(dirname "$0")/../.." && pwd)/script/check_docs
tree=$(mktemp -d) && trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/docs" "$tree/include/tenon/graph"
printf '// A header.\nstruct Plan {\n  int first;\n  int second;\n};\nvoid plan();\n' > "$tree/include/tenon/graph/plan.hpp"
touch "$tree/docs/design.md"

failed=0
# readme <line>...: the only document, behind a sound beginning
readme() {
  cat > "$tree/README.md" << 'END'
See [the design](docs/design.md#plan), `graph/plan.hpp` and [a page](https://example.org/none).
Look at `Plan::first` and `plan` in `graph/plan.hpp`; `model.fit` is no path.

<!-- from include/tenon/graph/plan.hpp -->
```cpp
struct Plan {
  …
  int second;
};
```

```cpp
int main() {}
```
END
  for line; do echo "$line" >> "$tree/README.md"; done
}
refuses() {
  wanted=$1
  shift
  if said=$("$check" "$tree" "$@" 2> /dev/null); then echo "not refused: $wanted"; failed=1; fi
  case $said in *"$wanted"*) ;; *) echo "said '$said' instead of '$wanted'"; failed=1 ;; esac
}

readme && "$check" "$tree" "${CXX:-c++}" || { echo "sound documents are refused"; failed=1; }
readme '[gone](docs/gone.md)' && refuses 'README.md:15: the link to docs/gone.md leads nowhere'
readme 'Read `graph/gone.hpp`.' && refuses 'README.md:15: there is no graph/gone.hpp'
readme 'Read `script/gone`.' && refuses 'README.md:15: there is no script/gone'
readme '`Plan` and `Plan::third` in `graph/plan.hpp`' && refuses 'README.md:15: include/tenon/graph/plan.hpp holds no third'
readme '```cpp' 'int x;' '```' && refuses 'README.md:15: C++ that is neither a whole program nor'
readme '<!-- from include/tenon/graph/gone.hpp -->' '```cpp' 'int x;' '```' && refuses 'README.md:16: there is no include/tenon/graph/gone.hpp'
readme '<!-- from include/tenon/graph/plan.hpp -->' '```cpp' 'int second;' 'int first;' '```' && refuses 'does not have, in this order, the line: int first;'
readme '```cpp' 'int main() { return O; }' '```' && refuses 'README.md:15: this program does not compile' "${CXX:-c++}"
readme && echo '// See graph/gone.hpp.' > "$tree/include/tenon/graph/node.hpp" && refuses 'node.hpp: there is no graph/gone.hpp, which a comment mentions'
exit $failed
