// expect-error: groups_divide_channels_and_filters<tenon::LayerIndex<1>, tenon::Conv2D<8, tenon::Kernel<3, 3>, tenon::Groups<4> ?>, tenon::Got<8, 8, 6>, tenon::Wanted<4, 8>
// Six channels in four groups.
#include <tenon/layers/conv.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8, 8, 6>, tn::Conv2D<8, tn::Kernel<3, 3>, tn::Groups<4>>
#else
    tn::Input<8, 8, 12>, tn::Conv2D<8, tn::Kernel<3, 3>, tn::Groups<4>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
