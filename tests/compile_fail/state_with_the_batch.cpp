// expect-error: update_keeps_the_shape<tenon::LayerIndex<1>, Last, tenon::Got<8>, tenon::Wanted<8>, tenon::DependsOnTheBatch
// The next value of a state is one for the whole batch, not one for each sample.
#include <tenon/graph/reductions.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Last {
  static constexpr auto call(auto x) {
    const auto last = x.state("last", x.shape().sample(), tn::Zeros{});
#ifdef TENON_EXPECT_COMPILE_ERROR
    x.update(last, x);
#else
    x.update(last, tn::mean(x, tn::axis<0>));
#endif
    return x - last;
  }
};
struct Net : tn::Sequential<tn::Input<8>, Last> {};
static_assert(tn::parameter_count<Net> >= 0);
