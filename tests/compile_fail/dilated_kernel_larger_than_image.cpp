// expect-error: image_is_at_least_as_large_as_the_kernel<tenon::LayerIndex<1>, tenon::Conv2D<8, tenon::Kernel<3, 3>, tenon::DilationRate<3, 3> ?>, tenon::Got<6, 6, 1>
// Dilation makes a 3 x 3 kernel reach over 7 x 7.
#include <tenon/layers/conv.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<6, 6, 1>, tn::Conv2D<8, tn::Kernel<3, 3>, tn::DilationRate<3, 3>>
#else
    tn::Input<7, 7, 1>, tn::Conv2D<8, tn::Kernel<3, 3>, tn::DilationRate<3, 3>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
