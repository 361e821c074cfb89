// expect-error: rank_is_small_enough<tenon::LayerIndex<1>, tenon::Reshape<1, 2, 1, 2, 1, 1, 2>, tenon::Got<8>, tenon::Wanted<8>
// Six axes at most, the batch included.
#include <tenon/layers/input.hpp>
#include <tenon/layers/reshape.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net : tn::Sequential<tn::Input<8>, tn::Reshape<1, 2, 1, 2, 1, 1, 2>> {};
#else
struct Net : tn::Sequential<tn::Input<8>, tn::Reshape<1, 2, 1, 2, 2>> {};
#endif
static_assert(tn::parameter_count<Net> >= 0);
