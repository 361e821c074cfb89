// expect-error: value_is_in_range<tenon::LayerIndex<1>, tenon::MaxPooling2D<2, 2, tenon::Strides<1, 1, 1> ?>, tenon::Because<.?& ?tenon::Reason<tenon::Strides<1, 1, 1>, tenon::detail::OneNumberOr<2> ?>::text
// An image has two axes to stride along.
#include <tenon/layers/input.hpp>
#include <tenon/layers/max_pooling.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8, 8, 1>, tn::MaxPooling2D<2, 2, tn::Strides<1, 1, 1>>
#else
    tn::Input<8, 8, 1>, tn::MaxPooling2D<2, 2, tn::Strides<1, 1>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
