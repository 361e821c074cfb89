// expect-error: input_is_an_image<tenon::LayerIndex<1>, tenon::Conv2D<8, tenon::Kernel<3, 3> ?>, tenon::Got<784>
// A convolution takes images, not rows of pixels.
#include <tenon/layers/conv.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<784>, tn::Conv2D<8, tn::Kernel<3, 3>>
#else
    tn::Input<28, 28, 1>, tn::Conv2D<8, tn::Kernel<3, 3>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
