// expect-error: call to non-.*constexpr.* function .*Scale::call|non-constexpr function .*call
// A model is traced while the program compiles.
#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Scale {
#ifdef TENON_EXPECT_COMPILE_ERROR
  auto call(auto x) const { return 2 * x; }
#else
  constexpr auto call(auto x) const { return 2 * x; }
#endif
};
struct Net : tn::Sequential<tn::Input<8>, Scale> {};
static_assert(tn::parameter_count<Net> == 0);
