// expect-error: added_loss_is_a_scalar<tenon::LayerIndex<1>, ActivityPenalty, tenon::Got<8> ?>
// What a layer adds to the loss is one number.
#include <tenon/graph/reductions.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct ActivityPenalty {
  static constexpr auto call(auto x) {
#ifdef TENON_EXPECT_COMPILE_ERROR
    x.add_loss(square(x));
#else
    x.add_loss(sum(square(x), tn::axis<0, 1>, tn::keep_dims));  // one element counts as a number
#endif
    return x;
  }
};
struct Net : tn::Sequential<tn::Input<8>, ActivityPenalty> {};
static_assert(tn::parameter_count<Net> >= 0);
