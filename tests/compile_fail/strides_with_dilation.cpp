// expect-error: options_agree<tenon::LayerIndex<1>, tenon::Conv2D<4, tenon::Kernel<3, 3>, tenon::Strides<2, 2>, tenon::DilationRate<2, 2> ?>, tenon::Because<.?& ?tenon::Reason<tenon::Strides<2, 2>, tenon::DilationRate<2, 2> ?>::text
// Keras has no strides together with a dilation rate.
#include <tenon/layers/conv.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<3, 3>, tn::Strides<2, 2>, tn::DilationRate<2, 2>>
#else
    tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<3, 3>, tn::Strides<1, 1>, tn::DilationRate<2, 2>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
