// expect-error: axis_exists<tenon::LayerIndex<1>, Part, tenon::Got<4, 8>, tenon::Wanted<0, 0, 1>
// A transposition names each axis once.
#include <tenon/graph/reductions.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Part {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto call(auto x) { return transpose(x, tn::axis<0, 0, 1>); }
#else
  static constexpr auto call(auto x) { return transpose(x, tn::axis<0, 2, 1>); }
#endif
};
struct Net : tn::Sequential<tn::Input<4, 8>, Part> {};
static_assert(tn::parameter_count<Net> >= 0);
