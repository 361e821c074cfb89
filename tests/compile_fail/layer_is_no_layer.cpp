// expect-error: is_a_layer<tenon::LayerIndex<1>, int>
// An int is not a layer.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8>, int, tn::Dense<4>
#else
    tn::Input<8>, tn::Dense<4>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
