// expect-error: state_is_read_after_its_last_update<tenon::LayerIndex<1>, Counter, tenon::Got<1>
// The second update of a state starts from what the first made of it.
#include <tenon/graph/reductions.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Counter {
  static constexpr auto call(auto x) {
    auto seen = x.state("seen", tn::shape(1), tn::Zeros{});
    x.update(seen, seen + 1);
#ifndef TENON_EXPECT_COMPILE_ERROR
    seen = x.state("seen", tn::shape(1), tn::Zeros{});
#endif
    x.update(seen, seen * 2);
    return x;
  }
};
struct Net : tn::Sequential<tn::Input<8>, Counter> {};
static_assert(tn::parameter_count<Net> >= 0);
