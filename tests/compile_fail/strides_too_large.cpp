// expect-error: size_is_small_enough<tenon::LayerIndex<1>, tenon::Conv2D<4, tenon::Kernel<3>, tenon::Strides<2147483647>
// Steps that are larger than any image.
#include <tenon/layers/conv.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net : tn::Sequential<tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<3>, tn::Strides<2147483647>>> {};
#else
struct Net : tn::Sequential<tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<3>, tn::Strides<9>>> {};
#endif
static_assert(tn::parameter_count<Net> == 40);
