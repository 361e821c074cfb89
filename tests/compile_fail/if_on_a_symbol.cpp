// expect-error: a symbol has no value while a model is compiled
// There is nothing to decide by while a layer is traced.
#include <tenon/layers/input.hpp>
#include <tenon/layers/layer.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Half {
  static constexpr auto call(auto x) {
#ifdef TENON_EXPECT_COMPILE_ERROR
    if (x > 0) return x;
    return x * 0.5;
#else
    return tn::select(x > 0, x, x * 0.5);
#endif
  }
};
struct Net : tn::Sequential<tn::Input<4>, Half> {};
static_assert(tn::parameter_count<Net> >= 0);
