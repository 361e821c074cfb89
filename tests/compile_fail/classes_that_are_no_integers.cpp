// expect-error: indices_are_integers<tenon::LayerIndex<1>, Part, tenon::Got<8>
// The positions of ones are integers.
#include <tenon/graph/reductions.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Part {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto call(auto x) { return tn::one_hot(x, 4); }
#else
  static constexpr auto call(auto x) { return tn::one_hot(tn::argmax(x, tn::axis<-1>), 4); }
#endif
};
struct Net : tn::Sequential<tn::Input<8>, Part> {};
static_assert(tn::parameter_count<Net> >= 0);
