// expect-error: update_is_of_a_state<tenon::LayerIndex<1>, Counter, tenon::Got<1> ?>
// What is updated is what x.state returned, not what was computed from it.
#include <tenon/graph/reductions.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Counter {
  static constexpr auto call(auto x) {
    const auto seen = x.state("seen", tn::shape(1), tn::Zeros{}), next = seen + 1;
#ifdef TENON_EXPECT_COMPILE_ERROR
    x.update(next, next);
#else
    x.update(seen, next);
#endif
    return x;
  }
};
struct Net : tn::Sequential<tn::Input<8>, Counter> {};
static_assert(tn::parameter_count<Net> >= 0);
