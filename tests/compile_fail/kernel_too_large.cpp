// expect-error: size_is_small_enough<tenon::LayerIndex<1>, tenon::Conv2D<4, tenon::Kernel<2147483647>, tenon::Same>, tenon::Got<2147483647, 2147483647, 1, 4>
// A kernel with more elements than can be counted, although with Same it may be larger than the image.
#include <tenon/layers/conv.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net : tn::Sequential<tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<2147483647>, tn::Same>> {};
#else
struct Net : tn::Sequential<tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<11>, tn::Same>> {};
#endif
static_assert(tn::parameter_count<Net> == 11 * 11 * 4 + 4);
