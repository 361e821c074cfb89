// expect-error: axis_exists<tenon::LayerIndex<1>, Total, tenon::Got<8>
// A sum over the third axis of a matrix.
#include <tenon/graph/reductions.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Total {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto call(auto x) { return tn::sum(x, tn::axis<2>); }
#else
  static constexpr auto call(auto x) { return tn::sum(x, tn::axis<1>); }
#endif
};
struct Net : tn::Sequential<tn::Input<8>, Total> {};
static_assert(tn::parameter_count<Net> >= 0);
