// expect-error: is_a_layer<tenon::LayerIndex<2>, tenon::Input<4> ?>
// A Sequential has one input, its first argument.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8>, tn::Dense<4>, tn::Input<4>
#else
    tn::Input<8>, tn::Dense<4>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
