// expect-error: value_is_in_range<tenon::LayerIndex<1>, tenon::Conv2D<4, tenon::Kernel<0, 3> ?>, tenon::Because<.?& ?tenon::Reason<tenon::Kernel<0, 3>, tenon::AtLeast<1> ?>::text
// A kernel of no rows.
#include <tenon/layers/conv.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<0, 3>>
#else
    tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<1, 3>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
