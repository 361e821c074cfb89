// expect-error: axis_exists<tenon::LayerIndex<1>, Part, tenon::Got<8>, tenon::Wanted<5>
// Positions along an axis that the shape does not have.
#include <tenon/graph/reductions.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Part {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto call(auto x) { return x + iota(x, x.shape(), 5); }
#else
  static constexpr auto call(auto x) { return x + iota(x, x.shape(), 1); }
#endif
};
struct Net : tn::Sequential<tn::Input<8>, Part> {};
static_assert(tn::parameter_count<Net> >= 0);
