// expect-error: rank_is_large_enough<tenon::LayerIndex<1>, tenon::Dense<4>, tenon::Got<>, tenon::Wanted<1> ?>
// A sample that is a single number has no features.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<>, tn::Dense<4>
#else
    tn::Input<1>, tn::Dense<4>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
