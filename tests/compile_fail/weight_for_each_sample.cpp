// expect-error: weight_is_the_same_for_all_samples<tenon::LayerIndex<1>, Scale, tenon::Got<8> ?>
// A weight has no batch.
#include <tenon/graph/reductions.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Scale {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto call(auto x) { return x * x.weight("scale", x.shape(), tn::Ones{}); }
#else
  static constexpr auto call(auto x) { return x * x.weight("scale", x.shape().sample(), tn::Ones{}); }
#endif
};
struct Net : tn::Sequential<tn::Input<8>, Scale> {};
static_assert(tn::parameter_count<Net> == 8);
