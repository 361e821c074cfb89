// expect-error: size_is_small_enough<tenon::LayerIndex<1>, tenon::Conv2D<4, tenon::Kernel<3>, tenon::DilationRate<1500000000>, tenon::Same>
// A kernel of nine elements that spans more of an image than there can be.
#include <tenon/layers/conv.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net : tn::Sequential<tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<3>, tn::DilationRate<1500000000>, tn::Same>> {};
#else
struct Net : tn::Sequential<tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<3>, tn::DilationRate<15>, tn::Same>> {};
#endif
static_assert(tn::parameter_count<Net> == 40);
