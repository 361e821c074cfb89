// expect-error: value_is_in_range<tenon::LayerIndex<0>, tenon::Input<8, 0>, tenon::Because<.?& ?tenon::Reason<tenon::AtLeast<1> ?>::text
// An input of no columns.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8, 0>, tn::Dense<4>
#else
    tn::Input<8, 1>, tn::Dense<4>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
