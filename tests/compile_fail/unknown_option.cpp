// expect-error: layer_has_this_option<tenon::Dense<4, tenon::Same>, tenon::Same>
// Dense has no padding.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8>, tn::Dense<4, tn::Same>
#else
    tn::Input<8>, tn::Dense<4, tn::NoBias>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
