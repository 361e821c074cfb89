// expect-error: reshape_keeps_the_number_of_elements<tenon::LayerIndex<1>, tenon::Reshape<7, 7, 16>, tenon::Got<785>, tenon::Wanted<7, 7, 16>
// 785 elements are no 7 x 7 x 16.
#include <tenon/layers/input.hpp>
#include <tenon/layers/reshape.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<785>, tn::Reshape<7, 7, 16>
#else
    tn::Input<784>, tn::Reshape<7, 7, 16>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
