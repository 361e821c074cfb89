// expect-error: image_is_at_least_as_large_as_the_kernel<tenon::LayerIndex<2>, tenon::Conv2D<16, tenon::Kernel<7, 7> ?>, tenon::Got<5, 5, 8>, tenon::Wanted<7, 7>
// A 7 x 7 kernel does not fit into what a convolution has left of the image.
#include <tenon/layers/conv.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<7, 7, 1>, tn::Conv2D<8, tn::Kernel<3, 3>>, tn::Conv2D<16, tn::Kernel<7, 7>>
#else
    tn::Input<7, 7, 1>, tn::Conv2D<8, tn::Kernel<3, 3>>, tn::Conv2D<16, tn::Kernel<5, 5>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
