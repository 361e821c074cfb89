// expect-error: starts_with_an_input<Net, tenon::Nothing>
// A model without a single layer.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    
#else
    tn::Input<8>, tn::Dense<4>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
