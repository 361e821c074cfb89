// expect-error: slice_lies_within_the_axis<tenon::LayerIndex<1>, Part, tenon::Got<8>, tenon::Wanted<3>
// Eight features in three parts.
#include <tenon/graph/movement.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Part {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto call(auto x) { return tn::split<3>(x, tn::axis<1>, 0); }
#else
  static constexpr auto call(auto x) { return tn::split<4>(x, tn::axis<1>, 0); }
#endif
};
struct Net : tn::Sequential<tn::Input<8>, Part> {};
static_assert(tn::parameter_count<Net> >= 0);
