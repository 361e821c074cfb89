// expect-error: needed_option_is_given<tenon::LayerIndex<1>, tenon::Conv2D<4>, tenon::Because<.?& ?tenon::Reason<tenon::Kernel<3, 3> ?>::text
// A convolution needs its kernel's size.
#include <tenon/layers/conv.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8, 8, 1>, tn::Conv2D<4>
#else
    tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<3, 3>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
