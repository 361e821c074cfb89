#!/bin/sh
# script/check_headers accepts a tree that keeps its rules, and names each way to break one.
check=$(cd "$(dirname "$0")/../.." && pwd)/script/check_headers
tree=$(mktemp -d) && trap 'rm -rf "$tree"' EXIT

# header <path below tenon/> <line>...: a well-formed header with these lines
header() {
  file=$tree/tenon/$1
  shift
  mkdir -p "$(dirname "$file")"
  printf '// A header.\n#pragma once\n' > "$file"
  for line; do echo "$line" >> "$file"; done
}
sound() {
  rm -rf "$tree/tenon"
  header tenon.hpp '#include <tenon/model/fit.hpp>' '#include <tenon/layers/dense.hpp>' '#include <tenon/backend/cpu/simd.hpp>'
  header model/fit.hpp '#include <tenon/core/shape.hpp>' '#include "../graph/op.hpp"' '#include <vector>'
  header layers/dense.hpp '#include <tenon/activations/relu.hpp>'
  header activations/relu.hpp '#include <tenon/graph/op.hpp>'
  header graph/op.hpp '#include "node.hpp"'
  header graph/node.hpp
  header core/shape.hpp
  header backend/cpu/simd.hpp '#include <xsimd/xsimd.hpp>'
  header backend/cuda/launch.hpp '#include <cuda_runtime.h>'
}
failed=0
refuses() {
  if said=$("$check" "$tree"); then echo "not refused: $1"; failed=1; fi
  case $said in *"$1"*) ;; *) echo "said '$said' instead of '$1'"; failed=1 ;; esac
}

sound && "$check" "$tree" || { echo "a sound tree is refused"; failed=1; }
sound && header core/shape.hpp '#include <tenon/graph/op.hpp>' && refuses 'core/shape.hpp:3: core must not include graph'
sound && header graph/op.hpp '#include "node.hpp"' '#include "../layers/dense.hpp"' && refuses 'graph/op.hpp:4: graph must not include layers'
sound && header core/shape.hpp '#include <tenon/tenon.hpp>' && refuses 'a header may not include tenon.hpp'
sound && header graph/op.hpp '#include "node.hpp"' '#include <xsimd/xsimd.hpp>' && refuses 'only backend/cpu may include xsimd'
sound && header core/shape.hpp '#include <cuda_runtime.h>' && refuses 'only backend/cuda may include cuda_runtime.h'
sound && header layers/new.hpp && refuses 'layers/new.hpp:1: tenon.hpp does not reach it'
sound && header layers/alone.hpp '#include <tenon/layers/helper.hpp>' && header layers/helper.hpp && sed -i '1s/.*/\/\/ To measure, to be included by itself./' "$tree/tenon/layers/alone.hpp" && { "$check" "$tree" || { echo "a header to be included by itself is refused"; failed=1; }; }
sound && header util/misc.hpp && refuses 'the folder util has no place'
sound && echo '// A header.' > "$tree/tenon/core/shape.hpp" && refuses 'core/shape.hpp:1: #pragma once is missing'
sound && echo '#pragma once' > "$tree/tenon/core/shape.hpp" && refuses 'the first line must be a comment'
exit $failed
