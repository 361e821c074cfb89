// expect-error: image_is_at_least_as_large_as_the_pool<tenon::LayerIndex<2>, tenon::AveragePooling2D<4, 4>, tenon::Got<2, 2, 4>, tenon::Wanted<4, 4>
// The second pool finds an image that the first has made too small.
#include <tenon/layers/average_pooling.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8, 8, 4>, tn::AveragePooling2D<4, 4>, tn::AveragePooling2D<4, 4>
#else
    tn::Input<16, 16, 4>, tn::AveragePooling2D<4, 4>, tn::AveragePooling2D<4, 4>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
