// expect-error: input_is_an_image<tenon::LayerIndex<1>, tenon::GlobalAveragePooling2DWith<>, tenon::Got<10>
// Global pooling takes images.
#include <tenon/layers/global_average_pooling.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<10>, tn::GlobalAveragePooling2D
#else
    tn::Input<5, 5, 10>, tn::GlobalAveragePooling2D
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
