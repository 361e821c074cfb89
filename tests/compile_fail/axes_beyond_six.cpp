// expect-error: rank_is_small_enough<tenon::LayerIndex<1>, Part, tenon::Got<2, 2, 2, 2, 2> ?>
// There are at most six axes.
#include <tenon/graph/reductions.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Part {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto call(auto x) { return expand_dims(x, tn::axis<-1>); }
#else
  static constexpr auto call(auto x) { return expand_dims(reshape(x, tn::shape(tn::dynamic, 2, 2, 2, 4)), tn::axis<-1>); }
#endif
};
struct Net : tn::Sequential<tn::Input<2, 2, 2, 2, 2>, Part> {};
static_assert(tn::parameter_count<Net> >= 0);
