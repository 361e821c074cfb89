// expect-error: update_keeps_the_shape<tenon::LayerIndex<1>, Counter, tenon::Got<8>, tenon::Wanted<1>
// The next value of a state has the shape of the state.
#include <tenon/graph/reductions.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Counter {
  static constexpr auto call(auto x) {
    const auto seen = x.state("seen", tn::shape(1), tn::Zeros{});
#ifdef TENON_EXPECT_COMPILE_ERROR
    x.update(seen, seen + tn::sum(x, tn::axis<0>));
#else
    x.update(seen, seen + 1);
#endif
    return x;
  }
};
struct Net : tn::Sequential<tn::Input<8>, Counter> {};
static_assert(tn::parameter_count<Net> >= 0);
