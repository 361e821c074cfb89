// expect-error: slice_lies_within_the_axis<tenon::LayerIndex<1>, Part, tenon::Got<8>, tenon::Wanted<0, 9>
// The first nine of eight features.
#include <tenon/graph/movement.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Part {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto call(auto x) { return tn::slice(x, tn::axis<1>, 0, 9); }
#else
  static constexpr auto call(auto x) { return tn::slice(x, tn::axis<1>, 0, 8); }
#endif
};
struct Net : tn::Sequential<tn::Input<8>, Part> {};
static_assert(tn::parameter_count<Net> >= 0);
