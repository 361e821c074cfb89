// expect-error: option_is_given_once<tenon::LayerIndex<1>, tenon::Conv2D<4, tenon::Kernel<3, 3>, tenon::Same, tenon::Valid>, tenon::Because<.?& ?tenon::Reason<tenon::Same, tenon::Valid ?>::text
// Same and Valid contradict each other.
#include <tenon/layers/conv.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<3, 3>, tn::Same, tn::Valid>
#else
    tn::Input<8, 8, 1>, tn::Conv2D<4, tn::Kernel<3, 3>, tn::Same>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
