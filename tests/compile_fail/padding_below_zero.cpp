// expect-error: value_is_in_range<tenon::LayerIndex<1>, Part, tenon::Got<-1, 2>, tenon::Wanted<0>
// Padding cannot take away.
#include <tenon/graph/movement.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Part {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto call(auto x) { return tn::pad(x, tn::axis<1>, -1, 2); }
#else
  static constexpr auto call(auto x) { return tn::pad(x, tn::axis<1>, 0, 2); }
#endif
};
struct Net : tn::Sequential<tn::Input<8>, Part> {};
static_assert(tn::parameter_count<Net> >= 0);
