// expect-error: layer_with_weights_is_a_member<tenon::LayerIndex<1>, tenon::Inside<Block, .?& ?tenon::TypeOf<tenon::Dense<4>
// A layer with weights that is made where it is called has no place to keep them.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/layers/merge.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Block {
  tn::Dense<4> dense;
  constexpr auto call(auto x) const {
#ifdef TENON_EXPECT_COMPILE_ERROR
    return tn::Add{}(x, tn::Dense<4>{}(x));
#else
    return tn::Add{}(x, dense(x));
#endif
  }
};
struct Net : tn::Sequential<tn::Input<4>, Block> {};
static_assert(tn::parameter_count<Net> >= 0);
