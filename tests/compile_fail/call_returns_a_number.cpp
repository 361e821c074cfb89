// expect-error: call_returns_a_tensor<tenon::LayerIndex<1>, Count>
// The call of a layer returns a tensor.
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Count {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr int call(auto x) { return x.shape().back(); }
#else
  static constexpr auto call(auto x) { return x * x.shape().back(); }
#endif
};
struct Net : tn::Sequential<tn::Input<8>, Count> {};
static_assert(tn::parameter_count<Net> >= 0);
