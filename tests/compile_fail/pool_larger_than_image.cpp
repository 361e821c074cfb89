// expect-error: image_is_at_least_as_large_as_the_pool<tenon::LayerIndex<1>, tenon::MaxPooling2D<3, 3>, tenon::Got<2, 8, 4>, tenon::Wanted<3, 3>
// A pool of 3 x 3 in an image of height 2.
#include <tenon/layers/input.hpp>
#include <tenon/layers/max_pooling.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<2, 8, 4>, tn::MaxPooling2D<3, 3>
#else
    tn::Input<3, 8, 4>, tn::MaxPooling2D<3, 3>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
