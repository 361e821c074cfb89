// expect-error: value_is_in_range<tenon::LayerIndex<1>, tenon::Dense<0>, tenon::Because<.?& ?tenon::Reason<tenon::AtLeast<1> ?>::text
// A layer without units.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8>, tn::Dense<0>
#else
    tn::Input<8>, tn::Dense<1>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
