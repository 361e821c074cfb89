// expect-error: weight_has_elements<tenon::LayerIndex<1>, Halves, tenon::Got<0>
// One number for two features, of which there is one only.
#include <tenon/graph/reductions.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Halves {
  static constexpr auto call(auto x) { return x + sum(x.weight("halves", tn::shape(x.shape().back() / 2), tn::Ones{})); }
};
#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net : tn::Sequential<tn::Input<1>, Halves> {};
#else
struct Net : tn::Sequential<tn::Input<2>, Halves> {};
#endif
static_assert(tn::parameter_count<Net> == 1);
